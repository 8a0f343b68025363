"""THE ORDER: from a manuscript to the records of a story, one reader after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fabula.errors import DamagedSourceError, EmptySourceError
from fabula.readers.cast.names import resolve_names
from fabula.readers.mentions import find_mentions
from fabula.readers.quotes import find_quotes
from fabula.readers.speakers import attribute_quotes
from fabula.records import AsideKind, Book, Manuscript, Notice, Span, StoryRecords, Text
from fabula.source import read_manuscript
from fabula.story.tables import count_words
from fabula.text.compose import compose_text
from fabula.text.english import is_english

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins: one of STAGES."""

LONGEST_PARAGRAPH = 10_000_000  # characters: three times War and Peace
LONGEST_TITLE = 80  # characters
_BY = re.compile(r"(?:[Ww]ritten )?[Bb][Yy] (.{2,60})")
_FILE_NUMBER = re.compile(r"^\d+ ")

STAGES = ("source", "text", "quotes", "people", "speakers")


def _silent(_stage: str) -> None:
    """Progress that nobody watches."""


def read_records(path: Path, *, progress: Progress = _silent) -> StoryRecords:
    """Read a book file or a folder into the records of its story.

    Raises SourceError if it cannot be read: among them EmptySourceError if there is no prose in it.
    """
    progress("source")
    return build_records(read_manuscript(path), path, progress=progress)


def build_records(manuscript: Manuscript, path: Path, *, progress: Progress = _silent) -> StoryRecords:
    """The records of a manuscript. `path` is only named, not read."""
    longest = max((len(block.text) for block in manuscript.blocks), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise DamagedSourceError(path, f"it has a paragraph of {longest:,} characters", "no story has; give one with its line ends")
    progress("text")
    text = compose_text(manuscript)
    if not any(text.quote(token)[:1].isalnum() for token in text.tokens):
        raise EmptySourceError(path, "there is no prose in it")
    english = is_english(text)
    if not english:
        text = replace(text, notices=(*text.notices, _foreign(manuscript)))
    book = _describe(manuscript, text, path, english=english)
    progress("quotes")
    quotes, notices = find_quotes(text)
    text = replace(text, notices=tuple(sorted((*text.notices, *notices), key=lambda n: n.span)))
    if not english:
        return StoryRecords(book, text, ("quotes",), quotes)
    progress("people")
    mentions, identities, gender_cues = resolve_names(text, find_mentions(text, quotes))
    progress("speakers")
    attributions = attribute_quotes(text, quotes, mentions)
    return StoryRecords(
        book, text, ("quotes", "mentions", "cast", "speakers"), quotes, mentions, identities, gender_cues, attributions
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
