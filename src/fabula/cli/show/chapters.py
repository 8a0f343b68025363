"""`fabula show STORY chapters`: the parts and chapters, by the numbers that `--until` takes."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Cell, Column, Fit
from fabula.cli.views import chapter_heading, chapter_number, require_cast

HEADS = (
    Column("no.", right=True),
    Column("part", Fit.CUT),
    Column("chapter", Fit.CUT),
    Column("words", right=True),
    Column("quotes", right=True),
)
FIELDS = ("number", "part", "part_title", "label", "heading", "title", "words", "quotes", "start", "end")


class ChapterRecord(Struct, frozen=True):
    """A chapter; part and label are None where it has none. start, end: code points."""

    number: int
    part: int | None
    part_title: str
    label: int | None
    heading: str
    title: str
    name: str
    words: int
    quotes: int
    start: int
    end: int


def list_chapters(view: StoryView, of: str | None) -> Listing[ChapterRecord]:
    """The chapters of a view; if a name is given, those that name that person. Raises NoSuchCharacterError, NotReadError."""
    chapters = view.chapters
    if of is not None:
        require_cast(view)
        seen = {chapter_number(view, m.span.start) for m in view.mentions_of(view.cast.find(of))}
        chapters = tuple(c for c in chapters if c.number in seen)
    said = Counter(chapter_number(view, q.span.start) for q in view.quotes)
    records = [
        ChapterRecord(
            c.number,
            c.part or None,
            c.part_title,
            c.label or None,
            c.heading,
            c.title,
            chapter_heading(c),
            view.count_words(c.span),
            said[c.number],
            *c.span,
        )
        for c in chapters
    ]
    return Listing(records, HEADS, _cells, FIELDS, _csv, ("chapter", "chapters"))


def _cells(one: ChapterRecord) -> tuple[Cell, ...]:
    return str(one.number), one.part_title, one.name, f"{one.words:,}", f"{one.quotes:,}"


def _csv(one: ChapterRecord) -> tuple[object, ...]:
    return one.number, one.part, one.part_title, one.label, one.heading, one.title, one.words, one.quotes, one.start, one.end
