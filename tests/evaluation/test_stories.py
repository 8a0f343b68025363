from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import fabula
from evaluation import stories
from evaluation.stories import Shelf, digest_package
from fabula import Story
from tests.stories import make_weir


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The books that were read."""
    read: list[str] = []

    def read_weir(book: Path, *, save: Path | None = None) -> Story:
        read.append(book.name)
        story = Story.from_records(make_weir())
        if save is not None:
            story.save(save)
        return story

    monkeypatch.setattr(fabula, "read", read_weir)
    yield read


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "weir.txt"
    path.write_text("The Weir", encoding="utf-8")
    return path


def test_a_story_is_read_once(readings: list[str], book: Path, tmp_path: Path) -> None:
    """the same book twice"""
    shelf = Shelf(tmp_path / "to" / "be made")
    for _ in range(2):
        with shelf.read(book, "Weir") as story:
            assert story.cast[0].n_mentions
    assert readings == ["weir.txt"]
    assert (tmp_path / "to" / "be made" / "Weir.fabula").exists()


def test_another_text_is_read_anew(readings: list[str], book: Path, tmp_path: Path) -> None:
    """a word is mended"""
    shelf = Shelf(tmp_path)
    shelf.read(book, "Weir").close()
    book.write_text("The Weirs", encoding="utf-8")
    shelf.read(book, "Weir").close()
    assert len(readings) == 2


def test_another_fabula_reads_anew(readings: list[str], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a line of a reader is mended"""
    shelf = Shelf(tmp_path)
    shelf.read(book, "Weir").close()
    monkeypatch.setattr(stories, "digest_package", lambda _package: "another")
    shelf.read(book, "Weir").close()
    assert len(readings) == 2


def test_a_damaged_story_is_read_anew(readings: list[str], book: Path, tmp_path: Path) -> None:
    """a story file cut short; then none"""
    shelf = Shelf(tmp_path)
    shelf.read(book, "Weir").close()
    (tmp_path / "Weir.fabula").write_bytes((tmp_path / "Weir.fabula").read_bytes()[:-4])
    shelf.read(book, "Weir").close()
    (tmp_path / "Weir.fabula").unlink()
    shelf.read(book, "Weir").close()
    assert len(readings) == 3


def test_without_a_folder_nothing_is_kept(readings: list[str], book: Path, tmp_path: Path) -> None:
    """twice"""
    for _ in range(2):
        Shelf().read(book, "Weir").close()
    assert len(readings) == 2
    assert list(tmp_path.iterdir()) == [book]


def test_a_text_is_read_as_a_file_of_its_name(readings: list[str], tmp_path: Path) -> None:
    """a text twice"""
    for _ in range(2):
        Shelf(tmp_path).read_text("Tom came.", "tale").close()
    assert readings == ["tale.txt"]


def test_what_reads_nothing_is_no_part_of_the_digest(tmp_path: Path) -> None:
    """a command; then a reader"""

    def digest() -> str:
        digest_package.cache_clear()
        return digest_package(tmp_path)

    for name in ("cli/show.py", "readers/quotes.py", "weights/reader.onnx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("1", encoding="utf-8")
    before = digest()
    (tmp_path / "cli/show.py").write_text("2", encoding="utf-8")
    assert digest() == before
    (tmp_path / "weights/reader.onnx").write_text("2", encoding="utf-8")
    assert digest() != before
    digest_package.cache_clear()
