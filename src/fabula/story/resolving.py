"""Who is who in a text and who speaks, resolved as often as the user corrects it; what no correction changes is found once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.readers.attributions import attribute_heard
from fabula.readers.cast.binding import bind_mentions
from fabula.readers.cast.ground import Ground, lay_ground
from fabula.readers.cast.groups import find_groups
from fabula.readers.cast.introductions import Introduction, find_introductions
from fabula.readers.cast.likely_genders import find_likely_genders
from fabula.readers.cast.likely_speakers import find_likely_speakers
from fabula.readers.cast.names import fold_identities, resolve_names
from fabula.readers.cast.people import GENDER_EVIDENCE, resolve_people
from fabula.readers.conversations import Voices
from fabula.readers.cues import read_cues
from fabula.readers.documents import attribute_documents
from fabula.readers.events import KnownEvents, find_events
from fabula.readers.genitives import trim_genitives
from fabula.readers.joining import join_links, join_mentions
from fabula.readers.mentions import find_mentions
from fabula.readers.speakers import attribute_by_parse, attribute_quotes
from fabula.readers.turns import find_pronoun_cues
from fabula.records import (
    Correction,
    Gender,
    GenderCue,
    Identity,
    Mention,
    PeopleCorrection,
    StoryRecords,
    TextReading,
    VoiceCorrection,
)
from fabula.story.corrections.applying import Corrected, correct_names, correct_people, outcomes_of
from fabula.story.corrections.voices import about_people, about_voices, correct_voices
from fabula.story.progress import Progress, silent


class _Read(NamedTuple):
    """What the reading model makes known of a text. unsaid: voices, without those whom a verb of speech names."""

    reading: TextReading
    ground: Ground
    unsaid: Voices
    introductions: Sequence[Introduction]


class Resolver:
    """Resolves the people of a text.

    records: of English prose with its quotations, and with tags if the reading model has read it: else reading is None. earlier: of
    another reading of the same text.
    """

    def __init__(
        self,
        records: StoryRecords,
        reading: TextReading | None,
        *,
        progress: Progress = silent,
        earlier: StoryRecords | None = None,
    ) -> None:
        progress("people", 0.0)
        text, quotes = records.text, records.quotes
        self._records = records
        found = () if reading is None else trim_genitives(text, reading.tags, reading.mentions)
        names = find_mentions(text, quotes, found)
        self._read: _Read | None = None
        self._events: KnownEvents | None = None
        if reading is None:
            self._names = resolve_names(text, names, quotes)
            return
        progress("people", 0.2)
        mentions, of_read = join_mentions(text, reading.tags, names, found)
        links = join_links(reading.antecedents, of_read), join_links(reading.attributes, of_read)
        speaking = join_links(reading.speakers, of_read, rows_are_mentions=False)
        likely = {quote: mentions[at].span for quote, at in find_likely_speakers(mentions, links[0], speaking).items()}
        self._names = resolve_names(text, names, quotes, likely, find_likely_genders(text, mentions, links[0]))
        mentions = _with_names(mentions, self._names[0])
        unsaid = Voices(
            speaking,
            join_links(reading.named, of_read, rows_are_mentions=False),
            (),
            read_cues(text, quotes, reading.tags),
            find_pronoun_cues(text, quotes),
        )
        progress("people", 0.4)
        introductions = find_introductions(text, reading.tags, mentions)
        ground = lay_ground(text, quotes, mentions, *links, bind_mentions(text, reading.tags, mentions))
        self._read = _Read(reading, ground, unsaid, introductions)
        if earlier is not None and earlier.tags == reading.tags:
            self._events = KnownEvents(earlier.events, earlier.mentions)

    def resolve(self, corrections: Sequence[Correction], *, progress: Progress = silent) -> StoryRecords:
        """The records with the people and their voices, as the readers find them and the user corrects them."""
        progress("people", 0.6)
        about = about_people(corrections)
        text = self._records.text
        names = correct_names(text, *self._names, about)
        leader = fold_identities(names.mentions, names.identities)
        groups = find_groups(text, names.mentions, leader, names.gender_cues)
        records = replace(self._records, layers=(*self._records.layers, "mentions", "cast"), groups=groups)
        if self._read is None:
            records = _correct_people(records, names, names.mentions, names.identities, about)
            named = [m for m in records.mentions if m.character is not None]
            said = attribute_quotes(text, records.quotes, named)
            records = replace(records, layers=(*records.layers, "speakers"), attributions=said)
        else:
            records = self._resolve_read(records, names, leader, about, self._read, progress)
        return correct_quotes(records, corrections)

    def _resolve_read(
        self,
        records: StoryRecords,
        names: Corrected,
        leader: dict[int, int],
        corrections: Sequence[PeopleCorrection],
        read: _Read,
        progress: Progress,
    ) -> StoryRecords:
        text, quotes, tags = records.text, records.quotes, read.reading.tags
        mentions = _with_names(read.ground.mentions, names.mentions)
        named = [m for m in mentions if m.character is not None]
        said = attribute_by_parse(text, quotes, tags, read.unsaid.cues, named, attribute_quotes(text, quotes, named))
        said = attribute_documents(text, quotes, named, said)
        voices = read.unsaid._replace(said=said)
        people = resolve_people(read.ground, mentions, names.identities, _told_genders(names), voices, read.introductions)
        identities = (*names.identities, *people.identities)
        records = replace(records, narrators=people.narrators)
        records = _correct_people(records, names, people.mentions, identities, corrections)
        progress("events", 0.0)
        events = find_events(text, quotes, tags, read.reading.event_log_odds, records.mentions, known=self._events)
        self._events = KnownEvents(events, records.mentions)
        records = replace(records, layers=(*records.layers, "events"), events=events)
        progress("speakers", 0.0)
        attributions = attribute_heard(text, quotes, tags, people.mentions, said, people.heard, leader)
        return replace(records, layers=(*records.layers, "speakers"), attributions=attributions)


def _with_names(mentions: Sequence[Mention], names: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions of everything with the characters and the kinds of the names among them, as they are found or corrected."""
    named = {name.span: name for name in names}
    return tuple(
        m
        if (name := named.get(m.span)) is None or (name.character, name.name_kind) == (m.character, m.name_kind)
        else replace(m, character=name.character, name_kind=name.name_kind)
        for m in mentions
    )


