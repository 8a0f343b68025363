"""Folders of chapters."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError, EmptySourceError, SourceMissingError
from fabula.source.folder import natural_key, read_folder, read_zip, title_from_name
from tests.source.books import archive, docx, epub, headings, paragraph_of, texts

PROSE = "It was one of those days on which nothing happens at all."


def folder(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    place = tmp_path / "my-serial"
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return place


def test_chapters_are_in_natural_order_with_titles_from_headings_or_names(tmp_path: Path) -> None:
    """ch1.md, ch2 - The Letter.md, ch10.md"""
    story = read_folder(folder(tmp_path, {"ch10.md": PROSE, "ch2 - The Letter.md": PROSE, "ch1.md": f"# The Arrival\n\n{PROSE}"}))
    assert headings(story) == ["The Arrival", "Chapter 2: The Letter", "Chapter 10"]
    assert [block.anchors[0].element for block in story.blocks if block.text != PROSE] == ["", "name", "name"]
    assert (story.title, story.format) == ("my serial", "folder")
    assert [block.anchors[0].file for block in story.blocks][-1] == "ch10.md"


def test_each_file_is_read_in_its_own_format(tmp_path: Path) -> None:
    """1.txt, 2.html, 3.docx, 4.epub"""
    files: dict[str, str | bytes] = {
        "1.txt": f"CHAPTER I.\n\n{PROSE}\n",
        "2.html": f"<html><body><h1>Two</h1><p>{PROSE}</p></body></html>",
        "3.docx": docx(paragraph_of(PROSE)),
        "4.epub": epub({"a.xhtml": f"<h1>Four</h1><p>{PROSE}</p>"}),
    }
    story = read_folder(folder(tmp_path, files))
    assert texts(story) == ["CHAPTER I.", PROSE, "Two", PROSE, "Chapter 3", PROSE, "Four", PROSE]
    assert story.blocks[-1].anchors[0].file == "4.epub/OPS/a.xhtml"


def test_folders_in_it_are_read_in_order(tmp_path: Path) -> None:
    """Part 1/ch1.md, Part 2/ch1.md, Part 10/ch1.md"""
    files: dict[str, str | bytes] = {f"Part {n}/ch1.md": f"# {n}\n\n{PROSE}" for n in (10, 2, 1)}
    assert headings(read_folder(folder(tmp_path, files))) == ["1", "2", "10"]


def test_what_stands_beside_the_story_is_left_out_and_noticed(tmp_path: Path) -> None:
    """README.md, outline.md, cover.png, .git, book.pdf"""
    files: dict[str, str | bytes] = {
        "ch1.md": PROSE, "README.md": "Read me.", "outline.md": "Tom dies.", "cover.png": b"\x89PNG\r\n", "book.pdf": b"%PDF-1.4",
        ".git/x.md": "no", "ch2.md": "", "~$ch1.docx": b"x",
    }  # fmt: skip
    story = read_folder(folder(tmp_path, files))
    assert texts(story) == ["Chapter 1", PROSE]
    assert sorted((oddity.kind, oddity.message.split("`")[1]) for oddity in story.oddities) == [
        ("empty file", "ch2.md"),
        ("skipped file", "README.md"),
        ("skipped file", "book.pdf"),
        ("skipped file", "outline.md"),
    ]


def test_a_chapter_in_two_formats_is_read_once(tmp_path: Path) -> None:
    """ch1.md, ch2.md, and ch1.docx exported from it"""
    story = read_folder(folder(tmp_path, {"ch1.md": PROSE, "ch2.md": PROSE, "ch1.docx": docx(paragraph_of("Old."))}))
    assert texts(story) == ["Chapter 1", PROSE, "Chapter 2", PROSE]


def test_asides_and_oddities_move_with_their_chapters(tmp_path: Path) -> None:
    """a footnote in the second file"""
    story = read_folder(folder(tmp_path, {"ch1.md": PROSE, "ch2.md": "He saw it[^1].\n\n[^1]: A dog."}))
    (note,) = story.asides
    assert story.blocks[note.block].text[: note.offset] == "He saw it"


def test_the_same_files_give_the_same_sum(tmp_path: Path) -> None:
    """sha256 of names and bytes in order"""
    one = read_folder(folder(tmp_path / "a", {"ch1.md": "One.", "ch2.md": "Two."}))
    same = read_folder(folder(tmp_path / "b", {"ch2.md": "Two.", "ch1.md": "One."}))
    other = read_folder(folder(tmp_path / "c", {"ch1.md": "One.", "ch3.md": "Two."}))
    assert one.sha256 == same.sha256 != other.sha256


def test_a_folder_without_prose_says_so(tmp_path: Path) -> None:
    """only a picture"""
    with pytest.raises(EmptySourceError):
        read_folder(folder(tmp_path, {"a.png": b"\x89PNG"}))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    """chmod 000"""
    place = folder(tmp_path, {"ch1.md": PROSE})
    place.chmod(0)
    with pytest.raises(SourceMissingError):
        read_folder(place)


def test_a_folder_may_link_to_itself(tmp_path: Path) -> None:
    """a symbolic link to the folder above"""
    place = folder(tmp_path, {"ch1.md": PROSE})
    (place / "up").symlink_to(place, target_is_directory=True)
    assert texts(read_folder(place)) == [PROSE]


def test_a_zip_of_a_folder_is_the_same_story() -> None:
    """serial.zip with ch2.md, ch10.md and a path that leads out"""
    files = {"s/ch10.md": PROSE, "s/ch2.md": PROSE, "__MACOSX/s/._ch2.md": "x", "../../ch3.md": PROSE}
    story = read_zip(archive(files), Path("s.zip"))
    assert headings(story) == ["Chapter 3", "Chapter 2", "Chapter 10"]


def test_a_zip_bomb_is_refused() -> None:
    """50 MB of zeros in ch1.md"""
    with pytest.raises(DamagedSourceError):
        read_zip(archive({"ch1.md": b"0" * 50_000_000}), Path("s.zip"))


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["ch10", "ch2", "ch1"], ["ch1", "ch2", "ch10"]),
        (["Epilogue", "1", "2", "Prologue"], ["Prologue", "1", "2", "Epilogue"]),
        (["Chapter Ten", "Chapter Two", "Chapter One - Go"], ["Chapter One - Go", "Chapter Two", "Chapter Ten"]),
        (["Chapter IX", "Chapter X", "Chapter V"], ["Chapter V", "Chapter IX", "Chapter X"]),
        (["01-intro", "02-a", "010-b"], ["01-intro", "02-a", "010-b"]),
        (["b", "A", "c"], ["A", "b", "c"]),
    ],
)
def test_names_are_sorted_as_people_do(names: list[str], ordered: list[str]) -> None:
    """ch2 before ch10"""
    assert sorted(names, key=natural_key) == ordered


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ch02.md", "Chapter 2"),
        ("Chapter 3 - The Fall.docx", "Chapter 3: The Fall"),
        ("12_the-long-road.txt", "Chapter 12: the long road"),
        ("Part 2.md", "Part 2"),
        ("prologue.md", "prologue"),
        ("1984.5 notes.md", "1984.5 notes"),
    ],
)
def test_titles_from_names(name: str, title: str) -> None:
    """ch02.md"""
    assert title_from_name(name) == title
