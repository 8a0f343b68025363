"""The story file: one SQLite database, written whole and then put in place, opened read-only.

A file is written beside its target, synced and renamed, so that a reader, a crash or a full disk finds the old story or the new
one, never half of one. Eight bytes follow the database's last page: `fabu` and the CRC-32 of all before them, little-endian. SQLite
takes no notice of them, and `open_story` refuses a file of which a byte has changed. A database in memory has the same tables, so
that a story that was never saved answers the same questions.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from fabula.errors import (
    DamagedStoryError,
    MissingFeatureError,
    NewerStoryError,
    NotAStoryError,
    OlderStoryError,
    SaveError,
    StoryFileError,
    StoryMissingError,
)
from fabula.records import StoryRecords
from fabula.story.tables import APPLICATION_ID, VERSION, fill, refill

SUFFIX = ".fabula"
SEAL = b"fabu"  # before the checksum; the seal stays as it is in every later version
STALE = 3600.0  # seconds after which a half-written file of a killed process is swept away
LONGEST_PREFIX = 40  # characters of a story's name in the name of its half-written file, which may not be too long for the disk
LONGEST_TEMPORARY = 4 * LONGEST_PREFIX + len("..12345678.part")  # bytes
LONGEST_PATH = 510  # bytes that SQLite opens (its MAX_PATHNAME, less what it adds)


def has_full_text_search() -> bool:
    """Whether this Python's SQLite has FTS5."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return False
    return True


def require_search() -> None:
    """Raise MissingFeatureError where `has_full_text_search` says no."""
    if not has_full_text_search():
        raise MissingFeatureError(
            "this Python's SQLite was built without full-text search (FTS5)",
            "use a Python from python.org, conda or your system; `fabula doctor` tells more",
        )


def write_story(records: StoryRecords, path: Path) -> None:
    """Write a story file, atomically: `path` holds what it held before, or the whole story.

    Raises SaveError where it cannot be written; then nothing is left behind.
    """
    write_open_story(lambda connection: fill(connection, records), path)


def write_open_story(fill_in: Callable[[sqlite3.Connection], None], path: Path) -> None:
    """Write a story file by a function that fills an empty database; otherwise as `write_story`."""
    require_search()
    target = Path(os.path.realpath(path))  # a link goes on pointing at the story
    try:
        _require_place(path, target)
    except OSError as error:
        raise _save_error(path, error) from error
    prefix = f".{target.name[:LONGEST_PREFIX]}."
    _sweep(target.parent, prefix)
    try:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=target.parent)
    except OSError as error:
        raise _save_error(path, error) from error
    temporary = Path(name)
    try:
        os.close(handle)
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            fill_in(connection)
        _seal(temporary)
        _put_in_place(temporary, target)
    except (OSError, sqlite3.Error) as error:
        raise _save_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _require_place(path: Path, target: Path) -> None:
    """Raise SaveError where something stands that no story may replace."""
    if len(os.fsencode(target.parent)) + max(len(os.fsencode(target.name)), LONGEST_TEMPORARY) >= LONGEST_PATH:
        raise SaveError(path, "its path is too long for SQLite", "choose a folder with a shorter path")
    if target.is_dir():
        raise SaveError(path, "it is a folder", f"name a file in it: `-o {path / 'story'}{SUFFIX}`")
    if not target.exists():
        return
    if not target.is_file():
        raise SaveError(path, "it is a device or a pipe, not a file")
    if not os.access(target, os.W_OK):
        raise SaveError(path, "it is write-protected", "take the protection off, or choose another place with `-o STORY`")
    if target.suffix != SUFFIX and target.stat().st_size and not _is_story(target):
        # `-o emma.epub` must not cost anybody her book.
        raise SaveError(
            path, "another file stands there, and it is no story", f"choose another name, such as `-o {path.stem}{SUFFIX}`"
        )


