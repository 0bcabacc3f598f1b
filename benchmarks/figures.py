"""What was measured, how it compares with Hugo, and what was promised."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Unit = Literal["s", "MiB"]


@dataclass(frozen=True, slots=True)
class Figure:
    """All runs of one operation of one tool on so many *posts* (0: without a site).

    *values* are seconds or MiB, as *unit* says; *cpu* seconds, one for each value, or none. *note* says how.
    """

    posts: int
    operation: str
    tool: str
    unit: Unit
    values: tuple[float, ...]
    cpu: tuple[float, ...] = ()
    note: str = ""

    @property
    def median(self) -> float:
        """The median of the values."""
        return median(self.values)

    def line(self) -> str:
        """The figure as a line of JSON."""
        figure = {
            "posts": self.posts,
            "operation": self.operation,
            "tool": self.tool,
            "unit": self.unit,
            "median": round(self.median, 4),
            "values": [round(value, 4) for value in self.values],
            "cpu": [round(value, 3) for value in self.cpu],
        }
        return json.dumps({**figure, "note": self.note} if self.note else figure)


@dataclass(frozen=True, slots=True)
class Target:
    """The most that is promised: of the *ratio* to Hugo, of the median in seconds, or of the highest value in MiB."""

    most: float
    of: Literal["ratio", "s", "MiB"]

    def verdict(self, figure: Figure, ratio: float | None) -> str:
        """The target, and whether *figure* meets it; without Hugo a ratio is not known."""
        found = {"ratio": ratio, "s": figure.median, "MiB": max(figure.values)}[self.of]
        promised = f"<= {self.most:g}" if self.of == "ratio" else f"< {_amount(self.most, self.of)}"
        if found is None:
            return promised
        met = found <= self.most if self.of == "ratio" else found < self.most
        return f"{promised} {'met' if met else 'MISSED'}"


# The operations, as they stand in the table.
VERSION = "start: --version"
COLD, NOTHING, BODY, TITLE = "cold", "nothing changed", "body edited", "title edited"
POST, TEMPLATE, SETTINGS = "post added", "template edited", "settings edited"
IN_PAGE, LAST_BYTE = "watch: in the page", "watch: last byte"
LARGEST, TOGETHER, PARENT = "memory: largest", "memory: together", "memory: parent"

TARGETS: Mapping[tuple[str, int], tuple[Target, ...]] = {
    (VERSION, 0): (Target(0.1, "s"),),
    (NOTHING, 1_000): (Target(0.3, "ratio"),),
    (NOTHING, 10_000): (Target(0.06, "ratio"),),
    (BODY, 1_000): (Target(0.4, "ratio"),),
    (BODY, 10_000): (Target(0.08, "ratio"),),
    (TITLE, 1_000): (Target(0.5, "ratio"),),
    (TITLE, 10_000): (Target(0.12, "ratio"),),
    (LAST_BYTE, 1_000): (Target(0.3, "ratio"),),
    (LAST_BYTE, 10_000): (Target(0.1, "ratio"), Target(0.06, "s")),
    (LARGEST, 1_000): (Target(150, "MiB"),),
    (LARGEST, 10_000): (Target(300, "MiB"),),
    (TOGETHER, 1_000): (Target(250, "MiB"),),
    (TOGETHER, 10_000): (Target(500, "MiB"),),
}
SMALL, LARGE = 10_000, 40_000
GROWTH: Mapping[str, float] = {
    **dict.fromkeys((COLD, NOTHING, BODY, TITLE, POST, TEMPLATE, SETTINGS), 4.6),
    PARENT: 4.2,
}
"""How often the figure of SMALL the one of LARGE may be."""


def ratio(ours: Figure, theirs: Figure | None) -> float | None:
    """The median of *ours* by the median of *theirs*; None if there is nothing to compare with."""
    return ours.median / theirs.median if theirs and theirs.median else None


def table(figures: Sequence[Figure]) -> str:
    """The figures as plain text: a line for each operation on each number of posts, in the order in which they came."""
    by_name = {(figure.posts, figure.operation, figure.tool): figure for figure in figures}
    rows = [("posts", "operation", "itnews", "hugo", "ratio", "target")]
    for posts, operation in dict.fromkeys((f.posts, f.operation) for f in figures):
        ours = by_name.get((posts, operation, "itnews"))
        theirs = by_name.get((posts, operation, "hugo"))
        rows.append((f"{posts:,}" if posts else "", operation, *_cells(ours, theirs)))
    return _aligned([*rows, *_growth(by_name)])


def _cells(ours: Figure | None, theirs: Figure | None) -> tuple[str, str, str, str]:
    """Both figures, their ratio, and the targets."""
    if ours is None:
        return "", shown(theirs), "", ""
    times = ratio(ours, theirs)
    targets = TARGETS.get((ours.operation, ours.posts), ())
    told = ", ".join(target.verdict(ours, times) for target in targets)
    return shown(ours), shown(theirs), "" if times is None else f"{times:.3f}", told


def _growth(by_name: Mapping[tuple[int, str, str], Figure]) -> list[tuple[str, ...]]:
    """A row for each operation that was measured on SMALL and on LARGE numbers of posts."""
    rows: list[tuple[str, ...]] = []
    for operation, most in GROWTH.items():
        small = by_name.get((SMALL, operation, "itnews"))
        large = by_name.get((LARGE, operation, "itnews"))
        if small and large:
            times = ratio(large, small)
            told = Target(most, "ratio").verdict(large, times)
            name = f"{operation}, by {SMALL:,}"
            rows.append((f"{LARGE:,}", name, "", "", f"{times:.3f}", told))
    return rows


def shown(figure: Figure | None) -> str:
    """Median, lowest and highest value, and the median of the CPU."""
    if figure is None:
        return "-"
    low, high = (_number(value, figure.unit) for value in (min(figure.values), max(figure.values)))
    text = f"{_amount(figure.median, figure.unit)} ({low}..{high})"
    return f"{text} cpu {median(figure.cpu):.2f}" if figure.cpu else text


def _amount(value: float, unit: Unit | Literal["ratio"]) -> str:
    return f"{_number(value, unit)} {unit}"


def _number(value: float, unit: str) -> str:
    return f"{value:.0f}" if unit == "MiB" else f"{value:.3f}"


def _aligned(rows: Iterable[tuple[str, ...]]) -> str:
    """Columns with two spaces between them; the number of posts is set to the right."""
    kept = list(rows)
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    lines = []
    for first, *others in kept:
        padded = [first.rjust(widths[0])]
        padded += [cell.ljust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
