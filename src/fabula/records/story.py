"""Everything that one reading of a book yields."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.records.corrections import NOTHING_GIVEN, Given, Outcome
from fabula.records.events import Event
from fabula.records.language import PackedSegment, Tags
from fabula.records.people import GenderCue, Group, Identity, Mention, Narrator
from fabula.records.speech import Attribution, Quote
from fabula.records.text import Book, Text


@dataclass(frozen=True, slots=True)
class StoryRecords:
    """The records of a story, as the readers leave them: nothing folded yet.

    layers: the names of the readers that ran, in their order. What a reader that did not run would have found is empty here and
    unknown to every view.
    tags: a word's grammar for every token; None where the pass did not run. segments: what the pass said, for the next reading.
    corrections: those of the user, in the order in which they stand, with what became of each. given: what they say of characters
    beyond mentions and identities.
    """

    book: Book
    text: Text
    layers: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    identities: tuple[Identity, ...] = ()
    gender_cues: tuple[GenderCue, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    tags: Tags | None = None
    events: tuple[Event, ...] = ()
    segments: tuple[PackedSegment, ...] = ()
    narrators: tuple[Narrator, ...] = ()
    groups: tuple[Group, ...] = ()
    given: Given = NOTHING_GIVEN
    corrections: tuple[Outcome, ...] = ()
