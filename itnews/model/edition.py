"""An edition: who may see what, and where it is published."""

from urllib.parse import urlsplit

from msgspec import Struct

EVERYONE_ONLY = frozenset({"everyone"})


class Edition(Struct, frozen=True):
    """One edition of the site: the groups that it *shows* (`everyone` always among them), its address, its folder.

    *drafts* lifts draft, embargo and future date, never visibility.
    """

    name: str
    base_url: str
    output: str
    shows: frozenset[str] = EVERYONE_ONLY
    drafts: bool = False

    @property
    def variant(self) -> str:
        """The variant of every key that is answered for this edition."""
        return f"{self.name}+drafts" if self.drafts else self.name

    @property
    def base_path(self) -> str:
        """The path that every address in a page begins with, without a closing `/`: `` or `/it`."""
        return urlsplit(self.base_url).path.rstrip("/")
