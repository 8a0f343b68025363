"""Tables that other programs show: CSV as spreadsheets want it, and Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int

BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's code page
_FORMULA = re.compile(r"[=+\-@\t\r]")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")


def encode_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table in UTF-8 with a byte-order mark, lines ended by "\\r\\n", each row on one line.

    A text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    written = io.StringIO(newline="")
    written.write(BOM)
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8", "backslashreplace")


def _plain(cell: Cell) -> Cell:
    """
    >>> _plain("=1+1"), _plain(-1), _plain("- Go,  he said.")
    ("'=1+1", -1, "'- Go, he said.")
    """
    if isinstance(cell, int):
        return cell
    text = _one_line(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _one_line(text: str) -> str:
    """Without line ends or control characters; spreadsheets refuse some of these."""
    return _CONTROLS.sub("\ufffd", " ".join(text.split()))


def encode_markdown(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A heading and a table, as GitHub's Markdown has it, in UTF-8; whatever would be markup is shown as it is."""
    lines = [f"# {escape_markdown(title)}", "", _line(heads), _line(["---"] * len(heads))]
    lines.extend(_line([escape_markdown(str(cell)) for cell in row]) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escape_markdown(text: str) -> str:
    r"""A text on one line, as Markdown shows it as it is.

    >>> escape_markdown("a|b *c*")
    'a\\|b \\*c\\*'
    """
    return _MARKDOWN.sub(r"\\\1", _one_line(text))
