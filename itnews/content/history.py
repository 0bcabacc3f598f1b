"""From commits to what they tell of each document: its dates, and what a project said when."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from functools import partial

from msgspec import Struct
from pydantic import ValidationError

from itnews.content.frontmatter import decode, read_fields
from itnews.content.git import Change, Commit, Repository
from itnews.model.fields.project import Promise
from itnews.model.history import NEVER, Chronicle, Dates, Revision, Said
from itnews.model.moment import Moment
from itnews.model.names import EVERYONE
from itnews.paths import source_path

# Whatever a body says on a line of its own costs no more than a look into the file.
_PROJECTS = r"^kind:[[:space:]]*[\"']?project[\"']?[[:space:]]*(#.*)?$"
_MARKDOWN = (".md", ".markdown")
_NOT_SET = (None, "", False, "false", "no", "off")
_ANY_DAY = "2000-01-01"
_NOWHERE = source_path("version")

Versions = dict[str, Said | None]
"""What versions say, by the names of their contents; None for those that cannot be read."""


class Event(Struct, frozen=True):
    """A commit that changed a file, as far as it concerns this file."""

    at: int
    author: str
    change: Change


def read_history(
    repository: Repository,
    *,
    is_project: Callable[[str], bool],
    names: Mapping[str, str],
    zone: tzinfo,
    known: Versions,
) -> tuple[Chronicle, Versions]:
    """The history of the documents in the folder of *repository*, and what the versions of projects say.

    *is_project* tells by a path whether a document is a project; those that say so themselves are found. *names* are
    foreign names of fields and ours; days begin in *zone*. What is *known* of versions is not read again. Raises
    GitFault.
    """
    documents = {path for path in repository.files() if path.lower().endswith(_MARKDOWN)}
    events = events_of(_without_chance(repository), documents)
    named = frozenset(repository.files_with(_PROJECTS))
    projects = {path: events[path] for path in events if is_project(path) or path in named}
    said = _said(repository, projects.values(), names, zone, known)
    revisions = {path: tuple(_revisions(told, said)) for path, told in projects.items()}
    dates = {path: found for path, told in events.items() if (found := _dates(told))}
    return Chronicle(dates, {path: found for path, found in revisions.items() if found}), said


def events_of(commits: Iterable[Commit], present: Iterable[str]) -> dict[str, list[Event]]:
    """What befell each of the files that are *present*, oldest first, under whatever name; *commits* as in a log.

    A file that was deleted and came back under its name goes on. A name that a file had before is that file's, up to
    the commit that renamed it.
    """
    walk = _Walk(present)
    for commit in commits:
        walk.take(commit)
    return {path: events[::-1] for path, events in walk.found.items() if events}


def _without_chance(repository: Repository) -> Iterator[Commit]:
    """The log, in which a renamed file that has little in common with the former one is another file: git takes for a
    rename what has half of the lines, and most lines of a document may be comments."""
    commits = list(repository.log())
    renamed = [
        change
        for commit in commits
        for change in commit.changes
        if change.former and change.new not in change.old
    ]
    texts = dict(
        repository.contents(dict.fromkeys(name for one in renamed for name in (*one.old, one.new)))
    )
    chance = {one for one in renamed if not _are_alike(texts.get(one.old[0]), texts.get(one.new))}
    for commit in commits:
        changes = (part for change in commit.changes for part in _parted(change, chance))
        yield Commit(commit.at, commit.author, tuple(changes)) if chance else commit


def _parted(change: Change, chance: Collection[Change]) -> Iterable[Change]:
    """*change*, or what it is instead of a rename if it is one by chance: one file gone, another come."""
    if change not in chance:
        return (change,)
    return Change(change.former, "", change.old, ""), Change(change.path, "", ("",), change.new)


def _are_alike(before: bytes | None, after: bytes | None) -> bool:
    """Whether two versions are of one document: they have a title or an id in common, or half of what they say."""
    if before is None or after is None:
        return True
    if not _names(before).isdisjoint(_names(after)):
        return True
    old, new = _words(before), _words(after)
    return 2 * (old & new).total() >= max(old.total(), new.total())


def _names(payload: bytes) -> set[bytes]:
    return {line for line in payload.splitlines() if line.startswith((b"title:", b"id:"))}


def _words(payload: bytes) -> Counter[bytes]:
    """The lines that say something: no comments, no fences."""
    lines = (line.strip() for line in payload.splitlines())
    return Counter(line for line in lines if line and not line.startswith((b"#", b"---")))


class _Walk:
    """Goes from the newest commit to the oldest."""

    def __init__(self, present: Iterable[str]) -> None:
        self.found: dict[str, list[Event]] = {path: [] for path in present}
        self._owner: dict[str, str | None] = {path: path for path in self.found}
        self._strays: dict[str, list[Event]] = {}

    def take(self, commit: Commit) -> None:
        owners = [self._owner.get(change.path) for change in commit.changes]
        for change, owner in zip(commit.changes, owners, strict=True):
            event = Event(commit.at, commit.author, change)
            if owner is not None:
                self.found[owner].append(event)
            elif any(change.old) and change.new:
                # Another branch may have renamed the file meanwhile: then it is claimed further down.
                self._strays.setdefault(change.path, []).append(event)
            else:
                self._strays.pop(change.path, None)
        renamed = [pair for pair in zip(commit.changes, owners, strict=True) if pair[0].former]
        for change, _ in renamed:
            self._owner[change.path] = None
        for change, owner in renamed:
            self._owner[change.former] = owner
            strays = self._strays.pop(change.former, [])
            if owner is not None:
                self.found[owner] += strays


def _dates(events: list[Event]) -> Dates | None:
    """The dates of a file that these events befell; a name or a mode that changed is no change of what it says."""
    told = [
        event for event in events if event.change.new and event.change.new not in event.change.old
    ]
    if not told:
        return None
    came = next((event for event in reversed(told) if not any(event.change.old)), told[0])
    updated = max(event.at for event in told)
    written = (
        event.author for event in told if len(event.change.old) == 1
    )  # a merge has no author of its own
    return Dates(min(came.at, updated), updated, tuple(dict.fromkeys(written)))


def _said(
    repository: Repository,
    histories: Iterable[list[Event]],
    names: Mapping[str, str],
    zone: tzinfo,
    known: Versions,
) -> Versions:
    changes = (event.change for events in histories for event in events)
    wanted = dict.fromkeys(name for one in changes for name in (*one.old, one.new) if name)
    said = {name: known[name] for name in wanted if name in known}
    for name, payload in repository.contents(name for name in wanted if name not in said):
        said[name] = said_in(payload, names, zone)
    return said


def said_in(payload: bytes, names: Mapping[str, str], zone: tzinfo) -> Said | None:
    """What a version of a project says, whose days begin in *zone*; None if its front matter cannot be read."""
    text, _ = decode(payload, _NOWHERE)
    fields, _ = read_fields(text, _NOWHERE) if text is not None else (None, ())
    if fields is None:
        return None
    value = partial(_field, fields, names)
    return Said(
        target=_promised("target", value("target")),
        status=_promised("status", value("status")),
        horizon=_promised("horizon", value("horizon")),
        confidence=_promised("confidence", value("confidence")),
        visibility=_groups(value("visibility")) if value("draft") in _NOT_SET else (),
        release=_seconds(value("publish_at") or value("date"), zone),
        removal=_removal(value("expires"), zone)
        if value("remove_when_expired") not in _NOT_SET
        else NEVER,
    )


_PROMISED = ("target", "status", "horizon", "confidence")


def _field(fields: Mapping[str, object], names: Mapping[str, str], name: str) -> object:
    """The field *name*, else the first foreign name of it that is there."""
    foreign = (fields[other] for other, ours in names.items() if ours == name and other in fields)
    own = fields.get(name)
    return next(foreign, None) if own is None else own


def _promised(name: str, value: object) -> str:
    """The canonical text of a field that a `history:` may hold, too; empty where it is no such."""
    if value is None:
        return ""
    with suppress(ValidationError):
        return str(getattr(Promise.model_validate({"date": _ANY_DAY, name: value}), name) or "")
    return ""


def _groups(value: object) -> tuple[str, ...]:
    """Who may see it; nobody where that cannot be told."""
    if value is None:
        return (EVERYONE,)
    listed = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in listed if isinstance(one, str))


def _seconds(value: object, zone: tzinfo) -> int:
    """The beginning of a day or time, in seconds since 1970; the end of all times where that cannot be told."""
    if value in _NOT_SET:
        return 0
    with suppress(ValueError):
        return int(Moment.parse(str(value)).start(zone).timestamp())
    return NEVER


def _removal(value: object, zone: tzinfo) -> int:
    """The end of a day or time, in seconds since 1970; never where none is set, long ago where it cannot be told."""
    if value in _NOT_SET:
        return NEVER
    with suppress(ValueError):
        return int(Moment.parse(str(value)).end(zone).timestamp())
    return 0


def _revisions(events: list[Event], said: Versions) -> Iterator[Revision]:
    """What the project said anew and when, by date. Each version is said when it can be seen, if it is not replaced
    before that."""
    ordered = sorted(events, key=lambda event: event.at)
    replaced = [*(event.at for event in ordered[1:]), NEVER]
    for event, end in zip(ordered, replaced, strict=True):
        now = said.get(event.change.new)
        at = max(event.at, now.release) if now else NEVER
        if now and now.visibility and at < now.removal and (at < end or at == event.at):
            yield from _revision(at, now, [said.get(name) for name in event.change.old])


def _revision(at: int, now: Said, before: Sequence[Said | None]) -> Iterator[Revision]:
    """What a version says that the versions *before* did not, if it says anything."""
    told = [
        one
        for one in before
        if one and one.visibility == now.visibility and one.release < at < one.removal
    ]
    anew = {name: word for name in _PROMISED if (word := _anew(name, now, told))}
    if not anew:
        return
    yield Revision(
        at,
        is_change=len(told) == len(before),
        period=anew.get("target", ""),
        status=anew.get("status", ""),
        horizon=anew.get("horizon", ""),
        confidence=anew.get("confidence", ""),
        visibility=now.visibility,
    )


def _anew(name: str, now: Said, before: Iterable[Said]) -> str:
    """The word for *name*, if none of the versions *before* had it."""
    word = str(getattr(now, name))
    return "" if any(getattr(one, name) == word for one in before) else word
