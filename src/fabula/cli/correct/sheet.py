"""Tables that are to be edited, as files that spreadsheets open and save: CSV, in whichever of its kinds comes back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from fabula.cli.terminal import one_line
from fabula.errors import CorrectionsError, SourceMissingError
from fabula.records import Place


class Sheet(StrEnum):
    """What a row is about."""

    CAST = "cast"
    QUOTES = "quotes"


HEADS = {
    Sheet.CAST: ("character", "name", "names", "gender", "group", "members", "person", "chapter", "mention"),
    Sheet.QUOTES: ("id", "chapter", "speaker", "addressees", "probability", "manner", "text", "place"),
}
_NEEDED = {Sheet.CAST: frozenset({"character", "mention"}), Sheet.QUOTES: frozenset({"id", "place"})}
_MENTION = re.compile("…?(.*?)⟦(.*?)⟧(.*?)…?", re.DOTALL)
_BETWEEN = ";"  # two names in a cell


class Row(NamedTuple):
    """A row: its number as a spreadsheet shows it (the heads are row 1), and its cells by the heads of their columns."""

    number: int
    cells: Mapping[str, str]

    def get(self, head: str) -> str:
        """A cell without white space round it; "" if there is no such column."""
        return one_line(self.cells.get(head, ""))

    def items(self, head: str) -> list[str]:
        """The names in a cell."""
        return [item.strip() for item in self.get(head).split(_BETWEEN) if item.strip()]


def as_item(name: str) -> str:
    """A name as it stands among others in a cell."""
    return one_line(name).replace(_BETWEEN, ",")


def as_items(names: Iterable[str]) -> str:
    return f"{_BETWEEN} ".join(dict.fromkeys(map(as_item, names)))


def encode_sheet(sheet: Sheet, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows under their heads: UTF-8 with a byte-order mark, which Excel needs, lines ended by "\\r\\n"."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADS[sheet])
    writer.writerows([cells[head] for head in HEADS[sheet]] for cells in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def read_sheet(path: Path) -> tuple[Sheet, list[Row]]:
    """Which table a file is, by its heads, and the rows in which something stands; commas, semicolons or tabs, UTF-8 or UTF-16.

    Raises SourceMissingError, CorrectionsError where it is no such table.
    """
    text = _decode(path)
    for delimiter in ",;\t":
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        heads = [head.strip().lower() for head in lines[0]] if lines else []
        for sheet, needed in _NEEDED.items():
            if set(heads) >= needed:
                rows = [
                    Row(n, dict(zip(heads, cells, strict=False)))
                    for n, cells in enumerate(lines[1:], 2)
                    if any(map(str.strip, cells))
                ]
                return sheet, rows
    raise CorrectionsError(
        f"`{path}` is no table of a cast or of quotations: it has neither columns `character` and `mention` nor `id` and `place`",
        "make one with `fabula correct STORY --to FILE.csv [--table quotes]`, and keep its first row",
    )


def _decode(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise SourceMissingError(path, "there is no such file" if missing else (error.strerror or str(error)).lower()) from error
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionsError(f"`{path}` is not in UTF-8", "save it from the spreadsheet as `CSV UTF-8`") from error


def write_mention(place: Place) -> str:
    """A quoted mention in a cell; never with a beginning that a spreadsheet takes for a formula.

    >>> write_mention(Place("Tom Hale", "said ", ". He stood"))
    '…said ⟦Tom Hale⟧. He stood…'
    """
    return f"…{place.before}⟦{place.words}⟧{place.after}…"


def read_mention(row: Row, head: str = "mention") -> Place | None:
    """The quoted mention, or other place, of a row; None if that cell is not as it was written."""
    found = _MENTION.fullmatch(row.cells.get(head, "").strip())
    chapter = row.get("chapter")
    return Place(found[2], found[1], found[3], int(chapter) if chapter.isdecimal() else chapter or None) if found else None
