"""Corrections made: tried on a story first, then kept in the file beside it, and the story as they make it put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.errors import CorrectionsError, SaveError, UnfitCorrectionError
from fabula.records import Correction
from fabula.story.corrections.file import append_corrections, corrections_beside, read_corrections, take_back
from fabula.story.corrections.sentences import describe
from fabula.story.garbage import without_garbage_collection
from fabula.story.story import Story

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Trial:
    """What a story is with corrections added or the last one taken back; its file and theirs are as before until `keep`.

    story: in memory. path: of its file.
    """

    story: Story
    path: Path
    added: tuple[Correction, ...] = ()
    taken_back: Correction | None = None

    def keep(self) -> None:
        """Write the corrections and the story, both or none. Raises CorrectionsFileError, SaveError."""
        beside = corrections_beside(self.path)
        if self.taken_back is not None:
            take_back(beside)
        if self.added:
            append_corrections(beside, self.added)
        try:
            self.story.save(self.path)
        except SaveError:
            for _ in self.added:
                take_back(beside)
            if self.taken_back is not None:
                append_corrections(beside, (self.taken_back,))
            raise


def try_corrections(path: Path, new: Sequence[Correction], *, progress: Progress | None = None) -> Trial:
    """What the story in a file is with new corrections behind those that stand beside it.

    Raises UnfitCorrectionError where one of the new ones does not fit; those that stand there need not. Also StoryFileError,
    CorrectionsFileError, NotReadError, ModelError. progress: as in `fabula.read`.
    """
    standing = read_corrections(corrections_beside(path))
    story = resolve(path, (*standing, *new), progress)
    for number, outcome in enumerate(story.corrections[len(standing) :]):
        if outcome.why:
            story.close()
            raise UnfitCorrectionError(number, f"{describe(outcome.correction)}: {outcome.why}")
    return Trial(story, path, tuple(new))


def try_taking_back(path: Path, *, progress: Progress | None = None) -> Trial:
    """What the story in a file is without the last of the corrections that stand beside it.

    Raises CorrectionsError where there is none; others as `try_corrections`.
    """
    beside = corrections_beside(path)
    standing = read_corrections(beside)
    if not standing:
        raise CorrectionsError(f"there is no correction to take back in `{beside}`")
    return Trial(resolve(path, standing[:-1], progress), path, taken_back=standing[-1])


def resolve(path: Path, corrections: Sequence[Correction], progress: Progress | None) -> Story:
    """The story in a file with these corrections instead of those it has, in memory. Errors as of `fabula.correct`."""
    from fabula.story.build import correct_records  # with all readers

    with Story.open(path) as story, without_garbage_collection():
        return Story.revised(story, correct_records(story.records, corrections, progress=progress or _silent))


def prepare() -> None:
    """Load what resolves people, half a second's worth, before the first correction is made."""
    import fabula.story.build  # noqa: F401


def _silent(_stage: str, _share: float) -> None:
    """Progress that nobody watches."""
