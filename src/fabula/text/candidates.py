"""Find every block that may be a heading, and the tables of contents among them.

A heading may be set right above or behind its prose: `split_headings` parts them first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from fabula.records import Anchor, Block, BlockKind, Span
from fabula.text.headings import (
    LONGEST,
    Level,
    Sign,
    clean_title,
    is_capitals,
    is_contents,
    is_title_case,
    name_of_matter,
    read_heading,
)
from fabula.text.matter import is_sentence
from fabula.text.numbering import SLIGHT

DENSE = 600  # code points a heading, on average, below which headings are a table of contents
GLUED = re.compile(
    r"(?:CHAPTER|Chapter|CHAP\.|Chap\.)\s+(?:[IVXLC]+|\d+)\b[.:]?(?:\s+[-—–]+\s+[A-Z]{4,}(?:\s[A-Z]{2,})*)?(?=\s+[\"“‘'A-Z])"
)


class Role(StrEnum):
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"


@dataclass(slots=True)
class Candidate:
    """A block that may be a heading. `stop`: the block after its last one, its title included."""

    block: int
    sign: Sign
    stop: int
    role: Role | None = None

    @property
    def family(self) -> str:
        return self.sign.family


@dataclass(slots=True)
class Book:
    """The blocks, and how much text stands before each."""

    blocks: Sequence[Block]
    before: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        total = 0
        for block in self.blocks:
            self.before.append(total)
            total += len(block.text)
        self.before.append(total)

    def prose(self, above: Candidate, below: Candidate | None) -> int:
        """Code points between two candidates, or to the end."""
        return max(0, self.before[below.block if below else -1] - self.before[above.stop])

    @property
    def length(self) -> int:
        return self.before[-1]


def lines_of(block: Block) -> list[str]:
    """The block's lines in the source, where its anchors tell them."""
    starts = [anchor.offset for anchor in block.anchors if anchor.offset < len(block.text)] + [len(block.text)]
    return [line for a, b in pairwise(starts) if (line := block.text[a:b].strip())]


def split_headings(blocks: Sequence[Block]) -> list[tuple[Block, int, int]]:
    """The blocks, with headings parted from the prose that is set right below or behind them.

    Returns for each piece the block, the index of the block that it was cut from, and its offset in that.
    """
    pieces: list[tuple[Block, int, int]] = []
    for number, block in enumerate(blocks):
        cuts = _find_cuts(block) if block.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE, BlockKind.INSET) else []
        if not cuts and pieces and len(block.anchors) > 2 and len(pieces[-1][0].text) < 40 and read_heading(pieces[-1][0].text):
            cuts = _find_title_line(block)
        for start, stop in pairwise([0, *cuts, len(block.text)]):
            while start < stop and block.text[start].isspace():
                start += 1
            if cuts and start < stop:
                pieces.append((cut_block(block, start, stop), number, start))
            elif not cuts:
                pieces.append((block, number, 0))
    return pieces


def cut_block(block: Block, start: int, stop: int) -> Block:
    """The part `text[start:stop]` of a block as a block."""
    text = block.text[start:stop].rstrip()
    above = [a for a in block.anchors if a.offset <= start]
    anchors = [above[-1]._replace(offset=0)] if above else []
    anchors += [a._replace(offset=a.offset - start) for a in block.anchors if start < a.offset < start + len(text)]
    inside = [e for e in block.emphasis if e.start < start + len(text) and e.end > start]
    emphasis = tuple(Span(max(0, e.start - start), min(len(text), e.end - start)) for e in inside)
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.VERSE and "\n" not in text else block.kind
    gap = block.gap if start == 0 else 0
    return replace(block, kind=kind, text=text, anchors=tuple(anchors or [Anchor(0, "", 0)]), emphasis=emphasis, gap=gap)


def _find_cuts(block: Block) -> list[int]:
    """Where a block is to be cut so that its headings stand alone; empty for nearly every block."""
    text = block.text
    starts = [anchor.offset for anchor in block.anchors]
    first = text[: starts[1]] if len(starts) > 1 else text[: LONGEST + 1]
    head = first.lstrip("*_=-—–~[]()| ")[:12].lower()
    if len(starts) > 1 and len(first) < 100 and (sign := read_heading(first)):
        if sign.level is Level.NUMERAL and sign.title:
            return []
        lines = lines_of(block)
        signs = [read_heading(line) for line in lines[:6]]
        others = {s.family for s in signs if s}
        if len([s for s in signs if s]) > len(others):
            return []  # a table of contents, or a list
        cuts = [starts[n] for n, s in enumerate(signs) if n and s and s.level < Level.NUMERAL]
        after = max(n for n, s in enumerate(signs) if s) + 1
        while after < min(len(lines), 4) and is_capitals(lines[after]):
            after += 1
        rest = " ".join(lines[after:])
        if not rest:
            return cuts
        if sign.title and rest[0].islower():
            return cuts if len(text) <= LONGEST else _glued(text)
        if sign.title and len(text) <= LONGEST and is_title_case(rest):
            return cuts
        if len(rest) > 120 or (len(rest) > 50 and rest[-1] in '.!?"”' and not is_capitals(rest)):
            cuts.append(starts[after])
        return cuts
    if len(text) > LONGEST // 2 and head.startswith("chap"):
        return _glued(text)
    return []


def _find_title_line(block: Block) -> list[int]:
    """Where a title in capitals ends that is set right above the prose of a chapter."""
    start = block.anchors[1].offset
    title, below = block.text[:start].strip(), block.text[start : block.anchors[2].offset]
    alone = title.isupper() and " " in title and len(title) <= 45 and len(title) < 0.7 * len(below) and not is_capitals(below)
    return [start] if alone else []


