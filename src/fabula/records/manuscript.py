"""What a source gives: a file turned into blocks of prose, before it is one text.

A source says what the file says and no more: `<h2>` is a heading, a line of three stars is a break. Whether a paragraph that
reads "CHAPTER II." opens a chapter is decided later, and alike for every format, by `fabula.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fabula.records.spans import Span


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"  # only where the markup says so; plain text never does
    VERSE = "verse"  # its lines are parted by "\n"
    INSET = "inset"  # set in from the margin: a letter, a sign, a quotation
    BREAK = "break"  # a scene break; its text is the sign as printed ("* * *"), or empty for a rule


class Anchor(NamedTuple):
    """From code point `offset` of a block's text on, the source stands at this line of this file, in this element.

    `file` is a path inside the archive or folder, or the file's own name; `line` counts from 1, 0 where the format has no
    lines; `element` says where in the markup, in the format's own terms ("p[12]", "#ch2"), "" in plain text.
    """

    offset: int
    file: str
    line: int
    element: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a stanza, a break.

    text: the characters of the source as they are, except that hard-wrapped lines are joined by one space, runs of white
        space are one space, and marks of emphasis (`_`, `*`, tags) are taken out. No leading or trailing white space.
    anchors: at least one, the first at offset 0. In plain text one for every source line.
    level: of a heading, 1 the outermost; else 0.
    gap: blank lines before it in plain text, else 1. indent: columns that its first line is set in, or 0.
    emphasis: stretches of `text` in italics or bold.
    """

    kind: BlockKind
    text: str
    anchors: tuple[Anchor, ...]
    level: int = 0
    gap: int = 1
    indent: int = 0
    emphasis: tuple[Span, ...] = ()


class AsideKind(StrEnum):
    PREFACE = "preface"
    FOOTNOTE = "footnote"
    AUTHOR_NOTE = "author_note"
    SUMMARY = "summary"
    FRONT = "front"  # title page, dedication, contents, copyright
    BACK = "back"  # afterword, index, advertisements, a licence
    ILLUSTRATION = "illustration"


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of the book that are not its story, kept apart: a preface, a footnote, an author's note.

    block, offset: where the story stood when it was met (for a footnote, its mark); `block` indexes `Manuscript.blocks`, and equals
    their number for what follows the last one.
    """

    kind: AsideKind
    text: str
    block: int
    offset: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something wrong with the file that was read past; it becomes a Notice at the block `block`."""

    kind: str
    message: str
    block: int = 0


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file as blocks of prose, with what it says about itself.

    title, author, language: "" where the file does not say. language is a BCP 47 tag as found ("en-GB").
    format: "epub", "docx", "odt", "rtf", "markdown", "html", "text", "folder".
    metadata: whatever else the file says, as (name, value): ("rating", "Teen"), ("published", "1813").
    sha256: of the file's bytes; of a folder, of its files' names and bytes in order.
    """

    blocks: tuple[Block, ...]
    format: str
    sha256: str
    title: str = ""
    author: str = ""
    language: str = ""
    asides: tuple[Aside, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    oddities: tuple[Oddity, ...] = ()
