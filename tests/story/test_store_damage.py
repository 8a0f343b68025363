from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.errors import (
    DamagedStoryError,
    NotAStoryError,
)
from fabula.story import store
from fabula.story.store import SEAL, write_story
from fabula.story.story import Story
from tests.stories import make_eventful_weir


@pytest.fixture(scope="module")
def weir_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weir") / "weir.fabula"
    write_story(make_eventful_weir(), path)
    return path.read_bytes()


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "damaged.fabula"


def opens_rightly_or_says_that_it_is_damaged(path: Path) -> bool:
    try:
        with Story.open(path) as story:
            assert story._layers.records == make_eventful_weir()
            assert len(story.search("weir")) == 2
    except (DamagedStoryError, NotAStoryError):
        return False
    return True


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_story_that_was_cut_short_is_damaged(damaged: Path, weir_bytes: bytes, data: st.DataObject) -> None:
    """A download that broke off anywhere"""
    damaged.write_bytes(weir_bytes[: data.draw(st.integers(0, len(weir_bytes) - 1))])
    assert not opens_rightly_or_says_that_it_is_damaged(damaged)


@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=5, unique_by=lambda f: f[0])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_bytes_that_changed_are_found(damaged: Path, weir_bytes: bytes, flips: list[tuple[float, int]]) -> None:
    """A bad disk, or a mail program that meant well"""
    content = bytearray(weir_bytes)
    for place, flip in flips:
        content[int(place * len(content))] ^= flip
    damaged.write_bytes(content)
    assert opens_rightly_or_says_that_it_is_damaged(damaged) == (bytes(content) == weir_bytes)


@given(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_story_whose_rows_are_wrong_is_damaged_and_nothing_else(
    damaged: Path, weir_bytes: bytes, place: int, rubbish: bytes
) -> None:
    """Rubbish below a checksum that fits: somebody else's writing"""
    import zlib

    content = bytearray(weir_bytes[:-8])
    at = 100 + place % (len(content) - 100)
    content[at : at + len(rubbish)] = rubbish
    del content[len(weir_bytes) - 8 :]
    damaged.write_bytes(bytes(content) + SEAL + zlib.crc32(content).to_bytes(4, "little"))
    with contextlib.suppress(DamagedStoryError), Story.open(damaged) as story:
        assert story._layers.records
        story.events, story.tags  # noqa: B018
        story.search("weir")


def test_a_story_of_which_a_table_is_gone_is_damaged(tmp_path: Path) -> None:
    """DROP TABLE quote, sealed again"""
    path = tmp_path / "a.fabula"
    write_story(make_eventful_weir(), path)
    content = path.read_bytes()[:-8]
    path.write_bytes(content)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE quote")
        connection.commit()
    store._seal(path)
    with Story.open(path) as story, pytest.raises(DamagedStoryError, match="no such table: quote"):
        story.quotes  # noqa: B018


def test_the_path_of_a_windows_share_is_one_that_sqlite_opens() -> None:
    """\\\\server\\books\\a b.fabula, C:\\books\\a.fabula"""
    from pathlib import PureWindowsPath

    class Fake:
        def __init__(self, path: str) -> None:
            self.path = PureWindowsPath(path)

        def absolute(self) -> PureWindowsPath:
            return self.path

    assert store._uri(Fake(r"\\server\books\a b.fabula")) == "file:////server/books/a%20b.fabula"  # type: ignore[arg-type]
    assert store._uri(Fake(r"C:\books\a.fabula")) == "file:///C%3A/books/a.fabula"  # type: ignore[arg-type]
