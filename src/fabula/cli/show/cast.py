"""`fabula show STORY cast`: the people, the most named first."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Cell, Column, Fit
from fabula.cli.views import chapter_number, require_cast
from fabula.records import Character, Gender

HEADS = (
    Column("name"),
    Column("also", Fit.ITEMS),
    Column("named", right=True),
    Column("quotes", right=True),
    Column("gender"),
    Column("ch."),
)
FIELDS = ("id", "name", "other_names", "mentions", "quotes", "gender", "first_chapter", "last_chapter")


class NameRecord(Struct, frozen=True):
    """A name; `first` is the code point at which it stands first."""

    text: str
    count: int
    kind: str
    first: int


class CastRecord(Struct, frozen=True):
    """A person; `first` and `last` are the code points of the first and the last mention."""

    id: int
    name: str
    names: tuple[NameRecord, ...]
    mentions: int
    quotes: int
    gender: str
    first_chapter: int
    last_chapter: int
    first: int
    last: int


def list_cast(view: StoryView, of: str | None) -> Listing[CastRecord]:
    """The people of a view; of one only, if a name is given. Raises NoSuchCharacterError, NotReadError."""
    require_cast(view)
    said = Counter(q.speaker for q in view.quotes)
    people = [view.cast.find(of)] if of is not None else list(view.cast)
    return Listing([record_of(view, c, said[c.id]) for c in people], HEADS, _cells, FIELDS, _csv, ("person", "people"))


def record_of(view: StoryView, character: Character, quotes: int) -> CastRecord:
    """What is known of a person at a glance; quotes: how many are known to be theirs."""
    return CastRecord(
        character.id,
        character.name,
        tuple(NameRecord(n.text, n.count, n.kind.value, n.first.start) for n in character.names),
        character.n_mentions,
        quotes,
        character.gender.value,
        chapter_number(view, character.first),
        chapter_number(view, character.last),
        character.first,
        character.last,
    )


def _cells(one: CastRecord) -> tuple[Cell, ...]:
    chapters = f"{one.first_chapter}" if one.first_chapter == one.last_chapter else f"{one.first_chapter}-{one.last_chapter}"
    gender = "" if one.gender == Gender.UNKNOWN else one.gender
    return (
        one.name,
        tuple(f"{n.text} {n.count:,}" for n in one.names if n.text != one.name),
        f"{one.mentions:,}",
        f"{one.quotes:,}",
        gender,
        chapters,
    )


def _csv(one: CastRecord) -> tuple[object, ...]:
    others = "; ".join(n.text for n in one.names if n.text != one.name)
    return (one.id, one.name, others, one.mentions, one.quotes, one.gender, one.first_chapter, one.last_chapter)
