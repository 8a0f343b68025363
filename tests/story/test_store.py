from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fabula.errors import (
    NewerStoryError,
    NotAStoryError,
    OlderStoryError,
    SaveError,
    StoryFileError,
    StoryMissingError,
)
from fabula.records import PackedSegment, StoryRecords
from fabula.story import store
from fabula.story.store import SEAL, open_story, read_pass_cache, write_story
from fabula.story.story import Story
from tests.stories import make_weir
from tests.story.files import as_somebody_else, call, posix, title_of


def test_a_new_story_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """Two stories, one name."""
    for title in ("old", "new"):
        write_story(call(title), tmp_path / "a.fabula")
    assert title_of(tmp_path / "a.fabula") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


def test_an_open_story_goes_on_answering_when_another_takes_its_place(tmp_path: Path) -> None:
    """The old story, open, and a new one under its name."""
    write_story(call("old"), tmp_path / "a.fabula")
    with Story.open(tmp_path / "a.fabula") as story:
        write_story(call("new"), tmp_path / "a.fabula")
        assert story.book.title == "old"
        assert story.quote(story.quotes[0].span) == "“Go,”"
        assert len(story.search("Tom")) == 1
    assert title_of(tmp_path / "a.fabula") == "new"


def test_a_story_can_be_saved_over_the_file_that_it_was_opened_from(tmp_path: Path) -> None:
    """The weir."""
    write_story(make_weir(), tmp_path / "a.fabula")
    with Story.open(tmp_path / "a.fabula") as story:
        story.save(tmp_path / "a.fabula")
        story.save(tmp_path / "b.fabula")
    assert {title_of(tmp_path / name) for name in ("a.fabula", "b.fabula")} == {"The Weir"}
    assert (tmp_path / "a.fabula").read_bytes() == (tmp_path / "b.fabula").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["with space", "100%", "50%20off", "what?", "a#b", "Æsop’s 寓言 😀", 'it\'s "so"', "[1]", "*", "a&mode=rw", "-o"],
)
@posix
def test_a_story_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Names with signs that mean something in a URI, a shell or a pattern, and a very long one."""
    folder = tmp_path / name
    folder.mkdir()
    path = folder / f"{name}.fabula"
    for title in ("old", "new"):
        write_story(call(title), path)
        assert title_of(path) == title
    assert list(folder.iterdir()) == [path]


@posix
def test_a_story_may_have_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    """caf\\xe9.fabula, as an old disk has it"""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.fabula"))
    write_story(call("old"), path)
    assert title_of(path) == "old"


def test_a_relative_path_is_one_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a.fabula, sub/../b.fabula"""
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("a.fabula", "sub/../b.fabula"):
        write_story(call(name), Path(name))
        assert title_of(Path(name)) == name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.fabula", "b.fabula", "sub"]


@posix
def test_a_link_goes_on_pointing_at_the_story(tmp_path: Path) -> None:
    """link.fabula > kept/a.fabula"""
    (tmp_path / "kept").mkdir()
    link = tmp_path / "link.fabula"
    link.symlink_to(tmp_path / "kept" / "a.fabula")
    write_story(call("old"), link)
    assert link.is_symlink()
    assert title_of(tmp_path / "kept" / "a.fabula") == "old"


