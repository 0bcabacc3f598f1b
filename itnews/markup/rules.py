"""The settings that bodies are read by."""

from typing import Literal

from msgspec import Struct

from itnews.model.kinds import KINDS

RawHtml = Literal["sanitise", "escape", "trust"]


class MarkupRules(Struct, frozen=True):
    """The settings that bodies are read by: plain values, which go to another process as JSON (`apart`).

    *raw_html*: `sanitise` reduces it to the allow-list, `escape` shows it as text, `trust` leaves it alone. *kinds*:
    the names that may stand before an id, as in `project:expenses`.
    """

    raw_html: RawHtml = "sanitise"
    kinds: tuple[str, ...] = tuple(KINDS)
