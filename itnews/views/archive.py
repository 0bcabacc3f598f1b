"""The archive: which years and fiscal quarters hold anything."""

from itnews.model.period import Period
from itnews.site.index import Index
from itnews.views.overviews import ArchivePart, ArchiveView


def archive_view(index: Index) -> ArchiveView:
    """Years and fiscal quarters, newest first, with the number of dated documents; expired ones are left out."""
    return ArchiveView(years=_parts(index, "year"), quarters=_parts(index, "fiscal-quarter"))


def _parts(index: Index, facet: str) -> tuple[ArchivePart, ...]:
    counts = {name: len(index.having(facet, name)) for name in index.values(facet)}
    start = index.calendar.fiscal_year_start
    newest_first = sorted(counts, key=lambda name: Period(name).first(start), reverse=True)
    return tuple(ArchivePart(name, counts[name]) for name in newest_first)