@posix
def test_a_story_has_the_permissions_of_any_new_file_and_keeps_those_that_it_was_given(tmp_path: Path) -> None:
    """umask 027, then chmod 640"""
    path = tmp_path / "a.fabula"
    before = os.umask(0o027)
    try:
        write_story(call("old"), path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        write_story(call("new"), path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_two_writers_at_once_leave_one_whole_story(tmp_path: Path) -> None:
    """Four threads, each its own story, ten times."""
    records = [call(str(n)) for n in range(4)]
    faults: list[Exception] = []

    def work(mine: StoryRecords) -> None:
        try:
            for _ in range(10):
                write_story(mine, tmp_path / "a.fabula")
        except SaveError as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in records]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        with contextlib.suppress(StoryMissingError):
            assert title_of(tmp_path / "a.fabula") in "0123"
    for thread in threads:
        thread.join()
    assert not faults
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


def test_what_killed_writers_left_is_swept_and_what_others_write_now_is_not(tmp_path: Path) -> None:
    """Two half-written files of this story, an old one and a new one, and one of another story."""
    old, new, another = (tmp_path / name for name in (".a[1].fabula.x.part", ".a[1].fabula.y.part", ".b.fabula.z.part"))
    for path in (old, new, another):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * store.STALE
    for path in (old, another):
        os.utime(path, (long_ago, long_ago))
    write_story(call("a"), tmp_path / "a[1].fabula")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a[1].fabula.y.part", ".b.fabula.z.part", "a[1].fabula"]


# --- opening


def test_a_story_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """nowhere.fabula, a.fabula/b.fabula, a name with a zero byte, a link to nowhere"""
    write_story(call("a"), tmp_path / "a.fabula")
    for path in (tmp_path / "nowhere.fabula", tmp_path / "a.fabula" / "b.fabula", tmp_path / "a\0b"):
        with pytest.raises(StoryMissingError):
            open_story(path)


@pytest.mark.parametrize("content", [b"", b"Emma Woodhouse", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(200), bytes(5000)])
def test_another_file_is_no_story(tmp_path: Path, content: bytes) -> None:
    """An empty file, a book, something that begins like a database"""
    (tmp_path / "emma.txt").write_bytes(content)
    with pytest.raises(NotAStoryError, match="no fabula header") as failed:
        open_story(tmp_path / "emma.txt")
    assert failed.value.hint == "build one with `fabula read emma.txt`"


def test_a_folder_is_no_story(tmp_path: Path) -> None:
    """A folder of chapters"""
    with pytest.raises(NotAStoryError):
        open_story(tmp_path)


@posix
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_no_story(tmp_path: Path) -> None:
    """A pipe that nobody writes to: opening it would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAStoryError):
        open_story(tmp_path / "pipe")


def test_the_database_of_another_program_is_no_story(tmp_path: Path) -> None:
    """A calendar"""
    with contextlib.closing(sqlite3.connect(tmp_path / "calendar.db")) as connection:
        connection.execute("CREATE TABLE book (key, value)")
        connection.commit()
    with pytest.raises(NotAStoryError):
        open_story(tmp_path / "calendar.db")


def test_a_story_of_a_newer_fabula_asks_for_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version 4"""
    with monkeypatch.context() as patch:
        patch.setattr("fabula.story.tables.VERSION", 4)
        write_story(call("a"), tmp_path / "a.fabula")
    with pytest.raises(NewerStoryError, match=r"story version 4; this one knows 3") as failed:
        open_story(tmp_path / "a.fabula")
    assert "pip install --upgrade fabula" in failed.value.hint


def test_a_story_of_an_older_fabula_asks_for_its_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version 2"""
    with monkeypatch.context() as patch:
        patch.setattr("fabula.story.tables.VERSION", 2)
        write_story(call("a"), tmp_path / "a.fabula")
    with pytest.raises(OlderStoryError, match="older fabula") as failed:
        open_story(tmp_path / "a.fabula")
    assert "fabula read BOOK" in failed.value.hint


# --- what the reading model said, for the next reading


def test_what_the_model_said_is_found_again_by_the_segments_keys(tmp_path: Path) -> None:
    """Two segments"""
    segments = (PackedSegment("one", b"\0\1"), PackedSegment("two", b""))
    write_story(replace(call("a"), segments=segments), tmp_path / "a.fabula")
    assert read_pass_cache(tmp_path / "a.fabula") == {"one": b"\0\1", "two": b""}


def test_an_old_file_of_no_use_is_an_empty_cache_and_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing there; a folder; a book; a story cut short; one of another version"""
    records = replace(call("a"), segments=(PackedSegment("one", b"1"),))
    (tmp_path / "book.fabula").write_text("Emma Woodhouse")
    write_story(records, tmp_path / "short.fabula")
    (tmp_path / "short.fabula").write_bytes((tmp_path / "short.fabula").read_bytes()[:-100])
    for version in (2, 4):
        with monkeypatch.context() as patch:
            patch.setattr("fabula.story.tables.VERSION", version)
            write_story(records, tmp_path / f"{version}.fabula")
    for name in ("nowhere.fabula", "", "book.fabula", "short.fabula", "2.fabula", "4.fabula", "a\0b"):
        assert read_pass_cache(tmp_path / name) == {}


@posix
def test_a_story_that_may_not_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    """chmod 0"""
    write_story(call("a"), tmp_path / "a.fabula")
    (tmp_path / "a.fabula").chmod(0)
    name, message, hint = as_somebody_else(tmp_path, lambda: open_story(tmp_path / "a.fabula"))
    assert name == StoryFileError.__name__
    assert message.endswith("no permission to read it")
    assert hint


@posix
def test_a_story_can_be_opened_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A read-only file in a read-only folder"""
    folder = tmp_path / "disc"
    folder.mkdir()
    write_story(call("a"), folder / "a.fabula")
    (folder / "a.fabula").chmod(0o444)
    folder.chmod(0o555)
    assert as_somebody_else(folder, lambda: title_of(folder / "a.fabula")) == []


def test_opening_a_story_changes_nothing_and_leaves_no_file_beside_it(tmp_path: Path) -> None:
    """The weir, opened and asked"""
    write_story(make_weir(), tmp_path / "a.fabula")
    before = (tmp_path / "a.fabula").read_bytes()
    with Story.open(tmp_path / "a.fabula") as story:
        story.search("boat")
        with pytest.raises(sqlite3.OperationalError):
            story._layers._connection.execute("DELETE FROM quote")
        assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]
    assert (tmp_path / "a.fabula").read_bytes() == before


def test_the_database_of_a_story_is_whole_for_any_program(tmp_path: Path) -> None:
    """PRAGMA integrity_check, by whoever opens the file"""
    write_story(make_weir(), tmp_path / "a.fabula")
    assert (tmp_path / "a.fabula").read_bytes()[-8:-4] == SEAL
    with contextlib.closing(sqlite3.connect(tmp_path / "a.fabula")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM quote").fetchone() == (4,)
