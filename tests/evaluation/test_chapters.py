from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluation.chapters import GoldChapter, evaluate, read_gold, score, to_markdown
from fabula.records import SpanList
from fabula.text import compose
from tests.text.books import book, read

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))


def test_the_lists_are_complete() -> None:
    """evaluation/gold/chapters.toml"""
    gold = read_gold()
    counts = {name.split("/")[-1]: len(chapters) for name, chapters in gold.items()}
    assert counts["war_and_peace.txt"] == 364 and counts["1342_pride_and_prejudice.txt"] == 61
    assert all(chapter.begins for chapters in gold.values() for chapter in chapters)


def test_a_missing_chapter_a_wrong_title_and_an_extra_chapter_are_counted() -> None:
    """a book of three chapters, against a list of three of which one is another"""
    gold = (
        GoldChapter(0, 1, "The Bridge", "In the house number 1-0"),
        GoldChapter(0, 2, "The Cat", "In the house number 2-0"),
        GoldChapter(0, 3, "Snow", "It snowed"),
    )
    row = score("a.txt", read(book("CHAPTER I. The Bridge", "CHAPTER II. The Dog", "CHAPTER III. Rain")), gold)
    assert (row.gold, row.found, row.titles, row.extra, row.right) == (3, 2, 1, 1, False)
    assert len(row.wrong) == 2


def test_the_table_has_a_line_a_book_and_a_total() -> None:
    """one book"""
    row = score("a.txt", read(book("CHAPTER I", "CHAPTER II")), (GoldChapter(0, 1, "", "In the house number 1-0"),))
    assert to_markdown([row]).split("\n")[2:] == [
        "| a | 1 | 1 | 1 | 1 | 1 |",
        "| **1 books** | **1** | **1** | **1** | **1** | **1** |",
    ]


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "novels").exists(), reason="the novels are not here (FABULA_DATA)")
def test_every_listed_chapter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """twenty-seven novels"""
    monkeypatch.setattr(compose, "find_tokens", lambda _string, _paragraphs: (SpanList.of(()), SpanList.of(())))
    rows = evaluate(DATA)
    assert rows and [row.book for row in rows if not row.right] == []
