"""Stories in which whoever is marked is a character: `[0 Tom] saw [1 the old [2 woman]]`, by numbers; `-` has none."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula import Story
from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.records import Mention, MentionKind, MentionType, NameKind, Span
from tests.stories import make_records

_MARK = re.compile(r"\[(\d+|-|\*) |\]")


def make_told(marked: str) -> Story:
    """A story of a marked passage. A mention with a capital is a name, but for pronouns; `*` is a thing, and nobody."""
    string, mentions, open_ = "", list[tuple[Span, str]](), list[tuple[int, str]]()
    at = 0
    for mark in _MARK.finditer(marked):
        string += marked[at : mark.start()]
        at = mark.end()
        if mark[0] == "]":
            start, who = open_.pop()
            mentions.append((Span(start, len(string)), who))
        else:
            open_.append((len(string), mark[1]))
    string += marked[at:]
    records = make_records(string)
    return Story.from_records(
        replace(records, mentions=tuple(_mention(number, string, *one) for number, one in enumerate(sorted(mentions))))
    )


def _mention(number: int, string: str, span: Span, who: str) -> Mention:
    words = string[slice(*span)]
    kind = (
        MentionKind.PRONOUN
        if words.casefold() in PRONOUN_PERSONS
        else MentionKind.NAME
        if words[0].isupper()
        else MentionKind.NOMINAL
    )
    type_ = MentionType.VEHICLE if who == "*" else MentionType.PERSON
    name_kind = NameKind.SINGLE if kind is MentionKind.NAME and who.isdigit() else None
    return Mention(number, span, kind, type_, int(who) if who.isdigit() else None, name_kind, head=0, probability=0.9)
