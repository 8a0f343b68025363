"""What is said, thought and written in quotation marks, and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fabula.records.evidence import Evidence
from fabula.records.spans import Span


class QuoteKind(StrEnum):
    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"


class QuoteSide(StrEnum):
    """What the user may say of a quotation."""

    SPEAKER = "speaker"
    ADDRESSEES = "addressees"


SURE = 0.8
"""The probability from which on a speaker counts as sure; evaluation/RESULTS.md has how many of those are right, as "sure"."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, with their marks: several parts where the narration interrupts or a new paragraph begins.

    speaker and addressees are characters' ids, filled by the view that folds the attributions in; a reader leaves them empty.
    corrected: what the user says of it; a speaker who is None is then known to be unknown.
    """

    id: int
    parts: tuple[Span, ...]
    kind: QuoteKind
    speaker: int | None = None
    addressees: tuple[int, ...] = ()
    cue: Span | None = None
    manner: str = ""
    probability: float = 0.0
    corrected: tuple[QuoteSide, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether there is nothing to look at: the speaker is sure, or the user has said who it is, or that nobody is known."""
        return QuoteSide.SPEAKER in self.corrected or (self.speaker is not None and self.probability >= SURE)

    @property
    def span(self) -> Span:
        """From the first part's start to the last one's end, interruptions included."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quote, and to whom: `speaker` and `addressees` are ids of mentions, not yet of characters.

    cue: the words that say so ("said Tom"), None where none do. manner: the verb's lemma where it says more than "say"
    ("whisper"), else "".
    """

    quote: int
    speaker: int
    cue: Span | None
    manner: str
    evidence: Evidence
    addressees: tuple[int, ...] = ()
