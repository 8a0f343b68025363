"""Tables for a terminal: columns that keep to its width without mangling a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fabula.cli.bars import draw_bar
from fabula.cli.terminal import Piece, Style, Terminal, bold, columns, cut, one_line, wrap

GAP = 2  # columns between two columns
LEAST_ROOM = 8  # columns that a cell which gives way keeps
WIDEST_SHARE = 0.3  # of the terminal, for a name; a longer one goes on in the next line
WIDEST_BAR = 40  # columns


class Fit(StrEnum):
    """What a column does where the terminal is too narrow for it."""

    WHOLE = "whole"  # it is wrapped at spaces, never cut
    CUT = "cut"  # its end is left out
    ITEMS = "items"  # whole items are left out, and how many is said
    BAR = "bar"  # its marks stand for more counts each


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Numbers stand at the right."""

    head: str
    fit: Fit = Fit.WHOLE
    right: bool = False
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Bar:
    """The counts of a `Fit.BAR` column; those of all its rows are equally many."""

    counts: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.counts)


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a `Fit.ITEMS` column, and what is shown of them where they do not all fit."""

    full: tuple[str, ...]
    brief: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.full)


Cell = str | tuple[str, ...] | Items | Bar
"""What stands in a row's column: text, the items of a `Fit.ITEMS` column, or a bar."""


class _Shown(NamedTuple):
    """A cell as the terminal can show it, or its items, and how many columns it takes in full."""

    cell: str | Items | Bar
    width: int


def write_table(terminal: Terminal, heads: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """Write rows under their heads, in the terminal's width; a column that is empty throughout is left out.

    Returns how wide each of the columns is, 0 where it is left out.
    """
    kept = [i for i in range(len(heads)) if any(row[i] for row in rows)]
    taken = [0] * len(heads)
    if not kept:
        return tuple(taken)
    shown = [_show_column(terminal, [row[i] for row in rows], heads[i].fit) for i in kept]
    heads = [heads[i] for i in kept]
    widths = _share_width(terminal.width, heads, shown)
    fitted = [
        [_fit(terminal, head, cell, width) for cell in cells] for head, cells, width in zip(heads, shown, widths, strict=True)
    ]
    lines = [_join([bold(_pad(head.head, width, head)) for head, width in zip(heads, widths, strict=True)])]
    for row in zip(*fitted, strict=True):
        lines.extend(_join_line(row, n, heads, widths) for n in range(max(map(len, row))))
    terminal.lines(lines)
    for i, width in zip(kept, widths, strict=True):
        taken[i] = width
    return tuple(taken)


def _join_line(row: Sequence[Sequence[str]], n: int, heads: Sequence[Column], widths: Sequence[int]) -> list[str | Piece]:
    """The nth line of a row; a cell that has fewer is blank there."""
    cells = [cell[n] if n < len(cell) else " " * width for cell, width in zip(row, widths, strict=True)]
    return _join([Piece(cell, head.style) if head.style else cell for cell, head in zip(cells, heads, strict=True)])


def _show_column(terminal: Terminal, cells: Sequence[Cell], fit: Fit) -> list[_Shown]:
    known: dict[Cell, _Shown] = {}  # a book has many quotations and few speakers
    return [known.get(cell) or known.setdefault(cell, _show(terminal, cell, fit)) for cell in cells]


def _show(terminal: Terminal, cell: Cell, fit: Fit) -> _Shown:
    if isinstance(cell, Bar):
        return _Shown(cell, min(len(cell.counts), WIDEST_BAR))
    if isinstance(cell, tuple):
        cell = Items(cell, cell)
    if isinstance(cell, Items):
        full, brief = (tuple(terminal.shown(one_line(item)) for item in items) for items in (cell.full, cell.brief))
        return _Shown(Items(full, brief), columns(", ".join(full)))
    # Of a text that will be cut only the beginning is worth work; some code points take no column.
    text = terminal.shown(one_line(cell[: 4 * terminal.width] if fit is Fit.CUT else cell))
    return _Shown(text, columns(text))


def _share_width(total: int, heads: Sequence[Column], cells: Sequence[Sequence[_Shown]]) -> list[int]:
    """Columns that stay whole take what they need; the others share the rest alike."""
    longest = int(total * WIDEST_SHARE)
    widths = []
    for head, column in zip(heads, cells, strict=True):
        needed = max(len(head.head), max(cell.width for cell in column))
        widths.append(min(needed, longest) if head.fit is Fit.WHOLE else needed)
    giving = [i for i, head in enumerate(heads) if head.fit is not Fit.WHOLE]
    room = total - GAP * (len(heads) - 1) - sum(width for i, width in enumerate(widths) if i not in giving)
    for done, i in enumerate(sorted(giving, key=lambda i: widths[i])):
        least = len(heads[i].head) if heads[i].fit is Fit.BAR else LEAST_ROOM
        widths[i] = max(least, min(widths[i], room // (len(giving) - done)))
        room -= widths[i]
    return widths


def _fit(terminal: Terminal, head: Column, shown: _Shown, width: int) -> list[str]:
    """The lines of a cell, each `width` columns wide."""
    cell = shown.cell
    if isinstance(cell, Bar):
        return [_pad(draw_bar(cell.counts, width, terminal.bar_marks), width, head)]
    if isinstance(cell, Items):
        return [_pad(_fit_items(cell.full if shown.width <= width else cell.brief, width), width, head)]
    if shown.width <= width:
        gap = " " * (width - shown.width)
        return [gap + cell if head.right else cell + gap]
    lines = [cut(cell, width, terminal.ellipsis)] if head.fit is Fit.CUT else wrap(cell, width)
    return [_pad(line, width, head) for line in lines]


def _fit_items(items: Sequence[str], width: int) -> str:
    """The items that fit, and the number of those that do not.

    >>> _fit_items(["Lizzy 96", "Miss Elizabeth Bennet 5", "Eliza 7"], 22)
    'Lizzy 96, Eliza 7, +1'
    """
    whole = ", ".join(items)
    if columns(whole) <= width:
        return whole
    fitting: list[str] = []
    for item in items:
        left_out = len(items) - len(fitting) - 1
        if columns(", ".join([*fitting, item])) + len(f", +{left_out}") <= width:
            fitting.append(item)
    return ", ".join([*fitting, f"+{len(items) - len(fitting)}"])


def _pad(text: str, width: int, head: Column) -> str:
    gap = " " * (width - columns(text))
    return gap + text if head.right else text + gap


def _join(cells: Sequence[str | Piece]) -> list[str | Piece]:
    joined: list[str | Piece] = [cells[0]]
    for cell in cells[1:]:
        joined += (_BETWEEN, cell)
    return joined


_BETWEEN = " " * GAP
