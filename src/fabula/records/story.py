"""Everything that one reading of a book yields."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.records.people import GenderCue, Identity, Mention
from fabula.records.speech import Attribution, Quote
from fabula.records.text import Book, Text


@dataclass(frozen=True, slots=True)
class StoryRecords:
    """The records of a story, as the readers leave them: nothing folded yet.

    layers: the names of the readers that ran, in their order. What a reader that did not run would have found is empty here and
    unknown to every view.
    """

    book: Book
    text: Text
    layers: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    identities: tuple[Identity, ...] = ()
    gender_cues: tuple[GenderCue, ...] = ()
    attributions: tuple[Attribution, ...] = ()
