"""What one rendering may take: rounds of loops, characters, seconds; and how large one value may get.

Jinja has no limits. A loop that does not end would hold up a build for good, and a text of a billion characters would
take the machine with it. Counting costs little: code that `compiler` writes takes something off an allowance at the
head of each loop, macro, block and template, and printing takes the length of what is printed. What is counted is the
same on every machine; the clock is asked now and then only, for steps that take long each.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, thread_time

from jinja2 import TemplateRuntimeError

from itnews.engine.aside import ASIDE

CHARACTERS = 100_000_000
"""Characters that one rendering may print: a thousand times a long page."""

ROUND = 50
"""Characters that a round of a loop or the call of a macro counts for, beside the text that stands in it."""

SECONDS = 5.0
"""What one rendering may take, without the answers that it asks for: a long page takes a hundredth of a second."""

TRIES = 3
"""Renderings of a template that may come to a limit; the pages after them are not tried."""

LONGEST = 1_000_000
"""Characters of a text, or items of a list, that a template may put together at once."""

WIDEST = 1_000
"""Columns, blanks, decimals and the like that a filter may be asked for."""

RANGE = 100_000
"""Numbers in a `range`."""

_BITS = 10_000  # of a whole number: three thousand digits
_LOOK = 2_000  # characters between two looks at the clock, forty rounds
_BODY = 1_000_000  # what printing the body counts for, whose length a page does not depend on
_WIDTH = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\*|[0-9]+)?(?:\.(\*|[0-9]+))?")


class TooMuchError(TemplateRuntimeError):
    """A rendering came to a limit; *is_late*: to that of time, which a faster machine may not come to."""

    def __init__(self, message: str, *, is_late: bool = False) -> None:
        super().__init__(message)
        self.is_late = is_late


class Allowance:
    """What is *left* to the rendering that goes on. Inherited by the environment, which compiled templates know."""

    left = CHARACTERS
    until = CHARACTERS  # below it the clock is looked at
    _begun = _processed = _aside = 0.0

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """A new rendering, which may begin inside of another one."""
        outer = self.left, self.until, self._begun, self._processed, self._aside
        self.left, self.until = CHARACTERS, CHARACTERS - _LOOK
        self._begun, self._processed, self._aside = perf_counter(), thread_time(), ASIDE.seconds
        try:
            yield
        finally:
            self.left, self.until, self._begun, self._processed, self._aside = outer

    def look(self) -> None:
        """Called when *left* has fallen below *until*. Raises TooMuchError."""
        if self.left < 0:
            rounds = f"{CHARACTERS // ROUND:,} rounds of its loops"
            message = (
                f"This takes more than {rounds}, or prints more than {CHARACTERS:,} characters."
            )
            raise TooMuchError(message)
        self.until = self.left - _LOOK
        own = perf_counter() - self._begun - (ASIDE.seconds - self._aside)
        # Both clocks: the machine may have been busy with something else, or asleep.
        if own > SECONDS and thread_time() - self._processed > SECONDS:
            message = f"This takes longer than {SECONDS:g} seconds."
            raise TooMuchError(message, is_late=True)

    def charge(self, characters: int) -> None:
        """Takes *characters* off. Raises TooMuchError."""
        self.left -= characters
        if self.left < self.until:
            self.look()

    def charge_body(self) -> None:
        """Takes off what printing the body counts for. Raises TooMuchError."""
        self.charge(_BODY)


def check_length(length: int) -> None:
    """Raises TemplateRuntimeError for a text or a list of *length* that is too long."""
    if length > LONGEST:
        told = f"{length:,}" if length < 10**18 else "too many"
        raise TemplateRuntimeError(
            f"This makes a text or a list of {told} parts; at most {LONGEST:,} are made at once."
        )


def check_width(*numbers: object) -> None:
    """Raises TemplateRuntimeError for a number, or a text, that a filter would fill a page with."""
    for number in numbers:
        size = len(number) if isinstance(number, str) else number
        if isinstance(size, int | float) and not abs(size) <= WIDEST:
            raise TemplateRuntimeError(
                f"This number is too great here; at most {WIDEST:,} will do."
            )


def check_format(text: str) -> None:
    """Raises TemplateRuntimeError if `text % value` would fill up to a great width, or one that the value names."""
    for match in _WIDTH.finditer(text):
        for width in filter(None, match.groups()):
            if width == "*":
                raise TemplateRuntimeError("A width in a format has to be a number: `*` is none.")
            check_width(int(width[:9]))


def bounded_range(*bounds: int) -> range:
    """`range(...)` of a number of numbers that a page can hold. Raises TemplateRuntimeError."""
    found = range(*bounds)
    if found[RANGE:]:
        raise TemplateRuntimeError(f"This range has more than {RANGE:,} numbers.")
    return found


def bounded_sum(left: object, right: object) -> object:
    """`a + b`. Raises TemplateRuntimeError for a text or a list that is too long."""
    found: object = left + right  # type: ignore[operator]  # whatever a template adds
    if isinstance(found, str | list | tuple):
        check_length(len(found))
    return found


def bounded_product(left: object, right: object) -> object:
    """`a * b`, where a text or a list is repeated too. Raises TemplateRuntimeError for what gets too long."""
    if isinstance(left, int) and isinstance(right, int):
        _check_bits(left.bit_length() + right.bit_length())
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, str | list | tuple | bytes) and isinstance(times, int):
            check_length(len(repeated) * times)
    return left * right  # type: ignore[operator]  # whatever a template multiplies


def bounded_power(left: object, right: object) -> object:
    """`a ** b`. Raises TemplateRuntimeError for a number that gets too long."""
    if isinstance(left, int) and isinstance(right, int):
        _check_bits(left.bit_length() * abs(right))
    return left**right  # type: ignore[operator]  # whatever a template multiplies


def _check_bits(bits: int) -> None:
    if bits > _BITS:
        raise TemplateRuntimeError("This number has thousands of digits.")
