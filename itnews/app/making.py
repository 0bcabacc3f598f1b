"""Making one edition: every question answered, from what the last build of it left behind or from nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import cast

from itnews.app.pipeline import PHASES
from itnews.app.progress import Progress
from itnews.app.workers import Workers
from itnews.digest import Digest
from itnews.engine.frontier import Frontier
from itnews.engine.key import Key, parse_key
from itnews.engine.run import Run
from itnews.engine.settled import Settled, leave
from itnews.engine.store import Store
from itnews.files.output import Placed
from itnews.files.tree import Tree
from itnews.model.keys import present_key
from itnews.paths import UrlPath, source_path
from itnews.problems import Problem, Span, error
from itnews.site.coming import Coming
from itnews.site.keys import plan_key, schedule_key

SHARED = frozenset(phase.kind for phase in PHASES if phase.shared)
DELIVERING = frozenset(phase.kind for phase in PHASES if phase.delivers)

_OF_SOURCES = frozenset({"card", "entry", "prose", "document", "anchors", "static"})

AnyKey = Key[object]


@dataclass(slots=True)
class Wanted:
    """What the output folder is to hold: the digest of each address, the name of the key that makes it, and the
    addresses that two keys claim."""

    digests: dict[UrlPath, Digest] = field(default_factory=dict)
    makers: dict[UrlPath, str] = field(default_factory=dict)
    collisions: list[Problem] = field(default_factory=list)


class Making:
    """The edition *variant* being made by *run*; *last* is how its last build left *store*, None if that is unknown."""

    def __init__(
        self, variant: str, store: Store, run: Run, last: Settled | None, frontier: Frontier | None
    ) -> None:
        self._variant = variant
        self._store = store
        self._run = run
        self._last = last
        self._frontier = frontier

    def answer(self, tree: Tree, workers: Workers, progress: Progress) -> None:
        """Answers every output key, and makes again what is no longer on disk as it was."""
        if self._frontier is None:
            self._answer_all(workers, progress)
        else:
            self._catch_up(self._frontier, partial(workers.answer, advance=progress.advance))
        for url in tree.lacking(self.wanted.digests):
            self._run.remake(parse_key(self.wanted.makers[url]))

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The names of all output keys."""
        return self._run.fetch(plan_key(self._variant))

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        """What will change by itself, the next one first."""
        return self._run.fetch(schedule_key(self._variant))

    def _answer_all(self, workers: Workers, progress: Progress) -> None:
        keys = [parse_key(name) for name in self.outputs]
        progress.phase("Making pages", len(keys))
        # Lists and feeds show what pages are made of: that is made once, and by many.
        for are_pages in (True, False):
            wave = [key for key in keys if (key.kind == "page") == are_pages]
            workers.answer(wave, progress.advance)
        for key in keys:
            if key not in self._run.reached:
                self._run.digest(key)
                progress.advance()
        self._run.digest(cast("AnyKey", schedule_key(self._variant)))

    def _catch_up(self, frontier: Frontier, many: Callable[[Sequence[AnyKey]], None]) -> None:
        self._run.catch_up(outputs=False, many=many)
        if plan_key(self._variant) not in self._run.made:
            self._run.catch_up(outputs=True, many=many)
            return
        before, now = self._delivered(), set(self.outputs)
        frontier.want(now)
        frontier.drop(parse_key(name) for name in before - now)
        self._run.catch_up(outputs=True, many=many)
        fresh = [parse_key(name) for name in self.outputs if name not in before]
        many(fresh)
        for key in fresh:
            self._run.digest(key)

    def _delivered(self) -> set[str]:
        """The names of the output keys of this edition that the store remembers."""
        keys = map(parse_key, self._store.names())
        return {
            str(key)
            for key in keys
            if key.kind in DELIVERING and (key.kind in SHARED or key.variant == self._variant)
        }

    @cached_property
    def wanted(self) -> Wanted:
        """What the outputs come to; of two that claim one address the first in the order of the plan gets it."""
        placed: dict[str, list[tuple[UrlPath, Digest]]] = {}
        for name, url, digest in self._store.published(self._variant, SHARED):
            placed.setdefault(name, []).append((url, digest))
        for key in self._run.unkept:
            if key.kind in DELIVERING:
                outputs = cast("tuple[Placed, ...]", self._run.value(key))
                placed[str(key)] = [(output.url, output.digest) for output in outputs]
        found = Wanted()
        for name in self.outputs:
            for url, digest in placed.get(name, ()):
                if found.digests.setdefault(url, digest) != digest:
                    found.collisions.append(self._collision(url, found.makers[url], name))
                found.makers.setdefault(url, name)
        return found

    def _collision(self, url: UrlPath, *names: str) -> Problem:
        first, second = (self._owner(url, name) for name in names)
        message = (
            f"Two different files claim the address {url}: of {first.path} and of {second.path}."
        )
        return error("address-taken", second, message, hint="rename one of them")

    def _owner(self, url: UrlPath, name: str) -> Span:
        outputs = cast("tuple[Placed, ...]", self._run.fetch(parse_key(name)))
        return Span(next(output.owner for output in outputs if output.url == url))

    @cached_property
    def lost(self) -> frozenset[AnyKey]:
        """The keys that the last build reached and this one does not, so far as the frontier tells."""
        if self._frontier is None:
            return frozenset()
        roots = {*self.outputs, str(plan_key(self._variant)), str(schedule_key(self._variant))}
        return self._frontier.lost(roots)

    @cached_property
    def troubled(self) -> tuple[AnyKey, ...]:
        """The keys with problems, of all that a build from nothing would reach."""
        before = map(parse_key, self._last.troubled if self._last and self._frontier else ())
        keys = dict.fromkeys((*before, *self._run.troubled))
        return tuple(key for key in keys if key not in self.lost and self._run.problems_of(key))

    def problems(self) -> Iterable[Problem]:
        """The problems of all keys that a build from nothing would reach."""
        for key in self.troubled:
            yield from self._run.problems_of(key)
        yield from self.wanted.collisions

    @cached_property
    def inputs(self) -> Mapping[str, Digest]:
        """The inputs that a build from nothing would read, by the text of their keys."""
        lost = {str(key) for key in self.lost}
        before = self._last.inputs if self._last and self._frontier else {}
        kept = {text: digest for text, digest in before.items() if text not in lost}
        return {**kept, **self.inputs_asked}

    @cached_property
    def inputs_asked(self) -> Mapping[str, Digest]:
        """The inputs that this build asked for and that are still read."""
        return {
            str(key): digest
            for key, digest in self._run.reached.items()
            if self._run.is_input(key) and key not in self.lost
        }

    @cached_property
    def unreached(self) -> frozenset[str]:
        """The names of remembered answers that nobody asks for any more.

        Of what all editions share only what is of a source that is gone: another edition may ask for the rest.
        """
        if self._frontier is None or self._last is None:
            reached = {str(key) for key in self._run.reached}
            gone = [name for name in self._store.names() if name not in reached]
        else:
            reached = {str(key) for key in self._run.reached if key not in self.lost}
            gone = [*(str(key) for key in self.lost), *(self._last.unreached - reached)]
        return frozenset(name for name in gone if self._is_ours(parse_key(name)))

    def _is_ours(self, key: AnyKey) -> bool:
        if key.kind in SHARED:
            return key.kind in _OF_SOURCES and not self._run.fetch(
                present_key(source_path(key.name))
            )
        return key.variant == self._variant

    def leave(self, unreached: frozenset[str], *, code: Digest) -> None:
        """Notes what the next build begins with; *unreached* answers were not forgotten."""
        asked = self.inputs_asked
        before = self._last.inputs if self._last else self._store.inputs(self._variant)
        changed = {text: one for text, one in asked.items() if before.get(text) != one}
        self._store.set_inputs(self._variant, changed, before.keys() - self.inputs.keys())
        if not self._run.unkept:
            troubled = map(str, self.troubled)
            leave(self._store, self._variant, code, unreached=unreached, troubled=troubled)
