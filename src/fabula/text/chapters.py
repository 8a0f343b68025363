"""Find the chapters of a book: which blocks are headings, of what, and what each says.

No line is a heading by itself: "I" may be a man, "PART I" a line of a table of contents. Every block that could be a heading
becomes a candidate (`candidates`); which of them are is seen from all together (`levels`, `numbering`); their titles may stand
below (`titles`); and what precedes the first and follows the last may not be story (`matter`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fabula.lexicons.divisions import CLOSING, PARTS
from fabula.records import AsideKind, Block, BlockKind, Oddity
from fabula.text.candidates import Book, Candidate, Role, find_candidates, find_contents
from fabula.text.headings import Level, name_of_matter
from fabula.text.levels import OWN_PROSE, assign_roles
from fabula.text.matter import LeftOut, find_back, find_ends, find_front, find_transcriber
from fabula.text.titles import attach_titles

LAST = re.compile(r"\W*(?:[a-z]+ (?:the )?(?:last|final)|(?:the )?(?:last|final) [a-z]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChapterBlocks:
    """One chapter, from block `start`, its part's heading if it opens a part; `prose` is the block after its own heading."""

    start: int
    prose: int
    label: int
    title: str
    heading: str
    part: int
    part_title: str


@dataclass(frozen=True, slots=True)
class Division:
    """headings: the blocks that are headings of parts, chapters or sections. left_out: what is not story."""

    chapters: tuple[ChapterBlocks, ...]
    headings: frozenset[int]
    left_out: tuple[LeftOut, ...]
    oddities: tuple[Oddity, ...]


def find_division(blocks: Sequence[Block]) -> Division:
    """The chapters of a book, its headings, and what of it is not story. `blocks` come from `split_headings`.

    A book without any heading is one chapter, and nothing of it is left out.
    """
    book = Book(blocks)
    candidates = find_candidates(blocks)
    contents = find_contents(book, candidates)
    typist = find_transcriber(blocks)
    named = {c.block for c in candidates if name_of_matter(blocks[c.block].text)}
    candidates = [c for c in candidates if c.block not in contents | named and c.block < typist]
    headings = assign_roles(book, candidates)
    ends = find_ends(blocks, 0)
    ended = {i for end in ends for i in range(end.start, end.stop)}
    headings = [c for c in headings if c.block not in ended]
    main = [c for c in headings if c.role is not Role.SECTION]
    if not main:
        return _one_chapter(blocks, headings, ends)
    back = find_back(blocks, main[-1].block)
    stop = back[0].start if back else len(blocks)
    headings = [c for c in headings if c.block < stop]
    attach_titles(book, headings)
    first = min(c.block for c in headings if c.role is not Role.SECTION)
    front, opening = find_front(blocks, first, contents)
    sections = [c for c in headings if c.role is Role.SECTION and c.block < first]
    if sections and opening == first:
        # Numbered pieces before the first named chapter are story, whatever stands above them.
        opening = sections[0].block
        front = [cut._replace(stop=min(cut.stop, opening)) for cut in front if cut.start < opening]
    chapters, oddities = _build_chapters(book, headings, opening, stop)
    left_out = tuple(sorted([*front, *(e for e in ends if opening <= e.start < stop), *back], key=lambda cut: cut.start))
    marked = {i for c in headings if c.block >= opening for i in range(c.block, c.stop)}
    return Division(tuple(chapters), frozenset(marked), left_out, tuple(oddities))


def _one_chapter(blocks: Sequence[Block], headings: Sequence[Candidate], ends: Sequence[LeftOut]) -> Division:
    back = find_back(blocks, -1)
    stop = back[0].start if back else len(blocks)
    opening = 0
    # Only a title page that says "by" is sure not to be story.
    for i, block in enumerate(blocks[:6]):
        if i and re.fullmatch(r"\W*(?:written )?by\b.{0,60}", block.text, re.IGNORECASE) and len(blocks) > i + 2:
            opening = i + 1 if len(block.text) > 4 else i + 2
    heading = blocks[opening] if opening < len(blocks) and blocks[opening].kind is BlockKind.HEADING else None
    title = heading.text if heading else ""
    chapter = ChapterBlocks(opening, opening + (heading is not None), 0, title, title, 0, "")
    left = [LeftOut(AsideKind.FRONT, 0, opening)] if opening else []
    left += [e for e in ends if opening <= e.start < stop] + back
    marked = {c.block for c in headings if opening <= c.block < stop} | ({opening} if heading else set())
    return Division((chapter,), frozenset(marked), tuple(left), ())


