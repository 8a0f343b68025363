"""The records of a stored story, each layer fetched when it is first asked for."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, wraps
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from fabula.errors import DamagedStoryError, StoryFileError
from fabula.records import (
    Anchor,
    AsideKind,
    Attribution,
    Book,
    Chapter,
    Event,
    Evidence,
    Gender,
    GenderCue,
    Given,
    GivenAddressees,
    GivenGender,
    GivenGroup,
    GivenName,
    GivenSpeaker,
    Group,
    Identity,
    Mention,
    Narrator,
    Note,
    Notice,
    Outcome,
    PackedSegment,
    Paragraph,
    Quote,
    QuoteKind,
    Span,
    SpanList,
    StoryRecords,
    Tags,
    Text,
)
from fabula.story.columns import unpack_events, unpack_mentions, unpack_tags
from fabula.story.corrections.plain import from_plain
from fabula.story.packing import unpack
from fabula.story.store import copy_in_memory, require_search
from fabula.story.tables import PARAGRAPH_KINDS, count_words

T = TypeVar("T")

# What wrong rows raise when records are made of them.
_FAULTS = (
    sqlite3.Error,
    zlib.error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    EOFError,
    RecursionError,
)


def _layer(read: Callable[[StoredLayers], T]) -> cached_property[T]:
    """A cached property whose faults are those of the story file."""

    @wraps(read)
    def guarded(self: StoredLayers) -> T:
        with self.reading():
            return read(self)

    return cached_property(guarded)


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
    def reading(self) -> Iterator[None]:
        """Where faults of the rows become DamagedStoryError; StoryFileError if the story has been closed."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise StoryFileError(f"the story `{self._path}` has been closed", "open it again") from error
        except _FAULTS as error:
            raise DamagedStoryError(self._path, str(error)) from error

    def _rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, arguments).fetchall()

    def _columns(self, layer: str) -> dict[str, bytes]:
        return dict(self._rows("SELECT name, numbers FROM packed WHERE layer = ?", layer))

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole database into another one. Raises sqlite3.Error where that one cannot be written."""
        self._connection.backup(target)

    def remember(self, records: StoryRecords) -> None:
        """Take what the database holds from these records, which are the same, and at hand."""
        text = records.text
        self.__dict__.update(
            book=records.book,
            layers=records.layers,
            string=text.string,
            paragraphs=text.paragraphs,
            chapters=text.chapters,
            sentences=text.sentences,
            tokens=text.tokens,
            anchors=text.anchors,
            emphasis=text.emphasis,
            notes=text.notes,
            notices=text.notices,
            quotes=records.quotes,
            mentions=records.mentions,
            identities=records.identities,
            gender_cues=records.gender_cues,
            attributions=records.attributions,
            tags=records.tags,
            events=records.events,
            segments=records.segments,
            narrators=records.narrators,
            groups=records.groups,
            given=records.given,
            corrections=records.corrections,
        )

    def load(self) -> sqlite3.Connection:
        """A copy of the whole database in memory."""
        with self.reading():
            return copy_in_memory(self._connection)

    @_layer
    def _described(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM book"))

    @_layer
    def book(self) -> Book:
        said = self._described
        extra = tuple((name, value) for name, value in self._rows("SELECT name, value FROM metadata ORDER BY position"))
        return Book(
            said["title"],
            said["author"],
            said["language"],
            int(said["words"]),
            said["sha256"],
            said["source"],
            said["format"],
            extra,
        )

    @_layer
    def layers(self) -> tuple[str, ...]:
        return tuple(json.loads(self._described["layers"]))

    @property
    def written_by(self) -> str:
        return self._described.get("written_by", "")

    @_layer
    def string(self) -> str:
        return "".join(body for (body,) in self._rows("SELECT body FROM text_piece ORDER BY start"))

    @_layer
    def length(self) -> int:
        """The length of the text in code points, without reading it."""
        ((length,),) = self._rows("SELECT coalesce(max(end), 0) FROM text_piece")
        return int(length)

    def count_words(self, end: int) -> int:
        """How many words have been read whole at an offset."""
        ends, sums = self._words_by_piece
        n_whole = bisect_right(ends, end)
        if n_whole == len(ends) or end == (ends[n_whole - 1] if n_whole else 0):
            return sums[n_whole]
        with self.reading():
            ((start, body, tokens),) = self._rows(
                "SELECT start, body, tokens FROM text_piece WHERE end > ? ORDER BY start LIMIT 1", end
            )
            return sums[n_whole] + count_words(body, (t for t in unpack(tokens) if start + t.end <= end))

    @_layer
    def _words_by_piece(self) -> tuple[list[int], list[int]]:
        """Where each piece of the text ends, and how many words there are before it, and in the end."""
        rows = self._rows("SELECT end, words FROM text_piece ORDER BY start")
        return [end for end, _ in rows], [0, *accumulate(int(words) for _, words in rows)]

    @_layer
    def chapters(self) -> tuple[Chapter, ...]:
        rows = self._rows("SELECT number, start, end, label, title, heading, part, part_title FROM chapter ORDER BY number")
        return tuple(Chapter(n, Span(start, end), *rest) for n, start, end, *rest in rows)

    @_layer
    def _structure(self) -> tuple[bytes, bytes, bytes]:
        ((paragraphs, kinds, emphasis),) = self._rows("SELECT paragraphs, kinds, emphasis FROM structure")
        return paragraphs, kinds, emphasis

    @_layer
    def paragraphs(self) -> tuple[Paragraph, ...]:
        packed, letters, _ = self._structure
        return tuple(
            Paragraph(span, PARAGRAPH_KINDS[letter]) for span, letter in zip(unpack(packed), letters.decode("ascii"), strict=True)
        )

    @_layer
    def emphasis(self) -> SpanList:
        return unpack(self._structure[2])

    def _joined(self, column: str) -> SpanList:
        joined = SpanList.of(())
        for start, packed in self._rows(f"SELECT start, {column} FROM text_piece ORDER BY start"):
            piece = unpack(packed, start)
            joined.starts.extend(piece.starts)
            joined.ends.extend(piece.ends)
        return joined

    @_layer
    def sentences(self) -> SpanList:
        return self._joined("sentences")

    @_layer
    def tokens(self) -> SpanList:
        return self._joined("tokens")

    @_layer
    def anchors(self) -> tuple[Anchor, ...]:
        rows = self._rows(
            "SELECT position, name, line, element FROM anchor JOIN source_file ON source_file.id = anchor.file ORDER BY anchor.id"
        )
        return tuple(Anchor(*row) for row in rows)

    @_layer
    def notes(self) -> tuple[Note, ...]:
        rows = self._rows("SELECT kind, title, body, at FROM note ORDER BY id")
        return tuple(Note(AsideKind(kind), title, body, at) for kind, title, body, at in rows)

    @_layer
    def notices(self) -> tuple[Notice, ...]:
        rows = self._rows("SELECT kind, message, start, end FROM notice ORDER BY id")
        return tuple(Notice(kind, message, Span(start, end)) for kind, message, start, end in rows)

    @_layer
    def mentions(self) -> tuple[Mention, ...]:
        return unpack_mentions(self._columns("mentions"))

    @cached_property
    def mentions_by_id(self) -> dict[int, Mention]:
        return {m.id: m for m in self.mentions}

    @_layer
    def tags(self) -> Tags | None:
        tags = unpack_tags(self._columns("tags"))
        if tags is not None and len(tags) != len(self.tokens):
            raise ValueError("not a tag for every token")
        return tags

    @_layer
    def events(self) -> tuple[Event, ...]:
        return unpack_events(self._columns("events"))

    @_layer
    def segments(self) -> tuple[PackedSegment, ...]:
        return tuple(
            PackedSegment(key, reading) for key, reading in self._rows("SELECT key, reading FROM segment ORDER BY position")
        )

    @_layer
    def quotes(self) -> tuple[Quote, ...]:
        rows = self._rows("SELECT id, kind, parts FROM quote ORDER BY id")
        kinds = {k.value: k for k in QuoteKind}
        return tuple(
            Quote(i, parts, kinds[kind]) for (i, kind, _), parts in zip(rows, _span_lists(row[2] for row in rows), strict=True)
        )

    @_layer
    def attributions(self) -> tuple[Attribution, ...]:
        rows = self._rows(
            "SELECT quote, speaker, addressees, cue_start, cue_end, manner, evidence, reader, probability"
            " FROM attribution ORDER BY quote"
        )
        evidence = _span_lists(row[6] for row in rows)
        addressees = json.loads(f"[{','.join(row[2] for row in rows)}]")
        return tuple(
            Attribution(
                quote,
                speaker,
                None if start is None else Span(start, end),
                manner,
                Evidence(spans, reader, probability),
                tuple(map(int, to)),
            )
            for (quote, speaker, _, start, end, manner, _, reader, probability), to, spans in zip(
                rows, addressees, evidence, strict=True
            )
        )

    @_layer
    def groups(self) -> tuple[Group, ...]:
        rows = self._rows("SELECT character, member, evidence, reader, probability FROM membership ORDER BY id")
        evidence = _span_lists(row[2] for row in rows)
        return tuple(
            Group(who, member, Evidence(spans, reader, probability))
            for (who, member, _, reader, probability), spans in zip(rows, evidence, strict=True)
        )

    @_layer
    def narrators(self) -> tuple[Narrator, ...]:
        rows = self._rows("SELECT character, evidence, reader, probability FROM narrator ORDER BY id")
        evidence = _span_lists(row[1] for row in rows)
        return tuple(
            Narrator(who, Evidence(spans, reader, probability))
            for (who, _, reader, probability), spans in zip(rows, evidence, strict=True)
        )

    @_layer
    def identities(self) -> tuple[Identity, ...]:
        rows = self._rows("SELECT one, other, evidence, reader, probability FROM identity ORDER BY id")
        evidence = _span_lists(row[2] for row in rows)
        return tuple(
            Identity(one, other, Evidence(spans, reader, probability))
            for (one, other, _, reader, probability), spans in zip(rows, evidence, strict=True)
        )

    @_layer
    def gender_cues(self) -> tuple[GenderCue, ...]:
        rows = self._rows("SELECT character, gender, start, end FROM gender_cue ORDER BY id")
        genders = {g.value: g for g in Gender}
        return tuple(GenderCue(who, genders[gender], Span(start, end)) for who, gender, start, end in rows)

    @_layer
    def corrections(self) -> tuple[Outcome, ...]:
        rows = self._rows("SELECT said, why FROM correction ORDER BY position")
        return tuple(Outcome(from_plain(json.loads(said)), why) for said, why in rows)

    @_layer
    def given(self) -> Given:
        said: dict[str, list[tuple[Any, str]]] = defaultdict(list)
        for what, character, value in self._rows("SELECT what, character, value FROM given ORDER BY id"):
            said[what].append((character, value))
        groups = [(who, *json.loads(value)) for who, value in said["group"]]
        return Given(
            tuple(GivenName(who, name) for who, name in said["name"]),
            tuple(GivenGender(who, Gender(gender)) for who, gender in said["gender"]),
            tuple(GivenGroup(who, is_group, tuple(members)) for who, is_group, members in groups),
            tuple(Span(*json.loads(span)) for _, span in said["struck"]),
            tuple(GivenSpeaker(*json.loads(value)) for _, value in said["speaker"]),
            tuple(GivenAddressees(quote, tuple(to)) for quote, to in (json.loads(value) for _, value in said["addressees"])),
        )

    @property
    def records(self) -> StoryRecords:
        """Everything, as the readers left it."""
        text = Text(
            self.string,
            self.paragraphs,
            self.chapters,
            self.sentences,
            self.tokens,
            self.anchors,
            self.emphasis,
            self.notes,
            self.notices,
        )
        return StoryRecords(
            self.book,
            text,
            self.layers,
            self.quotes,
            self.mentions,
            self.identities,
            self.gender_cues,
            self.attributions,
            self.tags,
            self.events,
            self.segments,
            self.narrators,
            self.groups,
            self.given,
            self.corrections,
        )

    def search(self, query: str) -> tuple[int, ...]:
        """The indices of the paragraphs that hold all of a query's words (or its "quoted phrases"), in text order.

        Not by rank: how rare a word is in the whole book would tell a view of what comes after its end.
        """
        terms = [f'"{term}"' for term in _terms(query)]
        if not terms:
            return ()
        require_search()
        found: set[int] | None = None
        with self.reading():
            # A term at a time: SQLite refuses long expressions.
            for term in dict.fromkeys(terms):
                rows = {row for (row,) in self._rows("SELECT rowid FROM passage WHERE passage MATCH ?", term)}
                found = rows if found is None else found & rows
        return tuple(sorted(found or ()))


def _terms(query: str) -> Iterator[str]:
    """The words and phrases of a query; a mark that could be syntax is none, and what holds no letter or figure is left out.

    >>> list(_terms('"the red coat" Anna* - OR'))
    ['the red coat', 'Anna*', 'OR']
    """
    plain = query.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    for index, piece in enumerate(plain.translate(_STRAIGHT).split('"')):
        for term in [piece.strip()] if index % 2 else piece.split():
            if any(c.isalnum() for c in term):
                yield term


_STRAIGHT = str.maketrans("“”„", '"""')


def _span_lists(texts: Iterable[str]) -> Iterator[tuple[Span, ...]]:
    """The spans that each of many JSON texts holds; parsed at once, which is faster."""
    return (tuple(Span(start, end) for start, end in spans) for spans in json.loads(f"[{','.join(texts)}]"))
