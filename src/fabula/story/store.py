"""The story file: one SQLite database, written whole and then put in place, opened read-only.

A file is written beside its target, synced and renamed, so that a reader, a crash or a full disk finds the old story or the new one,
never half of one. A database in memory has the same tables, so that a story that was never saved answers the same questions.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata, resources
from itertools import accumulate, chain, pairwise
from operator import sub
from pathlib import Path

from fabula.errors import DamagedStoryError, MissingFeatureError, NewerStoryError, NotAStoryError, SaveError, StoryMissingError
from fabula.records import ParagraphKind, Span, SpanList, StoryRecords

APPLICATION_ID = int.from_bytes(b"fabu", "big")
VERSION = 1
SUFFIX = ".fabula"
STALE = 3600.0  # seconds after which a half-written file of a killed process is swept away

_PARAGRAPH_LETTERS = {ParagraphKind.PROSE: "p", ParagraphKind.VERSE: "v", ParagraphKind.INSET: "i", ParagraphKind.HEADING: "h", ParagraphKind.BREAK: "b"}
PARAGRAPH_KINDS = {letter: kind for kind, letter in _PARAGRAPH_LETTERS.items()}


def has_full_text_search() -> bool:
    """Whether this Python's SQLite was built with FTS5."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def pack(spans: SpanList, base: int = 0) -> bytes:
    """Spans that do not overlap, in order, as zlib-compressed gaps and lengths; the first gap is from `base`.

    Two letters say how wide the numbers are (array codes B, H or I), gaps first.
    """
    gaps = list(map(sub, spans.starts, chain((base,), spans.ends)))
    lengths = list(map(sub, spans.ends, spans.starts))
    codes = [_narrowest(gaps), _narrowest(lengths)]
    body = b"".join(_little_endian(array(code, numbers)) for code, numbers in zip(codes, (gaps, lengths), strict=True))
    return "".join(codes).encode("ascii") + zlib.compress(body, 1)


def unpack(packed: bytes, base: int = 0) -> SpanList:
    """What `pack` packed."""
    first, second = packed[:2].decode("ascii")
    body = zlib.decompress(packed[2:])
    gap_size, length_size = array(first).itemsize, array(second).itemsize
    n = len(body) // (gap_size + length_size)
    gaps, lengths = array(first), array(second)
    gaps.frombytes(body[: n * gap_size])
    lengths.frombytes(body[n * gap_size :])
    for numbers in (gaps, lengths):
        if _BIG_ENDIAN:
            numbers.byteswap()
    edges = array("I", accumulate(chain.from_iterable(zip(gaps, lengths, strict=True)), initial=base))
    return SpanList(edges[1::2], edges[2::2])


_BIG_ENDIAN = array("H", (1,)).tobytes() != b"\1\0"


def _narrowest(numbers: list[int]) -> str:
    largest = max(numbers, default=0)
    return "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"


def _little_endian(numbers: array[int]) -> bytes:
    if _BIG_ENDIAN:
        numbers.byteswap()
    return numbers.tobytes()


def write_story(records: StoryRecords, path: Path) -> None:
    """Write a story file, atomically: `path` holds what it held before, or the whole story.

    Raises SaveError where it cannot be written; then nothing is left behind.
    """
    write_open_story(lambda connection: fill(connection, records), path)


