"""The documents of a site with their states, read straight from the sources: no build is needed for it."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from itnews.app.report import Report, exit_code, settled
from itnews.cli.site import clock, fixed_time
from itnews.content.card import CardRules, parse_card
from itnews.content.frontmatter import decode
from itnews.content.scan import documents
from itnews.errors import UsageFault
from itnews.files.scan import SETTINGS, scan
from itnews.files.sources import Files
from itnews.model.article import Card
from itnews.model.config import Settings, parse_settings
from itnews.model.kinds import INTRODUCTION, KINDS
from itnews.paths import source_path
from itnews.problems import Problem
from itnews.words import did_you_mean, fold

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Item:
    """One document. *state*: published, draft, scheduled or expired; *status*: a project's, if it has one."""

    kind: str
    id: str
    date: str
    state: str
    status: str
    title: str
    path: str

    def row(self) -> tuple[str, ...]:
        """For people: what is published as usual is told by its status, if it has one."""
        usual = self.state == "published"
        state = self.status if usual else ", ".join(filter(None, (self.state, self.status)))
        return self.kind, self.id, self.date, state, self.title, self.path

    def record(self) -> dict[str, str]:
        """For programs; the names and their meaning are stable."""
        return asdict(self)


def kind_of(word: str) -> str:
    """The kind that *word* means: its name, its plural or its folder. Raises UsageFault for none."""
    for kind in KINDS.values():
        if fold(word) in {kind.name, fold(kind.plural), kind.folder}:
            return kind.name
    hint = did_you_mean(word, KINDS) or f"the kinds are {', '.join(KINDS)}"
    raise UsageFault(f"There is no kind '{word}': {hint}")


def table_of(items: Iterable[Item]) -> str:
    """*items* as comma-separated values with a head (RFC 4180), lines ended as text files are here."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Item))
    writer.writerows(asdict(item).values() for item in items)
    return text.getvalue().rstrip("\n")


def inventory(site: Path) -> tuple[list[Item], Report]:
    """Every document of *site* that can be read, by kind and path; and a report of the others.

    The introductions of lists are no documents of their own. Raises UsageFault where there is no site.
    """
    path = source_path(SETTINGS)
    files = Files(scan(site))
    payload = files.read(path)
    if payload is None:
        raise UsageFault(f"There is no {SETTINGS} in {site}: `itnews init` makes a new site.")
    text, problems = decode(payload, path)
    settings, wrong = parse_settings(text, path) if text is not None else (None, ())
    if settings is None:
        return [], Report(settled((*problems, *wrong), files), 2, files=files)
    items, problems = _items(files, settings)
    code = exit_code(problems, strict=False)
    return items, Report(settled(problems, files), code, files=files)


def _items(files: Files, settings: Settings) -> tuple[list[Item], tuple[Problem, ...]]:
    rules = CardRules(settings.field_names, settings.unknown_fields.ignore, settings.groups)
    zone = ZoneInfo(settings.site.timezone)
    now = fixed_time("", zone) or clock()
    items: list[Item] = []
    problems: list[Problem] = []
    for path in documents(files.scan.below(_CONTENT)):
        payload = files.read(path)
        card, found = parse_card(path, payload, rules) if payload is not None else (None, ())
        problems += (problem for problem in found if problem.level == "error")
        if card and card.kind != INTRODUCTION.name:
            items.append(_item(card, zone, lambda instant: instant <= now))
    order = list(KINDS)
    return sorted(items, key=lambda item: (order.index(item.kind), item.path)), tuple(problems)


def _item(card: Card, zone: ZoneInfo, passed: Callable[[datetime], bool]) -> Item:
    return Item(
        kind=card.kind,
        id=card.id,
        date=str(card.date or "").replace("T", " "),
        state=state_of(card, zone, passed),
        status=getattr(card.fields, "status", ""),
        title=card.title,
        path=str(card.path),
    )


def state_of(card: Card, zone: tzinfo, passed: Callable[[datetime], bool]) -> str:
    """`draft`, `scheduled`, `expired` or `published`, whoever may see it."""
    known = card.fields
    release = known.publish_at or card.date
    if known.draft:
        return "draft"
    if release and not passed(release.start(zone)):
        return "scheduled"
    return "expired" if known.expires and passed(known.expires.end(zone)) else "published"
