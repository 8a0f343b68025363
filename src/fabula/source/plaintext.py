"""Read plain text: find its paragraphs, however the file wraps or spaces them.

Three habits of files are told apart by their lines (`find_layout`): lines wrapped at a margin, with blank lines between
paragraphs; the same, with paragraphs marked only by their first line's indent or by a short last line; and one paragraph
a line, with blank lines between or without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from fabula.records import Anchor, AsideKind, Block, BlockKind, Manuscript
from fabula.source.gutenberg import find_work
from fabula.source.typed_marks import Lifted, take_marks

WRAPPED = 0.10  # share of lines that break inside a clause, from which on a file is wrapped; novels have 0.5, typed serials 0.0
INDENTED = 0.03  # share of lines that open a paragraph by their indent alone, from which on indents count
CROWDED = 40  # lines between two blank ones, on average, from which on blank lines cannot be what parts paragraphs
BRACKET_LINES = 400  # lines within which a bracket must close; the longest footnote seen (in Tom Jones) has 60
LONG = 60  # columns; a line longer than this is no heading, verse or date
ENDS = frozenset(".!?:;\"”’')]*—-…")  # what may end a paragraph
OPENS = frozenset("\"“‘'«_—-([*")  # what may begin a line of verse beside a capital
SIGN = re.compile(
    r"(?:[-–—*#~=_+⁂❦❧§•·○●◆◇★☆♦♥×^|<>/\\]\s*)+|[.·]{5,}|(?:[.·]\s+){2,}[.·]|[-–—*~=_\s]*(?:oO+o|o0+o|0O+0|0o+0|xX+x|OoO|ooo)[-–—*~=_\s]*"
)
STRONG_SIGN = re.compile(r"\s*([*#~=_-]\s*){3,}\s*|\s*⁂\s*")
UNDERLINE = re.compile(r"([-=~_*])\1{2,}")
BRACKETED = re.compile(
    r"\[_?(Illustration|Frontispiece|Decoration|Footnote|Ornament|Tailpiece|Headpiece|Transcriber['’]?s?['’]? notes?)\b",
    re.IGNORECASE,
)
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


def read_plaintext(text: str, *, file: str, sha256: str) -> Manuscript:
    """The blocks of a plain text, without Project Gutenberg's frame, pictures, page numbers and footnotes.

    text: decoded; line ends of any kind. file: what anchors are to name. sha256: of the file's bytes.
    Words set apart become asides, and marks of emphasis become spans; nothing else is changed or lost.
    """
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    work = find_work(lines)
    numbered = [(i + 1, _untab(lines[i])) for stretch in work.stretches for i in stretch]
    numbered, lifted = _lift_brackets(numbered)
    runs = _drop_page_numbers(_find_runs(numbered))
    layout = find_layout([[line for _, line in run.lines] for run in runs])
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
    clean, asides = take_marks(blocks, lifted)
    title, author = work.title, work.author
    if not title:
        title, author = _find_title(clean, author)
    return Manuscript(clean, "text", sha256, title, author, work.language, asides, work.metadata)


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
        indents = Counter(_indent(line) for run in runs for line in run if len(line) > LONG)
        step, count = max(indents.items(), key=lambda item: (item[0] > 0, item[1]), default=(0, 0))
        return Layout(wrapped=False, step=step if count >= 0.3 * indents.total() else 0)
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


def _lift_brackets(numbered: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[Lifted]]:
    """Take out pictures, footnotes and transcriber's notes that stand in brackets of their own; a line of "\0" marks the place."""
    if not any(line.lstrip().startswith("[") for _, line in numbered):
        return numbered, []
    kept: list[tuple[int, str]] = []
    lifted: list[Lifted] = []
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
            lifted.append(Lifted(number, AsideKind.FOOTNOTE, text))
        elif kind.startswith("transcriber"):
            lifted.append(Lifted(number, AsideKind.FRONT if at < len(numbered) // 2 else AsideKind.BACK, text.strip("[]")))
        elif caption := text[1:].rpartition("]")[0].partition(":")[2].strip():
            lifted.append(Lifted(number, AsideKind.ILLUSTRATION, caption))
        kept.append((number, "\0"))
        at = stop + 1
    return kept, lifted


def _closing_line(numbered: Sequence[tuple[int, str]], at: int) -> int | None:
    depth = 0
    for stop in range(at, min(at + BRACKET_LINES, len(numbered))):
        line = numbered[stop][1]
        if stop > at and line.lstrip().startswith("[") and BRACKETED.match(line.lstrip()):
            return None  # the first one was never closed
        depth += line.count("[") - line.count("]")
        if depth <= 0:
            # Words after the bracket on its last line mean that it stands inside a paragraph.
            return stop if line.rstrip(" *_").endswith("]") else None
    return None


def _find_runs(numbered: Iterable[tuple[int, str]]) -> list[_Run]:
    runs: list[_Run] = []
    current: _Run | None = None
    gap, after_aside = 0, False
    for number, line in numbered:
        if line == "\0":
            current, after_aside = None, True
        elif not line:
            current = None
            gap += 1
        else:
            if current is None:
                current = _Run([], gap, after_aside)
                runs.append(current)
                gap, after_aside = 0, False
            current.lines.append((number, line))
    return runs


def _drop_page_numbers(runs: list[_Run]) -> list[_Run]:
    """Without lines that hold only a growing number and fall, here and there, into the middle of a sentence."""
    pages = [i for i, run in enumerate(runs) if len(run.lines) == 1 and run.lines[0][1].strip("-[]() ").isdecimal()]
    numbers = [int(runs[i].lines[0][1].strip("-[]() ")) for i in pages]
    growing = sum(b == a + 1 for a, b in pairwise(numbers))
    broken = sum(i > 0 and runs[i - 1].lines[-1][1][-1].isalpha() for i in pages)
    if len(pages) < 10 or growing < 0.8 * len(pages) or broken < 0.2 * len(pages):
        return runs
    dropped = set(pages)
    for i in pages:
        if i + 1 < len(runs):
            runs[i + 1].after_aside = True
    return [run for i, run in enumerate(runs) if i not in dropped]


# Runs into blocks


def _split_run(run: _Run, layout: Layout) -> Iterator[list[tuple[int, str]]]:
    """The run's paragraphs, stanzas and breaks, each as its lines."""
    lines = run.lines
    title = lines[0][1].strip()
    if len(lines) > 1 and UNDERLINE.fullmatch(lines[1][1].strip()) and len(title) <= LONG and title[0].isalnum():
        lines = lines[:1] + lines[2:]
    piece: list[tuple[int, str]] = []
    stanza = not layout.wrapped and _is_stanza([line for _, line in lines])
    for number, line in lines:
        sign = STRONG_SIGN.fullmatch(line) is not None
        if piece and (sign or STRONG_SIGN.fullmatch(piece[-1][1]) or (not stanza and _opens_paragraph(piece, line, layout))):
            yield piece
            piece = []
        piece.append((number, line))
    if piece:
        yield piece


def _opens_paragraph(piece: Sequence[tuple[int, str]], line: str, layout: Layout) -> bool:
    """Whether `line` begins a new paragraph although no blank line precedes it."""
    if not layout.wrapped:
        return True
    above = piece[-1][1]
    ended = above[-1] in ENDS
    room = layout.width - len(above) - 1 - len(line.split(maxsplit=1)[0])
    if len(line) > 2 * layout.width or len(above) > 2 * layout.width:
        return True  # a paragraph in one line among wrapped ones
    if layout.indented and ended and _indent(above) <= layout.margin + layout.step:
        at = _indent(line) - layout.margin
        if 0 < at <= 10 and (at == layout.step or _indent(above) <= layout.margin):
            return True
    if layout.crowded:
        return ended and room > 0.15 * layout.width and not line.lstrip()[0].islower()
    # Speeches on lines of their own: a short line that closes a speech, and one that opens the next.
    return above[-1] in '"”' and line.lstrip()[0] in '"“' and room > 0.3 * layout.width and _indent(line) == _indent(above)


def _is_stanza(lines: Sequence[str]) -> bool:
    """Whether lines in a file that has a paragraph a line belong together: short, and hardly any of them a sentence."""
    if len(lines) < 3 or max(map(len, lines)) > LONG + 10:
        return False
    open_ends = sum(line[-1].isalpha() or line[-1] in ",;:—-" for line in lines)
    return open_ends >= 0.5 * len(lines) and sum(line.lstrip()[0] in '"“' for line in lines) <= 1


def _make_block(lines: Sequence[tuple[int, str]], layout: Layout, file: str, gap: int) -> Block | None:
    texts = [line for _, line in lines]
    indent = _indent(texts[0])
    kind = _find_kind(texts, layout)
    parts: list[str] = []
    anchors: list[Anchor] = []
    offset = 0
    for number, line in lines:
        part = line.strip().strip("\ufeff\u200b")
        if "  " in part or "\xa0" in part or "\f" in part:
            part = SPACES.sub(" ", part)
        if not part:
            continue
        if parts:
            joint = "\n" if kind is BlockKind.VERSE else "" if _is_hyphenated(parts[-1], part) else " "
            parts.append(joint)
            offset += len(joint)
        anchors.append(Anchor(offset, file, number))
        parts.append(part)
        offset += len(part)
    if not parts:
        return None
    text = "".join(parts)
    if text[0] == "|" and text[1:2].isupper():  # a transcriber's mark for a dropped capital
        text, anchors = text[1:], [anchors[0], *(a._replace(offset=a.offset - 1) for a in anchors[1:])]
    return Block(kind, text, tuple(anchors), gap=gap, indent=indent)


def _is_hyphenated(above: str, below: str) -> bool:
    """Whether a line ends in the hyphen of a compound ("grey-headed"); not in one that hangs ("two- or three-fold")."""
    joined = above[-1] == "-" and above[-2:-1].isalpha() and below[0].islower()
    return joined and below.split(maxsplit=1)[0] not in ("and", "or", "to", "nor")


def _find_kind(texts: Sequence[str], layout: Layout) -> BlockKind:
    shift = min(map(_indent, texts)) - layout.margin
    if len(texts) == 1:
        line = texts[0].strip()
        if (not line[0].isalpha() or line[0] in "oOxX") and SIGN.fullmatch(line):
            return BlockKind.BREAK
        return BlockKind.INSET if shift > 1 and shift != layout.step else BlockKind.PARAGRAPH
    if not layout.wrapped:
        return BlockKind.VERSE
    starts = [text.lstrip() for text in texts]
    capitals = sum(start[0].isupper() or start[0] in OPENS for start in starts) / len(starts)
    short = sum(
        len(above) + 1 + len(below.split(maxsplit=1)[0]) < layout.width - layout.margin for above, below in pairwise(starts)
    ) / (len(starts) - 1)
    if shift > 0:
        return BlockKind.VERSE if capitals >= 0.6 and short >= 0.5 else BlockKind.INSET
    shifted = any(_indent(text) > layout.margin for text in texts[1:])
    if (len(texts) > 2 or shifted) and capitals >= (0.7 if shifted else 0.85) and short >= 0.85:
        return BlockKind.VERSE
    return BlockKind.PARAGRAPH


def _goes_on(above: Block, below: Block) -> bool:
    """Whether a page number or a picture stood in the middle of a sentence."""
    if above.kind is not BlockKind.PARAGRAPH or below.kind is not BlockKind.PARAGRAPH:
        return False
    return (above.text[-1].isalpha() or above.text[-1] in ",-;") and below.text[0].islower()


def _joined(above: Block, below: Block) -> Block:
    shift = len(above.text) + 1
    anchors = above.anchors + tuple(a._replace(offset=a.offset + shift) for a in below.anchors)
    return replace(above, text=f"{above.text} {below.text}", anchors=anchors)


def _find_title(blocks: Sequence[Block], author: str) -> tuple[str, str]:
    """Title and author from a title page: short lines, then "by Jane Austen"."""
    lines: list[str] = []
    for block in blocks[:8]:
        starts = [a.offset for a in block.anchors] + [len(block.text)]
        if len(block.text) > 200:
            break
        lines.extend(block.text[a:b].strip() for a, b in pairwise(starts))
    for n, line in enumerate(lines):
        if n and (found := BYLINE.fullmatch(line)):
            name = found[1].strip(" .,") or (lines[n + 1].strip(" .,") if n + 1 < len(lines) else "")
            if NAME.fullmatch(name):
                title = " ".join(line for line in lines[:n] if not re.fullmatch(r"\W*\d{4}\W*", line))
                return (title, author or name) if len(title) <= 120 else ("", author)
    return "", author
