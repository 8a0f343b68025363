"""Read plain text: find its paragraphs, however the file wraps or spaces them.

Three habits of files are told apart by their lines (`find_layout`): lines wrapped at a margin, with blank lines between
paragraphs; the same, with paragraphs marked only by their first line's indent or by a short last line; and one paragraph
a line, with blank lines between or without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from fabula.records import Anchor, Aside, AsideKind, Block, BlockKind, Manuscript, Oddity, Span
from fabula.source.gutenberg import find_work

WRAPPED = 0.10  # share of lines that break inside a clause, from which on a file is wrapped; novels have 0.5, typed serials 0.0
INDENTED = 0.03  # share of lines that open a paragraph by their indent alone, from which on indents count
CROWDED = 40  # lines between two blank ones, on average, from which on blank lines cannot be what parts paragraphs
BRACKET_LINES = 400  # lines within which a bracket must close; the longest footnote seen (in Tom Jones) has 60
ENDS = frozenset(".!?:;\"”’')]*—-…")  # what may end a paragraph
OPENS = "\"“‘'«_—-"
SIGN = re.compile(r"(?=.*[*#~=_+⁂❦❧§•·○●◆◇★☆♦♥×^|<>/\\]|.*[-–—])[^\w\"“”‘’'!?.,;:()\[\]]+|(?:[.·]\s*){3,}[*]?|_{3,}|[\W_]*(?:o|0|x)(?:O|0|X)+(?:o|0|x)[\W_]*|[xX]")
STRONG_SIGN = re.compile(r"\s*([*#~=_-]\s*){3,}\s*|\s*⁂\s*")
UNDERLINE = re.compile(r"([-=~_*])\1{2,}")
PAGE = re.compile(r"\{(?:\d{1,4}|[ivxlc]{1,8})\}|\[(?:[Pp]g\.?|[Pp]age|[Pp]\.) ?(?:\d{1,4}|[ivxlc]{1,8})\]")
BRACKETED = re.compile(r"\[_?(Illustration|Frontispiece|Decoration|Footnote|Transcriber['’]?s?['’]? [Nn]otes?|TRANSCRIBER['’]?S?['’]? NOTES?|Ornament|Tailpiece|Headpiece)\b", re.IGNORECASE)
INLINE_PICTURE = re.compile(r"\[(?:Illustration|Decoration|Ornament)(?::\s*([^\[\]]{0,2000}))?\]")
FOOTNOTE = re.compile(r"\[Footnote\s*([\w*†‡§+]{0,5})\s*[:.]?\s*(.*?)\]?$", re.IGNORECASE | re.DOTALL)
NOTE_BLOCK = re.compile(r"(?:\[(\d{1,4}|[A-Za-z]|[*†‡§]{1,4})\]|([*†‡§]{1,3}))\s?(?=[\w\"“‘'(])(.+)", re.DOTALL)
MARK = re.compile(r"\[(\d{1,4}|[A-Za-z]|[*†‡§]{1,4})\]|(?<=[\w.,;:!?\"”’')])([*†‡§]{1,3})(?=\s|$)")
EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]*[^\s_])_(?![\w_])|(?<![\w*])\*(?=[^\s*])([^*]{0,600}[^\s*])\*(?![\w*])")
SPACES = re.compile(r"[ \t\v\f]{2,}|[\t\v\f]|\s{2,}")
BYLINE = re.compile(r"\W*(?:written )?by\b[:\s]*(.{0,60})", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z][\w.'’-]*|de|von|van|and|&|\s){1,14}")


class Layout(NamedTuple):
    """How a file is set.

    wrapped: lines are broken at a margin of `width` columns. indented: a first line set in by `step` opens a paragraph even
    without a blank line. crowded: neither blank lines nor indents part paragraphs, only short last lines do.
    margin: columns that ordinary lines are set in by. step: that a paragraph's first line is set in by, beyond the margin.
    """

    wrapped: bool
    width: int = 0
    margin: int = 0
    step: int = 0
    indented: bool = False
    crowded: bool = False


@dataclass(slots=True)
class _Run:
    """Lines without a blank one between: (number in the file, text with its indent)."""

    lines: list[tuple[int, str]]
    gap: int
    after_aside: bool = False


class _Lifted(NamedTuple):
    """Bracketed matter taken out before paragraphs are made; it stood before line `line`."""

    line: int
    kind: AsideKind
    text: str


def read_plaintext(text: str, *, file: str, sha256: str) -> Manuscript:
    """The blocks of a plain text, without Project Gutenberg's frame, pictures, page numbers and footnotes.

    text: decoded; line ends of any kind. file: what anchors are to name. sha256: of the file's bytes.
    Words set apart become asides, and marks of emphasis become spans; nothing else is changed or lost.
    """
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    work = find_work(lines)
    numbered = [(i + 1, _untab(lines[i])) for stretch in work.stretches for i in stretch]
    numbered, lifted = _lift_brackets(numbered)
    runs = _find_runs(numbered)
    layout = find_layout([[line for _, line in run.lines] for run in runs])
    runs = _drop_page_numbers(runs)
    blocks: list[Block] = []
    for run in runs:
        pieces = list(_split_run(run, layout))
        for n, piece in enumerate(pieces):
            block = _make_block(piece, layout, file, run.gap if n == 0 else 0)
            if block is None:
                continue
            if n == 0 and run.after_aside and blocks and _goes_on(blocks[-1], block):
                blocks[-1] = _joined(blocks[-1], block)
            else:
                blocks.append(block)
    asides = [_placed(aside, blocks) for aside in lifted]
    blocks, asides = _take_notes(blocks, asides)
    blocks, pictures, oddities = _clean_marks(blocks, asides)
    title, author = work.title, work.author
    if not title:
        title, author = _find_title(blocks, author)
    return Manuscript(
        tuple(blocks), "text", sha256, title, author, work.language, tuple(pictures), work.metadata, tuple(oddities)
    )  # fmt: skip


def _untab(line: str) -> str:
    line = line.expandtabs(8) if "\t" in line else line
    return line.rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def find_layout(runs: Sequence[Sequence[str]]) -> Layout:
    """Say how a file is set, from its lines; `runs` are those without a blank line between, with their indents.

    A line that ends in a letter or a comma and is followed by a small letter was broken by a margin: nothing else is as
    sure, neither lengths (margins are ragged) nor blank lines (serials have none).

        >>> find_layout([["It was a dark and stormy", "night; the rain fell", "in torrents."]]).wrapped
        True
        >>> find_layout([["It was dark.", '"Who is there?"', "Nobody answered."]]).wrapped
        False
    """
    n_lines = sum(map(len, runs))
    widths: list[int] = []
    margins: Counter[int] = Counter()
    for run in runs:
        for above, below in pairwise(run):
            start = below.lstrip()
            if (above[-1].isalpha() or above[-1] in ",-") and start[0].islower():
                widths.append(len(above))
                if len(above) - len(above.lstrip()) == (at := len(below) - len(start)):
                    margins[at] += 1
    if not widths or len(widths) < WRAPPED * n_lines:
        return Layout(wrapped=False)
    widths.sort()
    width = widths[int(0.95 * (len(widths) - 1))]
    margin = margins.most_common(1)[0][0] if margins else 0
    steps: Counter[int] = Counter()
    opening, inside = 0, 0
    for run in runs:
        if len(run) > 1 and _indent(run[1]) == margin:
            steps[_indent(run[0]) - margin] += 1
        for above, below in pairwise(run):
            if below[margin : margin + 1] == " " and above[margin : margin + 1] != " " and _indent(below) - margin <= 10:
                if above[-1] in ENDS:
                    opening += 1
                    steps[_indent(below) - margin] += 1
                else:
                    inside += 1
    indented = opening >= max(2, INDENTED * n_lines) and opening > 3 * inside
    step, count = max(steps.items(), key=lambda item: (item[0] > 0, item[1]), default=(0, 0))
    step = step if step > 0 and count >= 0.3 * steps.total() else 0
    crowded = not indented and n_lines > CROWDED and n_lines / len(runs) > CROWDED
    return Layout(True, width, margin, step, indented, crowded)


# Lines into runs


def _lift_brackets(numbered: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[_Lifted]]:
    """Take out pictures, footnotes and transcriber's notes that stand in brackets of their own; a line of "\0" marks the place."""
    if not any(line.lstrip().startswith("[") for _, line in numbered):
        return numbered, []
    kept: list[tuple[int, str]] = []
    lifted: list[_Lifted] = []
    at = 0
    while at < len(numbered):
        number, line = numbered[at]
        found = BRACKETED.match(line.lstrip()) if "[" in line else None
        stop = _closing_line(numbered, at) if found else None
        if found is None or stop is None:
            kept.append((number, line))
            at += 1
            continue
        paragraphs = "\n".join(text for _, text in numbered[at : stop + 1]).strip()
        text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", paragraphs))
        kind = found[1].lower()
        if kind == "footnote":
            lifted.append(_Lifted(number, AsideKind.FOOTNOTE, text))
        elif kind.startswith("transcriber"):
            lifted.append(_Lifted(number, AsideKind.FRONT if at < len(numbered) // 2 else AsideKind.BACK, text.strip("[]")))
        elif caption := text[1:].rpartition("]")[0].partition(":")[2].strip():
            lifted.append(_Lifted(number, AsideKind.ILLUSTRATION, caption))
        kept.append((number, "\0"))
        at = stop + 1
    return kept, lifted


def _closing_line(numbered: Sequence[tuple[int, str]], at: int) -> int | None:
    depth = 0
    for stop in range(at, min(at + BRACKET_LINES, len(numbered))):
        line = numbered[stop][1]
        depth += line.count("[") - line.count("]")
        if depth <= 0:
            # Words after the bracket on its last line mean that it stands inside a paragraph.
            return stop if line.rstrip(" *_").endswith("]") else None
    return None


def _find_runs(numbered: Iterable[tuple[int, str]]) -> list[_Run]:
    runs: list[_Run] = []
    lines: list[tuple[int, str]] = []
    gap, aside = 0, False
    for number, line in numbered:
        if line == "\0":
            aside = True
        elif line:
            lines.append((number, line))
            continue
        else:
            gap += 1
        if lines:
            runs.append(_Run(lines, 0))
            lines = []
            gap = 0 if line == "\0" else 1
            runs[-1].gap, runs[-1].after_aside = _pending
        _pending = (gap, aside)
        if line == "\0":
            aside = True
    return runs
