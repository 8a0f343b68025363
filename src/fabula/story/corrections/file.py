"""NAME.fabula.toml: the user's corrections, beside the story that they correct.

What the user writes in it, comments and order, stays as it is; corrections are added at its end, and taken back from there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fabula.errors import CorrectionsFileError
from fabula.records import Correction
from fabula.story.corrections.plain import MistakeError, Plain, from_plain, to_plain
from fabula.story.whole_files import write_whole

if TYPE_CHECKING:
    from tomlkit.items import Item

SUFFIX = ".toml"
_TABLES = "correction"
_TABLE_HEAD = rf"^[ \t]*\[\[\s*{_TABLES}\s*\]\]"
_HEAD = """\
# Corrections of this story's people, and of who speaks. `fabula read` and `fabula correct` apply them, first to last.
# You may edit them: `fabula correct STORY` then applies what stands here; with `--list` it tells what does not fit.
"""
_PROTECTED = "close what has it open, or take its write protection off"


def corrections_beside(story: Path) -> Path:
    """Where the corrections of a story stand: emma.fabula.toml for emma.fabula."""
    return story.with_name(story.name + SUFFIX)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file, in its order; none if there is no file. Raises CorrectionsFileError."""
    source = _read(path)
    return _corrections_in(_parse(path, source), path, source)


def append_corrections(path: Path, corrections: Sequence[Correction]) -> None:
    """Add corrections at the end of a file, which is made if there is none; the file is replaced whole or not at all.

    Raises CorrectionsFileError where there is a mistake in it already, SaveError.
    """
    source = _read(path)
    _corrections_in(_parse(path, source), path, source)
    _write(path, "\n\n".join([source.rstrip(), *map(_written, corrections)]), source)


def take_back(path: Path) -> Correction | None:
    """Take the last correction out of a file, and give it; None if there is none. Raises CorrectionsFileError, SaveError.

    Comments stay, those behind it among them.
    """
    source = _read(path)
    corrections = _corrections_in(_parse(path, source), path, source)
    if not corrections:
        return None
    begin = [*re.finditer(_TABLE_HEAD, source, re.MULTILINE)][-1].start()
    lines = source[begin:].splitlines()
    n_lines = max(n for n, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#"))
    without = "\n".join([source[:begin].rstrip(), *lines[n_lines:]])
    if _corrections_in(_parse(path, without), path, without) != corrections[:-1]:  # a text that holds [[correction]]
        raise CorrectionsFileError(path, None, "where the last correction begins cannot be told: take it out in an editor")
    _write(path, without, source)
    return corrections[-1]


def _read(path: Path) -> str:
    """The text of the file, line ends as they are; the head of a new one if there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return _HEAD
    except UnicodeDecodeError as error:
        raise CorrectionsFileError(path, error.object[: error.start].count(b"\n") + 1, "it is not in UTF-8") from error
    except OSError as error:
        raise CorrectionsFileError(path, None, f"it cannot be read: {(error.strerror or str(error)).lower()}") from error


def _parse(path: Path, source: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        said, _, where = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", where)
        last = source.count("\n", 0, len(source.rstrip())) + 1
        raise CorrectionsFileError(path, int(line[1]) if line else last, said[:1].lower() + said[1:]) from error


def _corrections_in(document: Mapping[str, object], path: Path, source: str) -> tuple[Correction, ...]:
    for key in document:
        if key != _TABLES:
            raise CorrectionsFileError(path, _line_of(source, rf"\[*\s*{re.escape(key)}\b"), f"`{key}` is no [[{_TABLES}]]")
    tables = document.get(_TABLES, [])
    if not isinstance(tables, list):
        raise CorrectionsFileError(path, _line_of(source, rf"\[?\s*{_TABLES}\b"), f"every correction begins with [[{_TABLES}]]")
    corrections = []
    for number, table in enumerate(tables):
        try:
            corrections.append(from_plain(table))
        except MistakeError as mistake:
            raise CorrectionsFileError(path, _line_in_table(source, number, mistake.key), str(mistake)) from mistake
    if tables and len(re.findall(_TABLE_HEAD, source, re.MULTILINE)) < len(tables):
        raise CorrectionsFileError(path, _line_of(source, rf"{_TABLES}\b"), f"every correction begins with [[{_TABLES}]]")
    return tuple(corrections)


def _line_of(source: str, pattern: str, *, begin: int = 0) -> int | None:
    """The number of the first line that begins so."""
    found = re.compile(rf"^[ \t]*{pattern}", re.MULTILINE).search(source, begin)
    return source.count("\n", 0, found.end()) + 1 if found else None


def _line_in_table(source: str, number: int, key: str) -> int | None:
    """The line of a key in the nth correction; of its head if the key is not there."""
    heads = [*re.finditer(_TABLE_HEAD, source, re.MULTILINE)]
    if number >= len(heads):
        return None
    begin, end = heads[number].end(), heads[number + 1].start() if number + 1 < len(heads) else len(source)
    line = _line_of(source[:end], rf"\"?{re.escape(key)}\"?\s*[=.]", begin=begin) if key else None
    return line or source.count("\n", 0, begin) + 1


def _written(correction: Correction) -> str:
    import tomlkit

    table = tomlkit.document()
    for key, value in to_plain(correction).items():
        table.append(key, _item(value))
    return f"[[{_TABLES}]]\n{tomlkit.dumps(table)}".rstrip()


def _item(value: Plain) -> Item:
    """A value as it is written: a character on one line, several of them one below the other."""
    import tomlkit

    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update({key: _item(inner) for key, inner in value.items()})
        return inline
    if isinstance(value, str | int):
        return tomlkit.item(value)
    array: Any = tomlkit.array()
    for inner in value:
        array.append(_item(inner))
    return array.multiline(any(isinstance(inner, Mapping) for inner in value))  # type: ignore[no-any-return]


def _write(path: Path, text: str, source: str) -> None:
    """Write a text with the line ends that the file has."""
    line_end = "\r\n" if "\r\n" in source else "\n"
    lines = (text.rstrip() + "\n").replace("\r\n", "\n")
    write_whole(path, lines.replace("\n", line_end).encode("utf-8"), hint=_PROTECTED)
