"""Text and addresses in a form that XML can carry."""

import re
from urllib.parse import quote

# XML 1.0 section 2.2 has no place for these; U+007F to U+009F are allowed there, but are leftovers of Windows-1252.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# RFC 3986 section 2.2, and "%", since what is escaped already stays as it is.
_STAYS = "%/:=&?~#+!$,;'@()*[]"


def writable(text: str) -> str:
    """*text* without the characters that no XML document may hold, line ends as `\\n`."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """*text* for a title: writable, each run of white space one space, none at the ends."""
    return " ".join(writable(" ".join(text.split())).split())


def uri(address: str) -> str:
    """*address* as RFC 3986 wants it: what is not ASCII, spaces and quotes percent-encoded."""
    return quote(writable(address), safe=_STAYS)
