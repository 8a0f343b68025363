"""Corrections in words, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from fabula.records import (
    Correction,
    Gender,
    Grouping,
    Merge,
    NotAPerson,
    Rename,
    SetAddressees,
    SetGender,
    SetSpeaker,
    Split,
    Who,
)
from fabula.story.corrections.places import shorten, show_place


class Said(NamedTuple):
    """What a correction says: its kind, of whom, and what."""

    kind: str
    character: str
    what: str


def describe(correction: Correction) -> str:
    """A correction as a sentence without its stop.

    >>> describe(Rename(Who("Mr. Hale"), "Tom Hale"))
    'Mr. Hale is shown as Tom Hale'
    """
    _, who, what = describe_parts(correction)
    return f"{who} {what}"


class CorrectionLine(Struct, frozen=True):
    """A correction in a list, for people and programs; number: as it stands in the file, from 1.

    state: "applied"; "does not fit", and why; "not applied yet" where the file has been edited since.
    """

    number: int
    kind: str
    character: str
    what: str
    state: str
    why: str


def line_of(number: int, correction: Correction, why: str | None) -> CorrectionLine:
    """why: it does not fit, "" if it does, None if that was not tried yet."""
    state = "not applied yet" if why is None else "does not fit" if why else "applied"
    return CorrectionLine(number, *describe_parts(correction), state, why or "")


def describe_parts(correction: Correction) -> Said:
    """Subject and predicate of `describe`, with the kind."""
    match correction:
        case Merge(one, other):
            return Said("merge", one.name, f"is {other.name}")
        case Split(who, names, mentions, name):
            quoted = [", ".join(names)] if names else []
            quoted += [show_place(mentions[0])] if len(mentions) == 1 else [f"{len(mentions)} mentions"] if mentions else []
            return Said("split", who.name, f"without {' and '.join(quoted)}" + (f", who is {name}" if name else ""))
        case Rename(who, name):
            return Said("rename", who.name, f"is shown as {name}")
        case NotAPerson(who):
            return Said("not-a-person", who.name, "is no person")
        case Grouping(who, members, is_group):
            return Said("group", who.name, _describe_group(members, is_group=is_group))
        case SetGender(who, gender):
            return Said("gender", who.name, f"is {gender.value}" if gender is not Gender.UNKNOWN else "is of unknown gender")
        case SetSpeaker(quote, speaker):
            if speaker is None:
                return Said("speaker", "nobody", f"is known to say {shorten(quote.words)}")
            return Said("speaker", speaker.name, f"says {shorten(quote.words)}")
        case SetAddressees(quote, addressees):
            verb = "is known to be" if not addressees else "is" if len(addressees) == 1 else "are"
            return Said("addressees", _listed(addressees) or "nobody", f"{verb} spoken to in {shorten(quote.words)}")


def _describe_group(members: Sequence[Who], *, is_group: bool) -> str:
    if not is_group:
        return "is no group"
    return f"is a group: {', '.join(m.name for m in members)}" if members else "is a group"


def _listed(people: Sequence[Who]) -> str:
    """
    >>> _listed([Who("Ann"), Who("Tom"), Who("Mrs. Reed")])
    'Ann, Tom and Mrs. Reed'
    """
    names = [who.name for who in people]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
