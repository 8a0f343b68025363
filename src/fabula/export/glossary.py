"""The people of a story as a glossary, for those who translate it or read it aloud: names, gender, forms of address, first passage.

`docs/reference/glossary.md` is its description, the structs here the schema of its JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from fabula.export.sheets import Cell, encode_csv, encode_markdown
from fabula.records import Character
from fabula.story.address import Address, count_addresses
from fabula.story.pronouns import pronouns_of
from fabula.story.story import StoryView

FORMAT = "fabula-glossary"
VERSION = 1
MOST_DESCRIPTIONS = 8  # in a table's cell; the JSON has all
HEADS = (
    *("name", "names", "also called", "gender", "pronouns", "addressed as", "narrator", "group", "mentions", "lines"),
    *("first chapter", "first passage", "id"),
)


class Counted(Struct, frozen=True):
    text: str
    count: int


class Reference(Struct, frozen=True):
    """Another person; `name` as in `Entry`."""

    id: int
    name: str


class Caller(Struct, frozen=True):
    """Who uses a form of address, and how often."""

    id: int
    name: str
    count: int


class FormOfAddress(Struct, frozen=True):
    """What others call somebody in speech; by: those who are known to, the others are only counted."""

    text: str
    count: int
    by: tuple[Caller, ...]


class FirstPassage(Struct, frozen=True):
    """The first mention: its chapter, the code point at which it starts, and its sentence; "" where that is not told to its end."""

    chapter: int | None
    start: int
    sentence: str


class Entry(Struct, frozen=True):
    """One person. names is empty for somebody without a name; `name` is then a description.

    descriptions: what else they are called, the commonest first. pronouns: of the third person, that stand for them.
    lines: how many quotations are known to be theirs.
    """

    id: int
    name: str
    names: tuple[Counted, ...]
    descriptions: tuple[Counted, ...]
    gender: str
    pronouns: tuple[Counted, ...]
    addressed: tuple[FormOfAddress, ...]
    narrator: bool
    group: bool
    members: tuple[Reference, ...]
    member_of: tuple[Reference, ...]
    mentions: int
    lines: int
    first: FirstPassage


class Glossary(Struct, frozen=True, kw_only=True):
    """The document. end: the code point of the text as far as it reaches."""

    format: str = FORMAT
    version: int = VERSION
    title: str
    author: str
    end: int
    entries: tuple[Entry, ...]


def describe_glossary(view: StoryView, *, least: int = 1, with_text: bool = True) -> Glossary:
    """The people who are mentioned `least` times or more, the most mentioned first.

    with_text: if False, there is nothing of the book's words but names: no passages, descriptions, nor people without a name.
    """
    addresses, lines = count_addresses(view), Counter(q.speaker for q in view.quotes)
    people = [c for c in view.cast if c.n_mentions >= least and (with_text or c.names)]
    groups: dict[int, list[Character]] = {}
    for group in people:
        for member in group.members:
            groups.setdefault(member, []).append(group)
    listed = {c.id: c for c in people}
    entries = tuple(
        Entry(
            c.id,
            c.name,
            tuple(Counted(n.text, n.count) for n in c.names),
            tuple(Counted(d.text, d.count) for d in c.descriptions) if with_text else (),
            c.gender.value,
            tuple(Counted(form, n) for form, n in pronouns_of(view, c).items()),
            tuple(_describe_address(a, view) for a in addresses.get(c.id, ()) if with_text or _is_name(a.text, c)),
            c.narrator,
            c.group,
            tuple(Reference(m, listed[m].name) for m in c.members if m in listed),
            tuple(Reference(g.id, g.name) for g in groups.get(c.id, ())),
            c.n_mentions,
            lines[c.id],
            _describe_first(c, view, with_text=with_text),
        )
        for c in people
    )
    return Glossary(title=view.book.title, author=view.book.author, end=view.end, entries=entries)


def _is_name(text: str, character: Character) -> bool:
    return any(text.casefold() == name.text.casefold() for name in character.names)


def _describe_address(address: Address, view: StoryView) -> FormOfAddress:
    known = ((view.cast.by_id(speaker), n) for speaker, n in address.speakers if speaker is not None)
    return FormOfAddress(address.text, address.count, tuple(Caller(c.id, c.name, n) for c, n in known if c.names))


def _describe_first(character: Character, view: StoryView, *, with_text: bool) -> FirstPassage:
    chapter = view.chapter_at(character.first).number if view.chapters else None
    sentence = view.quote(view.sentence_at(character.first)) if with_text else ""
    return FirstPassage(chapter, character.first, sentence)


def glossary_as_json(glossary: Glossary) -> bytes:
    """The document in UTF-8, set in for those who read it."""
    return msgspec.json.format(msgspec.json.encode(glossary), indent=2) + b"\n"


def glossary_as_csv(glossary: Glossary) -> bytes:
    """A table for spreadsheets."""
    return encode_csv(HEADS, map(_row, glossary.entries))


def glossary_as_markdown(glossary: Glossary) -> bytes:
    """A heading and a table."""
    author = f", by {glossary.author}" if glossary.author else ""
    return encode_markdown(f"{glossary.title}{author}: the people", HEADS, map(_row, glossary.entries))


def _row(one: Entry) -> tuple[Cell, ...]:
    return (
        one.name if one.names else f"({one.name})",
        _join(one.names),
        _join(one.descriptions[:MOST_DESCRIPTIONS]),
        one.gender,
        _join(one.pronouns),
        "; ".join(_show_address(a) for a in one.addressed),
        "yes" if one.narrator else "",
        "; ".join(_show_groups(one)),
        one.mentions,
        one.lines,
        one.first.chapter if one.first.chapter is not None else "",
        one.first.sentence,
        one.id,
    )


def _join(counted: Sequence[Counted]) -> str:
    return "; ".join(f"{c.text} {c.count}" for c in counted)


def _show_address(address: FormOfAddress) -> str:
    by = ", ".join(f"{c.name} {c.count}" for c in address.by)
    return f"{address.text} {address.count}" + (f" (by {by})" if by else "")


def _show_groups(one: Entry) -> list[str]:
    members = f" of {', '.join(m.name for m in one.members)}" if one.members else ""
    return ([f"group{members}"] if one.group else []) + [f"one of {g.name}" for g in one.member_of]
