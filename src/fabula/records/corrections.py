"""What the user says of the people of a story and of who speaks, against what the readers found.

A correction points into the text by its words, never by an offset or an id, so that it outlives an edited manuscript. What a
correction says that mentions and identities cannot hold (a name to show, a gender, the members of a group, who speaks) is `Given`.
"""

from __future__ import annotations

from dataclasses import dataclass

from fabula.records.people import Gender
from fabula.records.spans import Span

SURROUNDINGS = 40  # characters kept on either side of quoted words


@dataclass(frozen=True, slots=True)
class Place:
    """Words of the text, and what stands around them, by which they are found again.

    All white space is one space. chapter: a number counted through the book, or a title; None if it may be any.
    """

    words: str
    before: str = ""
    after: str = ""
    chapter: int | str | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """A character: a name, and one mention.

    place: None where the name alone is to tell, which it does if only one character is called so.
    """

    name: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two characters are one."""

    one: Who
    other: Who


@dataclass(frozen=True, slots=True)
class Split:
    """Some of a character's names, or some mentions, are somebody else's: all of them one other person's.

    name: what that one is called; "" is the commonest of the names.
    """

    who: Who
    names: tuple[str, ...] = ()
    mentions: tuple[Place, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """The name to show for a character."""

    who: Who
    name: str


@dataclass(frozen=True, slots=True)
class NotAPerson:
    """What was taken for a character is none."""

    who: Who


@dataclass(frozen=True, slots=True)
class Grouping:
    """A character is a group, with these members (none: it is not said who); or it is no group."""

    who: Who
    members: tuple[Who, ...] = ()
    is_group: bool = True


@dataclass(frozen=True, slots=True)
class SetGender:
    """The gender of a character."""

    who: Who
    gender: Gender


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    """Who says a quotation; None: it is not known who.

    quote: the words of its first part, with their marks.
    """

    quote: Place
    speaker: Who | None


@dataclass(frozen=True, slots=True)
class SetAddressees:
    """Who is spoken to in a quotation, given as in `SetSpeaker`; none: it is not known who."""

    quote: Place
    addressees: tuple[Who, ...]


PeopleCorrection = Merge | Split | Rename | NotAPerson | Grouping | SetGender
VoiceCorrection = SetSpeaker | SetAddressees
Correction = PeopleCorrection | VoiceCorrection


@dataclass(frozen=True, slots=True)
class Outcome:
    """A correction, and why it could not be applied: a sentence, "" where it was."""

    correction: Correction
    why: str = ""


@dataclass(frozen=True, slots=True)
class GivenName:
    """The name to show for whoever this character, before folding, turns out to be."""

    character: int
    name: str


@dataclass(frozen=True, slots=True)
class GivenGender:
    character: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class GivenGroup:
    character: int
    is_group: bool
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GivenSpeaker:
    """Who says a quotation, as the id of a mention; None: it is not known who."""

    quote: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class GivenAddressees:
    """Who is spoken to in a quotation, as the ids of mentions."""

    quote: int
    addressees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of characters, ids before folding; of two that contradict each other the later one holds.

    struck: mentions that name no person. speakers, addressees: one at most of each quotation.
    """

    names: tuple[GivenName, ...] = ()
    genders: tuple[GivenGender, ...] = ()
    groups: tuple[GivenGroup, ...] = ()
    struck: tuple[Span, ...] = ()
    speakers: tuple[GivenSpeaker, ...] = ()
    addressees: tuple[GivenAddressees, ...] = ()


NOTHING_GIVEN = Given()
