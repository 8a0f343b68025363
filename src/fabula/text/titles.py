"""Find the titles of chapters and parts that stand below their numbers, on lines of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fabula.records import Block, BlockKind
from fabula.text.candidates import Book, Candidate, Role
from fabula.text.headings import LONGEST, Level, clean_title, is_capitals

TITLE_SHARE = 0.5  # of the headings followed by something like a title, for it to be one
CAPITALS_SHARE = 0.25  # the same for lines in capitals; a single one is a headline (Ulysses, 7)
ALL_CAPITALS = 0.8  # of a book's titles; from here on a line in small letters is none
SHOUT = re.compile(r"^[\"“'‘].*[.,!?—-][\"”'’]$")
SUMMARY_SHARE = 0.85  # the same for titles of whole sentences


def attach_titles(book: Book, headings: Sequence[Candidate]) -> None:
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
            # A shout that opens a chapter ("TOM!") is printed like a title; only where most have such a title it is one.
            needed = TITLE_SHARE if SHOUT.search(block.text) else CAPITALS_SHARE
            if c in capitals and len(capitals) >= needed * len(group):
                while at < c.stop + 3 and _may_be_title(blocks, at, taken) and is_capitals(blocks[at].text):
                    at += 1
            elif not (c in capitals and SHOUT.search(block.text)) and (
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


def _have_summaries(book: Book, chapters: Sequence[Candidate], taken: set[int]) -> bool:
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
