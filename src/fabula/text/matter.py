"""Say what of a book is not its story: title page, contents, preface before it; notes, index, advertisements after it.

Nothing that may be story is left out: prose without a heading before the first chapter stays, and so does whatever follows
"THE END" if it is much.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicons.divisions import BACK, FRONT, PREFACES
from fabula.records import AsideKind, Block, BlockKind
from fabula.text.headings import is_capitals, is_contents, name_of_matter

OPENING = 600  # code points of unheaded prose before the first chapter that are taken for story
SENTENCES = 200  # code points of a paragraph that is prose and no title page
CLOSING_SHARE = 0.15  # of the text: more than this after "THE END" is kept
BACK_SHARE = 0.30  # of the text: more than this under "NOTES" is kept
THE_END = re.compile(r"[^\w\"“”'‘’]*(?:the end|fin|finis|the end of the (?:story|book)|end)[^\w\"“”'‘’]*", re.IGNORECASE)
END_OF_PART = re.compile(
    r"[^\w\"“”'‘’]*(?:the )?end of (?:the )?(?!an? )(?:\w+[ -]?\w* )?(?:volume|vol|book|part|phase|period|act|narrative|prologue)\b"
    r"[^\"“”!?]{0,40}",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"copyright|©|all rights reserved|\bisbn\b|work of fiction|first published|published by|printed (?:in|by)|no part of this"
    r"|project gutenberg|this (?:e-?book|e-?text|text) |the text is that|patreon|http|www\.",
    re.IGNORECASE,
)
TRANSCRIBER = re.compile(r"\W*(?:transcriber|transcription|production) ?[’']?s?[’']? notes?\b", re.IGNORECASE)


class LeftOut(NamedTuple):
    """Blocks `start` to `stop` are not story."""

    kind: AsideKind
    start: int
    stop: int
    title: str = ""


def find_front(blocks: Sequence[Block], first: int, contents: set[int]) -> tuple[list[LeftOut], int]:
    """What of the blocks before `first`, the first heading, is not story; and where the story begins.

    contents: the blocks of a printed table of contents.
    """
    left: list[LeftOut] = []
    begin, kind, title, may_be_story = 0, AsideKind.FRONT, "", True

    def close(stop: int) -> None:
        if begin < stop:
            left.append(LeftOut(kind, begin, stop, title))

    for i in range(first):
        name = name_of_matter(blocks[i].text) if i not in contents and _stands_alone(blocks, i) else ""
        if name in PREFACES or name in FRONT or name in BACK:
            close(i)
            begin, title = i, blocks[i].text
            kind = AsideKind.PREFACE if name in PREFACES else AsideKind.FRONT
            may_be_story = is_contents(name)
    opening = _find_opening(blocks, begin, first, contents) if may_be_story else first
    close(opening)
    return left, opening


def _stands_alone(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    return block.kind is not BlockKind.BREAK and len(block.text) < 90 and block.text[-1] not in ",;"


def _find_opening(blocks: Sequence[Block], begin: int, first: int, contents: set[int]) -> int:
    """The first block of unheaded prose before the first heading; `first` if there is none."""
    prose = [
        i
        for i in range(begin, first)
        if i not in contents and blocks[i].kind is BlockKind.PARAGRAPH and len(blocks[i].text) >= 60 and is_sentence(blocks[i].text)
    ]
    if sum(len(blocks[i].text) for i in prose) < OPENING or not any(len(blocks[i].text) >= SENTENCES for i in prose):
        return first
    start = prose[0]
    # A short paragraph, a stanza or a date right above belongs to it; a title, in capitals or without an end, does not.
    while start > begin and start - 1 not in contents:
        above = blocks[start - 1]
        if above.kind is BlockKind.PARAGRAPH and (is_capitals(above.text) or above.text[-1] not in ".!?\"”’'—-:"):
            break
        if above.kind in (BlockKind.BREAK, BlockKind.HEADING) or RIGHTS.search(above.text) or above.text[:3].lower() == "by ":
            break
        start -= 1
    return start


def is_sentence(text: str) -> bool:
    return text[-1] in ".!?:,;\"”’'—-…)" and not RIGHTS.search(text) and not is_capitals(text)


def find_ends(blocks: Sequence[Block], start: int) -> list[LeftOut]:
    """Lines that only say that a part of the book is over."""
    return [
        LeftOut(AsideKind.BACK, i, i + 1)
        for i in range(start, len(blocks))
        if len(blocks[i].text) < 80 and blocks[i].kind is not BlockKind.BREAK and _says_end(blocks[i].text)
    ]


def _says_end(text: str) -> bool:
    if THE_END.fullmatch(text):
        return True
    return END_OF_PART.fullmatch(text) is not None and (is_capitals(text) or (text[0].isupper() and text[-1] not in ".!?"))


def find_back(blocks: Sequence[Block], last: int) -> list[LeftOut]:
    """What follows the story, whose last heading is `last`."""
    total = sum(len(block.text) for block in blocks)
    after = 0
    end, kind_of_cut = len(blocks), ""
    for i in range(len(blocks) - 1, last, -1):
        text = blocks[i].text
        if len(text) < 80 and THE_END.fullmatch(text) and after <= CLOSING_SHARE * total:
            end, kind_of_cut = i + 1, "end"
        elif _heads_back(blocks[i]) and after <= BACK_SHARE * total:
            # What the author says under "AFTERWORD" runs to the end; "NOTES" inside the last chapter does not.
            end, kind_of_cut = i, "back"
        after += len(text)
    if end >= len(blocks) or not kind_of_cut:
        return []
    if sum(len(block.text) for block in blocks[last + 1 : end]) < SENTENCES:
        return []
    title = blocks[end].text if kind_of_cut == "back" and len(blocks[end].text) < 90 else ""
    return [LeftOut(AsideKind.BACK, end, len(blocks), title)]


def _heads_back(block: Block) -> bool:
    text = block.text
    if TRANSCRIBER.match(text):
        return True
    if len(text) >= 90 or name_of_matter(text) not in BACK:
        return False
    return block.kind is BlockKind.HEADING or is_capitals(text) or (text[0].isupper() and text[-1] not in '.!?,;"”')


def find_transcriber(blocks: Sequence[Block]) -> int:
    """Where whoever typed the book begins to speak after it; the number of blocks if nobody does."""
    total = sum(len(block.text) for block in blocks)
    after, found = 0, len(blocks)
    for i in range(len(blocks) - 1, 0, -1):
        after += len(blocks[i].text)
        if after > CLOSING_SHARE * total:
            break
        if TRANSCRIBER.match(blocks[i].text):
            found = i
    return found
