"""Find the divisions of a book that numbers nothing: titles on their own, letters and entries by their dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.records import Block, BlockKind
from fabula.text.candidates import Book, Candidate
from fabula.text.headings import Level, Sign, clean_title, is_capitals, name_of_matter
from fabula.text.matter import is_sentence
from fabula.text.numbering import SLIGHT

STORY_LENGTH = 2500  # code points on average between titles without numbers; less are signs, or scenes
ENTRY_LENGTH = 800  # the same for dated entries
_months = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)"
)
_weekdays = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
DATE = (
    rf"(?:{_weekdays},?\s+)?(?:the\s+)?"
    rf"(?:{_months}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_months}\.?)(?:,?\s+\d{{4}})?"
)
DATE_LINE = re.compile(rf"[\W_]*{DATE}[^a-z]{{0,30}}", re.IGNORECASE)
DATE_RUN_IN = re.compile(rf"({DATE})\s*[.,:]?\s*(?:--|—|–)\s*(?=\S)")


def find_titles(book: Book) -> list[Candidate]:
    """Titles without numbers: lines in capitals, or any short lines, that stand after a wider gap than all others."""
    short = [
        n
        for n, block in enumerate(book.blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.INSET)
        and 2 < len(block.text) <= 70
        and block.text[-1] not in '.,;:!"”'
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


def find_dates(book: Book) -> list[Candidate]:
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