def _glued(text: str) -> list[int]:
    found = GLUED.match(text)
    return [found.end()] if found and len(text) - found.end() > LONGEST // 2 else []


def find_candidates(blocks: Sequence[Block]) -> list[Candidate]:
    """Every block that may be a heading, in order."""
    candidates: list[Candidate] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.BREAK or len(block.text) > LONGEST or not block.text:
            continue
        sign = _read_block(block)
        if block.kind is BlockKind.HEADING and (sign is None or (sign.title and sign.family == "word titled")):
            sign = Sign(Level.MARKUP, f"level {block.level}", 0, clean_title(block.text))
        if sign:
            candidates.append(Candidate(number, sign, number + 1))
    return candidates


def _read_block(block: Block) -> Sign | None:
    if len(block.anchors) == 1:
        return read_heading(block.text)
    lines = lines_of(block)
    if len(lines) > 8:
        return None
    signs = [read_heading(line) for line in lines]
    if sum(s is not None for s in signs) > 1:
        return None
    first, whole = signs[0], read_heading(block.text)
    if first is None or (first.number == 0 and whole and whole.number):
        return whole
    rest = " ".join(lines[1:])
    if first.level is Level.NUMERAL and (len(lines) > 3 or rest.endswith(tuple('.,;!?"”'))):
        return None
    return first._replace(title=clean_title(f"{first.title} {rest}".strip()))


def find_contents(book: Book, candidates: Sequence[Candidate]) -> set[int]:
    """The blocks of printed tables of contents: headings close upon one another that come again later with their prose."""
    blocks = book.blocks
    found: set[int] = set()
    keys = [_entry_key(blocks[c.block].text) for c in candidates]
    later = {key: n for n, key in enumerate(keys)}
    # Runs of headings with next to nothing between.
    n = 0
    while n < len(candidates):
        stop = n
        while stop + 1 < len(candidates) and book.prose(candidates[stop], candidates[stop + 1]) < SLIGHT:
            stop += 1
        run = range(n, stop + 1)
        again = [k for k in run if later[keys[k]] > stop]
        families = [candidates[k].family for k in run]
        # A volume's, a book's and a chapter's heading in a row are three kinds; a table has several of a kind.
        if len(again) >= 0.5 * len(run) and max(map(families.count, families)) >= 3 and len({keys[k] for k in run}) >= 3:
            end = max(again)
            found.update(range(candidates[n].block, candidates[end].block + 1))
            if n and name_of_matter(blocks[candidates[n].block - 1].text):
                found.add(candidates[n].block - 1)
        n = stop + 1
    for number, block in enumerate(blocks):
        if len(block.text) <= 60 and is_contents(name_of_matter(block.text)) and number not in found:
            found.update(_listed_under(book, candidates, keys, number))
        elif len(block.anchors) > 2 and block.kind is not BlockKind.HEADING and _is_list(block):
            found.add(number)
    return found


def _entry_key(text: str) -> str:
    """What a heading and its entry in a table of contents have in common: the words without case, stops and page number."""
    return re.sub(r"[\W_]+", " ", re.sub(r"[\s.]+\d{1,4}$", "", text)).strip().casefold()


def _listed_under(book: Book, candidates: Sequence[Candidate], keys: Sequence[str], number: int) -> range:
    """What the heading "CONTENTS" at block `number` covers."""
    blocks = book.blocks
    below = [n for n, c in enumerate(candidates) if c.block > number]
    if below:
        first = below[0]
        again = [n for n in below[1:] if keys[n] == keys[first]]
        if again and again[0] - first >= 3:
            between = book.before[candidates[again[0]].block] - book.before[number]
            if between < DENSE * (again[0] - first):
                last = max(n for n in range(first, again[0]) if n == first or book.prose(candidates[n - 1], candidates[n]) < DENSE)
                return range(number, candidates[last].block + 1)
    stop = number + 1
    heads = {c.block: n for n, c in enumerate(candidates)}
    while stop < len(blocks) and len(text := blocks[stop].text) <= 160 and not (len(text) > 60 and is_sentence(text)):
        n = heads.get(stop)
        if n is not None and n + 1 < len(candidates) and book.prose(candidates[n], candidates[n + 1]) > 2 * DENSE:
            break
        stop += 1
    # Without an entry that is met again, the last short lines may be the first chapter's own heading: leave them in.
    titles = {b.text.casefold().strip(" .") for b in blocks[number + 1 : stop]}
    if stop < len(blocks) and stop - number > 2:
        while stop - 1 > number and blocks[stop - 1].text.casefold().strip(" .") in {
            b.text.casefold().strip(" .") for b in blocks[number + 1 : stop - 1]
        }:
            stop -= 1
        return range(number, stop) if len(titles) >= 2 else range(number, number + 1)
    return range(number, number + 1)


def _is_list(block: Block) -> bool:
    """Whether a block's lines are entries of a table of contents."""
    lines = lines_of(block)
    if len(lines) < 3:
        return False
    signs = [s for line in lines if (s := read_heading(line))]
    paged = sum(bool(re.search(r"(?:\.\s?){3,}\s*\d+$|\s\d{1,3}$", line)) for line in lines)
    return (len(signs) >= 0.6 * len(lines) and len(signs) > len({s.family for s in signs}) + 1) or paged >= 0.7 * len(lines)
