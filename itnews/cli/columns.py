"""Rows laid out in columns, by what a terminal shows. Pure."""

from collections.abc import Iterator, Sequence

from itnews.cli.cells import can_write, visible, width

_GAP = "  "
_NARROWEST = 12  # cells; below that a cut cell says nothing


def columns(
    rows: Sequence[Sequence[str]], room: int | None, encoding: str, *, figures: int = 0
) -> Iterator[str]:
    """*rows* as lines, each column as wide as its widest cell; with *room* (cells) the widest are cut until all fit.

    The last *figures* columns end at the right, as numbers do that are compared.
    """
    shown = [[visible(cell, encoding) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    if room is not None:
        widths = _fitted(widths, room - len(_GAP) * (len(widths) - 1))
    dots = "…" if can_write("…", encoding) else "..."
    for row in shown:
        cut = [(_cut(cell, room, dots), room) for cell, room in zip(row, widths, strict=True)]
        words = len(cut) - figures
        cells = [*(_filled(*one) for one in cut[:words]), *(_flush(*one) for one in cut[words:])]
        yield _GAP.join(cells).rstrip()


def _fitted(widths: list[int], room: int) -> list[int]:
    """*widths* with the widest made narrower until all fit into *room*, or nothing can give way."""
    fitted = list(widths)
    while fitted and sum(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _filled(cell: str, room: int) -> str:
    return cell + " " * (room - width(cell))


def _flush(cell: str, room: int) -> str:
    return " " * (room - width(cell)) + cell


def _cut(cell: str, room: int, dots: str) -> str:
    """*cell*, visible already, or as much of its beginning as fits."""
    if width(cell) <= room:
        return cell
    kept, used = "", len(dots)
    for character in cell:
        used += width(character)
        if used > room:
            break
        kept += character
    return kept + dots
