"""`fabula show STORY cast`: the people, the most mentioned first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from fabula import StoryView
from fabula.cli.bars import group_size
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Bar, Cell, Column, Fit, Items
from fabula.cli.terminal import one_line
from fabula.cli.views import chapter_number, label_of, require_cast
from fabula.records import Character, Gender

MOST_ROWS = 30  # on the terminal, where nobody says how many
LONGEST_DESCRIPTION = 40  # code points, of somebody without a name, on the terminal
FIELDS = (
    *("id", "name", "other_names", "mentions", "quotes", "gender", "first_chapter", "last_chapter"),
    *("named", "names", "descriptions", "narrator", "group", "members"),
)


class NameRecord(Struct, frozen=True):
    """A name; `first` is the code point at which it stands first."""

    text: str
    count: int
    kind: str
    first: int


class DescriptionRecord(Struct, frozen=True):
    """What somebody is called besides names: "the old woman"; `first` as of a name."""

    text: str
    count: int
    first: int


class Reference(Struct, frozen=True):
    """Another person."""

    id: int
    name: str


class CastRecord(Struct, frozen=True):
    """A person; `first` and `last` are the code points of the first and the last mention.

    names is empty for somebody without a name, of whom `name` is a description. mentions: of all kinds; presence: how many of them
    each chapter has.
    """

    id: int
    name: str
    names: tuple[NameRecord, ...]
    descriptions: tuple[DescriptionRecord, ...]
    narrator: bool
    group: bool
    members: tuple[Reference, ...]
    mentions: int
    quotes: int
    gender: str
    first_chapter: int
    last_chapter: int
    first: int
    last: int
    presence: tuple[int, ...]


def list_cast(view: StoryView, of: str | None, *, least: int = 1) -> Listing[CastRecord]:
    """The people of a view who are mentioned so often at least; of one only, if a name is given.

    Raises NoSuchCharacterError, NotReadError.
    """
    require_cast(view)
    said = Counter(q.speaker for q in view.quotes)
    people = [view.cast.find(of)] if of is not None else [c for c in view.cast if c.n_mentions >= least]
    numbers = [c.number for c in view.chapters]
    heads = (
        Column("name"),
        Column("also", Fit.ITEMS),
        Column("seen", right=True),
        Column("says", right=True),
        Column("gender"),
        Column("ch."),
        Column(f"ch. {numbers[0]}-{numbers[-1]}" if numbers else "", Fit.BAR),
    )
    return Listing(
        [record_of(view, c, said[c.id]) for c in people],
        heads,
        partial(_cells, view),
        (*FIELDS, *(f"chapter_{n}" for n in numbers)),
        _csv,
        ("person", "people"),
        MOST_ROWS,
        partial(_explain, len(numbers)),
    )


def _explain(n_chapters: int, widths: Sequence[int]) -> str:
    """What a mark of the bars is, where it is more than a chapter."""
    size = group_size(n_chapters, widths[-1]) if widths[-1] else 1
    return f"a mark of the bars is {size} chapters" if size > 1 else ""


def record_of(view: StoryView, character: Character, quotes: int) -> CastRecord:
    """What is known of a person at a glance; quotes: how many are known to be theirs."""
    return CastRecord(
        character.id,
        character.name,
        tuple(NameRecord(n.text, n.count, n.kind.value, n.first.start) for n in character.names),
        tuple(DescriptionRecord(d.text, d.count, d.first.start) for d in character.descriptions),
        character.narrator,
        character.group,
        tuple(Reference(m.id, m.name) for m in members_of(view, character)),
        character.n_mentions,
        quotes,
        character.gender.value,
        chapter_number(view, character.first),
        chapter_number(view, character.last),
        character.first,
        character.last,
        view.presence_of(character),
    )


def members_of(view: StoryView, group: Character) -> list[Character]:
    """Those members of a group who are in the view."""
    return [c for c in view.cast if c.id in group.members] if group.members else []


def _cells(view: StoryView, one: CastRecord) -> tuple[Cell, ...]:
    character = view.cast.by_id(one.id)
    chapters = f"{one.first_chapter}" if one.first_chapter == one.last_chapter else f"{one.first_chapter}-{one.last_chapter}"
    others = [n for n in character.names or character.descriptions if n.text.casefold() != one.name.casefold()]
    members = tuple(f"= {m.name}" for m in one.members)
    return (
        _name(view, character) + (", narrator" if one.narrator and one.names else ", group" if one.group else ""),
        Items((*members, *(f"{n.text} {n.count:,}" for n in others)), (*members, *(n.text for n in others))),
        f"{one.mentions:,}",
        f"{one.quotes:,}",
        "" if one.gender == Gender.UNKNOWN else one.gender,
        chapters,
        Bar(one.presence if len(one.presence) > 1 else ()),
    )


def _name(view: StoryView, character: Character) -> str:
    label = one_line(label_of(view, character))
    if character.names or len(label) <= LONGEST_DESCRIPTION:
        return label
    return f"{label[:LONGEST_DESCRIPTION].rsplit(' ', 1)[0]} ...)"


def _csv(one: CastRecord) -> tuple[object, ...]:
    others = "; ".join(n.text for n in one.names if n.text != one.name)
    return (
        *(one.id, one.name, others, one.mentions, one.quotes, one.gender, one.first_chapter, one.last_chapter),
        _truth(bool(one.names)),
        "; ".join(f"{n.text} {n.count}" for n in one.names),
        "; ".join(f"{d.text} {d.count}" for d in one.descriptions),
        _truth(one.narrator),
        _truth(one.group),
        "; ".join(m.name for m in one.members),
        *one.presence,
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"
