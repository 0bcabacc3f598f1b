"""The settings that bodies are read by."""

from dataclasses import dataclass
from typing import Literal

RawHtml = Literal["sanitise", "escape", "trust"]


@dataclass(frozen=True, slots=True)
class MarkupRules:
    """The settings that bodies are read by: plain values, which go to another process as JSON (`apart`).

    *raw_html*: `sanitise` reduces it to the allow-list, `escape` shows it as text, `trust` leaves it alone.
    """

    raw_html: RawHtml = "sanitise"
