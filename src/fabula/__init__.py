"""fabula reads a long story in English prose into a model of its world that can be opened and asked.

>>> import fabula
>>> story = fabula.read("emma.txt", save="emma.fabula")          # doctest: +SKIP
>>> story.cast["Mr. Knightley"].n_mentions                       # doctest: +SKIP
>>> story.until("12").cast                                       # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fabula import errors, records
from fabula.errors import FabulaError
from fabula.story.cast import Cast
from fabula.story.story import Story, StoryView

__version__ = "0.1.0"


def read(
    path: str | Path,
    *,
    save: str | Path | None = None,
    progress: Callable[[str, float], None] | None = None,
    corrections: Sequence[records.Correction] | None = None,
) -> Story:
    """Read a book, or a folder of chapters, into a story.

    save: also write the story to this file (`NAME.fabula`); nothing is written otherwise. If it holds a story, what the reading
        model said of passages that have not changed is taken from it.
    progress: called with the name of each stage ("source", "text", "quotes", ..., "save") and the share of it that is done: 0.0 as
        it begins, and more in the one that takes long ("language").
    corrections: the user's; None: those in `NAME.fabula.toml` beside `save`. `story.corrections` tells which of them do not fit.

    Raises SourceError where the book cannot be read, ModelError where the reading model is missing or broken, CorrectionsFileError
    where there is a mistake in the corrections, SaveError where the story cannot be written; all are FabulaErrors and say what to
    do.
    """
    from fabula.story.build import read_records  # readers are not loaded by those who only open a story
    from fabula.story.corrections.file import corrections_beside, read_corrections
    from fabula.story.garbage import without_garbage_collection
    from fabula.story.progress import silent
    from fabula.story.store import read_pass_cache

    progress = progress or silent
    cache = read_pass_cache(Path(save)) if save is not None else {}
    if corrections is None:
        corrections = read_corrections(corrections_beside(Path(save))) if save is not None else ()
    with without_garbage_collection():
        story = Story.from_records(read_records(Path(path), progress=progress, cache=cache, corrections=corrections))
    if save is not None:
        progress("save", 0.0)
        story.save(save)
    return story


def correct(
    path: str | Path,
    corrections: Sequence[records.Correction] | None = None,
    *,
    progress: Callable[[str, float], None] | None = None,
) -> Story:
    """The story in a file with these corrections instead of those it has: its people resolved anew, from its own text.

    Nothing is written before `save`, and the book is not needed.

    corrections: None: those in `NAME.fabula.toml` beside the file. `story.corrections` tells which of them do not fit.
    progress: as in `read`.

    Raises StoryFileError, CorrectionsFileError, NotReadError where nobody has looked for the people of the story, ModelError.
    """
    from fabula.story.corrections.file import corrections_beside, read_corrections
    from fabula.story.corrections.keeping import Corrector
    from fabula.story.progress import silent

    if corrections is None:
        corrections = read_corrections(corrections_beside(Path(path)))
    return Corrector(Path(path)).resolve(corrections, progress=progress or silent).story


def open(path: str | Path) -> Story:  # noqa: A001  # `fabula.open` is what users look for
    """Open a story file; nothing is loaded before it is asked for.

    Raises StoryFileError: there is no such file, it is no story, it is damaged, or a newer fabula wrote it.
    """
    return Story.open(Path(path))


__all__ = ["Cast", "FabulaError", "Story", "StoryView", "__version__", "correct", "errors", "open", "read", "records"]
