"""The people of a story: mentions, and what makes several mentions one character.

What is stored are mentions, each with the character that its own words point to, and separate statements (`Identity`) that two
such characters are one, each with the offset at which the reader has been told. A `Character` is what a view folds out of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fabula.records.evidence import Evidence
from fabula.records.spans import Span


class MentionKind(StrEnum):
    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class MentionType(StrEnum):
    PERSON = "person"
    LOCATION = "location"
    FACILITY = "facility"
    GEOPOLITICAL = "geopolitical"
    VEHICLE = "vehicle"
    ORGANIZATION = "organization"


class Gender(StrEnum):
    UNKNOWN = "unknown"
    FEMALE = "female"
    MALE = "male"


class NameKind(StrEnum):
    FULL = "full"  # given and family name
    FIRST = "first"
    LAST = "last"
    TITLED = "titled"  # "Mrs. Hale"
    NICKNAME = "nickname"
    SINGLE = "single"  # one word, and nothing says which part of a name it is


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to somebody or something. `character` is the id before any `Identity` is folded in.

    head: the number of the token that the others hang on ("the *mother* of Tom"). probability: that the words are such a mention.
    Both are None where only rules have found it.
    """

    id: int
    span: Span
    kind: MentionKind
    type: MentionType
    character: int | None
    name_kind: NameKind | None = None
    head: int | None = None
    probability: float | None = None

    def of(self, character: int | None) -> Mention:
        """The same words, of this character; in a third of the time that `dataclasses.replace` takes."""
        return Mention(self.id, self.span, self.kind, self.type, character, self.name_kind, self.head, self.probability)


@dataclass(frozen=True, slots=True)
class Identity:
    """That two characters are one and the same, from `evidence.told_at` on."""

    one: int
    other: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class GenderCue:
    """Words that speak for a character's gender: a title, a pronoun."""

    character: int
    gender: Gender
    span: Span


@dataclass(frozen=True, slots=True)
class Narrator:
    """That a character tells the story, or a part of it, as "I"; `character` before any `Identity` is folded in."""

    character: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Group:
    """That a character is several ("the Emersons"), and that another one is of them; both before any `Identity` is folded in."""

    character: int
    member: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CharacterName:
    """One string that names or describes a character: how often, of which kind, and where first. A description's kind is SINGLE."""

    text: str
    count: int
    kind: NameKind
    first: Span


@dataclass(frozen=True, slots=True)
class Character:
    """One person as far as the view reaches, or several who act as one.

    name: what to show: one of `names`; of somebody without a name the foremost description ("the old woman"), or "the narrator".
    names: the strings of name mentions, by falling count. descriptions: those of nominal mentions ("the old woman"), likewise.
    gender_cues: how many words speak for a gender, whichever it is. narrator: whether they tell the story. group: whether it is
    several; members: the ids of those of them who are known. n_mentions: of all kinds; first, last: where the first and the last
    of them start.
    """

    id: int
    name: str
    names: tuple[CharacterName, ...]
    gender: Gender
    gender_cues: int
    narrator: bool
    group: bool
    members: tuple[int, ...]
    n_mentions: int
    first: int
    last: int
    descriptions: tuple[CharacterName, ...] = ()
