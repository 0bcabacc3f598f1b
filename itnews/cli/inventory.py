"""The documents of a site with their states, read straight from the sources: no build is needed for it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict, replace

from itnews.app.clock import Clock
from itnews.app.inputs import inputs
from itnews.app.placing import settled
from itnews.app.project import Project, load_project, scanned
from itnews.app.report import Report, exit_code
from itnews.app.rules import calendar, card_rules
from itnews.cli.kinds import kind_of
from itnews.cli.site import clock as now
from itnews.cli.site import fixed_time
from itnews.content.card import parse_card
from itnews.content.frontmatter import decode
from itnews.content.rules import CardRules
from itnews.content.scan import CONTENT, documents
from itnews.engine.key import Fetch, Key
from itnews.model.article import Card
from itnews.model.edition import EVERYONE_ONLY, Edition
from itnews.model.fields.consultation import Consultation
from itnews.model.fields.notice import Notice
from itnews.model.fields.project import Project as ProjectFields
from itnews.model.kinds import INTRODUCTION
from itnews.paths import SourcePath
from itnews.problems import Problem
from itnews.site.index import Index, visible
from itnews.site.teaser import stated
from itnews.views.consultations import consultation_item
from itnews.views.notices import notice_state
from itnews.views.relations import Relations
from itnews.views.status import unconfirmed_since

T = TypeVar("T")

_LISTED = frozenset({"published", "restricted"})
# What a spreadsheet takes for the beginning of a formula, in the wide forms of East Asian keyboards, too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Item(Struct, frozen=True):
    """One document. *status*: a project's or an update's, the state of a notice, an ask or a consultation, the
    lifecycle of a service; empty where it has none. *state*:

    `draft`; `scheduled`, to appear by itself; `expired`, off the lists or removed; `restricted`, seen by groups only;
    `published`, seen by everyone. *unconfirmed_since*: the day on which a project's status was confirmed last, if that
    is too long ago (CONTENT-MODEL "Stale"); empty for all others.
    """

    kind: str
    id: str
    date: str
    state: str
    status: str
    title: str
    path: str
    unconfirmed_since: str = ""

    def row(self) -> tuple[str, ...]:
        """For people: what is published as usual is told by its status, if it has one."""
        usual = self.state == "published"
        stale = f"not confirmed since {self.unconfirmed_since}" if self.unconfirmed_since else ""
        told = ("" if usual else self.state, self.status, stale)
        state = ", ".join(filter(None, told))
        return self.kind, self.id, self.date, state, self.title, self.path

    def record(self) -> dict[str, str]:
        """For programs; the names and their meaning are stable."""
        return asdict(self)


def table_of(items: Iterable[Item]) -> str:
    """*items* as comma-separated values with a head (RFC 4180), lines ended as text files are here.

    A title that a spreadsheet would take for a formula has an apostrophe in front, and every cell stands in quotes, so
    that a semicolon or a comma in it begins no other (OWASP, "CSV Injection").
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(Item.__struct_fields__)
    writer.writerows(map(_harmless, asdict(item).values()) for item in items)
    return text.getvalue().rstrip("\n")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def inventory(site: Path, kind: str = "") -> tuple[list[Item], Report]:
    """Every document of *site* that can be read, by kind and path; and a report of the others.

    *kind*: only those of the kind that this word means. The introductions of lists are no documents of their own.
    Raises UsageFault where there is no site, or no such kind.
    """
    project, report = opened(site)
    if project is None:
        return [], report
    wanted = kind_of(kind, project.settings.kinds).name if kind else ""
    found, problems = items_of(project)
    items = [item for item in found if not wanted or item.kind == wanted]
    code = exit_code(problems, strict=False)
    return items, replace(report, problems=settled(problems, project.files), exit_code=code)


def opened(site: Path) -> tuple[Project | None, Report]:
    """The project in the folder *site*, and a report of what is wrong with its settings; None if they cannot be used.

    Raises UsageFault where there is no site.
    """
    project, files, wrong = load_project(site, scanned(site, {}))
    return project, Report(settled(wrong, files), 0 if project else 2, files=files)


def clock_of(project: Project, at: str = "") -> Clock:
    """The time, in the zone of the site: what `--now` says (*at*), else that of this moment.

    Raises UsageFault for what is no time.
    """
    zone = ZoneInfo(project.settings.text("site.timezone"))
    return Clock(fixed_time(at, zone) or now(), zone)


