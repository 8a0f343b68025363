"""`fabula correct --speaker`, `--addressees`, and the table of quotations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import fabula
from fabula import Story
from fabula.cli.correct.quote_rows import compare_quote_rows, rows_of_quotes
from fabula.cli.correct.sheet import Sheet, encode_sheet, read_sheet
from fabula.errors import RowError
from fabula.records import Correction, SetAddressees, SetSpeaker
from fabula.story.corrections.file import read_corrections
from fabula.story.corrections.sentences import describe
from tests.cli.conftest import STRANGE, TIDE, Run
from tests.stories import make_records, make_weir

Cells = dict[str, str]
Edit = Callable[[list[Cells]], object]


def voices(path: Path) -> list[tuple[str, list[str]]]:
    """Of each quotation who says it, and to whom."""
    with fabula.open(path) as story:
        names = {c.id: c.name for c in story.cast}
        return [("?" if q.speaker is None else names[q.speaker], [names[a] for a in q.addressees]) for q in story.quotes]


def toml(path: Path) -> Path:
    return path.with_name(path.name + ".toml")


def test_a_quotation_is_given_by_its_words_or_its_id(run: Run, weir: Path) -> None:
    """--speaker Ann --quote "Where were you"; --quote 0 1"""
    done = run("correct", weir, "--speaker", "Ann", "--quote", "where  were you".capitalize())
    assert (done.status, done.out.splitlines()) == (
        0,
        ["Ann Reed says “Where were you?”", "before  unknown, to unknown", "now     Ann Reed (as you say), to unknown"],
    )
    assert "1 correction in" in done.err
    done = run("correct", weir, "--speaker", "Ann", "--quote", "0", "#1")
    assert (
        done.out.splitlines()[-2:]
        == [
            "before  Tom Hale says 2, hears 0; Ann Reed says 1, hears 0; Mrs. Reed says 1,",
            "        hears 0",
        ]
        or "now     Tom Hale says 1, hears 0; Ann Reed says 3, hears 0" in done.out
    )
    assert [speaker for speaker, _ in voices(weir)] == ["Ann Reed", "Ann Reed", "Ann Reed", "Tom Hale"]


def test_speaker_and_addressees_can_be_said_at_once(run: Run, weir: Path) -> None:
    """--speaker Ann --addressees Tom "Mrs. Reed" --quote 2"""
    done = run("correct", weir, "--speaker", "Ann", "--addressees", "Tom", "Mrs. Reed", "--quote", "2")
    assert done.status == 0, done.err
    assert voices(weir)[2] == ("Ann Reed", ["Tom Hale", "Mrs. Reed"])
    run("correct", weir, "--undo")
    assert voices(weir)[2] == ("Ann Reed", [])


def test_nobody_known_is_an_answer(run: Run, weir: Path) -> None:
    """--speaker unknown; --addressees none"""
    assert run("correct", weir, "--speaker", "unknown", "--quote", "0").out.startswith("nobody is known to say “Have you")
    assert run("correct", weir, "--addressees", "none", "--quote", "0").out.startswith("nobody is known to be spoken to in “Have")
    assert voices(weir)[0] == ("?", [])
    listed = json.loads(run("correct", weir, "--list", "--json").out)
    assert [(c["kind"], c["state"]) for c in listed] == [("speaker", "applied"), ("addressees", "applied")]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--speaker", "Ann", "--quote", "9"], "there is no quotation 9"),
        (["--speaker", "Ann", "--quote", "Never"], "`Never` does not stand in the text"),
        (["--speaker", "Ann", "--quote", "the"], "`the` stands in the text more than once"),
        (["--speaker", "Ann", "--quote", "She wept"], "`She wept` is not in a quotation"),
        (["--speaker", "Ann", "--quote", "“Where were you?” “At the weir"], "holds 2 quotations"),
        (["--speaker", "Zoë", "--quote", "2"], "nobody goes by `Zoë`"),
        (["--speaker", "Ann"], "give --quote"),
        (["--quote", "2"], "--quote goes with --speaker or --addressees"),
        (["--addressees", "none", "Ann", "--quote", "2"], "either names, or `none`"),
        (["--speaker", "Ann", "--quote", "2", "--rename", "Ann", "Anna"], "one correction at a time"),
        (["--table", "quotes"], "--table goes with --to"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(run: Run, weir: Path, args: list[str], said: str) -> None:
    """Words that stand nowhere, or twice; people who are not there"""
    before = weir.read_bytes()
    done = run("correct", weir, *args)
    assert (done.status, done.out) == (2, "")
    assert said in done.err.replace("\n", " ")
    assert (weir.read_bytes(), toml(weir).exists()) == (before, False)


def test_voices_outlive_a_new_reading_and_what_no_longer_fits_is_told(run: Run, book: Path) -> None:
    """A chapter put before; then the words rewritten"""
    tide = book.with_suffix(".fabula")
    run("read", book, "-q")
    run("correct", tide, "--speaker", "Mrs. Reed", "--quote", "Have you seen the boat")
    book.write_text("CHAPTER 0.\n\n“Stop,” said Tom Hale, and it was a grey morning.\n\n\n" + TIDE, encoding="utf-8")
    assert "not fit" not in run("read", book).err
    assert [speaker for speaker, _ in voices(tide)][:2] == ["Tom Hale", "Mrs. Reed"]
    book.write_text(TIDE.replace("Have you seen the boat", "Where is it"), encoding="utf-8")
    done = run("read", book, "-q")
    assert "1 of 1 correction does not fit the text" in done.err
    assert "Mrs. Reed says “Have you seen the boat?”" in done.err.replace("\n      ", " ")
    assert voices(tide)[0][0] == "Tom Hale"
    assert len(read_corrections(toml(tide))) == 1


# --- the table


@pytest.fixture
def story() -> Story:
    return Story.from_records(make_weir())


def cells_of(story: Story) -> list[Cells]:
    return [dict(row) for row in rows_of_quotes(story)]


def compare(story: Story, rows: list[Cells], tmp_path: Path) -> list[Correction]:
    path = tmp_path / "quotes.csv"
    path.write_bytes(encode_sheet(Sheet.QUOTES, rows))
    sheet, read = read_sheet(path)
    assert sheet is Sheet.QUOTES
    return [c for _, c in compare_quote_rows(story, path, read)]


def test_a_row_has_the_voices_and_the_words(story: Story) -> None:
    """“Have you seen the boat?” said Tom Hale."""
    row = cells_of(story)[0]
    assert (row["id"], row["chapter"], row["speaker"], row["addressees"], row["probability"]) == (
        "0",
        "The Weir",
        "Tom Hale",
        "",
        "0.9",
    )
    assert row["text"] == "“Have you seen the boat?”"
    assert row["place"] == "…⟦“Have you seen the boat?”⟧ said Tom Hale.…"


def test_a_table_that_is_read_as_it_was_written_says_nothing(story: Story, tmp_path: Path) -> None:
    """The Weir; and words with marks, formulas and three scripts"""
    strange = make_records(STRANGE, people={"Наташа Ростова": (), "王小明": (), "Zoë": ()}, speakers=(None, "王小明", "Zoë"))
    for one in (story, Story.from_records(strange)):
        assert compare(one, cells_of(one), tmp_path) == []


def set_cell(row: int, head: str, cell: str) -> Edit:
    return lambda rows: rows[row].update({head: cell})


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (set_cell(2, "speaker", "Ann"), "Ann Reed says “Where were you?”"),
        (set_cell(0, "speaker", ""), "nobody is known to say “Have you seen the boat?”"),
        (set_cell(2, "speaker", "Unknown"), "nobody is known to say “Where were you?”"),
        (set_cell(2, "addressees", "Mrs. Reed; Tom Hale"), "Mrs. Reed and Tom Hale are spoken to in “Where were you?”"),
        (set_cell(2, "addressees", "none"), "nobody is known to be spoken to in “Where were you?”"),
        (set_cell(0, "probability", "1,0"), "Tom Hale says “Have you seen the boat?”"),
        (set_cell(0, "speaker", "Mr. Hale"), None),
        (set_cell(0, "id", "77"), None),
        (lambda rows: rows.reverse(), None),
        (lambda rows: rows.pop(), None),
    ],
)
def test_a_changed_cell_is_a_correction(story: Story, tmp_path: Path, edit: Edit, said: str | None) -> None:
    """Other voices; the same one under another name; rows sorted and left out"""
    rows = cells_of(story)
    edit(rows)
    assert [describe(c) for c in compare(story, rows, tmp_path)] == ([said] if said else [])


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (set_cell(2, "speaker", "Keziah"), "row 4: nobody goes by `Keziah`"),
        (set_cell(2, "place", "words"), "row 4: `place` has no ⟦words⟧"),
        (set_cell(2, "place", ""), None),
        (lambda rows: rows[2].update(place="", text="“Who?”"), "row 4: `place` is empty"),
        (set_cell(2, "place", "…⟦“Never!”⟧…"), "row 4: `“Never!”` does not stand in the text"),
        (set_cell(2, "place", "…⟦She wept.⟧…"), "row 4: no quotation begins with `She wept.`"),
        (lambda rows: rows.append(rows[0]), "row 6: it is about the same quotation as row 2"),
    ],
)
def test_a_row_that_cannot_be_is_named(story: Story, tmp_path: Path, edit: Edit, said: str | None) -> None:
    """Somebody who is not there; words that have been edited"""
    rows = cells_of(story)
    edit(rows)
    if said is None:
        assert compare(story, rows, tmp_path) == []
        return
    with pytest.raises(RowError) as failed:
        compare(story, rows, tmp_path)
    assert said in failed.value.message


def test_what_the_user_has_said_is_written_and_read_again(run: Run, weir: Path, tmp_path: Path) -> None:
    """--to quotes.csv --table quotes; two cells changed; --from quotes.csv; and again"""
    table = tmp_path / "quotes.csv"
    assert run("correct", weir, "--to", table, "--table", "quotes").err == f"4 quotations in {table}\n"
    assert run("correct", weir, "--from", table).err == "nothing has been changed in it\n"
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    rows[1][2], rows[3][2], rows[3][3] = "", "Ann Reed", "Tom Hale"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert run("correct", weir, "--from", table).status == 0
    assert [voices(weir)[n] for n in (0, 2)] == [("?", []), ("Ann Reed", ["Tom Hale"])]
    kinds = [type(c) for c in read_corrections(toml(weir))]
    assert kinds == [SetSpeaker, SetSpeaker, SetAddressees]
    again = tmp_path / "again.csv"
    run("correct", weir, "--to", again, "--table", "quotes")
    assert again.read_text(encoding="utf-8-sig").splitlines()[1].startswith("0,The Weir,unknown,")
    assert run("correct", weir, "--from", again).err == "nothing has been changed in it\n"


def test_a_row_is_of_its_words_whatever_number_they_have_now(run: Run, book: Path, tmp_path: Path) -> None:
    """A table of quotations; then a chapter with one more is put before"""
    tide, table = book.with_suffix(".fabula"), tmp_path / "quotes.csv"
    run("read", book, "-q")
    run("correct", tide, "--to", table, "--table", "quotes")
    text = table.read_text(encoding="utf-8-sig").replace("Tom Hale,", "Mrs. Reed,", 1)
    table.write_text(text, encoding="utf-8-sig")
    book.write_text("CHAPTER 0.\n\n“Stop,” said Tom Hale, and it was a grey morning.\n\n\n" + TIDE, encoding="utf-8")
    run("read", book, "-q")
    done = run("correct", tide, "--from", table)
    assert done.status == 0, done.err
    assert [speaker for speaker, _ in voices(tide)][:2] == ["Tom Hale", "Mrs. Reed"]
