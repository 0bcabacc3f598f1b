"""What the output folder is to hold: gathered from all outputs, or what it held with what has changed since."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.files.output import Placed
from itnews.paths import SourcePath, UrlPath
from itnews.problems import Problem, Span, error

AnyKey = Key[object]


class Wanted(Struct):
    """The digest of each address, and the problems of addresses that two outputs claim."""

    digests: dict[UrlPath, Digest]
    collisions: list[Problem] = field(default_factory=list)


def gathered(
    outputs: Iterable[tuple[str, Sequence[tuple[UrlPath, Digest]]]],
    owner_of: Callable[[UrlPath, str], SourcePath],
) -> Wanted:
    """What all *outputs* come to, each by the name of its key; of two that claim one address the first gets it.

    *owner_of* answers with the source that an output of a key is named by.
    """
    found, makers = Wanted({}), dict[UrlPath, str]()
    for name, placed in outputs:
        for url, digest in placed:
            if found.digests.setdefault(url, digest) != digest:
                pair = owner_of(url, makers[url]), owner_of(url, name)
                found.collisions.append(_collision(url, *pair))
            makers.setdefault(url, name)
    return found


def changed(
    urls: Iterable[UrlPath], claims_of: Callable[[UrlPath], Iterator[Placed]]
) -> Mapping[UrlPath, Digest | None] | None:
    """What is claimed now at each of *urls*, None for what nobody claims; None at all if two claim one."""
    found: dict[UrlPath, Digest | None] = {}
    for url in urls:
        claimed = {output.digest for output in claims_of(url)}
        if len(claimed) > 1:
            return None
        found[url] = claimed.pop() if claimed else None
    return found


def _collision(url: UrlPath, first: SourcePath, second: SourcePath) -> Problem:
    message = f"Two different files claim the address {url}: of {first} and of {second}."
    return error("address-taken", Span(second), message, hint="rename one of them")
