"""`fabula show`: tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from fabula import Story
from tests.cli.conftest import Run
from tests.stories import make_records, make_weir


def test_the_cast_is_shown_with_names_counts_gender_and_chapters(run: Run, weir: Path) -> None:
    """Tom Hale, also Tom and Mr. Hale"""
    assert run("show", weir, "cast").out.splitlines() == [
        "name       also               named  quotes  gender  ch.",
        "Tom Hale   Tom 1, Mr. Hale 1      3       2  male    1-2",
        "Ann Reed   Ann 1                  2       0          2",
        "Mrs. Reed                         1       1  female  1",
    ]


def test_quotes_are_shown_with_their_speakers(run: Run, weir: Path) -> None:
    """“It is gone,” answered Mrs. Reed; “the river took it.”"""
    assert run("show", weir, "quotes").out.splitlines() == [
        "id  ch.  speaker    text",
        " 0    1  Tom Hale   “Have you seen the boat?”",
        " 1    1  Mrs. Reed  “It is gone,” “the river took it.”",
        " 2    2  ?          “Where were you?”",
        " 3    2  Tom Hale   “At the weir,”",
    ]


def test_chapters_are_shown_with_their_words(run: Run, weir: Path) -> None:
    """Chapter 2. Night"""
    assert run("show", weir, "chapters").out.splitlines() == [
        "no.  chapter              words  quotes",
        "  1  Chapter 1. The Weir     24       2",
        "  2  Chapter 2. Night        21       2",
    ]


def test_events_are_shown_with_who_takes_part(run: Run, eventful: Path) -> None:
    """“Have you seen the boat?” said Tom Hale."""
    assert run("show", eventful, "events").out.splitlines() == [
        "id  ch.  event    reality       who, what           text",
        " 0    1  see      hypothetical  the boat            “Have you seen the boat?” s…",
        " 1    1  say      actual        Tom Hale            “Have you seen the boat?” s…",
        " 2    1  take     actual        the river           “It is gone,” answered Mrs.…",
        " 3    1  weep     actual        She                 She wept.",
        " 4    2  whisper  actual        Tom Hale, Ann Reed  “At the weir,” whispered Mr…",
    ]


def test_events_of_somebody_are_those_in_which_they_take_part(run: Run, eventful: Path) -> None:
    """--of ann"""
    (event,) = json.loads(run("show", eventful, "events", "--of", "ann", "--json").out)
    assert (event["lemma"], event["text"]) == ("whisper", "“At the weir,” whispered Mr. Hale.")
    assert [(p["role"], p["name"]) for p in event["participants"]] == [("agent", "Tom Hale"), ("other", "Ann Reed")]
    (row,) = csv.DictReader(io.StringIO(run("show", eventful, "events", "--of", "ann", "--csv").out))
    assert (row["agents"], row["patients"], row["others"], row["scope"]) == ("Tom Hale", "", "Ann Reed", "narration")


def test_events_that_are_told_later_are_not_shown(run: Run, eventful: Path) -> None:
    """--until 1"""
    assert [e["id"] for e in json.loads(run("show", eventful, "events", "--until", "1", "--json").out)] == [0, 1, 2, 3]


def test_a_story_of_which_the_events_were_not_read_says_so(run: Run, weir: Path) -> None:
    """show STORY events"""
    done = run("show", weir, "events")
    assert (done.status, done.out) == (2, "")
    assert "events of this story were not read" in done.err


@pytest.mark.parametrize(("table", "rows"), [("cast", 1), ("quotes", 2), ("chapters", 2)])
def test_of_picks_what_is_one_persons(run: Run, weir: Path, table: str, rows: int) -> None:
    """--of tom"""
    assert len(json.loads(run("show", weir, table, "--of", "tom", "--json").out)) == rows


def test_until_uses_nothing_that_comes_later(run: Run, weir: Path) -> None:
    """--until 1"""
    cast = run("show", weir, "cast", "--until", "1").out
    assert "Tom Hale" in cast
    assert "Ann" not in cast
    assert "Mr. Hale" not in cast
    assert len(json.loads(run("show", weir, "quotes", "--until", "The Weir", "--json").out)) == 2


@pytest.mark.parametrize("table", ["cast", "quotes", "events", "chapters"])
def test_until_the_very_beginning_shows_nothing(run: Run, eventful: Path, table: str) -> None:
    """--until 0%"""
    assert run("show", eventful, table, "--until", "0%").out == ""
    assert json.loads(run("show", eventful, table, "--until", "0%", "--json").out) == []


def test_limit_says_how_many_there_are(run: Run, weir: Path) -> None:
    """--limit 1"""
    done = run("show", weir, "quotes", "--limit", "1")
    assert len(done.out.splitlines()) == 2
    assert done.err == "1 of 4 quotations\n"
    assert len(json.loads(run("show", weir, "quotes", "--limit", "1", "--json").out)) == 1


def test_json_has_the_text_in_full_and_null_for_an_unknown_speaker(run: Run, weir: Path) -> None:
    """“Where were you?”"""
    quotes = json.loads(run("show", weir, "quotes", "--json").out)
    assert (quotes[2]["speaker"], quotes[2]["speaker_id"], quotes[2]["probability"]) == (None, None, None)
    records = make_weir()
    assert records.text.string[quotes[2]["start"] : quotes[2]["end"]] == quotes[2]["text"] == "“Where were you?”"
    assert quotes[3]["manner"] == "whisper"


@pytest.mark.parametrize("table", ["cast", "quotes", "events", "chapters"])
def test_csv_has_a_head_and_the_rows_of_the_table(run: Run, eventful: Path, table: str) -> None:
    """--csv"""
    rows = list(csv.DictReader(io.StringIO(run("show", eventful, table, "--csv").out)))
    assert len(rows) == len(json.loads(run("show", eventful, table, "--json").out))
    if table == "cast":
        assert rows[0]["other_names"] == "Tom; Mr. Hale"


def test_json_and_csv_exclude_each_other(run: Run, weir: Path) -> None:
    """--json --csv"""
    done = run("show", weir, "cast", "--json", "--csv")
    assert (done.status, done.out) == (2, "")
    assert "not both" in done.err


def test_a_name_that_nobody_has_is_told_with_the_nearest(run: Run, weir: Path) -> None:
    """--of "Tom Hail" """
    done = run("show", weir, "quotes", "--of", "Tom Hail")
    assert done.status == 2
    assert "Tom Hale" in done.err


def test_a_long_quotation_is_cut_to_the_width(run: Run, tmp_path: Path) -> None:
    """“Well and well and well ...”"""
    path = tmp_path / "long.fabula"
    words = "well and " * 60
    Story.from_records(make_records(f"“{words}” said Tom.", people={"Tom": ()}, speakers=("Tom",))).save(path)
    assert max(map(len, run("show", path, "quotes").out.splitlines())) <= 80
    assert json.loads(run("show", path, "quotes", "--json").out)[0]["text"].count("well") == 60
