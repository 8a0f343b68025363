"""What the explorer's pages are told: the answers of the API, and what it takes.

Offsets are code points of the text, half-open. People are named by the ids of the view that answers; a chapter by its `index`, from
0. `tests/web/snapshots` holds an answer of each kind, which the tests of the front end read.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from fabula.records import Span
from fabula.story.corrections.sentences import CorrectionLine

# --- people and places


class Person(Struct, frozen=True):
    """Somebody in a line.

    named: False for somebody without a name, of whom `name` is a description. rank: 0 is the most mentioned. hue: one of the twelve
    colours for the foremost, None for all others.
    """

    id: int
    name: str
    n_mentions: int
    n_quotes: int
    gender: str
    narrator: bool
    group: bool
    named: bool
    rank: int
    hue: int | None


People = Mapping[int, Person]
"""Everybody who is named by an id in an answer."""


class Place(Struct, frozen=True):
    """Words of the text, and the chapter that they stand in."""

    start: int
    end: int
    chapter: int


class Passage(Struct, frozen=True):
    """Words of the text within the sentence, or sentences, that they stand in.

    start, end: the words; marked: where they are in `text`; also: other words that matter there, likewise.
    """

    start: int
    end: int
    chapter: int
    text: str
    marked: Span
    also: Span | None = None


class Passages(Struct, frozen=True):
    """Some of `total` passages, in text order."""

    total: int
    passages: tuple[Passage, ...]


class Counted(Struct, frozen=True):
    """A string, and how often it is used."""

    text: str
    count: int


class CompanyCount(Struct, frozen=True):
    """Another person, and how often."""

    id: int
    n: int


# --- the story and its chapters


class ChapterLine(Struct, frozen=True):
    """A chapter in the table of contents. read: whether it has been; of one that has not been, the title is ""."""

    index: int
    label: str
    title: str
    part: str
    start: int
    end: int
    words: int
    read: bool


class StoryAnswer(Struct, frozen=True):
    """A story at a glance. version: changes with the story's file and with its corrections."""

    version: str
    title: str
    author: str
    words: int
    language: str
    layers: tuple[str, ...]
    corrections: int
    corrections_unfit: int
    notices: int
    until: int | None
    chapters: tuple[ChapterLine, ...]
    n_people: int
    n_quotes: int
    n_unsure: int
    text_sha256: str


class ParagraphText(Struct, frozen=True):
    start: int
    end: int
    text: str
    kind: str


class PersonMention(Struct, frozen=True):
    """Words that mean a person; kind: name, nominal or pronoun."""

    start: int
    end: int
    kind: str
    person: int


class QuoteLine(Struct, frozen=True):
    """A quotation. probability: of the speaker, None where nobody is known; sure: whether it need not be looked at.

    corrected: the user has said who speaks, or to whom. cue: the words that say who speaks. why: what decided upon the speaker,
    by the name of its reader.
    """

    id: int
    start: int
    end: int
    parts: tuple[Span, ...]
    kind: str
    speaker: int | None
    addressees: tuple[int, ...]
    probability: float | None
    manner: str | None
    cue: Span | None
    sure: bool
    corrected: bool
    why: str | None


class ChapterAnswer(Struct, frozen=True):
    """A chapter to be read; mentions by where they start, the longer of two first; emphasis: what is in italics."""

    index: int
    label: str
    title: str
    start: int
    end: int
    paragraphs: tuple[ParagraphText, ...]
    mentions: tuple[PersonMention, ...]
    quotes: tuple[QuoteLine, ...]
    emphasis: tuple[Span, ...]
    people: People


# --- people


class CastPerson(Person, frozen=True, kw_only=True):
    """Somebody in the cast; aliases and descriptions: the commonest.

    presence: how often in each chapter from that of `first` to that of `last`: most people of a long novel are in one alone.
    """

    aliases: tuple[Counted, ...]
    descriptions: tuple[Counted, ...]
    first: Place
    last: Place
    presence: tuple[int, ...]
    members: tuple[int, ...]


class CastAnswer(Struct, frozen=True):
    people: tuple[CastPerson, ...]


class Alias(Struct, frozen=True):
    """A name, or a description; kind: full, first, last, titled, nickname, single."""

    text: str
    count: int
    kind: str
    first: Place


class AddressLine(Struct, frozen=True):
    """What somebody is called to the face; by: who calls, None where it is not known."""

    by: int | None
    text: str
    count: int


