from __future__ import annotations

import contextlib
import errno
import os
import signal
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.errors import (
    DamagedStoryError,
    FabulaError,
    MissingFeatureError,
    NewerStoryError,
    NotAStoryError,
    SaveError,
    StoryFileError,
    StoryMissingError,
)
from fabula.records import StoryRecords
from fabula.story import store
from fabula.story.layers import StoredLayers
from fabula.story.store import SEAL, open_story, write_story
from fabula.story.story import Story
from tests.stories import make_records, make_weir

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
NOBODY = 65534


def title_of(path: Path) -> str:
    with contextlib.closing(StoredLayers(open_story(path), path)) as layers:
        return layers.book.title


def call(story: str) -> StoryRecords:
    """A story with this title."""
    return make_records("# I ¶ “Go,” said Tom.", people={"Tom": ()}, title=story)


def as_somebody_else(folder: Path, do: Callable[[], object]) -> list[str]:
    """The exception of a call, its class and its words, made by a user who may not do everything."""
    context = get_context("fork")
    ours, theirs = context.Pipe()

    def work() -> None:
        if os.getuid() == 0:
            os.setuid(NOBODY)
        try:
            do()
        except FabulaError as error:
            theirs.send([type(error).__name__, error.message, error.hint])
        else:
            theirs.send([])

    for parent in (folder, *folder.parents[:3]):
        with contextlib.suppress(PermissionError):
            parent.chmod(parent.stat().st_mode | 0o055)
    process = context.Process(target=work)
    process.start()
    process.join()
    said: list[str] = ours.recv()
    return said


# --- writing


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


# --- what cannot be written


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

    said = as_somebody_else(tmp_path, save) if os.getuid() else _forked(save)
    assert said[0] == "SaveError"
    assert said[1].endswith("the disk is full")
    assert "free some space" in said[2]
    assert title_of(tmp_path / "a.fabula") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


def _forked(do: Callable[[], object]) -> list[str]:
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


# --- killed


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
    """Version 2"""
    with monkeypatch.context() as patch:
        patch.setattr("fabula.story.tables.VERSION", 2)
        write_story(call("a"), tmp_path / "a.fabula")
    with pytest.raises(NewerStoryError, match=r"story version 2; this one knows 1") as failed:
        open_story(tmp_path / "a.fabula")
    assert "pip install --upgrade fabula" in failed.value.hint


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


# --- damage


@pytest.fixture(scope="module")
def weir_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weir") / "weir.fabula"
    write_story(make_weir(), path)
    return path.read_bytes()


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "damaged.fabula"


def opens_rightly_or_says_that_it_is_damaged(path: Path) -> bool:
    try:
        with Story.open(path) as story:
            assert story._layers.records == make_weir()
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
        story.search("weir")


def test_a_story_of_which_a_table_is_gone_is_damaged(tmp_path: Path) -> None:
    """DROP TABLE quote, sealed again"""
    path = tmp_path / "a.fabula"
    write_story(make_weir(), path)
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
