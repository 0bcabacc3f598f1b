"""The answer to `itnews why`, as lines of text."""

import os
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from itnews.app.last import LastBuild, last_build, opened_store
from itnews.cli.inventory import state_of
from itnews.cli.questions import FACETS, GROUPS, phrase, subject
from itnews.cli.site import Facts, facts_of
from itnews.cli.summary import local
from itnews.cli.traces import OUTPUTS, AnyKey, Traces
from itnews.errors import PathError, UsageFault
from itnews.files.output import url_of
from itnews.files.scan import SETTINGS
from itnews.paths import SourcePath, source_path
from itnews.words import counted, did_you_mean

_WIDTH = 100
_LABEL = 13  # cells: the longest name of a group, and a gap
_MOST = 24
_ONE_TO_A_LINE = "documents"
_ONE_EDITION = "site"  # what `Settings.edition` calls it

_UNSEEN = {
    "draft": ": it is a draft",
    "scheduled": ": it is scheduled",
    "expired": ": it has expired",
}


class _Asked(Struct, frozen=True):
    """What the question is about: an output, a source, or both."""

    output: AnyKey | None
    source: SourcePath | None


def explained(page: str, site: Path) -> Iterator[str]:
    """What is known about *page*, line by line. Raises UsageFault for what is neither an output nor a source."""
    with opened_store(site) as store:
        last = last_build(store)
        if last is None:
            raise UsageFault("Nothing has been built here yet: `itnews build` comes first.")
        facts = facts_of(site)
        variant = f"{last.edition or _ONE_EDITION}{'+drafts' if last.drafts else ''}"
        traces = Traces(store, variant)
        asked = _asked(page, site, last, facts, traces)
        yield from _said(asked, last, facts, traces)


def _said(asked: _Asked, last: LastBuild, facts: Facts, traces: Traces) -> Iterator[str]:
    yield from _head(asked, last, facts, traces)
    if asked.output:
        yield ""
        yield from _reasons(asked.output, last, facts, traces)
        yield ""
        yield "What it read"
        yield from _grouped(_read_groups(asked.output, traces), GROUPS)
    if asked.source:
        readers = [key for key in traces.readers(asked.source) if key != asked.output]
        yield ""
        yield f"What reads {asked.source}" if readers else f"Nothing else reads {asked.source}."
        found: dict[str, list[str]] = {}
        for key in readers:
            found.setdefault(OUTPUTS[key.kind], []).append(traces.address_of(key))
        yield from _grouped(found, dict.fromkeys(OUTPUTS.values()))


def _head(asked: _Asked, last: LastBuild, facts: Facts, traces: Traces) -> Iterator[str]:
    if asked.output and asked.source:
        yield f"{traces.address_of(asked.output)} is the page of {asked.source}."
    elif asked.output:
        yield f"{traces.address_of(asked.output)} is made from several sources."
    elif asked.source:
        yield f"{asked.source} has no page of its own{_why_no_page(asked.source, last, facts, traces)}."


def _why_no_page(path: SourcePath, last: LastBuild, facts: Facts, traces: Traces) -> str:
    card = traces.card(path)
    if card is None:
        return ""
    state = state_of(card, facts.zone, lambda instant: instant <= last.now)
    if state == "restricted":
        return f": only {', '.join(card.visibility)} may see it"
    return _UNSEEN.get(state, "")


def _reasons(output: AnyKey, last: LastBuild, facts: Facts, traces: Traces) -> Iterator[str]:
    when = f"The last build ({local(last.now, facts.zone)})"
    steps = traces.trail(output, last.made)
    if not steps:
        yield f"{when} did not make it again: everything that it read was as before."
        return
    first = steps[0][1]
    if len(steps) == 1:
        yield f"{when} made it: {first}."
        return
    yield f"{when} made it again:"
    for number, (key, reason) in enumerate(steps[1:], 1):
        because = "because " if number > 1 else ""
        why = f" ({reason})" if reason and number == len(steps) - 1 else ""
        yield f"  {because}{phrase(key)} had changed{why}{',' if number < len(steps) - 1 else '.'}"


