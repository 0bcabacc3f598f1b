"""What may be on a page, asked of another parser than the one that cleaned it."""

from html.parser import HTMLParser

from itnews.markup.sanitise import TAGS

SCHEMES = ("http:", "https:", "mailto:", "tel:")
ADDRESSES = {
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "longdesc",
    "ping",
    "poster",
    "src",
    "srcset",
}
ATTRIBUTES = {
    *(
        "abbr",
        "alt",
        "aria-hidden",
        "aria-label",
        "checked",
        "class",
        "colspan",
        "controls",
        "datetime",
        "default",
    ),
    *(
        "dir",
        "disabled",
        "for",
        "headers",
        "height",
        "href",
        "id",
        "kind",
        "label",
        "lang",
        "loading",
        "loop",
        "media",
    ),
    *(
        "muted",
        "name",
        "open",
        "poster",
        "preload",
        "reversed",
        "role",
        "rowspan",
        "scope",
        "sizes",
        "span",
        "src",
    ),
    *("srclang", "srcset", "start", "title", "type", "value", "width"),
}


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"{tag}[{name}]")
            if name in ADDRESSES and not _is_harmless(value or ""):
                self.faults.append(f"{tag}[{name}={value}]")
        if tag == "input" and dict(attrs).get("type") not in ("checkbox", "radio"):
            self.faults.append("input without a harmless type")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_pi(self, data: str) -> None:
        self.faults.append("processing instruction")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")


def _is_harmless(address: str) -> bool:
    """True for an address with a harmless scheme or none, as a browser reads it."""
    folded = "".join(char for char in address if char > " ").lower()
    head = folded.split("/")[0].split("?")[0].split("#")[0]
    return ":" not in head or folded.startswith(SCHEMES)


def faults(markup: str) -> list[str]:
    """What *markup* has that no page may have."""
    inspector = _Inspector()
    inspector.feed(markup)
    inspector.close()
    return inspector.faults
