"""`fabula show`: tables."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from fabula import Cast, Story
from fabula.cli.show.cast import list_cast
from fabula.cli.tables import Items
from fabula.records import Given, GivenAddressees, GivenSpeaker
from tests.cli.conftest import Run
from tests.stories import make_records, make_weir


def test_the_cast_is_shown_with_names_counts_gender_and_chapters(run: Run, weir: Path) -> None:
    """Tom Hale, also Tom and Mr. Hale"""
    assert run("show", weir, "cast").out.splitlines() == [
        "name       also               seen  says  gender  ch.  ch. 1-2",
        "Tom Hale   Tom 1, Mr. Hale 1     3     2  male    1-2  +#",
        "Ann Reed   Ann 1                 2     0          2    .#",
        "Mrs. Reed                        1     1  female  1    #.",
    ]


def test_somebody_without_a_name_stands_in_brackets_with_what_else_she_is_called(run: Run, inn: Path) -> None:
    """The old woman ... her ... the hostess"""
    assert run("show", inn, "cast").out.splitlines() == [
        "name               also                     seen  says  ch.  ch. 1-2",
        "(the old woman)    mother 2, the hostess 1     6     0  1-2  ##",
        "Tom                                            3     2  1-2  #+",
        "(a boy)                                        1     0  2    .#",
        "(the stranger #3)                              1     0  1    #.",
        "(the stranger #4)                              1     0  2    .#",
    ]


def test_min_shows_who_is_mentioned_so_often(run: Run, inn: Path) -> None:
    """--min 2"""
    done = run("show", inn, "cast", "--min", "2")
    assert [line.split("  ")[0] for line in done.out.splitlines()[1:]] == ["(the old woman)", "Tom"]
    assert done.err == ""
    assert len(json.loads(run("show", inn, "cast", "--min", "2", "--json").out)) == 2


def test_only_the_foremost_are_shown_unless_all_are_wanted(run: Run, tmp_path: Path) -> None:
    """Aa came. Bb came. ..."""
    path = tmp_path / "crowd.fabula"
    names = [f"{a}{b.lower()}" for a in "ABCDEFG" for b in "ABCDEFG"]
    Story.from_records(make_records(" ".join(f"{n} came." for n in names), people=dict.fromkeys(names, ()))).save(path)
    done = run("show", path, "cast")
    assert (len(done.out.splitlines()), done.err) == (31, "30 of 49 people; --all shows all\n")
    done = run("show", path, "cast", "--all")
    assert (len(done.out.splitlines()), done.err) == (50, "")
    assert run("show", path, "cast", "--limit", "40").err == "40 of 49 people\n"
    assert len(json.loads(run("show", path, "cast", "--json").out)) == 49
    assert len(run("show", path, "cast", "--csv").out.splitlines()) == 50


@pytest.mark.parametrize(
    "args",
    [
        ["quotes", "--min", "2"],
        ["chapters", "--all"],
        ["cast", "--all", "--limit", "2"],
        ["cast", "--unsure"],
        ["events", "--to", "Tom"],
    ],
)
def test_what_does_not_go_together_is_said(run: Run, weir: Path, args: list[str]) -> None:
    """show STORY quotes --min 2"""
    done = run("show", weir, *args)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: invalid value: ")


def test_of_a_book_with_many_chapters_a_mark_is_several(run: Run, tmp_path: Path) -> None:
    """Tom in each of 100 chapters, Ann in the last."""
    path = tmp_path / "long.fabula"
    passage = " ¶ ".join(f"# Chapter {n} ¶ Tom ran." for n in range(1, 101)) + " Ann sat."
    Story.from_records(make_records(passage, people={"Tom": (), "Ann": ()})).save(path)
    done = run("show", path, "cast")
    assert done.out.splitlines()[1:] == [f"Tom    100     0  1-100  {'#' * 34}", f"Ann      1     0  100    {'.' * 33}#"]
    assert done.err == "a mark of the bars is 3 chapters\n"
    assert json.loads(run("show", path, "cast", "--of", "Ann", "--json").out)[0]["presence"] == [0] * 99 + [1]


def test_the_cast_as_data_has_everything(run: Run, inn: Path) -> None:
    """the old woman, her, mother; Mother, the old woman, the hostess"""
    woman = json.loads(run("show", inn, "cast", "--json").out)[0]
    assert (woman["name"], woman["names"], woman["presence"]) == ("the old woman", [], [3, 3])
    assert [(d["text"], d["count"]) for d in woman["descriptions"]] == [("the old woman", 2), ("mother", 2), ("the hostess", 1)]
    row, tom, *_ = csv.DictReader(io.StringIO(run("show", inn, "cast", "--csv").out))
    assert (row["named"], row["descriptions"], row["narrator"]) == ("false", "the old woman 2; mother 2; the hostess 1", "false")
    assert (tom["named"], tom["names"], tom["chapter_1"], tom["chapter_2"]) == ("true", "Tom 3", "2", "1")


def test_the_narrator_and_groups_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """I, Tom ...; the sisters: Ann, Eve"""
    monkeypatch.setenv("COLUMNS", "80")
    records = make_records("Tom met Ann. ¶ Ann, Eve.", people={"Tom": (), "Ann": (), "Eve": ()})
    view = Story.from_records(records)
    ann, tom, eve = view.cast
    sisters = replace(ann, id=9, name="the sisters", names=(), descriptions=(), group=True, members=(ann.id, eve.id))
    view.cast = Cast((ann, replace(tom, narrator=True), eve, sisters))
    listing = list_cast(view, None)
    assert [listing.cells(r)[:2] for r in listing.records] == [
        ("Ann", Items((), ())),
        ("Tom, narrator", Items((), ())),
        ("Eve", Items((), ())),
        ("(the sisters), group", Items(("= Ann", "= Eve"), ("= Ann", "= Eve"))),
    ]
    assert listing.csv(listing.records[3])[11:14] == ("false", "true", "Ann; Eve")


def test_quotes_are_shown_with_their_speakers(run: Run, weir: Path) -> None:
    """“It is gone,” answered Mrs. Reed; “the river took it.”"""
    assert run("show", weir, "quotes").out.splitlines() == [
        "id  ch.  speaker    sure  text",
        " 0    1  Tom Hale    90%  “Have you seen the boat?”",
        " 1    1  Mrs. Reed   90%  “It is gone,” “the river took it.”",
        " 2    2  ?                “Where were you?”",
        " 3    2  Tom Hale    90%  “At the weir,”",
    ]


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """The Weir, in which Tom Hale says “Where were you?” to Ann and Mrs. Reed, and Mrs. Reed is not sure of hers."""
    records = make_weir()
    ids = {records.text.quote(m.span): m.id for m in reversed(records.mentions)}
    given = Given(
        speakers=(GivenSpeaker(2, ids["Tom"]),),
        addressees=(GivenAddressees(2, (ids["Ann"], ids["Mrs. Reed"])), GivenAddressees(3, (ids["Ann"],))),
    )
    first, reed, *rest = records.attributions
    reed = replace(reed, evidence=replace(reed.evidence, probability=0.4))
    path = tmp_path / "corrected.fabula"
    Story.from_records(replace(records, given=given, attributions=(first, reed, *rest))).save(path)
    return path


def test_of_one_speaker_it_is_shown_to_whom(run: Run, corrected: Path) -> None:
    """“Where were you?”, as the user says by Tom to Ann and Mrs. Reed"""
    assert run("show", corrected, "quotes", "--of", "Tom").out.splitlines() == [
        "id  ch.  to                   sure  text",
        " 0    1                        90%  “Have you seen the boat?”",
        " 2    2  Ann Reed, Mrs. Reed   you  “Where were you?”",
        " 3    2  Ann Reed              90%  “At the weir,”",
    ]


def test_where_there_is_room_all_voices_are_shown(run: Run, corrected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """100 columns; only what is said to Mrs. Reed"""
    monkeypatch.setenv("COLUMNS", "100")
    head, line = run("show", corrected, "quotes", "--to", "Mrs. Reed").out.splitlines()
    assert head.split() == ["id", "ch.", "speaker", "to", "sure", "text"]
    assert re.split(" {2,}", line.strip()) == ["2", "2", "Tom Hale", "Ann Reed, Mrs. Reed", "you", "“Where were you?”"]


def test_what_is_not_sure_is_shown_with_the_likeliest_speaker(run: Run, corrected: Path, weir: Path) -> None:
    """“It is gone,” by Mrs. Reed, with 0.4; what the user says is sure"""
    done = run("show", corrected, "quotes", "--unsure")
    assert [re.split(" {2,}", line.strip())[2:4] for line in done.out.splitlines()[1:]] == [["Mrs. Reed", "40%"]]
    assert "less sure than 80%" in done.err
    assert [q["id"] for q in json.loads(run("show", weir, "quotes", "--unsure", "--json").out)] == [2]


def test_quotes_as_data_have_addressees_and_what_was_corrected(run: Run, corrected: Path) -> None:
    """“Where were you?”"""
    quote = json.loads(run("show", corrected, "quotes", "--json").out)[2]
    assert ([a["name"] for a in quote["addressees"]], quote["corrected"]) == (["Ann Reed", "Mrs. Reed"], ["speaker", "addressees"])
    row = list(csv.DictReader(io.StringIO(run("show", corrected, "quotes", "--csv").out)))[2]
    assert (row["addressees"], row["probability"], row["corrected"]) == ("Ann Reed; Mrs. Reed", "1.0", "speaker; addressees")


def test_who_speaks_to_whom_is_a_matrix(run: Run, corrected: Path) -> None:
    """Tom Hale to Ann, who never speaks, twice, and to Mrs. Reed; what he and she say to nobody that is known"""
    done = run("show", corrected, "voices")
    assert done.out.splitlines() == [
        "   speaks to  1  2  others  ?  all",
        "1  Tom Hale   .  1       2  1    4",
        "2  Mrs. Reed  .  .       .  1    1",
    ]
    assert done.err.startswith("a row speaks, a column is spoken to")


def test_the_voices_of_one_person_are_shown_by_chapter(run: Run, corrected: Path) -> None:
    """Tom Hale, in two chapters"""
    lines = run("show", corrected, "voices", "--of", "Tom").out.splitlines()
    assert lines == [
        "speaker   to         quotes  ch. 1-2",
        "Tom Hale  Ann Reed        2  .#",
        "Tom Hale  ?               1  #.",
        "Tom Hale  Mrs. Reed       1  .#",
    ]
    (row,) = csv.DictReader(io.StringIO(run("show", corrected, "voices", "--to", "Mrs. Reed", "--csv").out))
    assert (row["speaker"], row["addressee"], row["quotes"], row["chapter_1"], row["chapter_2"]) == (
        "Tom Hale",
        "Mrs. Reed",
        "1",
        "0",
        "1",
    )
    told = json.loads(run("show", corrected, "voices", "--until", "1", "--json").out)
    assert [(v["speaker"], v["addressee"], v["by_chapter"]) for v in told] == [("Tom Hale", None, [1]), ("Mrs. Reed", None, [1])]


def test_a_matrix_has_as_many_people_as_find_room(run: Run, tmp_path: Path) -> None:
    """Thirty people with long names, each of whom speaks"""
    names = [f"Bartholomew {chr(65 + n)}{'abcdefgh'[n % 8]}ngton" for n in range(26)]
    passage = "# Chapter 1 ¶ " + " ¶ ".join(f"“Word {n}.” said {name}." for n, name in enumerate(names))
    path = tmp_path / "many.fabula"
    Story.from_records(make_records(passage, people=dict.fromkeys(names, ()), speakers=names)).save(path)
    lines = run("show", path, "voices").out.splitlines()
    assert max(map(len, lines)) <= 80
    n_shown = len(lines) - 2  # without the heads and the others
    assert n_shown > 8
    assert lines[-1].split() == ["others", *["."] * (n_shown + 1), f"{26 - n_shown}", f"{26 - n_shown}"]


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


@pytest.mark.parametrize("table", ["cast", "quotes", "voices", "events", "chapters"])
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


@pytest.mark.parametrize("table", ["cast", "quotes", "voices", "events", "chapters"])
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
