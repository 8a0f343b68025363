"""A Markdown file of results whose sections are rewritten one by one by the commands that measure them."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file. name: its key in the markers. command: what makes it. data: what was measured on. body: Markdown."""

    name: str
    title: str
    command: str
    data: str
    body: str


def write_sections(path: Path, title: str, sections: Sequence[Section]) -> None:
    """Put sections in a file of results in place of their older selves, new ones at its end; all else stays as it is.

    title: the heading of a file that is not there yet.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else f"# {title}\n\nWritten by the commands that each section names.\n"
    for section in sections:
        opening, closing = f"<!-- {section.name}: begin -->", f"<!-- {section.name}: end -->"
        written = f"{opening}\n{_render(section)}\n{closing}"
        older = re.compile(re.escape(opening) + ".*?" + re.escape(closing), re.DOTALL)
        text = older.sub(lambda _, new=written: new, text) if older.search(text) else f"{text.rstrip()}\n\n{written}\n"  # type: ignore[misc]
    path.write_text(text, encoding="utf-8", newline="\n")


def _render(section: Section) -> str:
    facts = (
        ("Command", f"`{section.command}`"),
        ("Data", section.data),
        ("Machine", describe_machine()),
        ("Date", datetime.now(UTC).date().isoformat()),
    )
    head = "\n".join(f"- {name}: {value}" for name, value in facts)
    return f"## {section.title}\n\n{head}\n\n{section.body.strip()}\n"


def describe_machine() -> str:
    """The processor, its cores, the system and the Python; not which machine it is."""
    system = f"{platform.system()} {platform.machine()}".strip()
    return f"{_processor()}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def _processor() -> str:
    """The processor's model, as the system names it."""
    info = Path("/proc/cpuinfo")  # Linux; platform.processor() is empty or "x86_64" there
    found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(encoding="utf-8"), re.MULTILINE) if info.exists() else None
    return found[1].strip() if found else platform.processor() or "unknown processor"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, the first column to the left and the others to the right.

    >>> print(markdown_table(["book", "words"], [["Emma", "160"]]))
    | book | words |
    |---|--:|
    | Emma | 160 |
    """
    lines = [header, *rows]
    body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([body[0], "|---" + "|--:" * (len(header) - 1) + "|", *body[1:]])