def _is_story(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _has_header(file.read(100))
    except OSError:
        return False


def _seal(temporary: Path) -> None:
    """Add the checksum to a finished database, and sync it."""
    with temporary.open("rb+") as file:
        checksum = _checksum(file, temporary.stat().st_size)
        file.seek(0, os.SEEK_END)
        file.write(SEAL + checksum.to_bytes(4, "little"))
        file.flush()
        os.fsync(file.fileno())


def _checksum(file: BinaryIO, n_bytes: int) -> int:
    """The CRC-32 of a file's first `n_bytes`."""
    file.seek(0)
    checksum = 0
    while n_bytes > 0 and (piece := file.read(min(n_bytes, 1 << 20))):
        checksum = zlib.crc32(piece, checksum)
        n_bytes -= len(piece)
    return checksum


def _put_in_place(temporary: Path, target: Path) -> None:
    """Give the finished file its name and its permissions, and sync the folder."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod((target.stat().st_mode if target.exists() else 0o666 & ~mask) & 0o777)
    try:
        temporary.replace(target)
    except PermissionError as error:
        # Windows replaces no file that is open.
        raise SaveError(
            target, "it is open in another program, or protected", "close what has it open (`fabula explore`?) and try again"
        ) from error
    if os.name == "posix":
        with contextlib.suppress(OSError):  # the story is in place; some file systems sync no folders
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what killed processes left of earlier writings of this story."""
    with contextlib.suppress(OSError):
        for leftover in folder.glob(f"{glob.escape(prefix)}*.part"):
            if time.time() - leftover.stat().st_mtime > STALE:
                leftover.unlink()


def _save_error(path: Path, error: Exception) -> SaveError:
    """What the system says of a failed writing, in a sentence."""
    if isinstance(error, sqlite3.Error):
        kind = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF  # without the extended code
        if kind in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            number: int | None = errno.ENOSPC
        else:
            number = {sqlite3.SQLITE_PERM: errno.EACCES, sqlite3.SQLITE_READONLY: errno.EACCES}.get(kind)
    else:
        number = error.errno if isinstance(error, OSError) else None
    match number:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return SaveError(path, "the disk is full", "free some space, or choose another disk with `-o STORY`")
        case errno.EACCES | errno.EPERM:
            return SaveError(path, "no permission to write there")
        case errno.EROFS:
            return SaveError(path, "the disk is read-only")
        case errno.ENOENT:
            return SaveError(path, "there is no such folder", "make the folder first, or choose another place with `-o STORY`")
        case errno.ENOTDIR:
            return SaveError(path, f"`{path.parent}` is no folder")
        case errno.ENAMETOOLONG:
            return SaveError(path, "its name is too long", "choose a shorter name with `-o STORY`")
    return SaveError(path, (error.strerror if isinstance(error, OSError) else None) or str(error))


def store_in_memory(records: StoryRecords) -> sqlite3.Connection:
    """A database in memory with everything that a story file holds."""
    require_search()
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fill(connection, records)
    return connection


def copy_in_memory(stored: sqlite3.Connection) -> sqlite3.Connection:
    """A database in memory with all that another one holds."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        stored.backup(connection)
        _make_read_only(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _make_read_only(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")


def store_revised(copy_to: Callable[[sqlite3.Connection], None], before: StoryRecords, after: StoryRecords) -> sqlite3.Connection:
    """A database in memory with other records of the same text than the story's that `copy_to` copies there."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    copy_to(connection)
    refill(connection, before, after)
    _make_read_only(connection)
    return connection


def open_story(path: Path) -> sqlite3.Connection:
    """A story file, read-only.

    Raises StoryMissingError, NotAStoryError, NewerStoryError, OlderStoryError, DamagedStoryError; StoryFileError where it may not
    be read.
    """
    try:
        if not path.exists():
            raise StoryMissingError(path)
        if not path.is_file():
            raise NotAStoryError(path)
        with path.open("rb") as file:
            header = file.read(100)
            if not _has_header(header):
                raise NotAStoryError(path)
            _require_whole(file, path)
    except ValueError as error:  # a path with a zero byte
        raise StoryMissingError(path) from error
    except OSError as error:
        said = "no permission to read it" if isinstance(error, PermissionError) else error.strerror
        raise StoryFileError(
            f"the story file `{path}` cannot be read: {said}", "ask its owner, or copy it to where you may read it"
        ) from error
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise NewerStoryError(path, version, VERSION)
    if version < VERSION:
        raise OlderStoryError(path)
    try:
        # A story file is replaced, never changed: nothing need be locked.
        connection = sqlite3.connect(f"{_uri(path)}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StoryFileError(
            f"the story file `{path}` cannot be opened: {error}", "move it to a folder with a shorter path"
        ) from error
    try:
        _make_read_only(connection)
        connection.execute("SELECT count(*) FROM book").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise DamagedStoryError(path, str(error)) from error
    return connection


def read_pass_cache(path: Path) -> dict[str, bytes]:
    """What the reading model said of each segment when the story in this file was read, by the segment's key.

    Empty where there is no such story, or where it is damaged or of another version: then everything is read anew.
    """
    try:
        with contextlib.closing(open_story(path)) as connection:
            return {str(key): bytes(reading) for key, reading in connection.execute("SELECT key, reading FROM segment")}
    except (StoryFileError, sqlite3.Error, TypeError, ValueError):
        return {}


def _has_header(header: bytes) -> bool:
    return header[:16] == b"SQLite format 3\0" and int.from_bytes(header[68:72], "big") == APPLICATION_ID


def _require_whole(file: BinaryIO, path: Path) -> None:
    """Raise DamagedStoryError unless the seal is there and its checksum is right."""
    n_bytes = file.seek(0, os.SEEK_END) - len(SEAL) - 4
    file.seek(max(0, n_bytes))
    seal = file.read()
    if seal[: len(SEAL)] != SEAL:
        raise DamagedStoryError(path, "its end is missing")
    if int.from_bytes(seal[len(SEAL) :], "little") != _checksum(file, n_bytes):
        raise DamagedStoryError(path, "bytes of it have changed since it was written")


def _uri(path: Path) -> str:
    """The path as SQLite reads it; a Windows share becomes `file:////server/...`, which `Path.as_uri` gives otherwise."""
    posix = path.absolute().as_posix()
    return f"file://{'' if posix.startswith('/') else '/'}{quote(os.fsencode(posix))}"
