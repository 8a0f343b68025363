"""Find the chapters of a book: which blocks are headings, of what, and what each says.

No line is a heading by itself: "I" may be a man, "PART I" a line of a table of contents. Every block that could be a heading
becomes a candidate; candidates that are numbered together form families; and the family whose numbers run through the whole
book with prose between is its chapters, the coarser ones above are its parts, the finer ones below are sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from fabula.lexicons.divisions import CLOSING, PARTS
from fabula.records import Anchor, AsideKind, Block, BlockKind, Oddity, Span
from fabula.text.headings import LONGEST, Level, Sign, clean_title, is_capitals, is_contents, name_of_matter, read_heading
from fabula.text.matter import LeftOut, find_back, find_ends, find_front, find_transcriber, is_sentence
from fabula.text.numbering import SLIGHT, find_run

OWN_PROSE = 600  # code points under a part's heading before its first chapter that make a chapter of their own
DENSE = 600  # code points a heading, on average, below which headings are a table of contents
STORY_LENGTH = 2500  # code points on average between titles without numbers; less are signs, or scenes
ENTRY_LENGTH = 800  # the same for dated entries
TITLE_SHARE = 0.5  # of the headings followed by something like a title, for it to be one
CAPITALS_SHARE = 0.25  # the same for lines in capitals; a single one is a headline (Ulysses, 7)
ALL_CAPITALS = 0.8  # of a book's titles; from here on a line in small letters is none
SUMMARY_SHARE = 0.85  # the same for titles of whole sentences
GLUED = re.compile(r"(?:CHAPTER|Chapter|CHAP\.|Chap\.)\s+(?:[IVXLC]+|\d+)\b[.:]?(?:\s+[-—–]+\s+[A-Z]{4,}(?:\s[A-Z]{2,})*)?(?=\s+[\"“‘'A-Z])")
OPENERS = re.compile(r"[\W_]*(?:[a-z]+[ .:—–-]+){0,3}", re.IGNORECASE)
_months = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)"
)
_weekdays = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
DATE = (
    rf"(?:{_weekdays},?\s+)?(?:the\s+)?"
    rf"(?:{_months}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_months}\.?)(?:,?\s+\d{{4}})?"
)
DATE_LINE = re.compile(rf"[\W_]*{DATE}[^a-z]{{0,30}}", re.IGNORECASE)
DATE_RUN_IN = re.compile(rf"({DATE})\s*[.,:]?\s*(?:--|—|–)\s*(?=\S)")


LAST = re.compile(r"\W*(?:[a-z]+ (?:the )?(?:last|final)|(?:the )?(?:last|final) [a-z]+)\b", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class ChapterBlocks:
    """One chapter: from block `start`, where its part's heading stands if it opens a part; `prose` is the block after its heading."""

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


@dataclass(slots=True)
class _Book:
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


# Blocks into lines and candidates


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
    emphasis = tuple(
        Span(max(0, e.start - start), min(len(text), e.end - start)) for e in block.emphasis if e.start < start + len(text) and e.end > start
    )
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.VERSE and "\n" not in text else block.kind
    return replace(block, kind=kind, text=text, anchors=tuple(anchors or [Anchor(0, "", 0)]), emphasis=emphasis, gap=block.gap if start == 0 else 0)


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
        if len(rest) > 120 or (len(rest) > 50 and rest[-1] in ".!?\"”" and not is_capitals(rest)):
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
        if block.kind is BlockKind.HEADING:
            if sign is None or (sign.level is Level.NUMERAL and sign.title and sign.family.startswith("word")):
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
    if first.level is Level.NUMERAL and (len(lines) > 3 or rest[-1] in ".,;!?\"”"):
        return None
    return first._replace(title=clean_title(f"{first.title} {rest}".strip()))


# Tables of contents


def find_contents(book: _Book, candidates: Sequence[Candidate]) -> set[int]:
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


def _listed_under(book: _Book, candidates: Sequence[Candidate], keys: Sequence[str], number: int) -> range:
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
    while stop < len(blocks) and len(blocks[stop].text) <= 160 and not (len(blocks[stop].text) > 60 and is_sentence(blocks[stop].text)):
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


# Which family is the chapters


