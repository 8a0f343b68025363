"""Choose, among the candidates, the headings of parts, chapters and sections.

Candidates that are numbered together form a family; the family whose numbers run through the whole book with prose between is
its chapters, the coarser ones above are its parts, the finer ones below are sections. Only a book without any numbers is
divided by titles, and one without titles by dates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from fabula.lexicons.divisions import PARTS
from fabula.records import BlockKind
from fabula.text.candidates import Book, Candidate, Role
from fabula.text.headings import Level, Sign, clean_title, is_capitals, name_of_matter
from fabula.text.numbering import find_run
from fabula.text.unnumbered import STORY_LENGTH, find_dates, find_titles

OWN_PROSE = 600  # code points under a part's heading before its first chapter that make a chapter of their own


def assign_roles(book: Book, candidates: Sequence[Candidate]) -> list[Candidate]:
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
    markup = [c for c in candidates if c.block not in chosen and book.blocks[c.block].kind is BlockKind.HEADING]
    if markup:
        more_parts, more_chapters, more_sections = _choose_markup(book, markup, chapters, parts + story)
        parts, chapters, sections = parts + more_parts, chapters + more_chapters, sections + more_sections
    if not chapters and not parts:
        chapters = find_titles(book) or ([] if story else find_dates(book))
    taken: dict[int, Candidate] = {}
    for role, group in ((Role.SECTION, sections), (Role.CHAPTER, story), (Role.CHAPTER, chapters), (Role.PART, parts)):
        for c in group:
            c.role = role
            taken[c.block] = c
    headings = [taken[block] for block in sorted(taken)]
    return _settle_story(book, headings)


def _is_nested(inner: Sequence[Candidate], outer: Sequence[Candidate]) -> bool:
    return bool(outer) and all(c.block > outer[0].block for c in inner)


def _choose_parts(book: Book, candidates: Sequence[Candidate], *, alone: bool) -> list[Candidate]:
    """The parts: of each kind, all or none; one at least must stand right above a finer heading, unless there is none (`alone`)."""
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


def _choose_keywords(book: Book, candidates: Sequence[Candidate]) -> list[Candidate]:
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


def _without_repeats(book: Book, family: Sequence[Candidate]) -> list[Candidate]:
    """Without running heads: headings that a page repeats."""
    said = [(c.sign.number, c.sign.title) for c in family]
    repeats = sum(a == b for a, b in pairwise(said))
    if repeats < 0.4 * len(family) or len(family) < 4:
        return [c for n, c in enumerate(family) if not (n and said[n] == said[n - 1] and book.prose(family[n - 1], c) < 200)]
    return [c for n, c in enumerate(family) if n == 0 or said[n] != said[n - 1]]


def _choose_numerals(
    book: Book, candidates: Sequence[Candidate], part_between: Callable[[Candidate, Candidate], bool]
) -> list[Candidate]:
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


def _continued(book: Book, chapters: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Titled numerals that go on counting where the chapters leave off ("ADVENTURE VI. ..." and then "VII. ...")."""
    more: list[Candidate] = []
    last = chapters[-1]
    for c in candidates:
        follows = c.sign.level is Level.NUMERAL and c.sign.title and c.sign.number == last.sign.number + 1
        if follows and c.block > last.block and book.prose(last, c) >= STORY_LENGTH:
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


def _divides(numerals: Sequence[Candidate], parts: Sequence[Candidate], book: Book) -> bool:
    """Whether the numerals divide the book, and not only one of its parts."""
    if not parts:
        return book.before[-1] - book.before[numerals[0].block] > 0.5 * book.length or len(numerals) > 5
    inner = _innermost(parts)[0]
    bounds = [*(c.block for c in inner), len(book.blocks)]
    holding = sum(any(a < c.block < b for c in numerals) for a, b in pairwise(bounds))
    return holding >= 0.5 * len(inner)


def _innermost(parts: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The finest of the part families, and the rest."""
    families = {c.family for c in parts}
    finest = max(families, key=lambda name: (sum(c.family == name for c in parts), PARTS.index(name) if name in PARTS else 0))
    return [c for c in parts if c.family == finest], [c for c in parts if c.family != finest]


def _titles_above(book: Book, numerals: Sequence[Candidate]) -> list[Candidate]:
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
    book: Book, markup: Sequence[Candidate], chapters: Sequence[Candidate], above: Sequence[Candidate]
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


def _chapter_level(book: Book, markup: Sequence[Candidate], levels: Sequence[int]) -> int:
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


def _settle_story(book: Book, headings: Sequence[Candidate]) -> list[Candidate]:
    """Say what a prologue or an epilogue is that stands right by another heading.

    Below a bare one it is its title ("CHAPTER X", "THE EPILOGUE"); above numbered sections, or a part's heading, it is a part.
    """
    settled: list[Candidate] = []
    for n, c in enumerate(headings):
        above = settled[-1] if settled else None
        story = c.sign.level is Level.STORY
        bare = above is not None and above.role is Role.CHAPTER and not above.sign.title and above.sign.level is not Level.STORY
        if above and story and bare and above.stop == c.block:
            above.sign = above.sign._replace(title=clean_title(book.blocks[c.block].text))
            above.stop = c.stop
            continue
        below = headings[n + 1] if n + 1 < len(headings) else None
        if below and story and below.role is not Role.SECTION and book.prose(c, below) < OWN_PROSE:
            begins = below.sign.level is Level.STORY or below.sign.number == 1 or below.role is Role.PART
            c.role = Role.PART if begins else c.role
        settled.append(c)
    return settled
