"""The story that is served: opened, opened again when its file changes, corrected; by one thread at a time."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from fabula import Story
from fabula.errors import FabulaError
from fabula.records import Correction, Span
from fabula.story.corrections.file import corrections_beside
from fabula.story.corrections.keeping import Corrector, Trial
from fabula.story.corrections.sentences import describe
from fabula.story.garbage import without_garbage_collection
from fabula.web.faults import ChangedError
from fabula.web.lens import Lens
from fabula.web.payloads import Corrected

T = TypeVar("T")

# One by one, so that a page that asks meanwhile need not wait for all of them: what the first page needs, and the next ones.
_FIRST_NEEDS: Sequence[Callable[[Lens], object]] = (
    lambda lens: lens.view.mentions,
    lambda lens: lens.people,
    lambda lens: (lens.quotes, lens.quotes_in(Span(0, 0)), lens.mentions_in(Span(0, 0))),
)
_NEXT_NEEDS: Sequence[Callable[[Lens], object]] = (
    lambda lens: [lens.view.presence_of(c) for c in lens.view.cast[:1]],
    lambda lens: lens.addresses,
    lambda lens: [lens.view.company_of(c) for c in lens.view.cast[:1]],
    lambda lens: lens.folded_names,
)
PAUSE = 1.0  # seconds in which a browser asks for all that its first page needs
N_LENSES = 4  # positions of which what was found is kept; a long novel's takes some 50 MB


class _EndedError(Exception):
    """What is prepared will not be needed."""


class Shelf:
    """A story file and what has been made of it. Raises StoryFileError where it cannot be opened.

    The story is held in memory, so that its file may be replaced, on Windows too, or broken, while it is served.
    Every answer is made under a lock: SQLite and what is kept of a view are for one thread at a time, and two would be no faster.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._correcting = threading.Lock()
        self._closed = threading.Event()
        self.version = self._tell_version()
        self._broken = ""  # the version that could not be opened, which need not be tried again
        self._story = Story.load(path)
        self._corrector = Corrector(path)
        self._lenses: OrderedDict[int | None, Lens] = OrderedDict()

    @property
    def title(self) -> str:
        with self._lock:
            return self._story.book.title

    def end(self) -> None:
        """Prepare no more: it will be closed."""
        self._closed.set()

    def close(self) -> None:
        self.end()
        with self._lock:
            self._story.close()

    def ask(self, until: int | None, question: Callable[[Lens], T]) -> T:
        """What a function says of the story up to a chapter. Raises NoSuchPlaceInTextError, and what the function raises."""
        with self._lock:
            return question(self._lens(until))

    def ask_of(self, version: str, until: int | None, question: Callable[[Lens], T]) -> T:
        """The same, if the story is still of this version. Raises ChangedError if not."""
        with self._lock:
            if version != self.version:
                raise ChangedError
            return question(self._lens(until))

    def _lens(self, until: int | None) -> Lens:
        lens = self._lenses.pop(until, None) or Lens.at(self._story, until)
        self._lenses[until] = lens
        while len(self._lenses) > N_LENSES:
            self._lenses.popitem(last=False)
        return lens

    def warm(self, until: int | None = None) -> None:
        """Find what the pages need, before they ask; that of the next ones, and of corrections, when the first one is there."""
        with contextlib.suppress(FabulaError, _EndedError):
            self._find(until, _FIRST_NEEDS)
            if not self._closed.wait(PAUSE):
                self._find(until, _NEXT_NEEDS)
                with self._correcting:
                    self._corrector.prepare(progress=self._go_on)

    def _go_on(self, _stage: str, _share: float) -> None:
        if self._closed.is_set():
            raise _EndedError

    def _find(self, until: int | None, needs: Sequence[Callable[[Lens], object]]) -> None:
        with without_garbage_collection():
            for need in needs:
                self.ask(until, need)
        gc.freeze()  # none of a long novel's records is garbage: what is replaced goes without being looked for

    # --- changes from outside

    def _tell_version(self) -> str:
        """Told by the files alone, so that it is known before they are read."""
        told = []
        for file in (self.path, corrections_beside(self.path)):
            try:
                stat = file.stat()
                told.append(f"{stat.st_mtime_ns} {stat.st_size} {stat.st_ino}")
            except OSError:
                told.append("none")
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def refresh(self) -> bool:
        """Open the story again if its file, or that of its corrections, has changed; whether it has.

        A story that cannot be opened now, because it is being written or broken, is served as it was.
        """
        if not self._correcting.acquire(blocking=False):
            return False
        try:
            version = self._tell_version()
            if version in (self.version, self._broken):
                return False
            story = Story.load(self.path)
        except FabulaError:
            self._broken = version
            return False
        else:
            self._corrector = Corrector(self.path)
            with self._lock:
                self._replace(story, version)
            return True
        finally:
            self._correcting.release()

    def _replace(self, story: Story, version: str) -> None:
        self._story.close()
        self._story, self.version = story, version
        self._lenses.clear()

    # --- corrections

    def correct(self, version: str, until: int | None, make: Callable[[Lens], Correction]) -> Corrected:
        """Add a correction to the file, and resolve the people anew.

        make: the correction, of a page of this version. Raises ChangedError, CorrectionsError where it does not fit, and what
        `fabula.correct` raises; then nothing is changed.
        """
        with self._changing(version):
            correction = self.ask_of(version, until, make)
            return self._keep(self._corrector.try_corrections([correction]), describe(correction))

    def undo(self, version: str) -> Corrected:
        """Take the last correction back. Raises ChangedError, CorrectionsError where there is none."""
        with self._changing(version):
            trial = self._corrector.try_taking_back()
            said = "" if trial.taken_back is None else describe(trial.taken_back)
            return self._keep(trial, f"no longer: {said}")

    @contextlib.contextmanager
    def _changing(self, version: str) -> Iterator[None]:
        with self._correcting:
            if version != self.version or self._tell_version() != self.version:
                raise ChangedError
            with without_garbage_collection():
                yield
                gc.freeze()

    def _keep(self, trial: Trial, said: str) -> Corrected:
        """Put the story in its place, and serve it. Raises SaveError; then the old one is served on."""
        try:
            self._corrector.keep(trial)
        except FabulaError:
            trial.story.close()
            raise
        version = self._tell_version()
        with self._lock:
            self._replace(trial.story, version)
        return Corrected(version, len(trial.records.corrections), said)
