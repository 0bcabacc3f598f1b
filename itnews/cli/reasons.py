"""What `--explain` says: which outputs were made again, by what began it. Pure."""

import textwrap
from collections.abc import Iterator
from datetime import datetime, tzinfo

from itnews.app.report import Cause, Rebuilt
from itnews.cli.questions import phrase, subject
from itnews.cli.summary import Told, local
from itnews.engine.key import Key

_MOST, _BRIEFLY = 8, 3
_NAMED = 3
_WIDTH = 100
_WHOLE_SETTINGS = frozenset({"chain", "edition", "environment", "groups"})
_NOTHING = "Nothing was made again: no output read anything that has changed."

_REASONS = {
    "made by another version of itnews or its libraries": "because itnews or a library is of another version",
    "an output of it was deleted or altered": "missing or altered in the output folder",
}


def reasons(told: Told) -> Iterator[str]:
    """Which outputs were made and why, line by line; long groups are cut."""
    report = told.report
    if report.output is None:
        return  # Its settings cannot be used: nothing was begun.
    if not report.rebuilt:
        yield _NOTHING
        return
    yield "What was made, and why:"
    for group in report.rebuilt:
        text = f"{_head(group, told.zone)}: {_addresses(group, _MOST)}"
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def reasons_briefly(told: Told) -> Iterator[str]:
    """As `reasons`, a line to a group, for somebody who sees one build after the other; nothing if none was made."""
    for group in told.report.rebuilt:
        yield f"  {_head(group, told.zone)}: {_addresses(group, _BRIEFLY)}"


def reason_records(told: Told) -> list[dict[str, object]]:
    """The groups for programs, whole: why, and the addresses."""
    return [
        {"why": words(group.cause, told.zone), "addresses": list(group.urls)}
        for group in told.report.rebuilt
    ]


def words(cause: Cause, zone: tzinfo) -> str:
    """*cause* as an author would put it: `because content/updates/vpn.md changed`."""
    if cause.added or cause.removed:
        came = [_files(cause.added, "added")] if cause.added else []
        went = [_files(cause.removed, "removed")] if cause.removed else []
        return f"because {' and '.join((*came, *went))}"
    if cause.key is None:
        return _REASONS.get(cause.reason, cause.reason)
    if cause.key.kind == "passed":
        return _passed(cause, datetime.fromisoformat(cause.key.name), zone)
    if cause.key.kind == "today":
        return "because it is another day"
    return f"because {_named(cause.key)} changed"


def _named(key: Key[object]) -> str:
    if key.kind in {"source", "file"}:
        return _file(key.name)
    if key.kind == "setting":
        return f"{key.name} in itnews.yaml"
    if key.kind in _WHOLE_SETTINGS:
        return f"{subject(key)[1]} in itnews.yaml"
    return subject(key)[1] if key.kind == "listing" else phrase(key)


def _file(name: str) -> str:
    is_template = "/templates/" in name and not name.startswith("content/")
    return f"the template {name}" if is_template else name


def _files(names: tuple[str, ...], what: str) -> str:
    shown = ", ".join(map(_file, names[:_NAMED]))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{shown}{more} {'was' if len(names) == 1 else 'were'} {what}"


def _passed(cause: Cause, instant: datetime, zone: tzinfo) -> str:
    when = local(instant, zone)
    whose = f", a time of {cause.about}" if cause.about else ""
    return f"because {when} {'is still to come' if cause.back else 'has passed'}{whose}"


def _head(group: Rebuilt, zone: tzinfo) -> str:
    return f"{words(group.cause, zone)} ({len(group.urls)})"


def _addresses(group: Rebuilt, most: int) -> str:
    shown = ", ".join(group.urls[:most])
    return f"{shown} and {len(group.urls) - most} more" if len(group.urls) > most else shown