def _build_chapters(book: Book, headings: Sequence[Candidate], opening: int, stop: int) -> tuple[list[ChapterBlocks], list[Oddity]]:
    main = [c for c in headings if c.role is not Role.SECTION]
    chapters: list[ChapterBlocks] = []
    oddities: list[Oddity] = []
    stack: list[tuple[int, str]] = []  # rank and heading of the parts that are open
    ranks = _rank_parts(main)
    n_parts, expected, start = 0, 1, opening
    if opening < main[0].block:
        chapters.append(ChapterBlocks(opening, opening, 0, "", "", 0, ""))
        start = main[0].block
    fresh = False  # a part has begun and no chapter yet
    within_story = False  # the part that is open is a prologue
    for n, c in enumerate(main):
        below = main[n + 1] if n + 1 < len(main) else None
        own = book.before[below.block if below else stop] - book.before[c.stop]
        heading = " ".join(" ".join(block.text.split()) for block in book.blocks[c.block : c.stop])
        if c.stop == c.block:
            heading = ""
        start = min(start, c.block) if fresh or n == 0 else c.block
        if c.role is Role.PART:
            within_story = c.sign.level is Level.STORY
            rank = ranks.get(c.block, 0)
            stack = [(r, h) for r, h in stack if r < rank] + [(rank, heading)]
            if not fresh:
                start = c.block
            if below is not None and below.role is Role.PART and own < OWN_PROSE and ranks.get(below.block, 0) > rank:
                fresh = True
                continue
            n_parts += 1
            fresh = True
            if own < OWN_PROSE and below is not None:
                continue
            chapters.append(_chapter(c, start, heading, n_parts, stack))
            fresh, expected = False, 1
            continue
        if within_story and not fresh and c.sign.number == 1:
            stack, within_story = [], False  # its sections are over where they begin anew
        part, titles = n_parts, stack
        closes = c.family in CLOSING and not any(d.role is Role.CHAPTER for d in main[n + 1 :])
        if closes and stack and not fresh:
            part, titles = 0, []
        chapter = _chapter(c, start, heading, part if titles else 0, titles)
        if c.sign.level is not Level.STORY and c.family not in ("title", "date") and c.sign.level is not Level.MARKUP:
            label = c.sign.number
            follower = next((d.sign.number for d in main[n + 1 :] if d.role is Role.CHAPTER and d.family == c.family), 0)
            last = LAST.match(heading) is not None
            if label == 0 and expected > 1 and (last or not c.sign.title) and follower in (0, expected + 1):
                if not last:
                    said = f"the heading “{heading}” has no number that can be read; {expected} would follow"
                    oddities.append(Oddity("numbering", said, c.block))
                label = expected
                chapter = replace(chapter, label=label)
            elif label not in (0, 1, expected) and n > 0 and expected > 1:
                oddities.append(Oddity("numbering", f"the heading “{heading}” says {label} where {expected} would follow", c.block))
                # Misprinted if the next one goes on as if it were right.
                label = expected if follower == expected + 1 else label
            expected = label + 1 if label else expected
        chapters.append(chapter)
        fresh = False
    return chapters, oddities


def _rank_parts(main: Sequence[Candidate]) -> dict[int, int]:
    """How deep every part lies: the rarer kind is the outer one; a prologue or epilogue stands beside the outermost."""
    parts = [c for c in main if c.role is Role.PART]
    families = [c.family for c in parts if c.sign.level is not Level.STORY]

    def depth(family: str) -> tuple[int, int]:
        return families.count(family), PARTS.index(family) if family in PARTS else len(PARTS)

    order = sorted(set(families), key=depth)
    ranks: dict[int, int] = {}
    for c in parts:
        ranks[c.block] = order.index(c.family) if c.sign.level is not Level.STORY else (1 if c.sign.number else 0)
    return ranks


def _chapter(c: Candidate, start: int, heading: str, part: int, stack: Sequence[tuple[int, str]]) -> ChapterBlocks:
    return ChapterBlocks(start, c.stop, c.sign.number, c.sign.title, heading, part, ", ".join(h for _, h in stack))
