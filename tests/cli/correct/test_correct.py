"""`fabula correct`: who is who, by what is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import fabula
from fabula.story.corrections.file import read_corrections
from tests.cli.conftest import TIDE, Run

MORE = (
    "\n\nCHAPTER III.\n\n“Good night,” said Ann Moss. Captain Moss nodded, and Mr. Moss left. Mr. Ling said that Ann was right.\n"
)


@pytest.fixture
def tide(run: Run, book: Path) -> Path:
    """The story of The Tide."""
    book.write_text(TIDE + MORE, encoding="utf-8")
    assert run("read", book, "-q").status == 0
    return book.with_suffix(".fabula")


def toml(tide: Path) -> Path:
    return tide.with_name("The Tide.fabula.toml")


def people(path: Path) -> dict[str, int]:
    with fabula.open(path) as story:
        return {c.name: c.n_mentions for c in story.cast}


def test_two_are_made_one_and_it_is_told_who_has_changed(run: Run, tide: Path) -> None:
    """--merge "Old Hale" "Tom Hale" """
    before = people(tide)
    done = run("correct", tide, "--merge", "Mrs. Reed", "Tom Hale")
    assert done.status == 0
    assert done.out.splitlines()[0] == "Mrs. Reed is Tom Hale"
    assert "before" in done.out and "now" in done.out
    assert f"1 correction in {toml(tide)}" in done.err.replace("\n", "")
    assert len(people(tide)) == len(before) - 1
    assert len(read_corrections(toml(tide))) == 1


def test_corrections_outlive_a_new_reading_of_an_edited_book_and_what_no_longer_fits_is_told(
    run: Run, book: Path, tide: Path
) -> None:
    """A chapter put before; then a sentence rewritten"""
    run("correct", tide, "--rename", "Tom Hale", "Thomas")
    run("correct", tide, "--rename", "Mrs. Reed", "Margaret")
    book.write_text("CHAPTER 0.\n\nIt was a grey morning, and nobody was about in it.\n\n\n" + TIDE, encoding="utf-8")
    done = run("read", book)
    assert "not fit" not in done.err
    assert set(people(tide)) >= {"Thomas", "Margaret"}
    book.write_text(TIDE.replace("Have you seen the boat", "Where is it"), encoding="utf-8")
    done = run("read", book, "-q")
    assert done.status == 0
    assert "1 of 2 corrections does not fit the text" in done.err
    assert "Tom Hale is shown as Thomas: `“Have you seen the boat?” said Tom Hale." in done.err.replace("\n      ", " ")
    assert set(people(tide)) >= {"Tom Hale", "Margaret"}
    assert len(read_corrections(toml(tide))) == 2
    listed = json.loads(run("correct", tide, "--list", "--json").out)
    assert [(c["number"], c["kind"], c["state"]) for c in listed] == [(1, "rename", "does not fit"), (2, "rename", "applied")]
    assert "does not stand in the text" in run("correct", tide, "--list").out.replace("\n    ", " ")


def test_the_last_one_is_taken_back(run: Run, tide: Path) -> None:
    """--undo"""
    before = people(tide)
    run("correct", tide, "--rename", "Tom Hale", "Thomas")
    run("correct", tide, "--not-a-person", "Mrs. Reed")
    done = run("correct", tide, "--undo")
    assert done.out.startswith("no longer: Mrs. Reed is no person")
    run("correct", tide, "--undo")
    assert people(tide) == before
    done = run("correct", tide, "--undo")
    assert done.status == 2
    assert "no correction to take back" in done.err


def test_names_after_the_first_belong_to_their_option(run: Run, tide: Path) -> None:
    """--split "Ann Moss" --names "Captain Moss" Ann; --group A --members B C"""
    done = run("correct", tide, "--split", "Ann Moss", "--names", "Captain Moss", "Ann", "--as", "Old Moss")
    assert done.status == 0, done.err
    assert (people(tide)["Old Moss"], people(tide)["Ann Moss"]) == (2, 1)
    done = run("correct", tide, "--group", "Mr. Ling", "--members", "Tom Hale", "Old Moss")
    assert (done.status, done.out.splitlines()[0]) == (0, "Mr. Ling is a group: Tom Hale, Old Moss"), done.err
    with fabula.open(tide) as story:
        ling = story.cast["Mr. Ling"]
        assert ling.group
        assert {story.cast.by_id(m).name for m in ling.members} == {"Tom Hale", "Old Moss"}


def test_a_mention_is_split_off_by_the_words_round_it_with_marks_of_any_kind(run: Run, tide: Path) -> None:
    """--mentions '"Then we must walk," said Tom Hale.', and "He took up the lamp" goes with it"""
    done = run("correct", tide, "--split", "Tom Hale", "--mentions", '"Then we must walk," said Tom Hale', "--as", "Little Tom")
    assert done.status == 0, done.err
    with fabula.open(tide) as story:
        assert [story.quote(m.span) for m in story.mentions_of(story.cast["Little Tom"])] == ["Tom Hale", "He"]


def test_a_gender_is_shown_and_pronouns_go_by_it(run: Run, tide: Path) -> None:
    """--gender "Tom Hale" female: no “he” is hers"""
    assert "he 2" in run("who", tide, "Tom Hale").out
    run("correct", tide, "--gender", "Tom Hale", "Female")
    out = run("who", tide, "Tom Hale").out
    assert re.search("gender +female\n", out)
    assert "he 2" not in out


def test_what_was_edited_by_hand_is_applied(run: Run, tide: Path) -> None:
    """fabula correct STORY"""
    toml(tide).write_text("[[correction]]\nkind = 'rename'\ncharacter = 'Tom Hale'\nname = 'Наташа'\n", encoding="utf-8")
    assert "not applied yet" in run("correct", tide, "--list").out
    done = run("correct", tide)
    assert done.status == 0
    assert "now     Наташа" in done.out
    assert "Наташа" in people(tide)
    assert "as before" in run("correct", tide).out


def test_a_mistake_in_the_file_stops_all_before_anything_is_done(run: Run, book: Path, tide: Path) -> None:
    """kind = 'renam'"""
    toml(tide).write_text("[[correction]]\nkind = 'renam'\n", encoding="utf-8")
    before = tide.read_bytes()
    for args in (["read", book], ["correct", tide], ["correct", tide, "--list"], ["correct", tide, "--rename", "Tom Hale", "x"]):
        done = run(*args)
        assert (done.status, done.out) == (2, "")
        assert "line 2: `renam` is no kind of correction" in done.err
    assert tide.read_bytes() == before
    assert toml(tide).read_text(encoding="utf-8") == "[[correction]]\nkind = 'renam'\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--merge", "Tom Hale", "Nobody"], "nobody goes by `Nobody`"),
        (["--merge", "Tom Hale", "Tom Hale"], "are one person already"),
        (["--split", "Tom Hale"], "needs --names or --mentions"),
        (["--split", "Tom Hale", "--names", "Reed"], "`Reed` is no name of `Tom Hale`"),
        (["--split", "Mrs. Reed", "--names", "Mrs. Reed"], "nothing would be left"),
        (["--split", "Tom Hale", "--mentions", "said"], "more than once"),
        (["--split", "Tom Hale", "--mentions", "no such words"], "does not stand in the text"),
        (["--split", "Tom Hale", "--mentions", "answered Mrs. Reed"], "does not mention `Tom Hale`"),
        (["--gender", "Tom Hale", "boy"], "female, male or unknown"),
        (["--rename", "Tom Hale", " "], "cannot be empty"),
        (["--names", "x"], "--names goes with --split"),
        (["--members", "x"], "--members goes with --group"),
        (["x"], "it is not clear what `x` is for"),
        (["--undo", "--list"], "one correction at a time"),
        (["--undo", "--json"], "--json goes with --list"),
        (["--group", "Tom Hale", "--members", "Tom Hale"], "is the group itself"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(run: Run, tide: Path, args: list[str], said: str) -> None:
    """Mistakes in what was typed"""
    before = tide.read_bytes()
    done = run("correct", tide, *args)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert tide.read_bytes() == before
    assert not toml(tide).exists()


def test_a_story_without_people_cannot_be_corrected(run: Run, tmp_path: Path) -> None:
    """German"""
    (tmp_path / "a.txt").write_text(
        "„Ich gehe jetzt nach Hause“, sagte der alte Mann und nahm seinen Hut.\n\n" * 20, encoding="utf-8"
    )
    run("read", tmp_path / "a.txt", "-q")
    done = run("correct", tmp_path / "a.fabula", "--rename", "a", "b")
    assert done.status == 2
    assert "people of this story were not read" in done.err
