"""`fabula who`: one person on one page."""

from __future__ import annotations

import json
from pathlib import Path

from fabula import Story
from tests.cli.conftest import Run
from tests.stories import make_records


def test_the_page_of_a_person(run: Run, weir: Path) -> None:
    """Tom Hale"""
    assert run("who", weir, "Tom", "Hale").out.splitlines() == [
        "Tom Hale",
        "in The Weir, by A. Author",
        "",
        "names     Tom Hale 1 (full name, ch. 1); Tom 1 (first name, ch. 2); Mr. Hale 1",
        "          (with a title, ch. 2)",
        "gender    male (Mr. 1)",
        "named     3 times, from chapter 1 to 2",
        "first     “Have you seen the boat?” said Tom Hale.",
        "last      “At the weir,” whispered Mr. Hale.",
        "with      Ann Reed 1",
        "says      2 quotations",
        "how       whisper 1",
        "",
        "  ch. 1   “Have you seen the boat?”",
        "  ch. 2   “At the weir,”",
    ]


def test_somebody_named_once_who_says_nothing_has_a_shorter_page(run: Run, weir: Path) -> None:
    """“It is gone,” answered Mrs. Reed"""
    out = run("who", weir, "Ann", "--until", "2").out
    assert "says      0 quotations" in out
    assert "how" not in out
    assert "gender    unknown" in out


def test_until_a_chapter_only_what_has_been_read_is_told(run: Run, weir: Path) -> None:
    """--until 1"""
    told = json.loads(run("who", weir, "Tom Hale", "--until", "1", "--json").out)
    assert (told["until"], told["mentions"], told["quotes"], told["gender"], told["company"]) == (1, 1, 1, "unknown", [])
    assert [n["text"] for n in told["names"]] == ["Tom Hale"]
    assert "as far as chapter 1" in run("who", weir, "Tom Hale", "--until", "1").out


def test_of_many_quotations_the_first_three_and_the_last_are_shown(run: Run, tmp_path: Path) -> None:
    """“1,” said Tom. ¶ “2,” said Tom. ..."""
    path = tmp_path / "many.fabula"
    passage = " ¶ ".join(f"“Number {n},” said Tom." for n in range(1, 7))
    Story.from_records(make_records(passage, people={"Tom": ()}, speakers=["Tom"] * 6)).save(path)
    out = run("who", path, "Tom").out
    assert [n for n in range(1, 7) if f"Number {n}," in out.partition("says")[2]] == [1, 2, 3, 6]
    assert "\n          ...\n" in out


def test_a_name_that_is_several_peoples_is_not_guessed(run: Run, weir: Path) -> None:
    """Reed: Mrs. Reed, or Ann Reed?"""
    done = run("who", weir, "Reed")
    assert (done.status, done.out) == (2, "")
    assert "Mrs. Reed" in done.err
    assert "Ann Reed" in done.err
