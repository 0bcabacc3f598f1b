"""The place of a body in a page: where a template prints it, the page is cut, so that a new body needs no template."""

from collections.abc import Callable, Iterator

from markupsafe import Markup

# Neither content nor settings can hold the control character; a filter that changes case or takes out tags shows here.
_MARK = Markup("<\x02bOdY>")


class BodySlot:
    """Stands for a body in a template. To print it asks nothing; whatever else a template does with it *reads* it.

    *filled*: there is something to print.
    """

    def __init__(self, read: Callable[[], Markup], *, filled: bool) -> None:
        self._read = read
        self._filled = filled
        self._printed = 0

    def printed(self) -> Markup:
        """What a template prints in place of the body; `cut` finds it again."""
        self._printed += 1
        return _MARK

    def cut(self, text: str) -> tuple[str, ...] | None:
        """*text* in the parts between which the body belongs.

        None if it is not there as often as it was printed: the template kept what it printed and did something with it.
        """
        parts = tuple(text.split(_MARK))
        return parts if len(parts) == self._printed + 1 else None

    def read(self) -> Markup:
        """The body."""
        return self._read()

    def __bool__(self) -> bool:
        return self._filled

    def __html__(self) -> str:
        return self._read()

    def __str__(self) -> str:
        return self._read()

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __contains__(self, part: object) -> bool:
        return isinstance(part, str) and part in self._read()

    def __getitem__(self, place: int | slice) -> str:
        return self._read()[place]

    def __add__(self, other: str) -> Markup:
        return self._read() + other

    def __eq__(self, other: object) -> bool:
        return other is self or str(self) == (
            str(other) if isinstance(other, type(self)) else other
        )

    def __hash__(self) -> int:
        return hash(self._read())

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(), name)
