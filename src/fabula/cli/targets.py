"""Where a story is written, decided before a minute's work is spent on reading."""

from __future__ import annotations

import os
from pathlib import Path

from fabula.errors import FabulaError, NotAStoryError, SaveError, SourceMissingError, StoryFileError
from fabula.story.store import SUFFIX, open_story


class StoryReadAgainError(FabulaError):
    """A story was given where a book is wanted."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path}` is a story already",
            f"ask it, as with `fabula show {path.name} cast`, or give the book that it was read from",
        )


def choose_target(book: Path, wanted: Path | None) -> Path:
    """The file to write the story of `book` to: `wanted`, a file in it if it is a folder, or `NAME.fabula` beside the book.

    In the current folder if the book's is write-protected. Raises SaveError where nothing can be written, or where a file stands
    that is no story; SourceMissingError, StoryReadAgainError where there is no book to read.
    """
    if not book.exists():
        raise SourceMissingError(book)
    if _is_story(book):
        raise StoryReadAgainError(book)
    name = (book.resolve().name if book.is_dir() else book.stem) + SUFFIX
    if wanted is None:
        beside = book.resolve().parent / name if book.name in ("", "..") else book.parent / name
        target = beside if _can_write_in(beside.parent) else Path(name)
    else:
        target = wanted / name if wanted.is_dir() else wanted
    if not target.parent.is_dir():
        raise SaveError(target, "there is no such folder")
    if not _can_write_in(target.parent):
        raise SaveError(target, "no permission to write there")
    if target.exists() and target.stat().st_size and not _is_story(target):
        raise SaveError(target, "there is a file of that name which is no story, and it would be lost")
    return target


def _can_write_in(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _is_story(path: Path) -> bool:
    """Whether it is a story file, damaged or from a newer fabula though it may be."""
    try:
        open_story(path).close()
    except NotAStoryError:
        return False
    except StoryFileError:
        return os.access(path, os.R_OK) and path.is_file()
    return True
