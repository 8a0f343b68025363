"""`fabula read`: a book in, a story file out."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

import fabula
from fabula.cli import targets
from tests.cli.conftest import TIDE, Run


def test_the_story_is_written_beside_the_book_and_it_is_said_where(run: Run, book: Path) -> None:
    """fabula read "my books/The Tide.txt" """
    done = run("read", book)
    assert done.status == 0
    assert str(book.with_suffix(".fabula")) in done.err
    with fabula.open(book.with_suffix(".fabula")) as story:
        assert len(story.chapters) == 2


def test_the_overview_tells_the_figures_and_fits_80_columns(run: Run, book: Path) -> None:
    """“Have you seen the boat?” said Tom Hale. He stood; thrice by name, thrice by he and him"""
    out = run("read", book).out
    assert "2 chapters" in out
    assert re.search(r"Tom Hale +6 +2", out)
    assert re.search(r"quotations +4; 4 with a known speaker", out)
    assert re.search(r"notices +none", out)
    assert max(map(len, out.partition("Now try")[0].splitlines())) <= 80


@pytest.mark.skipif(os.name == "nt", reason="the shell is another")
def test_the_commands_that_it_suggests_work_as_they_are_typed(run: Run, book: Path) -> None:
    """fabula who "my books/The Tide.fabula" "Tom Hale" """
    suggested = [shlex.split(line)[1:] for line in run("read", book).out.partition("Now try:\n")[2].splitlines()]
    assert [args[0] for args in suggested] == ["who", "show", "show"]
    for args in suggested:
        done = run(*args)
        assert done.status == 0
        assert done.out


def test_json_gives_the_same_figures(run: Run, book: Path) -> None:
    """fabula read BOOK --json"""
    told = json.loads(run("read", book, "--json").out)
    assert told["story"] == str(book.with_suffix(".fabula"))
    assert (told["chapters"], told["quotes"], told["quotes_with_speaker"], told["people"]) == (2, 4, 4, 2)
    assert {p["name"]: p["quotes"] for p in told["foremost"]} == {"Tom Hale": 2, "Mrs. Reed": 2}


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_a_name_that_could_steer_the_terminal_is_shown_escaped(run: Run, book: Path) -> None:
    """Tide [bold] \\x1b[31m.txt"""
    odd = book.rename(book.with_name("Tide [bold] \x1b[31m\n.txt"))
    done = run("read", odd)
    assert done.status == 0
    assert "\x1b" not in done.out + done.err
    assert "Tide [bold] \\x1b[31m\\x0a.fabula" in done.err
    assert json.loads(run("read", odd, "--json", "-q").out)["story"] == str(odd.with_suffix(".fabula"))


def test_quiet_says_nothing_on_stderr(run: Run, book: Path) -> None:
    """fabula read BOOK -q"""
    assert run("read", book, "-q").err == ""


def test_verbose_tells_the_stages_but_none_of_the_words(run: Run, book: Path) -> None:
    """fabula read BOOK -v"""
    err = run("read", book, "-v").err
    assert "finding quotations" in err
    assert not {"Tom", "Hale", "Reed", "boat", "lamp"} & set(re.findall(r"\w+", err))


def test_the_story_is_written_where_it_is_told(run: Run, book: Path, tmp_path: Path) -> None:
    """fabula read BOOK -o other.fabula; -o FOLDER"""
    assert run("read", book, "-o", tmp_path / "other.fabula").status == 0
    assert run("read", book, "-o", tmp_path).status == 0
    assert {p.name for p in tmp_path.iterdir()} == {"my books", "other.fabula", "The Tide.fabula"}
    assert [p.name for p in book.parent.iterdir()] == ["The Tide.txt"]


def test_a_folder_of_chapters_is_one_story_beside_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """fabula read . (in novel/, with 1.txt and 2.txt)"""
    folder = tmp_path / "novel"
    folder.mkdir()
    for n, chapter in enumerate(TIDE.split("\n\n\n"), 1):
        (folder / f"{n}.txt").write_text(chapter, encoding="utf-8")
    monkeypatch.chdir(folder)
    assert run("read", ".").status == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["novel", "novel.fabula"]


def test_a_write_protected_folder_sends_the_story_here(
    run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fabula read /mnt/library/emma.txt"""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(targets, "_can_write_in", lambda folder: folder != book.parent)
    done = run("read", book)
    assert [p.name for p in here.iterdir()] == ["The Tide.fabula"]
    assert "the story is in The Tide.fabula" in done.err


def test_reading_again_replaces_the_story(run: Run, book: Path) -> None:
    """fabula read BOOK; fabula read BOOK"""
    assert [run("read", book).status for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("target", ["The Tide.txt", "notes.md"])
def test_a_file_that_is_no_story_is_never_overwritten(run: Run, book: Path, target: str) -> None:
    """fabula read book.txt -o book.txt"""
    path = book.parent / target
    if not path.exists():
        path.write_text("my notes", encoding="utf-8")
    before = path.read_bytes()
    done = run("read", book, "-o", path)
    assert done.status == 2
    assert "it would be lost" in done.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["missing.txt"], "there is no such file"),
        (["The Tide.txt", "-o", "nowhere/x.fabula"], "there is no such folder"),
        (["empty.txt"], "holds no story"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str) -> None:
    """fabula read missing.txt"""
    monkeypatch.chdir(book.parent)
    Path("empty.txt").touch()
    done = run("read", *args)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_a_story_is_no_book(run: Run, weir: Path) -> None:
    """fabula read weir.fabula"""
    done = run("read", weir)
    assert done.status == 2
    assert "is a story already" in done.err


def test_a_book_that_is_not_english_is_told_without_people(run: Run, tmp_path: Path) -> None:
    """Es war einmal ein König, der hatte drei Töchter."""
    path = tmp_path / "koenig.txt"
    path.write_text(
        "Es war einmal ein König, der hatte drei Töchter. „Geht“, sagte der König. Und sie gingen alle in den Wald. " * 20
    )
    told = json.loads(run("read", path, "--json").out)
    assert (told["people"], told["quotes_with_speaker"], told["foremost"]) == (None, None, [])
    assert [n["kind"] for n in told["notices"]][:1] == ["language"]
    assert run("read", path).status == 0
    assert "people of this story were not read" in run("show", path.with_suffix(".fabula"), "cast").err
