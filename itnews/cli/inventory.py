"""The documents of a site with their states, read straight from the sources: no build is needed for it."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from itnews.app.clock import Clock
from itnews.app.inputs import inputs
from itnews.app.placing import settled
from itnews.app.project import Project, load_project, scanned
from itnews.app.report import Report, exit_code
from itnews.app.rules import card_rules
from itnews.cli.site import clock as now
from itnews.cli.site import fixed_time
from itnews.content.card import parse_card
from itnews.content.frontmatter import decode
from itnews.content.scan import CONTENT, documents
from itnews.engine.key import Fetch, Key
from itnews.engine.phase import Input
from itnews.errors import UsageFault
from itnews.model.article import Card, declared
from itnews.model.edition import EVERYONE_ONLY, Edition
from itnews.model.kinds import INTRODUCTION, Kinds
from itnews.problems import Problem
from itnews.site.index import visible
from itnews.words import did_you_mean, fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One document. *status*: a project's, if it has one. *state*:

    `draft`; `scheduled`, to appear by itself; `expired`, off the lists or removed; `restricted`, seen by groups only;
    `published`, seen by everyone.
    """

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


def kind_of(word: str, kinds: Kinds) -> str:
    """The one of *kinds* that *word* means: its name, its plural or its folder. Raises UsageFault for none."""
    for kind in kinds.values():
        if fold(word) in {kind.name, fold(kind.plural), kind.folder}:
            return kind.name
    hint = did_you_mean(word, kinds) or f"the kinds are {', '.join(kinds)}"
    raise UsageFault(f"There is no kind '{word}': {hint}")


def table_of(items: Iterable[Item]) -> str:
    """*items* as comma-separated values with a head (RFC 4180), lines ended as text files are here."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Item))
    writer.writerows(asdict(item).values() for item in items)
    return text.getvalue().rstrip("\n")


def inventory(site: Path, kind: str = "") -> tuple[list[Item], Report]:
    """Every document of *site* that can be read, by kind and path; and a report of the others.

    *kind*: only those of the kind that this word means. The introductions of lists are no documents of their own.
    Raises UsageFault where there is no site, or no such kind.
    """
    project, files, wrong = load_project(site, scanned(site, {}))
    if project is None:
        return [], Report(settled(wrong, files), 2, files=files)
    wanted = kind_of(kind, project.settings.kinds) if kind else ""
    found, problems = _items(project)
    items = [item for item in found if not wanted or item.kind == wanted]
    code = exit_code(problems, strict=False)
    return items, Report(settled(problems, files), code, files=files)


def _items(project: Project) -> tuple[list[Item], tuple[Problem, ...]]:
    zone = ZoneInfo(project.settings.text("site.timezone"))
    clock = Clock(fixed_time("", zone) or now(), zone)
    # Card rules are the same for all editions.
    any_edition = Edition("", project.settings.text("site.base_url"), "")
    rules = card_rules(_answers(inputs(project, any_edition, clock)))
    items: list[Item] = []
    problems: list[Problem] = []
    for path in documents(project.files.scan.below(CONTENT)):
        payload = project.files.read(path)
        text, unreadable = decode(payload, path) if payload is not None else (None, ())
        card, found = parse_card(path, text, rules) if text is not None else (None, unreadable)
        problems += (problem for problem in found if problem.level == "error")
        if card and card.kind != INTRODUCTION.name:
            items.append(_item(card, state_of(card, zone, clock.passed)))
    order = list(project.settings.kinds)
    return sorted(items, key=lambda item: (order.index(item.kind), item.path)), tuple(problems)


def _answers(border: Iterable[Input[object]]) -> Fetch:
    """What settings and files answer, without a build that would remember it."""
    inputs_by_kind = {one.kind: one for one in border}

    def fetch(key: Key[T]) -> T:
        return cast("T", inputs_by_kind[key.kind].answer(key))

    return fetch


def _item(card: Card, state: str) -> Item:
    return Item(
        kind=card.kind,
        id=card.id,
        date=str(card.date or "").replace("T", " "),
        state=state,
        status=declared(card.fields, "status", ""),
        title=card.title,
        path=str(card.path),
    )


def state_of(card: Card, zone: ZoneInfo, passed: Callable[[datetime], bool]) -> str:
    """The state of a document (`Item`), in the editions that may see it at all."""
    theirs = Edition("", "", "", EVERYONE_ONLY.union(card.visibility))
    sees = partial(visible, card, zone=zone, passed=passed)
    if not sees(theirs) and sees(replace(theirs, drafts=True)):
        return "draft" if card.fields.draft else "scheduled"
    if card.fields.expires and passed(card.fields.expires.end(zone)):
        return "expired"
    return "published" if sees(replace(theirs, shows=EVERYONE_ONLY)) else "restricted"
