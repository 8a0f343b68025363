"""The tables of a story's database, filled from its records; `fabula.story.layers` makes records of them again.

What is many is packed: `fabula.story.packing` says how numbers are, `fabula.story.columns` how records are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import pairwise

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

    def put(table: str, rows: Iterable[tuple[object, ...]]) -> None:
        listed = [_encodable(row) for row in rows]
        if listed:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)

    put("book", described.items())
    put("metadata", ((i, *pair) for i, pair in enumerate(book.metadata)))
    put("text_piece", _pieces(text))
    put("structure", [(paragraphs, letters.encode("ascii"), pack(text.emphasis))])
    put("chapter", ((c.number, *c.span, c.label, c.title, c.heading, c.part, c.part_title) for c in text.chapters))
    put("source_file", ((i, name) for name, i in files.items()))
    put("anchor", ((i, a.offset, files[a.file], a.line, a.element) for i, a in enumerate(text.anchors)))
    put("note", ((i, n.kind.value, n.title, n.text, n.at) for i, n in enumerate(text.notes)))
    put("notice", ((i, n.kind, n.message, *n.span) for i, n in enumerate(text.notices)))
    put("packed", _columns("mentions", pack_mentions(records.mentions)))
    put("packed", _columns("events", pack_events(records.events)))
    put("packed", _columns("tags", pack_tags(records.tags)))
    put("segment", ((i, *segment) for i, segment in enumerate(records.segments)))
    put("quote", ((q.id, q.kind.value, _spans(q.parts)) for q in records.quotes))
    put(
        "attribution",
        (
            (a.quote, a.speaker, json.dumps(a.addressees), *(a.cue or (None, None)), a.manner, *_evidence(a.evidence))
            for a in records.attributions
        ),
    )
    put("identity", ((i, d.one, d.other, *_evidence(d.evidence)) for i, d in enumerate(records.identities)))
    put("membership", ((i, g.character, g.member, *_evidence(g.evidence)) for i, g in enumerate(records.groups)))
    put("narrator", ((i, n.character, *_evidence(n.evidence)) for i, n in enumerate(records.narrators)))
    put("gender_cue", ((i, g.character, g.gender.value, *g.span) for i, g in enumerate(records.gender_cues)))
    put("correction", ((i, json.dumps(to_plain(o.correction)), o.why) for i, o in enumerate(records.corrections)))
    put("given", ((i, *row) for i, row in enumerate(_given(records.given))))
    put("passage(rowid, words)", ((i, text.quote(p.span)) for i, p in enumerate(text.paragraphs)))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _encodable(row: tuple[object, ...]) -> tuple[object, ...]:
    """With "?" for what no UTF-8 stands for: the bytes of a file's name that is none, as Python has them."""
    return tuple(v.encode("utf-8", "replace").decode() if isinstance(v, str) and not v.isascii() else v for v in row)


def _columns(layer: str, columns: Columns) -> Iterator[tuple[object, ...]]:
    return ((layer, name, numbers) for name, numbers in columns.items())


def _given(given: Given) -> Iterator[tuple[str, int | None, str]]:
    yield from (("name", n.character, n.name) for n in given.names)
    yield from (("gender", g.character, g.gender.value) for g in given.genders)
    yield from (("group", g.character, json.dumps([g.is_group, g.members])) for g in given.groups)
    yield from (("struck", None, json.dumps(span)) for span in given.struck)


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
    return sum(1 for start, end in tokens if any(c.isalnum() for c in string[start:end]))
