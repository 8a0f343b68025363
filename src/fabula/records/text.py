"""The text of a story and its structure: one string, and spans into it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from fabula.records.evidence import Notice
from fabula.records.manuscript import Anchor, AsideKind
from fabula.records.spans import Span, SpanList


class ParagraphKind(StrEnum):
    PROSE = "prose"
    VERSE = "verse"
    INSET = "inset"
    HEADING = "heading"
    BREAK = "break"

    @property
    def is_prose(self) -> bool:
        """Whether the story is told in it: not a heading, not a break."""
        return self not in (ParagraphKind.HEADING, ParagraphKind.BREAK)


@dataclass(frozen=True, slots=True)
class Paragraph:
    span: Span
    kind: ParagraphKind


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, from its heading to the next one's.

    number: counted from 1 through the whole book. label: the number as its heading has it, in figures, 0 if none; it may
    begin anew in every part. title: without "Chapter 3", "" if none. heading: as printed, "" if it has none.
    part: the number of the part, book or volume that it belongs to, counted from 1 through the whole book, 0 where the book has
    no parts;
    part_title: that part's heading as printed ("PART I: MOSQUE"), the outer one first where parts nest ("VOLUME II, BOOK I").
    """

    number: int
    span: Span
    label: int = 0
    title: str = ""
    heading: str = ""
    part: int = 0
    part_title: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the book outside its story. `at` is the offset in the text at which they stood or were called for."""

    kind: AsideKind
    title: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the source file; `column` counts code points from 1 within what follows `line` or `element`."""

    file: str
    line: int
    column: int
    element: str


@dataclass(frozen=True, slots=True)
class Book:
    """What the book is. `n_words` counts tokens that hold a letter or a figure."""

    title: str
    author: str
    language: str
    n_words: int
    sha256: str
    source: str
    format: str
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One string and its structure; every span of every record quotes it.

    paragraphs cover the text but for the two line ends between them. sentences lie within paragraphs, tokens within sentences;
    headings have tokens and are one sentence each; breaks have none.
    anchors: the way back to the source, their offsets in this text, growing.
    """

    string: str
    paragraphs: tuple[Paragraph, ...]
    chapters: tuple[Chapter, ...]
    sentences: SpanList
    tokens: SpanList
    anchors: tuple[Anchor, ...] = ()
    emphasis: SpanList = field(default_factory=lambda: SpanList.of(()))
    notes: tuple[Note, ...] = ()
    notices: tuple[Notice, ...] = ()

    def quote(self, span: Span) -> str:
        return self.string[span.start : span.end]


def locate(anchors: tuple[Anchor, ...], offset: int) -> Location:
    """Where in the source the character at `offset` of the text stands.

    >>> locate((Anchor(0, "a.txt", 1), Anchor(40, "a.txt", 2)), 45)
    Location(file='a.txt', line=2, column=6, element='')
    """
    at = anchors[max(0, bisect_right(anchors, offset, key=lambda a: a.offset) - 1)]
    return Location(at.file, at.line, offset - at.offset + 1, at.element)
