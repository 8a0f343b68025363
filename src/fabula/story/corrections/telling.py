"""Corrections in words."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.records import Correction, Gender, Grouping, Merge, NotAPerson, Rename, SetGender, Split, Who
from fabula.story.corrections.places import show_place


def tell(correction: Correction) -> tuple[str, str, str]:
    """The kind of a correction, the character, and what is said of it."""
    match correction:
        case Merge(one, other):
            return "merge", one.name, f"is {other.name}"
        case Split(who, names, mentions, name):
            quoted = [", ".join(names)] if names else []
            quoted += [show_place(mentions[0])] if len(mentions) == 1 else [f"{len(mentions)} mentions"] if mentions else []
            return "split", who.name, f"without {' and '.join(quoted)}" + (f", who is {name}" if name else "")
        case Rename(who, name):
            return "rename", who.name, f"is shown as {name}"
        case NotAPerson(who):
            return "not-a-person", who.name, "is no person"
        case Grouping(who, members, is_group):
            return "group", who.name, _describe_group(members, is_group=is_group)
        case SetGender(who, gender):
            return "gender", who.name, f"is {gender.value}" if gender is not Gender.UNKNOWN else "is of unknown gender"


def _describe_group(members: Sequence[Who], *, is_group: bool) -> str:
    if not is_group:
        return "is no group"
    return f"is a group: {', '.join(m.name for m in members)}" if members else "is a group"


def describe(correction: Correction) -> str:
    """A correction as a sentence without its stop.

    >>> describe(Rename(Who("Mr. Hale"), "Tom Hale"))
    'Mr. Hale is shown as Tom Hale'
    """
    _, who, what = tell(correction)
    return f"{who} {what}"


def state_of(why: str | None) -> str:
    """What became of a correction. why: it does not fit, "" if it does, None if that was not tried yet."""
    return "not applied yet" if why is None else "does not fit" if why else "applied"
