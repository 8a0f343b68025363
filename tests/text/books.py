"""Make books for the tests: any headings, with prose between them."""

from __future__ import annotations

import textwrap

from fabula.records import Block, Chapter, Manuscript, Text
from fabula.source.plaintext import read_plaintext
from fabula.text.compose import compose_text

SENTENCES = (
    "The carrier left the parcel with the miller's wife, and nobody asked who had sent it.",
    "By noon the rain had stopped, though the gutters ran on as if they had not been told.",
    "She counted the spoons twice, found eleven, and said nothing of it to her brother.",
    "On the hill the sheep stood with their backs to the wind and waited for the dog.",
    "There was a letter on the table, unopened, and the lamp had burnt down beside it.",
)


def prose(seed: int = 0, paragraphs: int = 6) -> str:
    """Paragraphs of prose, wrapped at 70 columns, blank lines between; the first words tell the seed."""
    made = []
    for n in range(paragraphs):
        order = [SENTENCES[(seed + n + k) % len(SENTENCES)] for k in range(5)]
        made.append(textwrap.fill(" ".join([f"In the house number {seed}-{n} it was still.", *order]), 70))
    return "\n\n".join(made)


def book(*headings: str, gap: str = "\n\n\n\n", below: str = "\n\n", paragraphs: int = 6) -> str:
    """A novel whose chapters have these headings, each with prose of its own."""
    return gap.join(f"{heading}{below}{prose(n, paragraphs)}" for n, heading in enumerate(headings, 1))


def read(text: str) -> Text:
    return compose_text(read_plaintext(text, file="book.txt", sha256="0"))


def chapters(text: str) -> tuple[Chapter, ...]:
    return read(text).chapters


def titles(text: str) -> list[tuple[int, str]]:
    """Label and title of every chapter."""
    return [(chapter.label, chapter.title) for chapter in chapters(text)]


def made_of(*blocks: Block) -> Text:
    return compose_text(Manuscript(blocks, "html", "0"))
