"""How values become canonical bytes where `codec.Typed` does not do: cards, views, HTML, and what is only digested."""

import json
import zlib
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from markupsafe import Markup

from itnews.codec import Typed
from itnews.digest import canonical
from itnews.errors import StoreError
from itnews.late import late
from itnews.model.article import Card, Shell
from itnews.model.kinds import INTRODUCTION, KINDS, Kind
from itnews.model.moment import Moment
from itnews.paths import source_path
from itnews.site.index import Index

if TYPE_CHECKING:
    import pydantic
    from typing_extensions import TypeForm

    from itnews.views import overviews, values
else:
    pydantic = late("pydantic")
    overviews, values = late("itnews.views.overviews"), late("itnews.views.values")

T = TypeVar("T")

_BUILT_IN = {**KINDS, INTRODUCTION.name: INTRODUCTION}
_CHECKED = {"kinds": None}  # `model.scalars.KINDS_KNOWN`: validated when it was read
_SHELL = Typed[Shell | None](Shell | None)


class _Validated(Generic[T]):
    """Bytes of values of one type and back, as JSON by pydantic, which knows moments and periods."""

    def __init__(self, kind: "TypeForm[T]") -> None:
        self._kind = kind

    def encode(self, value: T) -> bytes:
        return self._adapter.dump_json(value)

    def decode(self, payload: bytes) -> T:
        return self._adapter.validate_json(payload)

    @cached_property
    def _adapter(self) -> "pydantic.TypeAdapter[T]":
        return pydantic.TypeAdapter(self._kind)


class Structure(Generic[T]):
    """Bytes for the digest of a value that is made again whenever it is needed."""

    def encode(self, value: T) -> bytes:
        return canonical(value)

    def decode(self, payload: bytes) -> T:
        raise StoreError(f"a value of {len(payload)} bytes was kept that has no way back")


class CardCodec:
    """Bytes of a card: its own fields, and those of its kind's model. A card that is not valid is `null`.

    A kind of the site's own is written down whole: so a card differs where its kind does.
    """

    def encode(self, value: Card | None) -> bytes:
        if value is None:
            return b"null"
        head = (
            value.path.as_posix(), value.definition.definition or value.kind, value.id, value.slug, value.title,
            value.date.iso if value.date else None, value.audience, value.visibility,
        )  # fmt: skip
        return (
            json.dumps(head).encode()
            + b"\n"
            + value.fields.model_dump_json(exclude_defaults=True).encode()
        )

    def decode(self, payload: bytes) -> Card | None:
        if payload == b"null":
            return None
        head, _, fields = payload.partition(b"\n")
        path, kind, id, slug, title, date, audience, visibility = json.loads(head)
        definition = Kind.defined(kind) if kind.startswith("{") else _BUILT_IN[kind]
        return Card(
            path=source_path(path),
            definition=definition,
            id=id,
            slug=slug,
            title=title,
            date=Moment(date) if date else None,
            audience=tuple(audience),
            visibility=tuple(visibility),
            fields=definition.model.model_validate_json(fields, context=_CHECKED),
        )


class MarkupCodec:
    """Bytes of HTML that is safe as it is."""

    def encode(self, value: Markup) -> bytes:
        return value.encode("utf-8", "surrogatepass")

    def decode(self, payload: bytes) -> Markup:
        return Markup(payload.decode("utf-8", "surrogatepass"))


class ShellCodec:
    """Bytes of a shell, compressed: there is one for every page, and most of it is alike."""

    def encode(self, value: Shell | None) -> bytes:
        return zlib.compress(_SHELL.encode(value), 1)

    def decode(self, payload: bytes) -> Shell | None:
        return _SHELL.decode(zlib.decompress(payload))


class ViewCodec:
    """Bytes of a view: the name of its type, and its fields."""

    def encode(self, value: object) -> bytes:
        name = type(value).__name__
        return name.encode() + b"\n" + _views()[name].encode(value)

    def decode(self, payload: bytes) -> object:
        name, _, fields = payload.partition(b"\n")
        return _views()[name.decode()].decode(fields)


class ChangesCodec:
    """Bytes of changes of state."""

    def encode(self, value: "tuple[values.StateChange, ...]") -> bytes:
        return self._typed.encode(value)

    def decode(self, payload: bytes) -> "tuple[values.StateChange, ...]":
        return self._typed.decode(payload)

    @cached_property
    def _typed(self) -> "Typed[tuple[values.StateChange, ...]]":
        return Typed(tuple[values.StateChange, ...])


class IndexCodec(Structure[Index]):
    """The digest of an index: its cards, who has expired, how time is counted, and what was promised when."""

    def encode(self, value: Index) -> bytes:
        cards = CardCodec()
        calendar = value.calendar
        head = canonical(
            [
                value.expired,
                calendar.zone.key,
                calendar.fiscal_year_start,
                calendar.stale_after,
                calendar.cadence_default,
                {str(path): told for path, told in value.revisions.items()},
            ]
        )
        return b"\n".join([head, *(cards.encode(card) for card in value.cards.values())])


@cache
def _views() -> Mapping[str, _Validated[object]]:
    """How the bytes of each view are made, by the name of its type."""
    kinds = (
        values.AccomplishmentView,
        values.AskItem,
        values.Board,
        values.ConsultationItem,
        values.ConsultationsView,
        values.DepartmentView,
        values.EmbedView,
        values.GoalView,
        overviews.HomeView,
        values.NoticeItem,
        values.NoticesView,
        values.PersonView,
        values.ProjectView,
        values.ServiceView,
        overviews.AlignmentView,
        overviews.ArchiveView,
        overviews.AsksView,
        overviews.CalendarView,
        overviews.CoverageView,
        overviews.MonthsView,
        overviews.PortfolioView,
        overviews.SinceView,
        overviews.ValueView,
    )
    return {
        "NoneType": _Validated(type(None)),
        "tuple": _Validated(tuple[values.TagCount, ...]),
        **{kind.__name__: _Validated[object](kind) for kind in kinds},
    }
