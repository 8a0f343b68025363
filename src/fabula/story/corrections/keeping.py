"""Corrections made: tried on a story first, then kept in the file beside it, and the story as they make it put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.errors import CorrectionsError, SaveError, UnfitCorrectionError
from fabula.records import Correction, StoryRecords
from fabula.story.corrections.file import append_corrections, corrections_beside, read_corrections, take_back
from fabula.story.corrections.sentences import describe
from fabula.story.garbage import without_garbage_collection
from fabula.story.progress import Progress, silent
from fabula.story.story import Story

if TYPE_CHECKING:
    from fabula.story.build import Correctable


@dataclass(frozen=True)
class Trial:
    """What a story is with corrections added or the last one taken back.

    story: in memory; records: what is in it.
    """

    story: Story
    records: StoryRecords
    added: tuple[Correction, ...] = ()
    taken_back: Correction | None = None


class Corrector:
    """Tries corrections on the story in a file, and keeps them. What it has found in the text serves the next ones.

    It is for one thread at a time, and for a file that nobody else writes meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stored: Correctable | None = None

    def prepare(self, *, progress: Progress = silent) -> None:
        """Find now what every correction needs, which takes seconds on a long novel. Raises StoryFileError, ModelError."""
        with Story.open(self.path) as story, without_garbage_collection():
            if "cast" in story.layers:
                stored = self._open(story)
                resolver = stored.prepare(progress=progress)
                resolver.resolve([outcome.correction for outcome in stored.records.corrections], progress=progress)

    def try_corrections(self, new: Sequence[Correction], *, progress: Progress = silent) -> Trial:
        """What the story is with new corrections behind those that stand beside it.

        Raises UnfitCorrectionError where one of the new ones does not fit; those that stand there need not. Also StoryFileError,
        CorrectionsFileError, NotReadError, ModelError. progress: as in `fabula.read`.
        """
        standing = read_corrections(corrections_beside(self.path))
        trial = self.resolve((*standing, *new), progress=progress)
        for number, outcome in enumerate(trial.records.corrections[len(standing) :]):
            if outcome.why:
                trial.story.close()
                raise UnfitCorrectionError(number, f"{describe(outcome.correction)}: {outcome.why}")
        return replace(trial, added=tuple(new))

    def try_taking_back(self, *, progress: Progress = silent) -> Trial:
        """What the story is without the last of the corrections that stand beside it.

        Raises CorrectionsError where there is none; others as `try_corrections`.
        """
        beside = corrections_beside(self.path)
        standing = read_corrections(beside)
        if not standing:
            raise CorrectionsError(f"there is no correction to take back in `{beside}`")
        return replace(self.resolve(standing[:-1], progress=progress), taken_back=standing[-1])

    def resolve(self, corrections: Sequence[Correction], *, progress: Progress = silent) -> Trial:
        """What the story is with these corrections instead of those it has. Errors as of `fabula.correct`."""
        with Story.open(self.path) as story, without_garbage_collection():
            stored = self._open(story)
            records = stored.correct(corrections, progress=progress)
            return Trial(Story.revised(story, stored.records, records), records)

    def keep(self, trial: Trial) -> None:
        """Write the corrections and the story, both or none. Raises CorrectionsFileError, SaveError."""
        beside = corrections_beside(self.path)
        if trial.taken_back is not None:
            take_back(beside)
        if trial.added:
            append_corrections(beside, trial.added)
        try:
            trial.story.save(self.path)
        except SaveError:
            for _ in trial.added:
                take_back(beside)
            if trial.taken_back is not None:
                append_corrections(beside, (trial.taken_back,))
            raise
        if self._stored is not None:
            self._stored.records = trial.records

    def _open(self, story: Story) -> Correctable:
        from fabula.story.build import Correctable  # with all readers

        if self._stored is None:
            self._stored = Correctable(story.records)
        return self._stored
