"""Why outputs were made again: each led back to what began it, and those of one beginning together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from itnews.app.report import Cause, Rebuilt
from itnews.content.scan import is_document
from itnews.digest import ABSENT, Digest, digest_value
from itnews.engine.explain import Graph
from itnews.engine.key import Key, parse_key
from itnews.engine.run import Run
from itnews.engine.settled import Inputs
from itnews.engine.store import Store
from itnews.errors import PathError
from itnews.files.output import Placed
from itnews.model.keys import listing_key
from itnews.paths import UrlPath, source_path

AnyKey = Key[object]

_FILES = ("source", "file")
_DIRECTION = {digest_value(True): "added", digest_value(False): "removed"}


class _Root(NamedTuple):
    """The end of a trail: a key, why it was made (empty: nobody made it), and which key asked for it."""

    key: AnyKey
    reason: str
    reader: AnyKey


class Causes:
    """The causes of what *run* made; *store* is as the run left it, but for the inputs, as the build before did."""

    def __init__(self, run: Run, store: Store, variant: str) -> None:
        self._run = run
        self._store = store
        self._variant = variant
        self._made = {str(key): reason for key, reason in run.made.items()}
        self._graph = Graph(store, variant)
        self._roots: dict[AnyKey, _Root] = {}

    def rebuilt(self, delivers: Callable[[AnyKey], bool]) -> tuple[Rebuilt, ...]:
        """The outputs that were made, by their causes; those with the most outputs first."""
        found: dict[Cause, list[UrlPath]] = {}
        for key in filter(delivers, self._run.made):
            url = address_of(self._store.placed(key))
            if url:
                found.setdefault(self._cause(key), []).append(url)
        groups = (Rebuilt(cause, tuple(sorted(urls))) for cause, urls in found.items())
        return tuple(sorted(groups, key=lambda group: (-len(group.urls), group.urls)))

    def _cause(self, output: AnyKey) -> Cause:
        root = self._root(output)
        if root.key != output and not self._run.is_input(root.key):
            root = self._beneath(root) or root
        if not self._run.is_input(root.key):
            return Cause(reason=root.reason) if root.reason else Cause(key=root.key)
        return self._of_input(root.key, root.reader)

    def _root(self, key: AnyKey) -> _Root:
        """Where the trail of *key* ends."""
        trail, root = [key], None
        while root is None:
            at = trail[-1]
            reason = self._made.get(str(at), "")
            culprit = self._graph.culprit(at, reason)
            if culprit is None:
                root = _Root(at, reason, trail[-2] if len(trail) > 1 else at)
            elif culprit in self._roots:
                root = self._roots[culprit]
                root = root._replace(reader=at) if root.key == culprit else root
            else:
                trail.append(culprit)
        self._roots.update(dict.fromkeys(trail[:-1], root))
        return root

    def _beneath(self, root: _Root) -> _Root | None:
        """The changed input below an answer that nobody made in this build: that of another edition did."""
        seen, waiting = {root.key}, [root.key]
        while waiting:
            key = waiting.pop()
            reads = self._graph.reads_of(key)
            changed = next(filter(self._has_changed, filter(self._run.is_input, reads)), None)
            if changed is not None:
                return _Root(changed, "", key)
            deeper = [read for read in reads if not self._run.is_input(read) and read not in seen]
            seen.update(deeper)
            waiting += deeper
        return None

    @cached_property
    def _before(self) -> Inputs:
        return self._store.inputs(self._variant)

    def _then(self, key: AnyKey) -> Digest | None:
        return self._before.get(key.kind, {}).get(str(key))

    def _has_changed(self, key: AnyKey) -> bool:
        then, now = self._then(key), self._run.reached.get(key)
        return then is not None and now is not None and then != now

    def _of_input(self, key: AnyKey, reader: AnyKey) -> Cause:
        now = self._run.reached.get(key)
        if key.kind == "listing":
            added, removed = self._differences(key.name)
            return Cause(key=key, added=added, removed=removed)
        if key.kind == "present":
            return self._of_file(key, _DIRECTION.get(now) if now else None)
        if key.kind in _FILES:
            direction = "removed" if now == ABSENT else None
            return self._of_file(key, "added" if self._then(key) == ABSENT else direction)
        if key.kind == "passed":
            about = reader.name if _is_document(reader.name) else ""
            return Cause(key=key, about=about, back=now == digest_value(False))
        return Cause(key=key)

    def _of_file(self, key: AnyKey, direction: str | None) -> Cause:
        names = (key.name,)
        return Cause(
            key=Key("source", key.name),
            added=names if direction == "added" else (),
            removed=names if direction == "removed" else (),
        )

    def _differences(self, folder: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The files below *folder* that were not read before, and those that were and are not there any more."""
        now = {str(path) for path in self._run.fetch(listing_key(folder))}
        known = {kind: _names(self._before.get(kind, {})) for kind in _FILES}
        then = {name for names in known.values() for name in names if name.startswith(f"{folder}/")}
        asked = {key.name for key in self._run.reached if key.kind in _FILES}
        return tuple(sorted((now - then) & asked)), tuple(sorted(then - now))


def address_of(placed: Iterable[Placed]) -> UrlPath | None:
    """The address of an output: that of its page, if there are several."""
    urls = [output.url for output in placed]
    return next((url for url in urls if url.endswith("/")), urls[0] if urls else None)


def _names(digests: Mapping[str, Digest]) -> Iterator[str]:
    """The files that were there, of the inputs that were read."""
    return (parse_key(text).name for text, digest in digests.items() if digest != ABSENT)


def _is_document(name: str) -> bool:
    try:
        return is_document(source_path(name))
    except PathError:
        return False
