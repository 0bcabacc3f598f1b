"""The tags of the site."""

from collections.abc import Mapping

from itnews.site.index import Index
from itnews.views.values import TagCount
from itnews.words import fold


def tag_counts(index: Index) -> tuple[TagCount, ...]:
    """Every tag with the number of listed documents that bear it, by name."""
    found = (
        TagCount(slug, spelling(counts), sum(counts.values()))
        for slug, counts in index.tags.items()
    )
    return tuple(sorted(found, key=lambda tag: (fold(tag.name), tag.slug)))


def tag_count(index: Index, slug: str) -> TagCount | None:
    """The tag whose address is *slug*, None where no listed document bears it."""
    counts = index.tags.get(slug)
    return TagCount(slug, spelling(counts), sum(counts.values())) if counts else None


def spelling(counts: Mapping[str, int]) -> str:
    """The most frequent spelling; on a tie the first by path, which is the order of *counts*."""
    return max(counts, key=lambda each: counts[each])
