"""What benefits are worth, line by line (CONTENT-MODEL "Benefits" and "Arithmetic")."""

from collections.abc import Iterable, Iterator

from itnews.model.article import Card
from itnews.model.fields.accomplishment import Accomplishment
from itnews.model.fields.project import Project
from itnews.model.worth import Benefit
from itnews.paths import SourcePath
from itnews.views.values import BenefitLine


def benefit_lines(cards: Iterable[Card]) -> Iterator[BenefitLine]:
    """A line for each benefit that one of *cards* holds itself; references to another's are not repeated."""
    for card in cards:
        fields = card.fields
        written = fields.benefits if isinstance(fields, Project | Accomplishment) else ()
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
