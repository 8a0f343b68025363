"""The explorer as a folder of files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fabula import Story
from fabula.errors import NotReadError, SaveError
from fabula.web.folder import as_script, write_folder
from tests.stories import make_records, make_weir

PAGE = '<!doctype html><meta name="fabula-source" content="server"><script src="assets/main.js"></script>'
HOSTILE = "</script><script>alert(1)</script><!-- <script"


@pytest.fixture(autouse=True)
def _front(front: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (front / "index.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr("fabula.web.front.FRONT", front)


@pytest.fixture
def story() -> Story:
    return Story.from_records(make_weir())


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def payloads(folder: Path) -> Iterator[tuple[str, Any]]:
    """What the scripts hand over, as a browser would take it."""
    for name, content in files(folder / "data").items():
        found = re.fullmatch(r'fabulaData\("([\w/]+)",(.*)\);\n', content.decode(), re.DOTALL)
        assert found and found[1] == name.removesuffix(".js")
        yield found[1], msgspec.json.decode(found[2])


def test_the_folder_holds_the_front_end_and_an_answer_to_everything(story: Story, tmp_path: Path) -> None:
    """Two chapters, three people"""
    n = write_folder(story, story, tmp_path / "out")
    written = files(tmp_path / "out")
    assert n == len(written)
    assert 'content="disk"' in written["index.html"].decode()
    assert written["assets/main.js"] == b"1"
    names = {name for name, _ in payloads(tmp_path / "out")}
    people = {f"person/{c.id}" for c in story.cast}
    assert names == {"story", "cast", "quotes", "voices", "chapter/0", "chapter/1", "script/0", "script/1"} | people
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "static"]


def test_nothing_of_what_comes_after_a_position_is_in_it(story: Story, tmp_path: Path) -> None:
    """until 1: Ann is in chapter 2"""
    write_folder(story, story.until(1), tmp_path / "out")
    assert b"Ann" in story.text.encode()
    assert not any(b"Ann" in content or b"Night" in content for content in files(tmp_path / "out").values())
    assert "data/chapter/1.js" not in files(tmp_path / "out")


def test_no_word_of_a_book_ends_a_script(tmp_path: Path) -> None:
    """</script><script>alert(1)</script>"""
    records = make_records(
        f"# Chapter 1. {HOSTILE} ¶ “Go,” said {HOSTILE}.", people={HOSTILE: ()}, speakers=(HOSTILE,), title=HOSTILE
    )
    hostile = Story.from_records(records)
    write_folder(hostile, hostile, tmp_path / "out")
    for name, content in files(tmp_path / "out").items():
        if name.startswith("data/"):
            assert b"<" not in content
    told = dict(payloads(tmp_path / "out"))
    assert told["story"]["title"] == HOSTILE
    assert HOSTILE not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_what_javascript_takes_for_a_line_end_is_escaped() -> None:
    """U+2028, U+2029"""
    assert as_script("x", "\u2028\u2029").isascii()


def test_an_earlier_export_is_replaced(story: Story, tmp_path: Path) -> None:
    """The whole, then up to chapter 1"""
    write_folder(story, story, tmp_path / "out")
    write_folder(story, story.until(1), tmp_path / "out")
    assert "data/chapter/1.js" not in files(tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "static"]
    (tmp_path / "empty").mkdir()
    write_folder(story, story, tmp_path / "empty")


@pytest.mark.parametrize("name", ["notes.txt", "index.html", "data/mine.js"])
def test_what_is_no_export_is_left_alone(story: Story, tmp_path: Path, name: str) -> None:
    """A folder with something of the user's"""
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(SaveError, match="something else"):
        write_folder(story, story, tmp_path / "out")
    assert files(tmp_path / "out") == {name: b"mine"}


def test_an_export_into_which_somebody_has_put_a_file_is_left_alone(story: Story, tmp_path: Path) -> None:
    """notes.txt beside index.html"""
    write_folder(story, story, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SaveError, match="something else"):
        write_folder(story, story, tmp_path / "out")


def test_a_file_a_missing_folder_and_a_checkout_are_no_place(story: Story, tmp_path: Path) -> None:
    """out is a file; there/ is not there"""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "out", tmp_path / "there" / "out"):
        with pytest.raises(SaveError):
            write_folder(story, story, place)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_writing_that_fails_leaves_what_was_there(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle"""
    write_folder(story, story.until(1), tmp_path / "out")
    before = files(tmp_path / "out")

    def fail(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fabula.web.folder.as_script", fail)
    with pytest.raises(SaveError, match="no space left"):
        write_folder(story, story, tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "static"]


def test_a_folder_that_cannot_be_put_in_place_leaves_what_was_there(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last renaming fails"""
    write_folder(story, story.until(1), tmp_path / "out")
    before, rename = files(tmp_path / "out"), Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.suffix == ".part":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SaveError, match="permission denied"):
        write_folder(story, story, tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "static"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_folder_can_be_read_by_those_who_read_other_new_ones(story: Story, tmp_path: Path) -> None:
    """umask"""
    (tmp_path / "other").mkdir()
    write_folder(story, story, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_without_people_there_are_no_pages(tmp_path: Path) -> None:
    """A story that is not in English"""
    foreign = Story.from_records(make_records("# Chapitre 1 ¶ Il pleut.", layers=("quotes",)))
    with pytest.raises(NotReadError):
        write_folder(foreign, foreign, tmp_path / "out")
