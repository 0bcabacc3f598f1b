"""What a field may hold: texts, numbers, lists, addresses; each refuses with a sentence that an author understands."""

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, TypeVar

from msgspec import Struct
from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from itnews.errors import PathError
from itnews.model import written
from itnews.model.moment import Moment
from itnews.model.names import AUDIENCE_WORDS, REFERENCE_KINDS, SAFE_SCHEMES, id_fault
from itnews.model.period import Period
from itnews.model.references import ADDRESS
from itnews.paths import url_path
from itnews.words import fold
from itnews.yaml import WrittenFloat

T = TypeVar("T")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_OUTWARD = re.compile(r"https?://[^/?#].*|(?:mailto|tel):.+|/(?![/\\]).*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_ALIASES = re.compile(
    r'[<>:"|?*#\x00-\x1f\x7f]'
)  # what Windows has no file names for, and queries
_MAX_NAME = 200  # bytes; file systems take 255 in a name
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_UNIT_SLASH = re.compile(r"\s*/\s*|\s+per\s+")


KINDS_KNOWN = "kinds"
"""The name, in the context of a validation, of the kinds that an address may begin with; None: it was checked before.
Without it those that every site has."""


class Before(Struct, frozen=True):
    """What *read* makes of a value is validated, as with pydantic's `BeforeValidator`.

    *widen* says in JSON Schema what may be written. Pydantic's own reads the function's signature anew for each field,
    of which there are three hundred.
    """

    read: Callable[[object], object]
    widen: written.Widen = written.as_kept

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.widen(handler(schema))


def _text(value: object) -> object:
    """*value* as the author wrote it: a number is its own digits, so that `title: 2026` needs no quotes."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        raise PydanticCustomError(
            "text_expected",
            "A text is expected here, not a yes or no.",
            {"hint": "put the words in quotes"},
        )
    if isinstance(value, WrittenFloat):
        return value.written
    if isinstance(value, int | float):
        return str(value)
    found = "fields of its own" if isinstance(value, Mapping) else "a list"
    raise PydanticCustomError(
        "text_expected",
        "A text is expected here, not {found}.",
        {
            "found": found,
            "hint": "write one text; put it in quotes if it holds ': ' or begins with [ or {",
        },
    )


def _line(value: object) -> object:
    text = _text(value)
    return " ".join(text.split()) if isinstance(text, str) else text


def _filled_line(value: object) -> object:
    line = _line(value)
    if not line:
        raise PydanticCustomError(
            "field_missing", "There is nothing here.", {"hint": "write it down"}
        )
    return line


_TOO_GREAT = 10**15  # sums of what is below it are exact enough, and no reader counts the digits


def _number(value: object) -> object:
    if isinstance(value, str):
        value = _parsed_number(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PydanticCustomError(
            "number_invalid",
            "This is no number.",
            {"hint": "write digits only, as in 1200 or 12.5; the unit has a field of its own"},
        )
    if abs(value) >= _TOO_GREAT:
        raise PydanticCustomError(
            "number_invalid",
            "This number is too large to be meant.",
            {"hint": "write at most fifteen digits before the point"},
        )
    return value


def _parsed_number(text: str) -> float | None:
    try:
        return (
            float(text) if re.fullmatch(r"\s*[-+]?[0-9]{1,15}(\.[0-9]{1,15})?\s*", text) else None
        )
    except ValueError:
        return None


def _whole_number(value: object) -> object:
    number = _number(value)
    if isinstance(number, float) and not number.is_integer():
        raise PydanticCustomError(
            "number_invalid",
            "A whole number is expected here.",
            {"hint": "write it without a fraction"},
        )
    return number


def _flag(value: object) -> object:
    flag = _FLAGS.get(str(value).strip().lower()) if isinstance(value, str | bool) else None
    if flag is None:
        raise PydanticCustomError(
            "flag_invalid", "This is neither yes nor no.", {"hint": "write true or false"}
        )
    return flag


def _listed(value: object) -> object:
    """One value where a list is expected is a list of one."""
    if isinstance(value, list | tuple):
        return [item for item in value if item is not None]
    return [value]


class _AddressSchema:
    """Validates an address with the kinds that the site has (`KINDS_KNOWN`)."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return written.text(handler(schema))

    @staticmethod
    def _validate(value: object, info: core_schema.ValidationInfo) -> object:
        kinds = (
            info.context.get(KINDS_KNOWN, REFERENCE_KINDS)
            if isinstance(info.context, dict)
            else REFERENCE_KINDS
        )
        return value if kinds is None else _address(value, kinds)