def write_open_story(fill_in: Callable[[sqlite3.Connection], None], path: Path) -> None:
    """Write a story file by a function that fills an empty database; otherwise as `write_story`."""
    _require_search()
    path = path.absolute()
    if path.is_dir():
        raise SaveError(path, "it is a folder", f"name a file in it: `-o {path / 'story'}{SUFFIX}`")
    _sweep(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise SaveError(path, _reason(error)) from error
    temporary = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            fill_in(connection)
        _put_in_place(temporary, path)
    except (OSError, sqlite3.Error) as error:
        raise SaveError(path, _reason(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Sync the finished file, give it its name, and sync the folder."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod((path.stat().st_mode if path.exists() else 0o666 & ~mask) & 0o777)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(path: Path) -> None:
    """Remove what killed processes left of earlier writings of this story."""
    with contextlib.suppress(OSError):
        for leftover in path.parent.glob(f".{path.name}.*.part"):
            if time.time() - leftover.stat().st_mtime > STALE:
                leftover.unlink()


def _reason(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "no permission to write there"
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    text = str(error)
    if "full" in text or "No space left" in text or "too large" in text.lower() or "disk I/O error" in text:
        return "the disk is full"
    return error.strerror if isinstance(error, OSError) and error.strerror else text


def _require_search() -> None:
    if not has_full_text_search():
        raise MissingFeatureError(
            "this Python's SQLite was built without full-text search (FTS5)", "use a Python from python.org, conda or your system; `fabula doctor` tells more"
        )


def store_in_memory(records: StoryRecords) -> sqlite3.Connection:
    """A database in memory with everything that a story file holds."""
    _require_search()
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fill(connection, records)
    return connection


def open_story(path: Path) -> sqlite3.Connection:
    """A story file, read-only.

    Raises StoryMissingError, NotAStoryError, NewerStoryError, DamagedStoryError.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoryMissingError(path) from error
    except OSError as error:
        raise DamagedStoryError(path, _reason(error)) from error
    if header[:16] != b"SQLite format 3\0" or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAStoryError(path)
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise NewerStoryError(path, version, VERSION)
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM book").fetchone()
    except sqlite3.Error as error:
        raise DamagedStoryError(path, str(error)) from error
    return connection


def fill(connection: sqlite3.Connection, records: StoryRecords) -> None:
    """Make the tables and put all records in, in one transaction."""
    connection.executescript(resources.files("fabula.story").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    book, text = records.book, records.text
    described = {
        "title": book.title, "author": book.author, "language": book.language, "words": str(book.n_words), "sha256": book.sha256, "source": book.source,
        "format": book.format, "layers": json.dumps(records.layers), "written_by": f"fabula {metadata.version('fabula')}",
    }  # fmt: skip
    connection.executemany("INSERT INTO book VALUES (?, ?)", described.items())
    connection.executemany("INSERT INTO metadata VALUES (?, ?, ?)", ((i, name, value) for i, (name, value) in enumerate(book.metadata)))
    connection.executemany("INSERT INTO text_piece VALUES (?, ?, ?, ?)", _pieces(records))
    letters = "".join(_PARAGRAPH_LETTERS[p.kind] for p in text.paragraphs)
    paragraphs = SpanList.of(p.span for p in text.paragraphs)
    connection.execute("INSERT INTO structure VALUES (?, ?, ?)", (pack(paragraphs), letters.encode("ascii"), pack(text.emphasis)))
    connection.executemany(
        "INSERT INTO chapter VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((c.number, c.span.start, c.span.end, c.label, c.title, c.heading, c.part, c.part_title) for c in text.chapters),
    )
    files = {name: i for i, name in enumerate(dict.fromkeys(a.file for a in text.anchors))}
    connection.executemany("INSERT INTO source_file VALUES (?, ?)", ((i, name) for name, i in files.items()))
    connection.executemany("INSERT INTO anchor VALUES (?, ?, ?, ?, ?)", ((i, a.offset, files[a.file], a.line, a.element) for i, a in enumerate(text.anchors)))
    connection.executemany("INSERT INTO note VALUES (?, ?, ?, ?, ?)", ((i, n.kind.value, n.title, n.text, n.at) for i, n in enumerate(text.notes)))
    connection.executemany("INSERT INTO notice VALUES (?, ?, ?, ?, ?)", ((i, n.kind, n.message, *n.span) for i, n in enumerate(text.notices)))
    connection.executemany(
        "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((m.id, *m.span, m.kind.value, m.type.value, m.character, m.name_kind.value if m.name_kind else None) for m in records.mentions),
    )
    connection.executemany("INSERT INTO quote VALUES (?, ?, ?)", ((q.id, q.kind.value, _spans(q.parts)) for q in records.quotes))
    connection.executemany(
        "INSERT INTO attribution VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((a.quote, a.speaker, *a.cue, a.manner, _spans(a.evidence.spans), a.evidence.reader, a.evidence.probability) for a in records.attributions),
    )
    connection.executemany(
        "INSERT INTO identity VALUES (?, ?, ?, ?, ?, ?)",
        ((i, d.one, d.other, _spans(d.evidence.spans), d.evidence.reader, d.evidence.probability) for i, d in enumerate(records.identities)),
    )
    connection.executemany("INSERT INTO gender_cue VALUES (?, ?, ?, ?, ?)", ((i, g.character, g.gender.value, *g.span) for i, g in enumerate(records.gender_cues)))
    connection.executemany("INSERT INTO passage(rowid, words) VALUES (?, ?)", ((i, text.quote(p.span)) for i, p in enumerate(text.paragraphs)))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _spans(spans: Iterable[Span]) -> str:
    return json.dumps([list(s) for s in spans], separators=(",", ":"))


def _pieces(records: StoryRecords) -> Iterator[tuple[int, str, bytes, bytes]]:
    """The text cut where chapters begin, with the sentences and tokens of each piece."""
    text = records.text
    cuts = sorted({0, len(text.string), *(c.span.start for c in text.chapters)})
    for start, end in pairwise(cuts):
        packed = []
        for spans in (text.sentences, text.tokens):
            inside = spans.inside(Span(start, end))
            packed.append(pack(spans[inside.start : inside.stop], start))
        yield start, text.string[start:end], packed[0], packed[1]
