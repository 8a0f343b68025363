"""What programs read: JSON and CSV on stdout."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from fabula.cli.terminal import escape_controls, stdout

# In JSON these may stand for themselves, but not in front of a terminal.
_UNSHOWN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def write_json(value: object) -> None:
    """Write records (msgspec structs, lists of them) as indented JSON; ASCII where stdout does not speak UTF-8."""
    import msgspec

    write_json_text(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def write_json_text(text: str) -> None:
    """Write a JSON document, with one line end behind it."""
    speaks_utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")
    text = (_UNSHOWN if speaks_utf8 else _NOT_ASCII).sub(_escaped, text)
    sys.stdout.write(text + "\n")


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def write_file_text(content: bytes, *, is_json: bool) -> None:
    """Write what a file would hold to stdout: byte for byte, but readable where that is a terminal.

    JSON is written so that any stdout can take it.
    """
    text = content.decode()
    if is_json:
        write_json_text(text.removesuffix("\n"))
    elif stdout().is_terminal or not hasattr(sys.stdout, "buffer"):
        stdout().lines([line] for line in text.removeprefix("\ufeff").splitlines())
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as RFC 4180 has it, in UTF-8 without a byte-order mark, lines ended by "\\n".

    Every value stays exactly as it is, also one that a spreadsheet would take for a formula; only on a terminal are control
    characters escaped. None is an empty cell.
    """
    import csv

    if stdout().is_terminal:
        rows = [[escape_controls(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    elif hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
