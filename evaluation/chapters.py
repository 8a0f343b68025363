"""Score the chapters that are found in real novels against lists made by hand.

    python -m evaluation.chapters --data DIR [--json]

DIR holds `novels/` and `litbank/novels.tar.xz`. Prints a Markdown table, or JSON; exit code 1 if any chapter is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from fabula.records import Chapter, Text
from fabula.source.plaintext import read_plaintext
from fabula.text.compose import compose_text
from fabula.text.normalize import normal_form

OPENING = 8  # paragraphs at a chapter's start among which its heading stands
GOLD = Path(__file__).parent / "gold" / "chapters.toml"


@dataclass(frozen=True, slots=True)
class GoldChapter:
    """part: counted through the book, 0 if none. begins: the first words of its text, after the heading."""

    part: int
    label: int
    title: str
    begins: str


@dataclass(frozen=True, slots=True)
class Row:
    """One book. found: chapters that begin where a chapter of the list does; extra: those that do not.

    titles, parts: of the found ones, how many have the right title and label, the right part.
    """

    book: str
    gold: int
    found: int
    titles: int
    parts: int
    extra: int
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.found == self.titles == self.parts == self.gold and self.extra == 0


def read_gold(path: Path = GOLD) -> dict[str, tuple[GoldChapter, ...]]:
    """The lists, by the file's name within the data."""
    books: dict[str, tuple[GoldChapter, ...]] = {}
    for book in tomllib.loads(path.read_text(encoding="utf-8"))["books"]:
        rows = [line.split("|") for line in book["chapters"].strip("\n").split("\n")]
        books[book["file"]] = tuple(GoldChapter(int(part), int(label), title, begins) for part, label, title, begins in rows)
    return books


def read_novels(data: Path, names: set[str]) -> Iterator[tuple[str, str]]:
    """Name and text of each novel that is there."""
    archive = data / "litbank" / "novels.tar.xz"
    for name in sorted(names):
        if not name.startswith("litbank/") and (data / name).exists():
            yield name, (data / name).read_text(encoding="utf-8")
    if archive.exists():
        with tarfile.open(archive) as tar:
            for member in tar:
                name = f"litbank/{Path(member.name).name}"
                if name in names and (stream := tar.extractfile(member)):
                    yield name, stream.read().decode("utf-8")


def score(name: str, text: Text, gold: tuple[GoldChapter, ...]) -> Row:
    """Compare a book's chapters with its list, in order."""
    found = [(chapter, _beginnings(text, chapter)) for chapter in text.chapters]
    at = n_found = n_titles = n_parts = 0
    wrong: list[str] = []
    for expected in gold:
        begins = _plain(expected.begins)
        hit = next((i for i in range(at, len(found)) if any(words.startswith(begins) for words in found[i][1])), None)
        if hit is None:
            wrong.append(f"missing: {expected.label} {expected.title!r}, {expected.begins!r}")
            continue
        chapter = found[hit][0]
        at = hit + 1
        n_found += 1
        titled = _plain(chapter.title) == _plain(expected.title) and chapter.label == expected.label
        n_titles += titled
        n_parts += chapter.part == expected.part
        if not titled:
            wrong.append(f"title: {chapter.label} {chapter.title!r} for {expected.label} {expected.title!r}")
        if chapter.part != expected.part:
            wrong.append(f"part: {chapter.part} for {expected.part} at {expected.begins!r}")
    return Row(Path(name).stem, len(gold), n_found, n_titles, n_parts, len(found) - n_found, tuple(wrong))


def _beginnings(text: Text, chapter: Chapter) -> list[str]:
    """The first words of the chapter, and those below each heading that it opens with: a part's may have words of its own."""
    start = bisect_left(text.paragraphs, chapter.span.start, key=lambda p: p.span.start)
    inside = [p for p in text.paragraphs[start : start + OPENING] if p.span.start < chapter.span.end]
    first = [p for n, p in enumerate(inside) if p.kind.is_prose and (n == 0 or not inside[n - 1].kind.is_prose)]
    return [_plain(text.quote(p.span)[:200]) for p in first]


def _plain(words: str) -> str:
    return normal_form(words).casefold().rstrip(".")


def evaluate(data: Path) -> list[Row]:
    """A row for every listed book that the data holds."""
    gold = read_gold()
    rows = []
    for name, novel in read_novels(data, set(gold)):
        text = compose_text(read_plaintext(novel, file=Path(name).name, sha256=""))
        rows.append(score(name, text, gold[name]))
    return rows


def to_markdown(rows: list[Row]) -> str:
    lines = ["| book | chapters | found | titles | parts | extra |", "|---|--:|--:|--:|--:|--:|"]
    lines += [f"| {r.book} | {r.gold} | {r.found} | {r.titles} | {r.parts} | {r.extra} |" for r in rows]
    total = [sum(getattr(r, name) for r in rows) for name in ("gold", "found", "titles", "parts", "extra")]
    return "\n".join([*lines, f"| **{len(rows)} books** | " + " | ".join(f"**{n}**" for n in total) + " |"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds novels/ and litbank/")
    parser.add_argument("--json", action="store_true", help="rows as JSON, with what is wrong")
    options = parser.parse_args(arguments)
    rows = evaluate(options.data)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        print(to_markdown(rows))
    for row in rows:
        for fault in row.wrong:
            print(f"{row.book}: {fault}", file=sys.stderr)
    if not rows:
        print(f"none of the listed books is in {options.data}", file=sys.stderr)
    return 0 if rows and all(row.right for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