def _address(value: object, kinds: Collection[str] = REFERENCE_KINDS) -> object:
    """An address that a page may link to, or nothing; its scheme in lower case, so that it can be asked for.

    Schemes that run code or read files are refused; *kinds* are those that an id may follow.
    """
    text = str(_line(value))
    scheme = _SCHEME.match("".join(text.split()))
    if scheme and scheme[1].lower() not in {*SAFE_SCHEMES, *kinds}:
        raise PydanticCustomError(
            "address_unsafe",
            "Addresses that begin with '{scheme}:' are not allowed.",
            {
                "scheme": scheme[1],
                "hint": "write an address that begins with https: or mailto:, or a path",
            },
        )
    written = _SCHEME.match(text)
    return text[: written.end()].lower() + text[written.end() :] if written else text


def _outward_address(text: str) -> str:
    if text and not _OUTWARD.fullmatch(text):
        raise PydanticCustomError(
            "setting_invalid",
            "This is neither a whole address nor a path of this site.",
            {"hint": "write https://, mailto: or tel: with what follows, or a path such as /help/"},
        )
    return text


def _site_path(value: object) -> object:
    """A path of this site, with a `/` in front and as given at the end."""
    text = str(_line(value))
    try:
        if not text or text.startswith("//") or _NOT_IN_ALIASES.search(text):
            raise PathError(text)
        if any(len(part.encode()) > _MAX_NAME for part in text.split("/")):
            raise PathError(text)
        return str(url_path(text))
    except PathError:
        raise PydanticCustomError(
            "alias_invalid",
            "'{text}' is no path of this site.",
            {"text": text[:80], "hint": "write the old path only, as in /news/2025/vpn/"},
        ) from None


def _id(value: object) -> object:
    text = str(_line(value))
    fault = id_fault(text) if text else ""
    if fault:
        raise PydanticCustomError(
            "id_invalid", "{fault}", {"fault": fault, "hint": "use letters, digits and hyphens"}
        )
    return text


def _unit(value: object) -> object:
    return _UNIT_SLASH.sub("/", str(_line(value)))


def _audience(value: object) -> object:
    text = str(_line(value))
    return fold(text) if fold(text) in AUDIENCE_WORDS else text


class _DeadlineSchema:
    """A moment where one is written, else a period: `2026-03-02`, `2026-03-02 14:00`, `2026-Q2`."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: None if value is None else str(value),
                return_schema=core_schema.nullable_schema(core_schema.str_schema()),
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return written.either(Moment.json_schema(), Period.json_schema())

    @staticmethod
    def _validate(value: object) -> Moment | Period | None:
        if value is None or isinstance(value, Moment | Period):
            return value
        if isinstance(value, str) and _DAY.match(value.strip()):
            return Moment.validated(value)
        return Period.validated(value)


Text = Annotated[str, Before(_text, written.text)]
"""A text, its line breaks kept."""
Line = Annotated[str, Before(_line, written.text)]
"""A text of one line: white space is a blank."""
FilledLine = Annotated[str, Before(_filled_line, written.filled_text)]
Flag = Annotated[bool, Before(_flag, written.flag(tuple(_FLAGS)))]
Number = Annotated[float, Before(_number, written.number)]
"""A finite number."""
WholeNumber = Annotated[int, Before(_whole_number, written.whole_number)]
Id = Annotated[str, Before(_id, written.id_text)]
Unit = Annotated[str, Before(_unit, written.text)]
"""A unit of measure: `hours per month` and `hours / month` are `hours/month`."""
Address = Annotated[str, _AddressSchema(), ADDRESS]
"""Where a link leads: http, https, mailto, tel, a path, or a reference such as `project:expenses`."""
OutwardAddress = Annotated[str, Before(_address, written.text), AfterValidator(_outward_address)]
"""An address that is the same wherever it stands: http, https, mailto, tel, or a path of this site from its root."""
SitePath = Annotated[str, Before(_site_path, written.text)]
Audience = Annotated[str, Before(_audience, written.text)]
"""A department's id, or everyone, executives, it (in any case)."""
Deadline = Annotated[Moment | Period | None, _DeadlineSchema()]
Listed = Annotated[tuple[T, ...], Before(_listed, written.one_or_many)]
"""A list; one value is a list of one."""
