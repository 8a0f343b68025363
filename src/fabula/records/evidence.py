"""Why a statement is made: the words, the reader that found them, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fabula.records.spans import Span


class Scope(StrEnum):
    """Who says so. A lie in dialogue is not a fact of the story."""

    NARRATION = "narration"
    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """spans: the words, never empty; reader: the name of the reader that found them; probability: from 0 to 1."""

    spans: tuple[Span, ...]
    reader: str
    probability: float

    @property
    def told_at(self) -> int:
        """The offset at which the reader of the book has been told: the end of the last necessary words."""
        return max(span.end for span in self.spans)


@dataclass(frozen=True, slots=True)
class Notice:
    """A fault of the file or of its reading, with its place; reading goes on."""

    kind: str
    message: str
    span: Span
