from __future__ import annotations

import os
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from fabula.story import store
from fabula.story.store import write_story
from fabula.story.story import Story
from tests.story.files import call, posix, title_of


@posix
@pytest.mark.parametrize("step", ["_seal", "_put_in_place", "os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("after", [False, True])
def test_a_writer_that_dies_at_a_step_leaves_the_old_story_or_the_new_one(tmp_path: Path, step: str, after: bool) -> None:
    """A process that ends without a word before or after a step."""
    write_story(call("old"), tmp_path / "a.fabula")

    def work() -> None:
        owner, name = (store, step) if "." not in step else (Path, "replace") if "Path" in step else (os, "fsync")
        real = getattr(owner, name)

        def die(*arguments: object) -> None:
            if after:
                real(*arguments)
            os._exit(9)

        setattr(owner, name, die)
        write_story(call("new"), tmp_path / "a.fabula")

    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 9
    replaced = after and step in ("pathlib.Path.replace", "_put_in_place")
    assert title_of(tmp_path / "a.fabula") == ("new" if replaced else "old")


@posix
@pytest.mark.slow
@pytest.mark.parametrize("before", ["nothing", "old"])
def test_a_read_that_is_killed_leaves_the_old_story_or_none(tmp_path: Path, before: str) -> None:
    """Fifty processes that read a book and save its story, each killed anywhere; then one that is not."""
    import random

    import fabula
    import fabula.story.build

    book = Path(__file__).parents[2] / "examples" / "page-a.txt"
    target = tmp_path / "story.fabula"
    if before == "old":
        write_story(call("old"), target)
    whole, chance = fabula.read(book), random.Random(1)

    def work() -> None:
        fabula.read(book, save=target)
        while True:
            whole.save(target)

    started = time.perf_counter()
    fabula.read(book, save=tmp_path / "timed.fabula")
    took = time.perf_counter() - started
    for _ in range(50):
        process = get_context("fork").Process(target=work)
        process.start()
        time.sleep(chance.uniform(0, 2 * took))
        process.kill()
        process.join()
        if target.exists():
            with Story.open(target) as story:
                assert story.book.title == "old" or story._layers.records == whole._layers.records
        else:
            assert before == "nothing"
    fabula.read(book, save=target)
    with Story.open(target) as story:
        assert story._layers.records == whole._layers.records
