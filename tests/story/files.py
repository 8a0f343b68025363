"""Story files for tests, and what happens to them in other processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from fabula.errors import FabulaError
from fabula.records import StoryRecords
from fabula.story.layers import StoredLayers
from fabula.story.store import open_story
from tests.stories import make_records

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
NOBODY = 65534


def title_of(path: Path) -> str:
    with contextlib.closing(StoredLayers(open_story(path), path)) as layers:
        return layers.book.title


def call(story: str) -> StoryRecords:
    """A story with this title."""
    return make_records("# I ¶ “Go,” said Tom.", people={"Tom": ()}, title=story)


def in_a_process(do: Callable[[], object]) -> list[str]:
    """The class, the message and the hint of the error that a call ends with in a process of its own; nothing if it ends well."""
    context = get_context("fork")
    ours, theirs = context.Pipe()

    def work() -> None:
        try:
            do()
        except FabulaError as error:
            theirs.send([type(error).__name__, error.message, error.hint])
        else:
            theirs.send([])

    process = context.Process(target=work)
    process.start()
    process.join()
    said: list[str] = ours.recv()
    return said


def as_somebody_else(folder: Path, do: Callable[[], object]) -> list[str]:
    """The same, by a user who may not do everything."""
    for parent in (folder, *folder.parents[:3]):
        with contextlib.suppress(PermissionError):
            parent.chmod(parent.stat().st_mode | 0o055)

    def work() -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        do()

    return in_a_process(work)
