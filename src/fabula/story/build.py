"""THE ORDER: from a manuscript to the records of a story, one reader after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from fabula.errors import DamagedSourceError, EmptySourceError, NotReadError
from fabula.readers.quotes import find_quotes
from fabula.records import (
    AsideKind,
    Book,
    Correction,
    Manuscript,
    Notice,
    Outcome,
    Quote,
    Span,
    StoryRecords,
    Text,
    TextReading,
)
from fabula.source import read_manuscript
from fabula.story.corrections.voices import about_people
from fabula.story.progress import Progress, silent
from fabula.story.resolving import Resolver, correct_quotes
from fabula.story.tables import count_words
from fabula.text.compose import compose_text
from fabula.text.english import is_english


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


_NO_CACHE: Mapping[str, bytes] = MappingProxyType({})


def read_records(
    path: Path,
    *,
    progress: Progress = silent,
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
    progress: Progress = silent,
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
    resolver = _read_language(StoryRecords(book, text, ("quotes",), quotes), model, cache, progress)
    return resolver.resolve(corrections, progress=progress)


class Correctable:
    """The records of a story, to be corrected as often as the user likes: its people resolved anew, from its own text.

    What the reading model said of the text is taken from the records; model: None is that of the package. Raises NotReadError where
    no people were looked for.
    """

    def __init__(self, records: StoryRecords, *, model: LanguageModel | None = None) -> None:
        if "cast" not in records.layers:
            raise NotReadError("people")
        self.records = records
        self._model = None if "tags" not in records.layers else model or ShippedModel()
        self._resolver: Resolver | None = None

    def prepare(self, *, progress: Progress = silent) -> Resolver:
        """Find out of the text what every correction of people needs, once. Raises ModelError."""
        if self._resolver is None:
            records = self.records
            read = StoryRecords(records.book, records.text, ("quotes",), records.quotes)
            cache = {segment.key: segment.reading for segment in records.segments}
            self._resolver = _read_language(read, self._model, cache, progress, earlier=records)
        return self._resolver

    def correct(self, corrections: Sequence[Correction], *, progress: Progress = silent) -> StoryRecords:
        """The records with these corrections instead of those that they have; they stay as they are. Raises ModelError."""
        if about_people(corrections) == about_people([outcome.correction for outcome in self.records.corrections]):
            progress("speakers", 0.0)
            return correct_quotes(self.records, corrections)
        return self.prepare(progress=progress).resolve(corrections, progress=progress)


def _read_language(
    records: StoryRecords,
    model: LanguageModel | None,
    cache: Mapping[str, bytes],
    progress: Progress,
    *,
    earlier: StoryRecords | None = None,
) -> Resolver:
    """What resolves the people of English prose in which the quotations are found. earlier: of another reading of the same text."""
    reading = None
    if model is not None:
        progress("language", 0.0)
        reading = model.read_text(records.text, records.quotes, cache=cache, progress=lambda share: progress("language", share))
        records = replace(records, layers=("quotes", "tags"), tags=reading.tags, segments=reading.segments)
    return Resolver(records, reading, progress=progress, earlier=earlier)


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
