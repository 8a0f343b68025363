from __future__ import annotations

import errno
import os
import signal
import stat
from pathlib import Path

import pytest

from fabula.errors import (
    MissingFeatureError,
    SaveError,
    StoryFileError,
)
from fabula.story import store
from fabula.story.store import open_story, write_story
from fabula.story.story import Story
from tests.stories import make_records, make_weir
from tests.story.files import as_somebody_else, call, in_a_process, posix, title_of


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    """-o FOLDER"""
    with pytest.raises(SaveError, match="it is a folder") as failed:
        write_story(call("a"), tmp_path)
    assert "story.fabula" in failed.value.hint


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """-o nowhere/a.fabula"""
    with pytest.raises(SaveError, match="there is no such folder"):
        write_story(call("a"), tmp_path / "nowhere" / "a.fabula")


def test_a_file_is_no_folder_to_write_in(tmp_path: Path) -> None:
    """-o book.txt/a.fabula"""
    (tmp_path / "book.txt").write_text("Tom ran.")
    with pytest.raises(SaveError, match="is no folder"):
        write_story(call("a"), tmp_path / "book.txt" / "a.fabula")


@posix
def test_a_story_may_have_the_longest_name_that_a_disk_takes(tmp_path: Path) -> None:
    """255 bytes"""
    path = tmp_path / f"{'ü' * 124}.fabula"
    write_story(call("a"), path)
    assert title_of(path) == "a"


@posix
def test_a_path_that_is_too_long_for_sqlite_is_called_so(tmp_path: Path) -> None:
    """Folders in folders; a story that was copied there cannot be opened, and that is said too."""
    folder = tmp_path / ("a" * 200) / ("b" * 200) / ("c" * 200)
    folder.mkdir(parents=True)
    with pytest.raises(SaveError, match="too long for SQLite"):
        write_story(call("a"), folder / "a.fabula")
    write_story(call("a"), tmp_path / "a.fabula")
    (tmp_path / "a.fabula").rename(folder / "a.fabula")
    with pytest.raises(StoryFileError, match="cannot be opened") as failed:
        open_story(folder / "a.fabula")
    assert "shorter path" in failed.value.hint


def test_a_name_that_is_too_long_is_called_so(tmp_path: Path) -> None:
    """300 letters"""
    with pytest.raises(SaveError, match="too long"):
        write_story(call("a"), tmp_path / f"{'a' * 300}.fabula")


def test_a_book_is_never_written_over(tmp_path: Path) -> None:
    """-o emma.txt"""
    book = tmp_path / "emma.txt"
    book.write_text("Emma Woodhouse, handsome, clever, and rich")
    with pytest.raises(SaveError, match="it is no story") as failed:
        write_story(call("a"), book)
    assert "emma.fabula" in failed.value.hint
    assert book.read_text().startswith("Emma")


def test_a_story_under_another_ending_and_a_broken_one_may_be_written_over(tmp_path: Path) -> None:
    """a.story, and a.fabula with rubbish in it"""
    for name in ("a.story", "b.fabula"):
        path = tmp_path / name
        write_story(call("old"), tmp_path / "c.fabula")
        path.write_bytes((tmp_path / "c.fabula").read_bytes() if name == "a.story" else b"rubbish")
        write_story(call("new"), path)
        assert title_of(path) == "new"


@posix
def test_a_device_is_not_replaced_by_a_story() -> None:
    """-o /dev/null"""
    with pytest.raises(SaveError, match="a device"):
        write_story(call("a"), Path("/dev/null"))
    assert not Path("/dev/null").is_file()


@posix
def test_a_folder_without_write_access_is_called_so(tmp_path: Path) -> None:
    """A folder of somebody else's."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    folder.chmod(0o555)
    name, message, hint = as_somebody_else(folder, lambda: write_story(call("a"), folder / "a.fabula"))
    assert name == "SaveError"
    assert message.endswith("no permission to write there")
    assert hint == "choose another place with `-o STORY`"
    assert list(folder.iterdir()) == []


@posix
def test_a_story_that_is_write_protected_stays(tmp_path: Path) -> None:
    """A story of somebody else's in a folder where all may write."""
    folder = tmp_path / "ours"
    folder.mkdir()
    folder.chmod(0o777)
    write_story(call("old"), folder / "a.fabula")
    (folder / "a.fabula").chmod(0o444)
    name, message, _ = as_somebody_else(folder, lambda: write_story(call("new"), folder / "a.fabula"))
    assert name == "SaveError"
    assert "write-protected" in message
    assert title_of(folder / "a.fabula") == "old"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EFBIG, "the disk is full"),
        (errno.EACCES, "no permission to write there"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fsync", "pathlib.Path.chmod"])
def test_whatever_fails_has_its_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, said: str
) -> None:
    """A fault of the system at each step of the writing; the old story is there after it."""
    write_story(call("old"), tmp_path / "a.fabula")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(SaveError) as failed:
            write_story(call("new"), tmp_path / "a.fabula")
    assert failed.value.message.endswith(said)
    assert failed.value.hint
    assert title_of(tmp_path / "a.fabula") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


@posix
def test_the_file_is_synced_before_it_has_its_name_and_the_folder_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that survives a power cut."""
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def note_replace(temporary: Path, target: Path) -> Path:
        steps.append("name")
        return replace(temporary, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write_story(call("a"), tmp_path / "a.fabula")
    assert steps == ["file", "name", "folder"]


def test_a_folder_that_cannot_be_synced_does_not_undo_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network disk that syncs files but no folders."""
    synced = os.fsync

    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no")
        synced(handle)

    monkeypatch.setattr(os, "fsync", sync)
    write_story(call("a"), tmp_path / "a.fabula")
    assert title_of(tmp_path / "a.fabula") == "a"


def test_a_file_that_windows_holds_open_is_said_to_be_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PermissionError from the renaming, as on Windows where another program has the story open."""
    write_story(call("old"), tmp_path / "a.fabula")

    def refuse(*_: Path) -> Path:
        raise PermissionError(errno.EACCES, "sharing violation")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(SaveError, match="it is open in another program"):
            write_story(call("new"), tmp_path / "a.fabula")
    assert title_of(tmp_path / "a.fabula") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


@posix
@pytest.mark.parametrize("room", [0, 1000, 20_000])
def test_a_disk_that_fills_up_leaves_the_old_story(tmp_path: Path, room: int) -> None:
    """A process that may write so many bytes."""
    write_story(call("old"), tmp_path / "a.fabula")
    large = Story.from_records(make_records(" ¶ ".join(f"Tom ran {n}." for n in range(3000)), people={"Tom": ()}))

    def save() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        large.save(tmp_path / "a.fabula")

    said = in_a_process(save)
    assert said[0] == "SaveError"
    assert said[1].endswith("the disk is full")
    assert "free some space" in said[2]
    assert title_of(tmp_path / "a.fabula") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


def test_a_python_without_full_text_search_is_told_so_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A SQLite without FTS5: nothing can be saved; a story can still be opened, and only searching fails."""
    write_story(make_weir(), tmp_path / "a.fabula")
    monkeypatch.setattr(store, "has_full_text_search", lambda: False)
    with pytest.raises(MissingFeatureError, match="FTS5") as failed:
        write_story(make_weir(), tmp_path / "b.fabula")
    assert "python.org" in failed.value.hint
    with Story.open(tmp_path / "a.fabula") as story:
        assert len(story.quotes) == 4
        with pytest.raises(MissingFeatureError):
            story.search("boat")
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]
