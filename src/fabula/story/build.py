"""THE ORDER: from a manuscript to the records of a story, one reader after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from fabula.errors import DamagedSourceError, EmptySourceError, NotReadError
from fabula.readers.attributions import attribute_heard
from fabula.readers.cast.groups import find_groups
from fabula.readers.cast.introductions import find_introductions
from fabula.readers.cast.names import fold_identities, resolve_names
from fabula.readers.cast.people import GENDER_EVIDENCE, resolve_people
from fabula.readers.conversations import Voices
from fabula.readers.cues import read_cues
from fabula.readers.events import KnownEvents, find_events
from fabula.readers.joining import join_links, join_mentions
from fabula.readers.mentions import find_mentions
from fabula.readers.quotes import find_quotes
from fabula.readers.speakers import attribute_by_parse, attribute_quotes
from fabula.records import (
    AsideKind,
    Book,
    Correction,
    Gender,
    GenderCue,
    Identity,
    Manuscript,
    Mention,
    Notice,
    Outcome,
    PeopleCorrection,
    Quote,
    Span,
    StoryRecords,
    Text,
    TextReading,
    VoiceCorrection,
)
from fabula.source import read_manuscript
from fabula.story.corrections.applying import Corrected, correct_names, correct_people, outcomes_of
from fabula.story.corrections.voices import about_people, about_voices, correct_voices
from fabula.story.tables import count_words
from fabula.text.compose import compose_text
from fabula.text.english import is_english

Progress = Callable[[str, float], None]
"""Called with the name of each stage, one of STAGES, and the share of it that is done: 0.0 as it begins."""


class LanguageModel(Protocol):
    """What makes the pass over a text."""

    def read_text(
        self, text: Text, quotes: Sequence[Quote], *, cache: Mapping[str, bytes], progress: Callable[[float], None]
    ) -> TextReading:
        """cache: packed segments of an earlier reading by their keys; progress: told the share done, now and then."""
        ...


LONGEST_PARAGRAPH = 10_000_000  # characters: three times War and Peace
LONGEST_TITLE = 80  # characters
_BY = re.compile(r"(?:[Ww]ritten )?[Bb][Yy] (.{2,60})")
_FILE_NUMBER = re.compile(r"^\d+ ")


class ShippedModel:
    """The reading model that is in the package; it is loaded when there is something that it has not read before."""

    def read_text(
        self, text: Text, quotes: Sequence[Quote], *, cache: Mapping[str, bytes], progress: Callable[[float], None]
    ) -> TextReading:
        """Raises ModelError where the model is missing or broken."""
        from fabula.language.tagging import open_model, read_language  # with ONNX Runtime

        return read_language(text, quotes, model=open_model(), cache=cache, progress=progress)


STAGES = ("source", "text", "quotes", "language", "people", "events", "speakers")


_NO_CACHE: Mapping[str, bytes] = MappingProxyType({})


def _silent(_stage: str, _share: float) -> None:
    """Progress that nobody watches."""


def read_records(
    path: Path,
    *,
    progress: Progress = _silent,
    model: LanguageModel | None = None,
    cache: Mapping[str, bytes] = _NO_CACHE,
    runs_the_pass: bool = True,
    corrections: Sequence[Correction] = (),
) -> StoryRecords:
    """Read a book file or a folder into the records of its story.

    model: None is that of the package, if `runs_the_pass`. cache: what it said of segments before. corrections: the user's.

    Raises SourceError if it cannot be read: among them EmptySourceError if there is no prose in it. Raises ModelError where the
    package's model is missing or broken.
    """
    progress("source", 0.0)
    manuscript = read_manuscript(path)
    if model is None and runs_the_pass:
        model = ShippedModel()
    return build_records(manuscript, path, progress=progress, model=model, cache=cache, corrections=corrections)


def build_records(
    manuscript: Manuscript,
    path: Path,
    *,
    progress: Progress = _silent,
    model: LanguageModel | None = None,
    cache: Mapping[str, bytes] = _NO_CACHE,
    corrections: Sequence[Correction] = (),
) -> StoryRecords:
    """The records of a manuscript. `path` is only named, not read. model: None leaves out what only the pass can tell."""
    longest = max((len(block.text) for block in manuscript.blocks), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise DamagedSourceError(path, f"it has a paragraph of {longest:,} characters", "no story has; give one with its line ends")
    progress("text", 0.0)
    text = compose_text(manuscript)
    if not any(text.quote(token)[:1].isalnum() for token in text.tokens):
        raise EmptySourceError(path, "there is no prose in it")
    english = is_english(text)
    if not english:
        text = replace(text, notices=(*text.notices, _foreign(manuscript)))
    book = _describe(manuscript, text, path, english=english)
    progress("quotes", 0.0)
    quotes, notices = find_quotes(text)
    text = replace(text, notices=tuple(sorted((*text.notices, *notices), key=lambda n: n.span)))
    if not english:
        unread = tuple(Outcome(correction, "the people of this story were not read") for correction in corrections)
        return StoryRecords(book, text, ("quotes",), quotes, corrections=unread)
    return _read_people(StoryRecords(book, text, ("quotes",), quotes), model, cache, progress, corrections)


def correct_records(
    records: StoryRecords,
    corrections: Sequence[Correction],
    *,
    progress: Progress = _silent,
    model: LanguageModel | None = None,
) -> StoryRecords:
    """The records of a story with these corrections instead of those it has: its people resolved anew, from its own text.

    What the reading model said of the text is taken from the records; model: None is that of the package. Raises NotReadError where
    no people were looked for, ModelError.
    """
    if "cast" not in records.layers:
        raise NotReadError("people")
    if about_people(corrections) == about_people([o.correction for o in records.corrections]):
        progress("speakers", 0.0)
        return _correct_voices(records, corrections)
    if "tags" not in records.layers:
        model = None
    elif model is None:
        model = ShippedModel()
    read = StoryRecords(records.book, records.text, ("quotes",), records.quotes)
    return _read_people(read, model, {s.key: s.reading for s in records.segments}, progress, corrections, earlier=records)


def _read_people(
    records: StoryRecords,
    model: LanguageModel | None,
    cache: Mapping[str, bytes],
    progress: Progress,
    corrections: Sequence[Correction],
    *,
    earlier: StoryRecords | None = None,
) -> StoryRecords:
    """All that comes after the quotations of English prose. earlier: the records of another reading of the same text."""
    reading = None
    if model is not None:
        progress("language", 0.0)
        reading = model.read_text(records.text, records.quotes, cache=cache, progress=lambda share: progress("language", share))
        records = replace(records, layers=("quotes", "tags"), tags=reading.tags, segments=reading.segments)
    found = _read_story(records, reading, progress, about_people(corrections), earlier)
    return _correct_voices(found, corrections)


def _read_story(
    records: StoryRecords,
    reading: TextReading | None,
    progress: Progress,
    corrections: Sequence[PeopleCorrection],
    earlier: StoryRecords | None,
) -> StoryRecords:
    """What the readers find in English prose. reading: None where the pass did not run."""
    text, quotes = records.text, records.quotes
    progress("people", 0.0)
    read = reading.mentions if reading is not None else ()
    resolved = resolve_names(text, find_mentions(text, quotes, read), quotes)
    names = correct_names(text, *resolved, corrections)
    leader = fold_identities(names.mentions, names.identities)
    records = replace(
        records, layers=(*records.layers, "mentions", "cast"), groups=find_groups(text, names.mentions, leader, names.gender_cues)
    )
    if reading is None:
        records = _correct_people(records, names, names.mentions, names.identities, corrections)
        named = [m for m in records.mentions if m.character is not None]
        return replace(records, layers=(*records.layers, "speakers"), attributions=attribute_quotes(text, quotes, named))
    mentions, of_read = join_mentions(text, reading.tags, names.mentions, reading.mentions)
    named = [m for m in mentions if m.character is not None]
    cues = read_cues(text, quotes, reading.tags)
    said = attribute_by_parse(text, quotes, reading.tags, cues, named, attribute_quotes(text, quotes, named))
    voices = Voices(
        join_links(reading.speakers, of_read, rows_are_mentions=False),
        join_links(reading.named, of_read, rows_are_mentions=False),
        said,
        cues,
    )
    links = join_links(reading.antecedents, of_read), join_links(reading.attributes, of_read)
    people = resolve_people(
        text,
        quotes,
        mentions,
        names.identities,
        _told_genders(names),
        *links,
        voices,
        find_introductions(text, reading.tags, mentions),
    )
    identities = (*names.identities, *people.identities)
    records = replace(records, narrators=people.narrators)
    records = _correct_people(records, names, people.mentions, identities, corrections)
    progress("events", 0.0)
    known = None
    if earlier is not None and earlier.tags == reading.tags:
        known = KnownEvents(earlier.events, earlier.mentions)
    events = find_events(text, quotes, reading.tags, reading.event_log_odds, records.mentions, known=known)
    records = replace(records, layers=(*records.layers, "events"), events=events)
    progress("speakers", 0.0)
    attributions = attribute_heard(text, quotes, reading.tags, people.mentions, said, people.heard, leader)
    return replace(records, layers=(*records.layers, "speakers"), attributions=attributions)


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


def _correct_voices(records: StoryRecords, corrections: Sequence[Correction]) -> StoryRecords:
    """The records with their quotations as the user has corrected them; what became of the corrections of people is in them."""
    given = replace(records.given, speakers=(), addressees=())
    voices = correct_voices(*(records.text, records.quotes, records.mentions, records.identities, given, about_voices(corrections)))
    unmatched = [o for o in records.corrections if o.why and not isinstance(o.correction, VoiceCorrection)]
    return replace(
        records,
        given=replace(given, speakers=voices.speakers, addressees=voices.addressees),
        corrections=outcomes_of(corrections, (*unmatched, *voices.unmatched)),
    )


def _describe(manuscript: Manuscript, text: Text, path: Path, *, english: bool) -> Book:
    n_words = count_words(text.string, text.tokens)
    language = manuscript.language or ("en" if english else "und")
    named = path.resolve()  # "." and ".." have no name of their own
    title, author = _read_title_page(text)
    title = manuscript.title or title or _title_from_name(named.name if manuscript.format == "folder" else named.stem)
    return Book(
        title, manuscript.author or author, language, n_words, manuscript.sha256, named.name, manuscript.format, manuscript.metadata
    )


def _read_title_page(text: Text) -> tuple[str, str]:
    """Title and author as the page before the story prints them; "" for what is not there.

    Only a short first line without a sentence's stop is a title.
    """
    page = next((note.text for note in text.notes if note.kind is AsideKind.FRONT and note.at == 0), "")
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    if (
        not lines
        or len(lines[0]) > LONGEST_TITLE
        or lines[0][-1] in ".!?,;:"
        or lines[0].lower().startswith(("by ", "to ", "chapter "))
    ):
        return "", ""
    author = next((found[1] for line in lines[1:4] if (found := _BY.fullmatch(line))), "")
    return lines[0], author


def _title_from_name(name: str) -> str:
    """A file's name as a title.

    >>> _title_from_name("2489_moby_dick"), _title_from_name("1984")
    ('moby dick', '1984')
    """
    return _FILE_NUMBER.sub("", re.sub(r"[_-]+", " ", name)).strip() or name


def _foreign(manuscript: Manuscript) -> Notice:
    said = (
        f" (the file says `{manuscript.language}`)"
        if manuscript.language and not manuscript.language.lower().startswith("en")
        else ""
    )
    return Notice("language", f"this does not look like English{said}: only the chapters and the quotations were read", Span(0, 0))
