"""Read what an example story is expected to yield: `examples/NAME.expected.toml`.

The file repeats the story with its mentions and quotations marked in place, so that an annotation can be read, and cannot drift
from the words it is about: taking the marks out must give the story file, character for character.
`training/corpora/marked_text.py` says how they are written.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpora.marked_text import Mark, strip_marks


@dataclass(frozen=True, slots=True)
class Expectations:
    """One example: its text, the marks in text order (outer before inner), and the tables as the file gives them."""

    path: Path
    text: str
    marks: tuple[Mark, ...]
    tables: dict[str, Any]

    @property
    def mentions(self) -> tuple[Mark, ...]:
        return tuple(m for m in self.marks if not m.is_quote)

    def quote_parts(self, key: str) -> tuple[Mark, ...]:
        return tuple(m for m in self.marks if m.key == key)


def read_expectations(path: Path) -> Expectations:
    """Read `NAME.expected.toml`; the story is the file that its `story.file` names, in the same folder."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    text, marks = strip_marks(tables.pop("annotated"))
    return Expectations(path, text, marks, tables)


def find_faults(expected: Expectations) -> list[str]:
    """What is wrong with an expectations file, a sentence each; empty if it is sound."""
    tables, faults = expected.tables, []
    story = (expected.path.parent / tables["story"]["file"]).read_text(encoding="utf-8")
    if story != expected.text:
        at = next(
            (i for i, (a, b) in enumerate(zip(story, expected.text, strict=False)) if a != b), min(len(story), len(expected.text))
        )
        faults.append(
            f"annotated text parts from the story at {at}: {story[at - 30 : at + 30]!r} / {expected.text[at - 30 : at + 30]!r}"
        )
    people = {c["id"]: c for c in tables.get("characters", [])}
    groups = {g["id"]: g for g in tables.get("groups", [])}
    known = people.keys() | groups.keys()
    said = tables.get("quotes", {})

    def check(ids: list[str], where: str) -> None:
        faults.extend(f"{where}: no character {i!r}" for i in ids if i not in known)

    for mark in expected.marks:
        if mark.is_quote and mark.key not in said:
            faults.append(f"quotation {mark.key} is marked but not listed")
        elif not mark.is_quote:
            check(list(mark.referents), f"mention {expected.text[mark.start : mark.end]!r}")
    marked = {m.key for m in expected.marks}
    for key, quote in said.items():
        if key not in marked:
            faults.append(f"quotation {key} is listed but not marked")
        if quote.get("kind") not in ("speech", "thought", "writing"):
            faults.append(f"quotation {key}: kind {quote.get('kind')!r}")
        check([quote["by"]] if quote.get("by") else [], key)
        check(quote.get("to", []), key)
    for group in groups.values():
        check(group["members"], group["id"])
    mentioned = {i for m in expected.mentions for i in m.referents}
    faults.extend(f"{i}: listed but never mentioned" for i in sorted(known - mentioned))
    for person in people.values():
        faults.extend(f"{person['id']}: name {n!r} is not in the text" for n in person["names"] if n not in expected.text)
    for place in tables.get("places", []):
        faults.extend(f"place {place['id']}: name {n!r} is not in the text" for n in place["names"] if n not in expected.text)
    anchors = [("events", "words"), ("ties", "words"), ("threads", "opened"), ("threads", "closed")]
    for table, field in anchors:
        quoted = [row[field] for row in tables.get(table, []) if row.get(field)]
        faults.extend(f"{table}: {words!r} is not in the text" for words in quoted if words not in expected.text)
    for row in tables.get("slips", []):
        faults.extend(f"slips: {p!r} is not in the text" for p in row["passages"] if p not in expected.text)
    for row in tables.get("ties", []):
        check([row["from"], row["to"]], "ties")
    for row in tables.get("threads", []):
        check([row["holder"], *row.get("toward", [])], "threads")
    return faults


if __name__ == "__main__":
    failed = False
    for name in sys.argv[1:] or sorted(map(str, Path("examples").rglob("*.expected.toml"))):
        for fault in find_faults(read_expectations(Path(name))):
            failed = True
            print(f"{name}: {fault}")
    sys.exit(failed)
