from __future__ import annotations

import io
import sys
import tarfile
from pathlib import Path

import pytest

from benchmarks import reading
from benchmarks.books import ARCHIVE, BOOKS, SECRET_GARDEN, WAR_AND_PEACE, Book, place_books
from benchmarks.processes import Cost
from benchmarks.reading import Reading, change, tabulate_readings, tabulate_rereading


def test_the_books_of_the_archive_are_unpacked_and_no_others(tmp_path: Path) -> None:
    """an archive that also holds a book that is not measured"""
    path = tmp_path / "data" / ARCHIVE
    path.parent.mkdir(parents=True)
    with tarfile.open(path, "w:xz") as archive:
        for name in ("original/other.txt", *(book.path for book in BOOKS if book.in_archive)):
            info = tarfile.TarInfo(name)
            info.size = len(name)
            archive.addfile(info, io.BytesIO(name.encode()))
    folder = tmp_path / "books"
    folder.mkdir()
    places = place_books(tmp_path / "data", folder)
    assert list(places) == list(BOOKS)
    assert all(places[book].read_text() == book.path for book in BOOKS if book.in_archive)
    assert len(list(folder.iterdir())) == 2


def test_a_book_over_its_bar_of_time_misses_it() -> None:
    """The Secret Garden in ten and in fourteen seconds"""
    assert Reading(SECRET_GARDEN, 80_000, Cost(10.0, 10.0, 10**8), 2.0).is_fast
    assert not Reading(SECRET_GARDEN, 80_000, Cost(14.0, 10.0, 10**8), 2.0).is_fast


def test_a_book_over_its_bar_of_memory_misses_it() -> None:
    """War and Peace in ten seconds and three gigabytes"""
    assert not Reading(WAR_AND_PEACE, 563_000, Cost(10.0, 10.0, 3 * 10**9), 2.0).is_fast


def test_a_book_is_changed_in_its_middle_and_another_way_each_time() -> None:
    """Four paragraphs"""
    book = "\n\n".join(["It rained."] * 4)
    changed = [change(book, number).split("\n\n") for number in (1, 2)]
    assert [(len(one), one[3]) for one in changed] == [
        (5, f"The clock struck {number}, and he went out into the street.") for number in (1, 2)
    ]
    assert "| 4.00 | 4.00 | 100 | ≤ 3 s | **no** |" in tabulate_rereading(Cost(4.0, 4.0, 10**8))


def test_a_book_without_a_bar_neither_meets_nor_misses_one() -> None:
    """a book of no account"""
    reading = Reading(Book("Other", "other.txt"), 1_000, Cost(9.0, 9.0, 10**8), 2.0)
    assert reading.is_fast is None
    assert tabulate_readings([reading]).endswith("| Other | 1,000 | 9.00 | 9.00 | 100 |  |  | 2.00 |")


def test_each_reading_begins_without_a_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times, by a command that fails where there is one"""
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).touch(exist_ok=False)"
    monkeypatch.setattr(reading, "fabula", lambda *words: [sys.executable, "-c", script, str(words[3])])
    story = tmp_path / "a.fabula"
    [cost] = reading.measure_readings({WAR_AND_PEACE: tmp_path / "a.txt"}, {WAR_AND_PEACE: story}, 3)
    assert cost.wall > 0
    assert story.exists()
