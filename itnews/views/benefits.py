"""What benefits are worth, line by line (CONTENT-MODEL "Benefits" and "Arithmetic")."""

import re
from collections.abc import Iterable, Iterator
from math import fsum

from itnews.model.article import Card
from itnews.model.fields.accomplishment import Accomplishment
from itnews.model.fields.project import Project
from itnews.model.fields.service import Service
from itnews.model.names import STAGE
from itnews.model.worth import Benefit
from itnews.paths import SourcePath
from itnews.views.overviews import Tally
from itnews.views.values import BenefitLine, BenefitTotal

_BRINGING = (Project, Accomplishment, Service)
_FLOW = re.compile(r"[^/%]+/(day|week|month|quarter|year)")


def benefit_lines(cards: Iterable[Card]) -> Iterator[BenefitLine]:
    """A line for each benefit that one of *cards* holds itself; references to another's are not repeated."""
    for card in cards:
        fields = card.fields
        written = fields.benefits if isinstance(fields, _BRINGING) else ()
        yield from (benefit_line(card.path, one) for one in written if isinstance(one, Benefit))


def benefit_line(path: SourcePath, benefit: Benefit) -> BenefitLine:
    stage = counted_stage(benefit)
    value = counted_value(benefit, stage)
    return BenefitLine(
        path=path,
        id=benefit.id,
        what=benefit.what,
        unit=benefit.unit,
        kind=benefit.kind,
        stage=stage,
        baseline=benefit.baseline,
        target=benefit.target,
        measured=benefit.measured,
        value=value,
        improvement=_improvement(benefit, value),
        as_of=benefit.as_of,
        confirmed_by=benefit.confirmed_by,
        evidence=benefit.evidence,
    )


def counted_stage(benefit: Benefit) -> str:
    """The stage that counts: confirmed by nobody is measured."""
    if benefit.stage == "confirmed" and not benefit.confirmed_by:
        return "measured"
    return benefit.stage


def counted_value(benefit: Benefit, stage: str) -> float | None:
    """The level that counts at *stage*: the target if planned, or claimed without a measurement; else the measured."""
    if stage == "planned":
        return benefit.target
    if stage == "claimed" and benefit.measured is None:
        return benefit.target
    return benefit.measured


def _improvement(benefit: Benefit, value: float | None) -> float | None:
    """The change from the baseline towards the target, negative for a worsening.

    None without a baseline, and where the target does not tell which way is better.
    """
    baseline, target = benefit.baseline, benefit.target
    if value is None or baseline is None or target is None or target == baseline:
        return None
    return value - baseline if target > baseline else baseline - value


def totals(lines: Iterable[BenefitLine]) -> tuple[BenefitTotal, ...]:
    """What *lines* come to, by stage, the surest first, kind and unit: flows of equal unit and kind only.

    Percentages, days and levels never add up, and what has no baseline has nothing to add.
    """
    found: dict[tuple[str, str, str], list[BenefitLine]] = {}
    for line in lines:
        if line.improvement is not None and is_flow(line.unit):
            found.setdefault((line.kind, line.unit, line.stage), []).append(line)
    return tuple(
        BenefitTotal(kind, unit, stage, fsum(_improvements(of)), tuple(of))
        for (kind, unit, stage), of in sorted(found.items(), key=lambda each: _position(*each[0]))
    )


def tally(lines: Iterable[BenefitLine]) -> Tally:
    """How many of *lines* are in their `totals`."""
    all = tuple(lines)
    changed = [line for line in all if line.improvement is not None]
    summed = sum(is_flow(line.unit) for line in changed)
    return Tally(
        all=len(all),
        summed=summed,
        without_sum=len(changed) - summed,
        without_change=len(all) - len(changed),
    )


def is_flow(unit: str) -> bool:
    """Whether *unit* counts something in a span of time: hours/month, money/year, incidents/month."""
    return _FLOW.fullmatch(unit) is not None


def _improvements(lines: Iterable[BenefitLine]) -> Iterator[float]:
    return (line.improvement for line in lines if line.improvement is not None)


def _position(kind: str, unit: str, stage: str) -> tuple[int, str, str]:
    return surest_first(stage), kind, unit


def surest_first(stage: str) -> int:
    """The place of *stage* in a list that begins with what is confirmed."""
    return -STAGE.words.index(stage) if stage in STAGE.words else 1