def _read_groups(output: AnyKey, traces: Traces) -> dict[str, list[str]]:
    """What *output* read, by group; of a document all that was asked of it on one line, of a template its files."""
    found: dict[str, list[str]] = {}
    facets: dict[str, list[str]] = {}
    for key in traces.reads(output):
        group, words = subject(key)
        if group == "documents":
            facets.setdefault(words, []).append(FACETS[key.kind])
        elif key.kind == "template":
            found.setdefault(group, []).append(f"{words}{_with_parts(traces.files_of(key))}")
        else:
            found.setdefault(group, []).append(words)
    found["documents"] = [f"{path} ({', '.join(asked)})" for path, asked in facets.items()]
    return {group: list(dict.fromkeys(items)) for group, items in found.items()}


def _with_parts(files: Sequence[str]) -> str:
    """The other templates that one consists of: how many, and which of them are the site's own."""
    own = [file for file in files if not file.startswith("@")]
    parts = f" and {counted(len(files) - 1, 'template')} that it uses" if len(files) > 1 else ""
    return f"{parts} (of the site's own: {', '.join(own)})" if own else parts


def _grouped(found: Mapping[str, list[str]], order: Iterable[str]) -> Iterator[str]:
    for group in order:
        items = found.get(group, [])
        shown = [*items[:_MOST], f"and {len(items) - _MOST} more"] if len(items) > _MOST else items
        lines = shown if group == _ONE_TO_A_LINE else _wrapped(", ".join(shown))
        for number, line in enumerate(lines):
            yield f"  {'' if number else group:<{_LABEL}}{line}"


def _wrapped(text: str) -> list[str]:
    room = _WIDTH - _LABEL - 2
    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)


def _asked(page: str, site: Path, last: LastBuild, facts: Facts, traces: Traces) -> _Asked:
    for url in _addresses(page, last, facts):
        output = traces.made_for(url)
        if output:
            return _Asked(output, source_path(output.name) if output.kind == "page" else None)
    sources = traces.sources()
    for name in _source_names(page, site):
        if name in sources or traces.card(source_path(name)):
            return _Asked(traces.page_of(name), source_path(name))
    if SETTINGS in _source_names(page, site):
        raise UsageFault(
            f"Every page reads of {SETTINGS} what it needs: `itnews why PAGE` names it."
        )
    near = did_you_mean(page, (*traces.addresses(), *sources))
    hint = near or "write an address like /updates/, a file in the output folder, or a source"
    raise UsageFault(f"The last build knows no '{page}': {hint}")


def _addresses(page: str, last: LastBuild, facts: Facts) -> Iterator[str]:
    """The addresses that *page* may mean, the likeliest first."""
    base = facts.base_paths.get(last.edition, "")
    path = unquote(urlsplit(page).path) if "://" in page else page
    if path.startswith("/"):
        inner = path.removeprefix(base) if base and path.startswith(f"{base}/") else path
        for one in dict.fromkeys((inner, path)):
            yield from (one, f"{one.rstrip('/')}/")
    for folder in (Path.cwd(), last.output):
        place = os.path.normpath(folder / page)
        if place.startswith(f"{last.output}{os.sep}"):
            file = os.path.relpath(place, last.output).replace(os.sep, "/")
            yield from (str(url_of(file)), f"/{file.rstrip('/')}/")


def _source_names(page: str, site: Path) -> Iterator[str]:
    """The source paths that *page* may mean: below the site, as written and as seen from this folder."""
    root = site.resolve()
    for place in (Path.cwd() / page, root / page):
        normal = Path(os.path.normpath(place))
        if normal.is_relative_to(root):
            yield normal.relative_to(root).as_posix()
    try:
        yield str(source_path(page))
    except PathError:
        return
