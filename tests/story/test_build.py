from __future__ import annotations

import os
from pathlib import Path

import pytest

from fabula.errors import EmptySourceError, SourceMissingError
from fabula.story.build import STAGES, read_records
from fabula.story.story import Story

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))

ENGLISH = (
    "“I will go to the house,” said Tom Hale, and he went out of the room and down the stairs to the street with his hat "
    "in his hand.\n\n"
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_book_that_is_read_twice_gives_the_same_records(path: Path) -> None:
    """The examples"""
    assert read_records(path) == read_records(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_records_lie_in_the_text_and_are_numbered_in_its_order(path: Path) -> None:
    """The examples"""
    records = read_records(path)
    length = len(records.text.string)
    assert [m.id for m in records.mentions] == list(range(len(records.mentions)))
    assert [q.id for q in records.quotes] == list(range(len(records.quotes)))
    assert all(0 <= m.span.start < m.span.end <= length for m in records.mentions)
    assert [q.span.end for q in records.quotes] == sorted(q.span.end for q in records.quotes)
    assert {a.speaker for a in records.attributions} <= {m.id for m in records.mentions}


def test_the_stages_are_told_as_they_begin(tmp_path: Path) -> None:
    """A page of English"""
    (tmp_path / "a.txt").write_text(ENGLISH * 3)
    seen: list[str] = []
    records = read_records(tmp_path / "a.txt", progress=seen.append)
    assert tuple(seen) == STAGES
    assert records.layers == ("quotes", "mentions", "cast", "speakers")


def test_a_book_without_a_title_is_called_as_its_file_or_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """the_weir.txt; a folder My Story of chapters, also where it is the current one"""
    folder = tmp_path / "My Story"
    folder.mkdir()
    for name in ("ch1.md", "ch2.md"):
        (folder / name).write_text(ENGLISH)
    (tmp_path / "the_weir.txt").write_text(ENGLISH)
    assert read_records(tmp_path / "the_weir.txt").book.title == "the weir"
    monkeypatch.chdir(folder)
    books = [read_records(path).book for path in (folder, Path(), Path("../My Story"))]
    assert {(b.title, b.source) for b in books} == {("My Story", "My Story")}


@pytest.mark.skipif(os.name != "posix", reason="POSIX only")
def test_a_book_whose_name_is_no_utf_8_can_be_saved(tmp_path: Path) -> None:
    """caf\\xe9.txt, alone and in a folder, as an old disk has it"""
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"ch2.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(ENGLISH)
    for path in (folder, *folder.iterdir()):
        with Story.from_records(read_records(path)) as story:
            story.save(tmp_path / "a.fabula")
            assert "Tom Hale" in story.text
            assert story.locate(0).file


def test_a_book_in_another_language_is_read_as_far_as_that_goes_and_says_so(tmp_path: Path) -> None:
    """German"""
    (tmp_path / "a.txt").write_text(
        "„Ich gehe jetzt nach Hause“, sagte der alte Mann und nahm seinen Hut von der Wand.\n\n" * 20, encoding="utf-8"
    )
    records = read_records(tmp_path / "a.txt")
    assert records.layers == ("quotes",)
    assert [n.kind for n in records.text.notices if n.kind == "language"] == ["language"]
    assert not records.mentions


@pytest.mark.parametrize("content", ["", "   \n\n", "* * *\n\n* * *\n", "...!?"])
def test_a_book_without_prose_is_refused(tmp_path: Path, content: str) -> None:
    """Nothing, or nothing but stars"""
    (tmp_path / "a.txt").write_text(content)
    with pytest.raises(EmptySourceError):
        read_records(tmp_path / "a.txt")


def test_a_book_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """nowhere.txt"""
    with pytest.raises(SourceMissingError):
        read_records(tmp_path / "nowhere.txt")
