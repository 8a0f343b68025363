"""The tables of a story's database, filled from its records; `fabula.story.layers` makes records of them again.

What is many is packed: `fabula.story.packing` says how numbers are, `fabula.story.columns` how records are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from fabula.records import Evidence, Given, ParagraphKind, Span, SpanList, StoryRecords, Text
from fabula.story.columns import Columns, pack_events, pack_mentions, pack_tags
from fabula.story.corrections.plain import to_plain
from fabula.story.packing import pack

APPLICATION_ID = int.from_bytes(b"fabu", "big")
VERSION = 3
SHORT = 100_000  # code points; the many tables of a shorter story would fill few of their pages

_PARAGRAPH_LETTERS = {
    ParagraphKind.PROSE: "p",
    ParagraphKind.VERSE: "v",
    ParagraphKind.INSET: "i",
    ParagraphKind.HEADING: "h",
    ParagraphKind.BREAK: "b",
}
PARAGRAPH_KINDS = {letter: kind for kind, letter in _PARAGRAPH_LETTERS.items()}


def fill(connection: sqlite3.Connection, records: StoryRecords) -> None:
    """Make the tables and put all records in, in one transaction."""
    from importlib import metadata  # slow to import, and only writers ask it

    connection.execute(f"PRAGMA page_size = {4096 if len(records.text.string) > SHORT else 512}")
    connection.executescript("BEGIN;" + resources.files("fabula.story").joinpath("schema.sql").read_text(encoding="utf-8"))
    book, text = records.book, records.text
    described = {
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "words": str(book.n_words),
        "sha256": book.sha256,
        "source": book.source,
        "format": book.format,
        "layers": json.dumps(records.layers),
        "written_by": f"fabula {metadata.version('fabula')}",
    }
    files = {name: i for i, name in enumerate(dict.fromkeys(a.file for a in text.anchors))}
    letters = "".join(_PARAGRAPH_LETTERS[p.kind] for p in text.paragraphs)
    paragraphs = pack(SpanList.of(p.span for p in text.paragraphs))

    _put(connection, "book", described.items())
    _put(connection, "metadata", ((i, *pair) for i, pair in enumerate(book.metadata)))
    _put(connection, "text_piece", _pieces(text))
    _put(connection, "structure", [(paragraphs, letters.encode("ascii"), pack(text.emphasis))])
    _put(connection, "chapter", ((c.number, *c.span, c.label, c.title, c.heading, c.part, c.part_title) for c in text.chapters))
    _put(connection, "source_file", ((i, name) for name, i in files.items()))
    _put(connection, "anchor", ((i, a.offset, files[a.file], a.line, a.element) for i, a in enumerate(text.anchors)))
    _put(connection, "note", ((i, n.kind.value, n.title, n.text, n.at) for i, n in enumerate(text.notes)))
    _put(connection, "notice", ((i, n.kind, n.message, *n.span) for i, n in enumerate(text.notices)))
    _put(connection, "quote", ((q.id, q.kind.value, _spans(q.parts)) for q in records.quotes))
    for layer in _resolved(records):
        _put(connection, layer.table, layer.rows)
    _put(connection, "passage(rowid, words)", ((i, text.quote(p.span)) for i, p in enumerate(text.paragraphs)))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def refill(connection: sqlite3.Connection, before: StoryRecords, after: StoryRecords) -> None:
    """Make a database that holds a story's records hold others of the same book and text, in one transaction.

    Only what differs is written: a correction changes little of a long novel.
    """
    connection.execute("BEGIN")
    for old, new in zip(_resolved(before), _resolved(after, before), strict=True):
        if old.records != new.records:
            connection.execute(f"DELETE FROM {new.table} WHERE {new.where}")
            _put(connection, new.table, new.rows)
    connection.execute("UPDATE book SET value = ? WHERE key = 'layers'", (json.dumps(after.layers),))
    connection.execute("COMMIT")


def _put(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    listed = [_encodable(row) for row in rows]
    if listed:
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)


class _Layer(NamedTuple):
    """Records of one kind, where they are kept, and their rows, which are made when they are asked for."""

    records: object
    table: str
    rows: Iterable[tuple[object, ...]]
    where: str = "true"


def _resolved(records: StoryRecords, before: StoryRecords | None = None) -> Iterator[_Layer]:
    """All that is resolved in a text and its quotations, and so may be resolved anew. before: what the database holds already."""
    known = before.mentions if before is not None and records.mentions else ()
    yield _Layer(
        records.mentions,
        "packed",
        _columns("mentions", partial(pack_mentions, records.mentions, known)),
        "false" if known else "layer = 'mentions'",
    )
    said, one, group = records.attributions, records.identities, records.groups
    for name, found, pack_them in (
        ("events", records.events, partial(pack_events, records.events)),
        ("tags", records.tags, partial(pack_tags, records.tags)),
    ):
        yield _Layer(found, "packed", _columns(name, pack_them), f"layer = '{name}'")
    yield _Layer(records.segments, "segment", ((i, *segment) for i, segment in enumerate(records.segments)))
    yield _Layer(
        said,
        "attribution",
        ((a.quote, a.speaker, json.dumps(a.addressees), *(a.cue or (None, None)), a.manner, *_evidence(a.evidence)) for a in said),
    )
    yield _Layer(one, "identity", ((i, d.one, d.other, *_evidence(d.evidence)) for i, d in enumerate(one)))
    yield _Layer(group, "membership", ((i, g.character, g.member, *_evidence(g.evidence)) for i, g in enumerate(group)))
    tellers, cues = records.narrators, records.gender_cues
    yield _Layer(tellers, "narrator", ((i, n.character, *_evidence(n.evidence)) for i, n in enumerate(tellers)))
    yield _Layer(cues, "gender_cue", ((i, g.character, g.gender.value, *g.span) for i, g in enumerate(cues)))
    tried = records.corrections
    yield _Layer(tried, "correction", ((i, json.dumps(to_plain(o.correction)), o.why) for i, o in enumerate(tried)))
    yield _Layer(records.given, "given", ((i, *row) for i, row in enumerate(_given(records.given))))


def _encodable(row: tuple[object, ...]) -> tuple[object, ...]:
    """With "?" for what no UTF-8 stands for: the bytes of a file's name that is none, as Python has them."""
    return tuple(v.encode("utf-8", "replace").decode() if isinstance(v, str) and not v.isascii() else v for v in row)


