"""What decides how a front matter is read, beside the front matter."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from itnews.model.kinds import KINDS, Kinds


class CardRules(Struct, frozen=True):
    """The settings that a front matter is read by.

    *field_names*: foreign name -> ours, the first that is there wins. *ignored_fields*: unknown fields that are no
    warning. *groups*: the names that `visibility` may hold besides `everyone`; None if that is not checked. *kinds*:
    what a document may be.
    """

    field_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ignored_fields: tuple[str, ...] = ()
    groups: frozenset[str] | None = None
    kinds: Kinds = KINDS
