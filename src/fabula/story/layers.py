"""The records of a stored story, each layer fetched when it is first asked for."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from fabula.errors import DamagedStoryError
from fabula.records import (
    Anchor,
    AsideKind,
    Attribution,
    Book,
    Chapter,
    Evidence,
    Gender,
    GenderCue,
    Identity,
    Mention,
    MentionKind,
    MentionType,
    NameKind,
    Note,
    Notice,
    Paragraph,
    Quote,
    QuoteKind,
    Span,
    SpanList,
)
from fabula.story.store import PARAGRAPH_KINDS, unpack


class StoredLayers:
    """What a story's database holds, as records.

    `path` names the file in errors. A fault of the database raises DamagedStoryError.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError, KeyError, TypeError, EOFError, UnicodeDecodeError) as error:
            raise DamagedStoryError(self._path, str(error)) from error

    def _rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        with self._reading():
            return self._connection.execute(query, arguments).fetchall()

    def backup_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole database into another one."""
        with self._reading():
            self._connection.backup(target)

    @cached_property
    def _described(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM book"))

    @cached_property
    def book(self) -> Book:
        said = self._described
        with self._reading():
            extra = tuple((name, value) for name, value in self._rows("SELECT name, value FROM metadata ORDER BY position"))
            return Book(said["title"], said["author"], said["language"], int(said["words"]), said["sha256"], said["source"], said["format"], extra)

    @cached_property
    def layers(self) -> tuple[str, ...]:
        with self._reading():
            return tuple(json.loads(self._described["layers"]))

    @property
    def written_by(self) -> str:
        return self._described.get("written_by", "")

    @cached_property
    def string(self) -> str:
        return "".join(body for (body,) in self._rows("SELECT body FROM text_piece ORDER BY start"))

    @cached_property
    def length(self) -> int:
        """The length of the text in code points, without reading it."""
        ((length,),) = self._rows("SELECT coalesce(max(start + length(body)), 0) FROM text_piece")
        return int(length)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        rows = self._rows("SELECT number, start, end, label, title, heading, part, part_title FROM chapter ORDER BY number")
        return tuple(Chapter(n, Span(start, end), *rest) for n, start, end, *rest in rows)

    @cached_property
    def _structure(self) -> tuple[bytes, bytes, bytes]:
        with self._reading():
            ((paragraphs, kinds, emphasis),) = self._rows("SELECT paragraphs, kinds, emphasis FROM structure")
            return paragraphs, kinds, emphasis

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        packed, letters, _ = self._structure
        with self._reading():
            return tuple(Paragraph(span, PARAGRAPH_KINDS[letter]) for span, letter in zip(unpack(packed), letters.decode("ascii"), strict=True))

    @cached_property
    def emphasis(self) -> SpanList:
        with self._reading():
            return unpack(self._structure[2])

    def _tokens_or_sentences(self, column: str) -> SpanList:
        joined = SpanList.of(())
        for start, packed in self._rows(f"SELECT start, {column} FROM text_piece ORDER BY start"):
            with self._reading():
                piece = unpack(packed, start)
            joined.starts.extend(piece.starts)
            joined.ends.extend(piece.ends)
        return joined

    @cached_property
    def sentences(self) -> SpanList:
        return self._tokens_or_sentences("sentences")

    @cached_property
    def tokens(self) -> SpanList:
        return self._tokens_or_sentences("tokens")

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        rows = self._rows("SELECT position, name, line, element FROM anchor JOIN source_file ON source_file.id = anchor.file ORDER BY anchor.id")
        return tuple(Anchor(*row) for row in rows)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        with self._reading():
            return tuple(Note(AsideKind(kind), title, body, at) for kind, title, body, at in self._rows("SELECT kind, title, body, at FROM note ORDER BY id"))

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(Notice(kind, message, Span(start, end)) for kind, message, start, end in self._rows("SELECT kind, message, start, end FROM notice ORDER BY id"))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        rows = self._rows("SELECT id, start, end, kind, type, character, name_kind FROM mention ORDER BY id")
        with self._reading():
            kinds, types = {k.value: k for k in MentionKind}, {t.value: t for t in MentionType}
            name_kinds: dict[str | None, NameKind | None] = {None: None, **{k.value: k for k in NameKind}}
            return tuple(Mention(i, Span(start, end), kinds[kind], types[type_], who, name_kinds[name]) for i, start, end, kind, type_, who, name in rows)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        with self._reading():
            return tuple(Quote(i, _spans(parts), QuoteKind(kind)) for i, kind, parts in self._rows("SELECT id, kind, parts FROM quote ORDER BY id"))

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        rows = self._rows("SELECT quote, speaker, cue_start, cue_end, manner, evidence, reader, probability FROM attribution ORDER BY quote")
        with self._reading():
            return tuple(
                Attribution(quote, speaker, Span(start, end), manner, Evidence(_spans(spans), reader, probability))
                for quote, speaker, start, end, manner, spans, reader, probability in rows
            )

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        rows = self._rows("SELECT one, other, evidence, reader, probability FROM identity ORDER BY id")
        with self._reading():
            return tuple(Identity(one, other, Evidence(_spans(spans), reader, probability)) for one, other, spans, reader, probability in rows)

    @cached_property
    def gender_cues(self) -> tuple[GenderCue, ...]:
        with self._reading():
            return tuple(
                GenderCue(who, Gender(gender), Span(start, end))
                for who, gender, start, end in self._rows("SELECT character, gender, start, end FROM gender_cue ORDER BY id")
            )

    def search(self, query: str) -> tuple[int, ...]:
        """The indices of the paragraphs that hold all of a query's words (or its "quoted phrases"), best first."""
        terms = [f'"{term}"' for term in _terms(query)]
        if not terms:
            return ()
        return tuple(row for (row,) in self._rows("SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank", " ".join(terms)))


def _terms(query: str) -> Iterator[str]:
    """The words and phrases of a query; a mark that could be syntax is none.

    >>> list(_terms('"the red coat" Anna* OR'))
    ['the red coat', 'Anna*', 'OR']
    """
    for index, piece in enumerate(query.split('"')):
        if index % 2:
            if piece.strip():
                yield piece.strip()
        else:
            yield from piece.split()


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text))