def _columns(layer: str, pack_them: Callable[[], Columns]) -> Iterator[tuple[object, ...]]:
    yield from ((layer, name, numbers) for name, numbers in pack_them().items())


def _given(given: Given) -> Iterator[tuple[str, int | None, str]]:
    yield from (("name", n.character, n.name) for n in given.names)
    yield from (("gender", g.character, g.gender.value) for g in given.genders)
    yield from (("group", g.character, json.dumps([g.is_group, g.members])) for g in given.groups)
    yield from (("struck", None, json.dumps(span)) for span in given.struck)
    yield from (("speaker", None, json.dumps([s.quote, s.speaker])) for s in given.speakers)
    yield from (("addressees", None, json.dumps([a.quote, a.addressees])) for a in given.addressees)


def _evidence(evidence: Evidence) -> tuple[object, ...]:
    return _spans(evidence.spans), evidence.reader, evidence.probability


def _spans(spans: Iterable[Span]) -> str:
    return json.dumps([list(s) for s in spans], separators=(",", ":"))


def _pieces(text: Text) -> Iterator[tuple[int, int, str, int, bytes, bytes]]:
    """The text cut where chapters begin, with the words, sentences and tokens of each piece."""
    cuts = sorted({0, len(text.string), *(c.span.start for c in text.chapters)})
    for start, end in pairwise(cuts):
        sentences, tokens = _inside(text.sentences, Span(start, end)), _inside(text.tokens, Span(start, end))
        yield start, end, text.string[start:end], count_words(text.string, tokens), pack(sentences, start), pack(tokens, start)


def _inside(spans: SpanList, stretch: Span) -> SpanList:
    found = spans.inside(stretch)
    return spans[found.start : found.stop]


def count_words(string: str, tokens: Iterable[Span]) -> int:
    """How many tokens hold a letter or a figure.

    >>> count_words("So, 12 men", [Span(0, 2), Span(2, 3), Span(4, 6), Span(7, 10)])
    3
    """
    # Most begin with one: the rest of a token is seldom looked at.
    return sum(1 for start, end in tokens if string[start].isalnum() or any(c.isalnum() for c in string[start:end]))
