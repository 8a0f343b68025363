"""`fabula show STORY events`: what happens, and what is only said not to, meant, supposed, usual or remembered."""

from __future__ import annotations

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Cell, Column, Fit
from fabula.cli.terminal import Style
from fabula.cli.views import chapter_number, require_cast
from fabula.errors import NotReadError
from fabula.records import Event, Participant, Role

HEADS = (
    Column("id", right=True, style=Style.DIM),
    Column("ch.", right=True, style=Style.DIM),
    Column("event"),
    Column("reality"),
    Column("who, what", Fit.ITEMS),
    Column("text", Fit.CUT),
)
FIELDS = (
    *("id", "chapter", "lemma", "reality", "scope", "agents", "patients", "recipients", "others"),
    *("probability", "start", "end", "text"),
)


class ParticipantRecord(Struct, frozen=True):
    """Who or what takes part: the character's name, or the words where none is known; character is then None."""

    role: str
    name: str
    character: int | None


class EventRecord(Struct, frozen=True):
    """An event; start, end: the code points of the word that tells it. text: its sentence."""

    id: int
    chapter: int
    lemma: str
    reality: str
    scope: str
    participants: tuple[ParticipantRecord, ...]
    probability: float
    start: int
    end: int
    text: str


def list_events(view: StoryView, of: str | None) -> Listing[EventRecord]:
    """The events of a view; if a name is given, those in which that person takes part.

    Raises NoSuchCharacterError, NotReadError.
    """
    if "events" not in view.layers:
        raise NotReadError("events")
    if of is not None:
        require_cast(view)
    events = view.events if of is None else view.events_of(view.cast.find(of))
    return Listing([record_of(view, e) for e in events], HEADS, _cells, FIELDS, _csv, ("event", "events"))


def record_of(view: StoryView, event: Event) -> EventRecord:
    start, end = event.trigger
    return EventRecord(
        event.id,
        chapter_number(view, start),
        event.lemma,
        event.reality.value,
        event.scope.value,
        tuple(_describe(view, p) for p in event.participants),
        event.evidence.probability,
        start,
        end,
        view.quote(view.sentence_at(start)) or view.quote(event.trigger),
    )


def _describe(view: StoryView, one: Participant) -> ParticipantRecord:
    character = view.character_of(one)
    name = view.quote(one.span) if character is None else view.cast.by_id(character).name
    return ParticipantRecord(one.role.value, name, character)


def _cells(one: EventRecord) -> tuple[Cell, ...]:
    return str(one.id), str(one.chapter), one.lemma, one.reality, tuple(p.name for p in one.participants), one.text


def _csv(one: EventRecord) -> tuple[object, ...]:
    names = ("; ".join(p.name for p in one.participants if p.role == role.value) for role in Role)
    return one.id, one.chapter, one.lemma, one.reality, one.scope, *names, one.probability, one.start, one.end, one.text
