"""`fabula export`: files for other programs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_story_goes_to_stdout_or_to_a_file_alike(run: Run, weir: Path, tmp_path: Path) -> None:
    """fabula export STORY --to json -o FILE"""
    out = run("export", weir, "--to", "json").out
    done = run("export", weir, "--to", "json", "-o", tmp_path / "weir.json")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert (tmp_path / "weir.json").read_text(encoding="utf-8") == out
    assert json.loads(out)["format"] == "fabula-story"


def test_until_cuts_the_document(run: Run, weir: Path) -> None:
    """--until 1"""
    told = json.loads(run("export", weir, "--to", "json", "--until", "1").out)
    assert told["end"] == len(told["text"]) < 140
    assert [c["name"] for c in told["characters"]] == ["Tom Hale", "Mrs. Reed"]


def test_without_the_text_no_words_but_names_and_headings_are_left(run: Run, weir: Path) -> None:
    """--no-text"""
    out = run("export", weir, "--to", "json", "--no-text").out
    assert "text" not in json.loads(out)
    assert not [word for word in ("boat", "river", "wept", "weir,", "nothing") if word in out]


def test_a_folder_that_is_not_there_is_said(run: Run, weir: Path, tmp_path: Path) -> None:
    """-o nowhere/weir.json"""
    done = run("export", weir, "--to", "json", "-o", tmp_path / "nowhere" / "weir.json")
    assert done.status == 2
    assert "cannot be written" in done.err
