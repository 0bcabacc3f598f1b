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


def spelling(counts: Mapping[str, int]) -> str:
    """The most frequent spelling; on a tie the first by path, which is the order of *counts*."""
    return max(counts, key=lambda each: counts[each])
