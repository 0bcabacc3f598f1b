"""A question for documents, as a value that can be the name of a key."""

from typing import Literal, get_args

from msgspec import Struct

Order = Literal["newest", "pinned", "order", "title"]

ORDERS: tuple[str, ...] = get_args(Order)


class Query(Struct, frozen=True):
    """Which documents, in which order, how many.

    *kinds*: any of them, empty for all. *where*: pairs of a facet and an id that must all hold; the facets are
    `department` (concern, CONTENT-MODEL "Views"), `project`, `goal`, `service`, `tag`, `person`, `year`,
    `fiscal-quarter`, `dated`, `menu` and `everyone` (with the value `yes`). Documents that have expired never match.
    *order* `newest`: by date, newest first; `pinned`: the same with the pinned ones before all; `order`: the field
    `order`, then title. *limit* 0: all.
    """

    kinds: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    order: Order = "newest"
    limit: int = 0