def _told_genders(names: Corrected) -> tuple[GenderCue, ...]:
    """The cues of people's genders, for whom pronouns mean: a gender that the user gives is as good as enough of them."""
    first = {m.character: m.span for m in reversed(names.mentions)}
    given = [
        GenderCue(one.character, one.gender, first[one.character])
        for one in names.given.genders
        if one.gender is not Gender.UNKNOWN and one.character in first
    ]
    return (*names.gender_cues, *(given * GENDER_EVIDENCE))


def _correct_people(
    records: StoryRecords,
    names: Corrected,
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    corrections: Sequence[PeopleCorrection],
) -> StoryRecords:
    """The records with their people, as the user has corrected them; names: what came of the corrections of names."""
    people = correct_people(records.text, mentions, identities, names.gender_cues, names.given, names.left)
    return replace(
        records,
        mentions=people.mentions,
        identities=people.identities,
        gender_cues=people.gender_cues,
        given=people.given,
        corrections=outcomes_of(corrections, (*names.unmatched, *people.unmatched)),
    )


def correct_quotes(records: StoryRecords, corrections: Sequence[Correction]) -> StoryRecords:
    """The records with their quotations as the user has corrected them; what became of the corrections of people is in them."""
    given = replace(records.given, speakers=(), addressees=())
    voices = correct_voices(*(records.text, records.quotes, records.mentions, records.identities, given, about_voices(corrections)))
    unmatched = [o for o in records.corrections if o.why and not isinstance(o.correction, VoiceCorrection)]
    return replace(
        records,
        given=replace(given, speakers=voices.speakers, addressees=voices.addressees),
        corrections=outcomes_of(corrections, (*unmatched, *voices.unmatched)),
    )
