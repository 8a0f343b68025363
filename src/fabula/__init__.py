"""fabula reads a long story in English prose into a model of its world that can be opened and asked.

>>> import fabula
>>> story = fabula.read("emma.txt", save="emma.fabula")          # doctest: +SKIP
>>> story.cast["Mr. Knightley"].n_mentions                       # doctest: +SKIP
>>> story.until("12").cast                                       # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fabula import errors, records
from fabula.errors import FabulaError
from fabula.story.cast import Cast
from fabula.story.story import Story, StoryView

__version__ = "0.1.0"


def read(path: str | Path, *, save: str | Path | None = None, progress: Callable[[str], None] | None = None) -> Story:
    """Read a book, or a folder of chapters, into a story.

    save: also write the story to this file (`NAME.fabula`); nothing is written otherwise.
    progress: called with the name of each stage as it begins ("source", "text", "quotes", ..., "save").

    Raises SourceError where the book cannot be read, SaveError where the story cannot be written; both are FabulaErrors and say
    what to do.
    """
    from fabula.story.build import read_records  # readers are not loaded by those who only open a story

    story = Story.from_records(read_records(Path(path), progress=progress) if progress else read_records(Path(path)))
    if save is not None:
        if progress:
            progress("save")
        story.save(save)
    return story


def open(path: str | Path) -> Story:  # noqa: A001  # `fabula.open` is what users look for
    """Open a story file; nothing is loaded before it is asked for.

    Raises StoryFileError: there is no such file, it is no story, it is damaged, or a newer fabula wrote it.
    """
    return Story.open(Path(path))


__all__ = ["Cast", "FabulaError", "Story", "StoryView", "__version__", "errors", "open", "read", "records"]
