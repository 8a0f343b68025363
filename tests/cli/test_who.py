"""`fabula who`: one person on one page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import fabula
from fabula import Cast, Story, StoryView
from fabula.cli.portrait import draw_portrait
from fabula.cli.who import _write
from tests.cli.conftest import Run
from tests.stories import make_records


def test_the_page_of_a_person(run: Run, weir: Path) -> None:
    """Tom Hale"""
    assert run("who", weir, "Tom", "Hale").out.splitlines() == [
        "Tom Hale",
        "in The Weir, by A. Author",
        "",
        "names      Tom Hale 1 (full name, ch. 1); Tom 1 (first name, ch. 2); Mr. Hale 1",
        "           (with a title, ch. 2)",
        "gender     male (Mr. 1)",
        "seen       3 times by name, from chapter 1 to 2",
        "presence   +#",
        "           chapters 1 to 2, a mark a chapter",
        "first      ch. 1: “Have you seen the boat?” said Tom Hale.",
        "last       ch. 2: “At the weir,” whispered Mr. Hale.",
        "with       Ann Reed 1",
        "says       2 quotations",
        "how        whisper 1",
        "",
        "  ch. 1    “Have you seen the boat?”",
        "  ch. 2    “At the weir,”",
    ]


def test_somebody_without_a_name_is_asked_for_by_a_description(run: Run, inn: Path) -> None:
    """the old woman"""
    done = run("who", inn, "the", "old", "woman")
    assert done.out.splitlines() == [
        "(the old woman)",
        "without a name, in The Inn, by A. Author",
        "",
        "also       the old woman 2 (ch. 1); mother 2 (ch. 1); the hostess 1 (ch. 2)",
        "addressed  mother 2 (ch. 1)",
        "gender     unknown (her 1)",
        "pronouns   her 1",
        "seen       6 times (5 by description, 1 by pronoun), from chapter 1 to 2",
        "presence   ##",
        "           chapters 1 to 2, a mark a chapter",
        "first      ch. 1: The old woman sat.",
        "last       ch. 2: “Mother, wake!” cried Tom to the old woman, and the hostess",
        "           woke.",
        "with       Tom 3, (the stranger #3) 1",
        "says       0 quotations",
    ]
    assert run("who", inn, "hostess").out == run("who", inn, "The Hostess").out == done.out


def test_two_with_one_description_are_told_apart_by_their_ids(run: Run, inn: Path) -> None:
    """the stranger: in chapter 1, and another in chapter 2"""
    done = run("who", inn, "the stranger")
    assert (done.status, done.out) == (2, "")
    assert "several people go by `the stranger`" in done.err
    assert "name one of the stranger #3, the stranger #4" in done.err
    assert run("who", inn, "the stranger #4").out.startswith("(the stranger #4)\n")
    assert json.loads(run("who", inn, "#3", "--json").out)["first"]["chapter"] == 1
    assert run("who", inn, "the stranger", "--until", "1").out.startswith("(the stranger)\n")


def test_the_narrator_a_group_and_its_members_are_called_so(
    weir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """the Reeds: Ann Reed, Mrs. Reed"""
    with fabula.open(weir) as view:
        tom, ann, mrs = view.cast
        reeds = replace(ann, id=9, name="the Reeds", names=(), group=True, members=(ann.id, mrs.id))
        view.cast = Cast((replace(tom, narrator=True), ann, mrs, reeds))
        for name, said in (("tom", "the narrator"), ("Ann Reed", "one of the Reeds")):
            _write(view, draw_portrait(view, name))
            assert f"is         {said}\n" in capsys.readouterr().out
        assert [(m.id, m.name) for m in draw_portrait(view, "Mrs. Reed").member_of] == [(9, "the Reeds")]
        monkeypatch.setattr(StoryView, "mentions_of", lambda *_: view.mentions[:1])
        _write(view, draw_portrait(view, "the Reeds"))
        assert "is         a group: Ann Reed, Mrs. Reed\n" in capsys.readouterr().out


def test_somebody_named_once_who_says_nothing_has_a_shorter_page(run: Run, weir: Path) -> None:
    """“It is gone,” answered Mrs. Reed"""
    out = run("who", weir, "Ann", "--until", "2").out
    assert "says       0 quotations" in out
    assert "how" not in out
    assert "gender     unknown" in out


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
    assert "\n           ...\n" in out


def test_a_name_that_is_several_peoples_is_not_guessed(run: Run, weir: Path) -> None:
    """Reed: Mrs. Reed, or Ann Reed?"""
    done = run("who", weir, "Reed")
    assert (done.status, done.out) == (2, "")
    assert "Mrs. Reed" in done.err
    assert "Ann Reed" in done.err