class PersonAnswer(Person, frozen=True, kw_only=True):
    """All about one person; company, speaks_to and spoken_to_by by falling count; presence: how often in each chapter read."""

    aliases: tuple[Alias, ...]
    descriptions: tuple[Alias, ...]
    first: Passage
    last: Passage
    presence: tuple[int, ...]
    by_kind: Mapping[str, int]
    quotes: int
    pronouns: tuple[Counted, ...]
    gender_evidence: tuple[Counted, ...]
    addressed: tuple[AddressLine, ...]
    company: tuple[CompanyCount, ...]
    speaks_to: tuple[CompanyCount, ...]
    spoken_to_by: tuple[CompanyCount, ...]
    manners: tuple[Counted, ...]
    members: tuple[int, ...]
    in_groups: tuple[int, ...]
    people: People


# --- what is said


class QuoteText(QuoteLine, frozen=True, kw_only=True):
    """A quotation with its words, without what the narration says between its parts."""

    chapter: int
    text: str


class QuotesAnswer(Struct, frozen=True):
    """Some of `total` quotations, in text order."""

    total: int
    quotes: tuple[QuoteText, ...]
    people: People


class VoiceCell(Struct, frozen=True):
    """How many quotations somebody says to somebody; None: it is not known who, or to whom."""

    from_: int | None = field(name="from")
    to: int | None
    n: int


class ChapterVoiceCell(Struct, frozen=True):
    """The same of one chapter."""

    chapter: int
    from_: int | None = field(name="from")
    to: int | None
    n: int


class VoicesAnswer(Struct, frozen=True):
    """Who says how much to whom; people: those who say most, and are told most, first."""

    people: tuple[int, ...]
    cells: tuple[VoiceCell, ...]
    by_chapter: tuple[ChapterVoiceCell, ...]
    people_by_id: People


class ScriptLine(Struct, frozen=True):
    """A piece of a chapter as it is to be spoken; kind: narration, speech, thought, writing; quote: its id, None of narration."""

    kind: str
    text: str
    start: int
    end: int
    quote: int | None
    speaker: int | None
    addressees: tuple[int, ...]
    manner: str | None
    probability: float | None


class ScriptAnswer(Struct, frozen=True):
    lines: tuple[ScriptLine, ...]
    people: People


# --- search


class SearchAnswer(Struct, frozen=True):
    """People who go by a name, and some of `total` passages that hold all the words."""

    people: tuple[Person, ...]
    passages: tuple[Passage, ...]
    total: int


# --- corrections


class CorrectionsAnswer(Struct, frozen=True):
    items: tuple[CorrectionLine, ...]
    can_undo: bool


class Corrected(Struct, frozen=True):
    """What came of a correction: the story's new version, how many there are now, and what it says."""

    version: str
    number: int
    message: str


class Problem(Struct, frozen=True):
    """Why there is no answer: a sentence, and what to do."""

    error: str
    hint: str | None = None


# --- what is asked for: ids are those that `version` has answered, for the same `until`


class MergeAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="merge", tag_field="kind"):
    version: str
    characters: tuple[int, int]


class SplitAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="split", tag_field="kind"):
    """names, or mentions by their spans, are somebody else's, who is called `as`."""

    version: str
    character: int
    names: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    called: str | None = field(name="as", default=None)


class RenameAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="rename", tag_field="kind"):
    version: str
    character: int
    name: str


class NotAPersonAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="not_a_person", tag_field="kind"):
    version: str
    character: int


class GenderAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="gender", tag_field="kind"):
    version: str
    character: int
    gender: str


class GroupAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="group", tag_field="kind"):
    """members: None says that the character is no group."""

    version: str
    character: int
    members: tuple[int, ...] | None = ()


class SpeakerAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="speaker", tag_field="kind"):
    """speaker: None says that it is not known."""

    version: str
    quote: int
    speaker: int | None


class AddresseesAsked(Struct, frozen=True, forbid_unknown_fields=True, tag="addressees", tag_field="kind"):
    version: str
    quote: int
    addressees: tuple[int, ...]


Asked = MergeAsked | SplitAsked | RenameAsked | NotAPersonAsked | GenderAsked | GroupAsked | SpeakerAsked | AddresseesAsked


class UndoAsked(Struct, frozen=True, forbid_unknown_fields=True):
    version: str