def assign_roles(book: _Book, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are headings, each with its role."""
    chapters = _choose_keywords(book, candidates)
    parts = _choose_parts(book, candidates, alone=not chapters)
    part_blocks = sorted(c.block for c in parts)

    def part_between(a: Candidate, b: Candidate) -> bool:
        return any(a.block < block < b.block for block in part_blocks)

    numerals = _choose_numerals(book, candidates, part_between)
    story = [c for c in candidates if c.sign.level is Level.STORY]
    sections: list[Candidate] = []
    if chapters and len(chapters) < 3 and len(numerals) > 3 * len(chapters) and not _is_nested(numerals, chapters):
        chapters = []
    if chapters:
        chapters = chapters + _continued(book, chapters, candidates)
        sections = [c for c in numerals if c not in chapters]
    elif numerals and _divides(numerals, parts, book):
        chapters = numerals
        if not parts:
            parts = _titles_above(book, numerals)
    else:
        sections = numerals
        if parts:
            chapters, parts = _innermost(parts)
    above = _numeral_parts(candidates, chapters)
    parts = parts + above
    sections = [c for c in sections if c not in above]
    chosen = {c.block for c in chapters + parts + story}
    markup = [c for c in candidates if c.sign.level is Level.MARKUP or (c.block not in chosen and book.blocks[c.block].kind is BlockKind.HEADING)]
    if markup:
        more_parts, more_chapters, more_sections = _choose_markup(book, markup, chapters, parts + story)
        parts, chapters, sections = parts + more_parts, chapters + more_chapters, sections + more_sections
    if not chapters and not parts:
        chapters = _choose_titles(book) or ([] if story else _choose_dates(book))
    taken: dict[int, Candidate] = {}
    for role, group in ((Role.SECTION, sections), (Role.CHAPTER, story), (Role.CHAPTER, chapters), (Role.PART, parts)):
        for c in group:
            c.role = role
            taken[c.block] = c
    headings = [taken[block] for block in sorted(taken)]
    return _settle_story(book, headings)


def _is_nested(inner: Sequence[Candidate], outer: Sequence[Candidate]) -> bool:
    return bool(outer) and all(c.block > outer[0].block for c in inner)


def _choose_parts(book: _Book, candidates: Sequence[Candidate], *, alone: bool) -> list[Candidate]:
    """The parts: of each kind, all or none; at least one must stand right above a finer heading, unless there are none (`alone`)."""
    families: dict[str, list[Candidate]] = {}
    for c in candidates:
        if c.sign.level is Level.PART:
            families.setdefault(c.family, []).append(c)
    followers = dict(zip((c.block for c in candidates), candidates[1:], strict=False))
    chosen: list[Candidate] = []
    for found in families.values():
        family = _without_repeats(book, found)
        leading = [
            c
            for c in family
            if (below := followers.get(c.block)) and below.sign.level < Level.MARKUP and book.prose(c, below) < OWN_PROSE
        ]
        marked = any(book.blocks[c.block].kind is BlockKind.HEADING for c in family)
        if leading or marked or (alone and len(family) > 1):
            chosen.extend(family)
    return sorted(chosen, key=lambda c: c.block)


def _choose_keywords(book: _Book, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Chapters, letters, staves: the largest such family, and others where they stand before or after it."""
    families: dict[str, list[Candidate]] = {}
    for c in candidates:
        if c.sign.level is Level.CHAPTER:
            families.setdefault(c.family, []).append(c)
    kept = {}
    for name, found in families.items():
        family = _without_repeats(book, found)
        numbers = {c.sign.number for c in family}
        marked = any(book.blocks[c.block].kind is BlockKind.HEADING for c in family)
        if name == "chapter" or marked or ({1, 2} <= numbers and len(family) > 1):
            kept[name] = family
    if not kept:
        return []
    main = max(kept, key=lambda name: (len(kept[name]), name == "chapter"))
    if "chapter" in kept and len(kept["chapter"]) >= 0.3 * len(kept[main]):
        main = "chapter"
    chosen = list(kept.pop(main))
    for family in kept.values():
        outside = [c for c in family if c.block < chosen[0].block or c.block > chosen[-1].block]
        if len(outside) == len(family) and all(c.block < chosen[0].block for c in family):
            chosen = family + chosen
        elif len(outside) == len(family) and len(family) > 1:
            chosen = chosen + family
    return sorted(chosen, key=lambda c: c.block)


def _without_repeats(book: _Book, family: Sequence[Candidate]) -> list[Candidate]:
    """Without running heads: headings that a page repeats."""
    said = [(c.sign.number, c.sign.title) for c in family]
    repeats = sum(a == b for a, b in pairwise(said))
    if repeats < 0.4 * len(family) or len(family) < 4:
        return [c for n, c in enumerate(family) if not (n and said[n] == said[n - 1] and book.prose(family[n - 1], c) < 200)]
    return [c for n, c in enumerate(family) if n == 0 or said[n] != said[n - 1]]


def _choose_numerals(book: _Book, candidates: Sequence[Candidate], part_between: Callable[[Candidate, Candidate], bool]) -> list[Candidate]:
    """The bare numerals that count through the book: of the ways to write them, the one with the longest run."""
    families: dict[str, list[Candidate]] = {}
    for c in candidates:
        if c.sign.level is Level.NUMERAL:
            families.setdefault(c.family, []).append(c)
    best: list[Candidate] = []
    for name, family in families.items():
        # A numbered sentence is an item of a list far oftener than a titled chapter.
        least = 1200 if name.endswith("titled") else 400

        def prose(i: int, j: int, family: Sequence[Candidate] = family) -> int:
            return book.prose(family[i], family[j])

        def parts(i: int, j: int, family: Sequence[Candidate] = family) -> bool:
            return part_between(family[i], family[j])

        run = [family[i] for i in find_run([c.sign.number for c in family], prose=prose, parts=parts, least=least)]
        if len(run) > 1 and (len(run), book.prose(run[0], run[-1])) > (len(best), book.prose(best[0], best[-1]) if best else 0):
            best = run
    return best


def _continued(book: _Book, chapters: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Titled numerals that go on counting where the chapters leave off ("ADVENTURE VI. ..." and then "VII. ...")."""
    more: list[Candidate] = []
    last = chapters[-1]
    for c in candidates:
        if c.block > last.block and c.sign.level is Level.NUMERAL and c.sign.title and c.sign.number == last.sign.number + 1:
            if book.prose(last, c) >= STORY_LENGTH:
                more.append(c)
                last = c
    return more if len(more) > 1 else []


def _numeral_parts(candidates: Sequence[Candidate], chapters: Sequence[Candidate]) -> list[Candidate]:
    """Numerals of another kind than the chapters' that stand right above one each: parts ("— II —" above "[ 4 ]")."""
    families: dict[str, list[Candidate]] = {}
    for c in candidates:
        if c.sign.level is Level.NUMERAL and chapters and c.family != chapters[0].family:
            families.setdefault(c.family, []).append(c)
    openings = {c.block for c in chapters}
    for family in families.values():
        above = [c for c in family if c.stop in openings]
        if len(above) > 1 and len(above) >= 0.6 * len(family) and [c.sign.number for c in above] == list(range(1, len(above) + 1)):
            return above
    return []


def _divides(numerals: Sequence[Candidate], parts: Sequence[Candidate], book: _Book) -> bool:
    """Whether the numerals divide the book, and not only one of its parts."""
    if not parts:
        return book.before[-1] - book.before[numerals[0].block] > 0.5 * book.length or len(numerals) > 5
    inner = _innermost(parts)[0]
    holding = sum(
        any(a.block < c.block < (b.block if b else len(book.blocks)) for c in numerals) for a, b in zip(inner, [*inner[1:], None], strict=True)
    )
    return holding >= 0.5 * len(inner)


def _innermost(parts: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The finest of the part families, and the rest."""
    families = {c.family for c in parts}
    finest = max(families, key=lambda name: (sum(c.family == name for c in parts), PARTS.index(name) if name in PARTS else 0))
    return [c for c in parts if c.family == finest], [c for c in parts if c.family != finest]


def _titles_above(book: _Book, numerals: Sequence[Candidate]) -> list[Candidate]:
    """Titles in capitals that stand right above every numeral that begins anew: the stories of a collection."""
    anew = [c for c in numerals if c.sign.number == 1]
    if len(anew) < 2:
        return []
    titles = [
        Candidate(c.block - 1, Sign(Level.PART, "title", 0, clean_title(book.blocks[c.block - 1].text)), c.block)
        for c in anew
        if c.block > 0 and is_capitals(book.blocks[c.block - 1].text) and len(book.blocks[c.block - 1].text) <= 80
    ]
    return titles if len(titles) >= 0.8 * len(anew) else []


def _choose_markup(
    book: _Book, markup: Sequence[Candidate], chapters: Sequence[Candidate], above: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """What the source's own headings add: parts, chapters, sections."""
    markup = [c for c in markup if not name_of_matter(book.blocks[c.block].text)]
    levels = sorted({book.blocks[c.block].level for c in markup})
    marked = [c for c in chapters if book.blocks[c.block].kind is BlockKind.HEADING]
    if chapters:
        if len(marked) < 0.6 * len(chapters):
            return [], [], [c for c in markup if c.block > chapters[0].block]
        common = [book.blocks[c.block].level for c in marked]
        level = max(set(common), key=common.count)
    else:
        if not markup:
            return [], [], []
        level = _chapter_level(book, markup, levels)
    known = sorted({c.block for c in (*chapters, *above)})
    ends = sorted(known + [c.block for c in markup])
    parts: list[Candidate] = []
    found: list[Candidate] = []
    sections: list[Candidate] = []
    for c in markup:
        at = book.blocks[c.block].level
        follower = next((b for b in ends if b > c.block), len(book.blocks))
        own = book.before[follower] - book.before[c.stop]
        if at == level and own >= 80:
            found.append(c)
        elif at < level:
            # A book's own title stands before everything; a part's has chapters right below.
            if any(b < c.block for b in known) or (c is not markup[0] and own < OWN_PROSE):
                parts.append(c)
            elif own >= OWN_PROSE and c is not markup[0]:
                found.append(c)
        elif at > level or own >= 80:
            sections.append(c)
    return parts, found, sections


def _chapter_level(book: _Book, markup: Sequence[Candidate], levels: Sequence[int]) -> int:
    """The outermost level of headings that mostly have prose of their own and are more than one."""
    for level in levels:
        here = [c for c in markup if book.blocks[c.block].level == level]
        own = 0
        for c in here:
            follower = next((d for d in markup if d.block > c.block), None)
            own += book.prose(c, follower) >= 80
        if len(here) > 1 and own > 0.5 * len(here):
            return level
    counts = {level: sum(book.blocks[c.block].level == level for c in markup) for level in levels}
    return max(levels, key=lambda level: (counts[level] > 1, -level))


def _choose_titles(book: _Book) -> list[Candidate]:
    """Titles without numbers: lines in capitals, or any short lines, that stand after a wider gap than all others."""
    short = [
        n
        for n, block in enumerate(book.blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.INSET)
        and 2 < len(block.text) <= 70
        and block.text[-1] not in ".,;:!\"”"
        and block.text[0].isalpha()
        and block.text[0].isupper()
        and n + 1 < len(book.blocks)
        and not name_of_matter(block.text)
        and not re.match(r"by\b", block.text, re.IGNORECASE)
    ]
    gaps = sorted({book.blocks[n].gap for n in short if n}, reverse=True)
    capitals = [n for n in short if is_capitals(book.blocks[n].text)]
    for pool, least in ((capitals, 1), (short, 3)):
        for gap in gaps:
            if gap < least:
                break
            wide = [n for n in pool if book.blocks[n].gap >= gap or (n == 0 and is_sentence(book.blocks[1].text))]
            found = [Candidate(n, Sign(Level.CHAPTER, "title", 0, clean_title(book.blocks[n].text)), n + 1) for n in wide]
            # The first of several title lines at the head of the book is the book's.
            while len(found) > 1 and book.prose(found[0], found[1]) < SLIGHT:
                found.pop(0)
            if len(found) < 3:
                continue
            masses = [book.prose(a, b) for a, b in zip(found, [*found[1:], None], strict=True)]
            texts = {c.sign.title for c in found}
            early = book.before[found[0].block] < max(3000, 0.15 * book.length)
            long = sum(masses) / len(masses) >= STORY_LENGTH and sorted(masses)[len(masses) // 5] >= SLIGHT
            if early and long and len(texts) > 0.9 * len(found):
                return found
    return []


def _choose_dates(book: _Book) -> list[Candidate]:
    """Dated letters or entries of a diary: whole lines, or dates that a paragraph begins with."""
    lines = [
        Candidate(_letterhead(book.blocks, n), Sign(Level.CHAPTER, "date", 0, clean_title(block.text)), n + 1)
        for n, block in enumerate(book.blocks)
        if len(block.text) <= 60 and block.kind is not BlockKind.BREAK and DATE_LINE.fullmatch(block.text)
    ]
    run_in = [
        Candidate(n, Sign(Level.CHAPTER, "date", 0, found[1]), n)
        for n, block in enumerate(book.blocks)
        if block.kind is BlockKind.PARAGRAPH and (found := DATE_RUN_IN.match(block.text))
    ]
    for entries in (lines, run_in):
        if len(entries) < 3:
            continue
        reach = book.before[-1] - book.before[entries[0].block]
        if reach >= 0.8 * book.length and reach / len(entries) >= ENTRY_LENGTH:
            return entries
    return []


def _letterhead(blocks: Sequence[Block], n: int) -> int:
    """The first line of the address above a letter's date."""
    while n > 0 and len(blocks[n - 1].text) <= 60 and blocks[n - 1].text[-1] == ",":
        n -= 1
    return n


def _settle_story(book: _Book, headings: Sequence[Candidate]) -> list[Candidate]:
    """Say what a prologue or an epilogue is that stands right by another heading.

    Below a bare one it is its title ("CHAPTER X", "THE EPILOGUE"); above numbered sections, or a part's heading, it is a part.
    """
    settled: list[Candidate] = []
    for n, c in enumerate(headings):
        above = settled[-1] if settled else None
        if above and c.sign.level is Level.STORY and above.role is Role.CHAPTER and above.stop == c.block and not above.sign.title:
            if above.sign.level is not Level.STORY:
                above.sign = above.sign._replace(title=clean_title(book.blocks[c.block].text))
                above.stop = c.stop
                continue
        below = headings[n + 1] if n + 1 < len(headings) else None
        if below and c.sign.level is Level.STORY and below.role is not Role.SECTION and book.prose(c, below) < OWN_PROSE:
            if below.sign.level is Level.STORY or below.sign.number == 1 or below.role is Role.PART:
                c.role = Role.PART
        settled.append(c)
    return settled


# Titles below headings


def attach_titles(book: _Book, headings: Sequence[Candidate]) -> None:
    """Take the blocks below bare headings that are their titles into them.

    Whether a line below is a title is seen from all headings together: in capitals, short and without an end, or set apart.
    """
    blocks = book.blocks
    taken = {c.block for c in headings}
    bare = [c for c in headings if c.role is not Role.SECTION and c.stop > c.block and (not c.sign.title or c.sign.title[0] == "[")]
    for role in (Role.PART, Role.CHAPTER):
        group = [c for c in bare if c.role is role]
        with_line = [c for c in group if _may_be_title(blocks, c.stop, taken) and not _opens_with_motto(c, blocks)]
        capitals = [c for c in with_line if is_capitals(blocks[c.stop].text)]
        short = [c for c in with_line if _is_short_title(blocks[c.stop])]
        if len(capitals) >= ALL_CAPITALS * len(short):
            short = [c for c in short if c in capitals or _is_emphasized(blocks[c.stop])]
        plain = [c for c in group if c not in capitals and c.sign.level is not Level.STORY]
        usual = len(short) >= TITLE_SHARE * len(group)
        frame = Counter((blocks[c.stop].gap, blocks[c.stop + 1].gap) for c in short).most_common(1)
        wordy = sum(len(blocks[c.stop].text) > 50 and blocks[c.stop].text[-1] == "." for c in with_line) > 0.5 * len(group)
        n_all = sum(c.role is role for c in headings)
        summaries = not usual and role is Role.CHAPTER and len(plain) > 0.6 * n_all and _have_summaries(book, plain, taken)
        for c in with_line:
            at = c.stop
            block = blocks[at]
            if c in capitals and len(capitals) >= CAPITALS_SHARE * len(group):
                while at < c.stop + 3 and _may_be_title(blocks, at, taken) and is_capitals(blocks[at].text):
                    at += 1
            elif (
                (c in short and (usual or _is_set_off(blocks, at)))
                or (summaries and c in plain)
                # A long one in a frame of blank lines like the short ones', or where most are sentences.
                or (usual and c in plain and frame[0][0] == (block.gap, blocks[at + 1].gap) and frame[0][0][1] > 1)
                or (usual and c in plain and wordy and len(block.text) < len(blocks[at + 1].text))
            ):
                at += 1
            if c.stop < at < len(blocks):
                title = " ".join(" ".join(block.text.split()) for block in blocks[c.stop : at])
                c.sign = c.sign._replace(title=clean_title(title))
                c.stop = at


def _may_be_title(blocks: Sequence[Block], at: int, taken: set[int]) -> bool:
    if at >= len(blocks) - 1 or at in taken:
        return False
    block = blocks[at]
    if block.kind in (BlockKind.BREAK, BlockKind.HEADING) or len(block.text) > 2 * LONGEST:
        return block.kind is BlockKind.HEADING and len(block.text) <= LONGEST
    if block.kind is BlockKind.VERSE and not is_capitals(block.text):
        return False
    # "The Girl I Left Behind Me" may be a title in quotation marks; "Go!" and "Go," are speech.
    return block.text[0] not in "\"“'‘" or is_capitals(block.text) or re.fullmatch(r".[^.,;:!?\"”]*[\"”'’]", block.text) is not None


def _opens_with_motto(c: Candidate, blocks: Sequence[Block]) -> bool:
    """Whether an epilogue begins with somebody else's words (Moby-Dick)."""
    return c.sign.level is Level.STORY and blocks[c.stop].text[0] in "\"“'‘"


def _is_short_title(block: Block) -> bool:
    text = block.text
    if len(text) > 120 or text[-1] in ",;:-—" or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"“'‘"):
        return False
    return text[-1] not in ".!?" or _is_emphasized(block) or not re.search(r"[a-z]{4,}[.!?] [A-Z]", text)


def _is_emphasized(block: Block) -> bool:
    return any(e.start <= 1 and e.end >= len(block.text) - 1 for e in block.emphasis)


def _is_set_off(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line without an end stands apart from the prose below."""
    block = blocks[at]
    if block.text[-1] in ".!?" or len(block.text) > 80 or at + 1 >= len(blocks):
        return False
    return blocks[at + 1].gap > 1 or block.kind is BlockKind.HEADING or _is_emphasized(block)


def _have_summaries(book: _Book, chapters: Sequence[Candidate], taken: set[int]) -> bool:
    """Whether nearly every chapter begins with a summary: shorter than what follows, or set off by a wider gap."""
    if len(chapters) < 4:
        return False
    blocks = book.blocks
    shorter = wider = whole = 0
    for c in chapters:
        if _may_be_title(blocks, c.stop, taken):
            first, after = blocks[c.stop], blocks[c.stop + 1]
            shorter += len(after.text) > len(first.text) and first.kind is BlockKind.PARAGRAPH
            wider += after.gap > 1 and after.gap >= first.gap
            whole += _is_emphasized(first)
    return max(shorter, wider, whole) >= SUMMARY_SHARE * len(chapters)


# The whole


def find_division(blocks: Sequence[Block]) -> Division:
    """The chapters of a book, its headings, and what of it is not story. `blocks` come from `split_headings`.

    A book without any heading is one chapter, and nothing of it is left out.
    """
    book = _Book(blocks)
    candidates = find_candidates(blocks)
    contents = find_contents(book, candidates)
    typist = find_transcriber(blocks)
    candidates = [c for c in candidates if c.block not in contents and c.block < typist and not name_of_matter(blocks[c.block].text)]
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
        front = [cut for cut in front if cut.start < opening]
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


def _build_chapters(book: _Book, headings: Sequence[Candidate], opening: int, stop: int) -> tuple[list[ChapterBlocks], list[Oddity]]:
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
        if c.sign.level is Level.STORY and c.family in CLOSING and not fresh and stack and not any(d.role is Role.CHAPTER for d in main[n + 1 :]):
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