def rules_of(project: Project) -> CardRules:
    """How front matters of *project* are read: the same in all editions."""
    return card_rules(_border(project))


def items_of(project: Project) -> tuple[list[Item], tuple[Problem, ...]]:
    """Every document that can be read, by kind and path, and the errors of the others."""
    cards, problems = _cards(project)
    order = list(project.settings.kinds)
    items = sorted(_items(project, cards), key=lambda item: (order.index(item.kind), item.path))
    return items, problems


def index_of(project: Project, clock: Clock) -> tuple[Index, tuple[Problem, ...]]:
    """What readers of all groups see of *project* at the time of *clock*, and the errors of what cannot be read."""
    cards, problems = _cards(project)
    return _index(project, cards, _states(project, cards, clock)), problems


def _states(project: Project, cards: Iterable[Card], clock: Clock) -> dict[SourcePath, str]:
    """The state of each of *cards* (`Item`) at the time of *clock*."""
    zone = calendar(_border(project)).zone
    return {card.path: state_of(card, zone, clock.passed) for card in cards}


def _index(project: Project, cards: Iterable[Card], states: Mapping[SourcePath, str]) -> Index:
    """Those of *cards* that anybody sees in their *states*, with what git says that projects promised."""
    seen = [card for card in cards if states[card.path] not in {"draft", "scheduled"}]
    projects = (card.path for card in seen if card.kind == "project")
    return Index.of(
        seen,
        expired=frozenset(path for path, state in states.items() if state == "expired"),
        calendar=calendar(_border(project)),
        revisions={path: project.log.revisions(path) for path in projects},
    )


def _cards(project: Project) -> tuple[list[Card], tuple[Problem, ...]]:
    rules = rules_of(project)
    cards: list[Card] = []
    problems: list[Problem] = []
    for path in documents(project.files.scan.below(CONTENT)):
        payload = project.files.read(path)
        text, unreadable = decode(payload, path) if payload is not None else (None, ())
        card, found = parse_card(path, text, rules) if text is not None else (None, unreadable)
        problems += (problem for problem in found if problem.level == "error")
        if card and card.kind != INTRODUCTION.name:
            cards.append(card)
    return cards, tuple(problems)


def _items(project: Project, cards: Sequence[Card]) -> Iterator[Item]:
    clock = clock_of(project)
    states = _states(project, cards, clock)
    index = _index(project, cards, states)
    said, counted = Relations(index).statuses, index.calendar
    for card in cards:
        since = None
        if isinstance(card.fields, ProjectFields) and states[card.path] in _LISTED:
            marks = said[card.path]
            since = unconfirmed_since(marks, card.fields, calendar=counted, passed=clock.passed)
        yield Item(
            kind=card.kind,
            id=card.id,
            date=str(card.date or "").replace("T", " "),
            state=states[card.path],
            status=_status(index, card, clock.passed),
            title=card.title,
            path=str(card.path),
            unconfirmed_since=str(since or ""),
        )


def _status(index: Index, card: Card, passed: Callable[[datetime], bool]) -> str:
    """What a document says of itself, or what *index* makes of it; of one that is not there yet only the former."""
    if card.path in index.cards:
        if isinstance(card.fields, Notice):
            return notice_state(index, card, card.fields, passed=passed)
        if isinstance(card.fields, Consultation):
            return consultation_item(index, card.path, passed=passed).state
    return stated(card)


def _border(project: Project) -> Fetch:
    """What settings and files answer, the same for all editions, without a build that would remember it."""
    any_edition = Edition("", project.settings.text("site.base_url"), "")
    border = inputs(project, any_edition, clock_of(project))
    inputs_by_kind = {one.kind: one for one in border}

    def fetch(key: Key[T]) -> T:
        return cast("T", inputs_by_kind[key.kind].answer(key))

    return fetch


def state_of(card: Card, zone: ZoneInfo, passed: Callable[[datetime], bool]) -> str:
    """The state of a document (`Item`), in the editions that may see it at all."""
    theirs = Edition("", "", "", EVERYONE_ONLY.union(card.visibility))
    sees = partial(visible, card, zone=zone, passed=passed)
    if not sees(theirs) and sees(replace(theirs, drafts=True)):
        return "draft" if card.fields.draft else "scheduled"
    if card.fields.expires and passed(card.fields.expires.end(zone)):
        return "expired"
    return "published" if sees(replace(theirs, shows=EVERYONE_ONLY)) else "restricted"
