"""Making one edition: every question answered, from what the last build of it left behind or from nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import cast

from itnews.app.log import Log
from itnews.app.pipeline import PHASES
from itnews.app.progress import Progress
from itnews.app.wanted import Wanted, changed, gathered
from itnews.app.workers import Workers
from itnews.digest import Digest
from itnews.engine.frontier import Frontier
from itnews.engine.key import Key, parse_key
from itnews.engine.run import Run
from itnews.engine.settled import Inputs, Note, Settled, leave
from itnews.engine.store import Store
from itnews.files.nowhere import Destination
from itnews.files.output import Placed
from itnews.model.keys import present_key
from itnews.paths import SourcePath, UrlPath, source_path
from itnews.problems import Problem
from itnews.site.coming import Coming
from itnews.site.keys import plan_key, schedule_key

SHARED = frozenset(phase.kind for phase in PHASES if phase.shared)
DELIVERING = frozenset(phase.kind for phase in PHASES if phase.delivers)

_OF_SOURCES = frozenset(
    {"matter", "card", "entry", "prose", "document", "anchors", "picture", "static"}
)

AnyKey = Key[object]


def _delivers(key: AnyKey) -> bool:
    return key.kind in DELIVERING


class Making:
    """The edition *variant* being made by *run*; *last* is how its last build left *store*, None if that is unknown.

    *plan* answers with the names of all output keys: those of a build, unless another is given.
    """

    def __init__(
        self,
        variant: str,
        store: Store,
        run: Run,
        tree: Destination,
        *,
        last: Settled | None,
        frontier: Frontier | None,
        is_warm: bool = False,
        plan: Key[tuple[str, ...]] | None = None,
    ) -> None:
        self._variant = variant
        self._plan = plan or plan_key(variant)
        self._store = store
        self._run = run
        self._tree = tree
        self._last = last
        self._frontier = frontier
        self._is_warm = is_warm
        self._left: frozenset[str] = frozenset()
        self._told_manifest = ""

    def answer(self, workers: Workers, progress: Progress) -> None:
        """Answers every output key, and makes again what is no longer on disk as it was."""
        if self._frontier is None:
            self._answer_all(workers, progress)
        else:
            self._catch_up(self._frontier, partial(workers.answer, advance=progress.advance))
        wanted = self.changes if self._is_warm else None
        wanted = self.wanted.digests if wanted is None else wanted
        present = {url: digest for url, digest in wanted.items() if digest is not None}
        for key in {self._maker(url): None for url in self._tree.lacking(present)}:
            self._run.remake(key)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The names of all output keys."""
        return self._run.fetch(self._plan)

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        """What will change by itself, the next one first."""
        return self._run.fetch(schedule_key(self._variant))

    def _answer_all(self, workers: Workers, progress: Progress) -> None:
        keys = [parse_key(name) for name in self.outputs]
        is_build = self._plan == plan_key(self._variant)
        progress.phase("Making pages" if is_build else "Checking", len(keys))
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
        if self._plan not in self._run.made:
            self._run.catch_up(outputs=True, many=many)
            return
        before, now = self._delivered(), set(self.outputs)
        frontier.want(now)
        frontier.drop(parse_key(name) for name in before - now)
        self._run.catch_up(outputs=True, many=many)
        # What all editions share may have been made, or left behind, by a build of another edition.
        keys = map(parse_key, self.outputs)
        fresh = [key for key in keys if key.kind in SHARED or str(key) not in before]
        many(fresh)
        for key in fresh:
            self._run.digest(key)
            self._run.replaced.setdefault(key, ())

    def _delivered(self) -> set[str]:
        """The names of the output keys of this edition that the last build reached."""
        keys = map(parse_key, self._store.names())
        # A build that failed forgets nothing: what it did not reach has a row all the same.
        unreached = self._last.unreached if self._last else frozenset()
        return {
            str(key)
            for key in keys
            if key.kind in DELIVERING and (key.kind in SHARED or key.variant == self._variant)
        } - unreached

    @cached_property
    def wanted(self) -> Wanted:
        """What the output folder is to hold."""
        if self.changes is None:
            return self._gathered()
        digests = {**self._tree.listed(), **self.changes}
        return Wanted({url: digest for url, digest in digests.items() if digest is not None})

    @cached_property
    def changes(self) -> Mapping[UrlPath, Digest | None] | None:
        """In what the folder is to differ from what the last build left there; None where that cannot be told."""
        last = self._last
        is_as_left = last is not None and last.latest and last.manifest == self._tree.manifest
        if self._frontier is None or not is_as_left or any(map(_delivers, self._run.unkept)):
            return None
        before = [
            *self._run.replaced.values(),
            *map(self._store.placed, filter(_delivers, self.lost)),
        ]
        now = [self._store.placed(key) for key in self._run.replaced]
        urls = {output.url for outputs in (*before, *now) for output in outputs}
        return changed(urls, self._claims)

    def _claims(self, url: UrlPath) -> Iterator[Placed]:
        return (output for key, output in self._store.claimants(url) if self._is_wanted(key))

    def _is_wanted(self, key: AnyKey) -> bool:
        return str(key) in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.outputs)

    def _gathered(self) -> Wanted:
        placed: dict[str, list[tuple[UrlPath, Digest]]] = {}
        for name, url, digest in self._store.published(self._variant, SHARED):
            placed.setdefault(name, []).append((url, digest))
        for key in filter(_delivers, self._run.unkept):
            outputs = cast("tuple[Placed, ...]", self._run.value(key))
            placed[str(key)] = [(output.url, output.digest) for output in outputs]
        return gathered(((name, placed.get(name, ())) for name in self.outputs), self._owner)

    def _owner(self, url: UrlPath, name: str) -> SourcePath:
        outputs = cast("tuple[Placed, ...]", self._run.fetch(parse_key(name)))
        return next(output.owner for output in outputs if output.url == url)

    def _maker(self, url: UrlPath) -> AnyKey:
        """A key of which an output belongs at *url*."""
        made = (key for key, _ in self._store.claimants(url) if self._is_wanted(key))
        unkept = (key for key in self._run.unkept if _delivers(key) and self._places(key, url))
        return next(made, None) or next(unkept)

    def _places(self, key: AnyKey, url: UrlPath) -> bool:
        return any(one.url == url for one in cast("tuple[Placed, ...]", self._run.value(key)))

    @cached_property
    def lost(self) -> frozenset[AnyKey]:
        """The keys that the last build reached and this one does not, so far as the frontier tells."""
        if self._frontier is None:
            return frozenset()
        return self._frontier.lost({self._plan, schedule_key(self._variant)})

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
        if self.changes is None:
            yield from self.wanted.collisions

    @cached_property
    def inputs(self) -> Inputs:
        """The inputs that a build from nothing would read."""
        found = {kind: dict(known) for kind, known in self._before.items()}
        for key in self.lost:
            found.get(key.kind, {}).pop(str(key), None)
        for text, digest in self._asked.items():
            found.setdefault(text.partition("|")[0], {})[text] = digest
        return found

    @property
    def asks_the_clock_anew(self) -> bool:
        """Whether other questions about the time are asked than by the last build."""
        kinds = {key.kind for key in self.lost} | {text.partition("|")[0] for text in self._asked}
        return not kinds.isdisjoint({"passed", "today"})

    def notices(self, log: Log) -> tuple[str, ...]:
        """What has to be said of *log*: that it knows nothing, where there is a project that might have told more."""
        return (log.notice,) if log.notice and self.inputs.get("revisions") else ()

    def settled(self) -> Settled:
        """How this build left the store, once it has."""
        return Settled(
            self._variant,
            self.inputs,
            self._left,
            tuple(map(str, self.troubled)),
            manifest=self._told_manifest,
        )

    @cached_property
    def _before(self) -> Inputs:
        """The inputs that the last build read, if this one begins where it ended."""
        return self._last.inputs if self._last and self._frontier else {}

    @cached_property
    def _asked(self) -> Mapping[str, Digest]:
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

    def leave(self, unreached: frozenset[str], *, code: Digest, published: bool) -> None:
        """Notes what the next build begins with; *unreached* answers were not forgotten."""
        before = self._last.inputs if self._last else self._store.inputs(self._variant)
        changed = {
            text: one
            for text, one in self._asked.items()
            if before.get(text.partition("|")[0], {}).get(text) != one
        }
        known = {text for texts in before.values() for text in texts} if not self._before else set()
        gone = map(str, self.lost) if self._before else known - self._asked.keys()
        self._store.set_inputs(self._variant, changed, gone)
        if not self._run.unkept:
            is_told = published and (self.changes is not None or not self.wanted.collisions)
            self._left, self._told_manifest = unreached, self._tree.manifest if is_told else ""
            troubled = tuple(map(str, self.troubled))
            note = Note(code, tuple(unreached), troubled, self._told_manifest)
            leave(self._store, self._variant, note)
