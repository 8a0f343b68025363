"""What happens in a story, and what is only said, wished, remembered or denied to happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fabula.records.evidence import Evidence, Scope
from fabula.records.spans import Span


class Reality(StrEnum):
    """Whether it happens, by what its own clause says; who says so is the scope."""

    ACTUAL = "actual"
    NEGATED = "negated"  # it is said not to happen
    HABITUAL = "habitual"  # it happens again and again, or always: no single event
    HYPOTHETICAL = "hypothetical"  # it may, might, would happen; it is asked, ordered, supposed
    INTENDED = "intended"  # somebody wants, tries, means, is told to; or it will happen
    RECALLED = "recalled"  # it happened before the time that is told of


class Role(StrEnum):
    AGENT = "agent"  # who does it
    PATIENT = "patient"  # to whom or what it is done
    RECIPIENT = "recipient"  # who is given, told, shown it
    OTHER = "other"  # with, from, in, at, by whom or what


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part. mention: its id, None where the words are no mention."""

    role: Role
    span: Span
    mention: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """trigger: the word that tells it ("ran", "the battle"), lemma: its lemma; participants in the order of the roles.

    evidence: the trigger, the participants and the words that decide `reality`; its probability is that of an actual event's
    happening, or else that it is none that happens.
    """

    id: int
    trigger: Span
    lemma: str
    participants: tuple[Participant, ...]
    reality: Reality
    scope: Scope
    evidence: Evidence

    @property
    def told_at(self) -> int:
        """The offset at which all of it has been read."""
        return max(self.evidence.told_at, self.trigger.end, *(p.span.end for p in self.participants))
