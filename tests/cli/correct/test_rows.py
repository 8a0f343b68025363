"""`fabula correct --to cast.csv`, edited, `--from cast.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import fabula
from fabula import Story
from fabula.cli.correct.rows import compare_rows, rows_of
from fabula.cli.correct.sheet import HEADS, Sheet, encode_sheet, read_sheet
from fabula.errors import CorrectionsError, RowError, SourceMissingError
from fabula.records import Correction, Gender, Grouping, Merge, NotAPerson, Rename, SetGender, Split
from fabula.story.corrections.file import read_corrections
from tests.cli.conftest import STRANGE, TIDE, Run
from tests.stories import make_records, make_weir

Cells = dict[str, str]
Edit = Callable[[list[Cells]], object]

PEOPLE = {"Tom Hale": ("Tom", "Mr. Hale"), "Mrs. Reed": (), "Ann": ("Ann Reed",)}


@pytest.fixture
def story() -> Story:
    return Story.from_records(make_weir())


def cells_of(story: Story) -> list[Cells]:
    """Tom Hale, Ann Reed, Mrs. Reed"""
    return [dict(row) for row in rows_of(story)]


def compare(story: Story, rows: list[Cells], tmp_path: Path) -> list[Correction]:
    path = tmp_path / "cast.csv"
    path.write_bytes(encode_sheet(Sheet.CAST, rows))
    return [c for _, c in compare_rows(story, path, read_sheet(path)[1])]


def new_row(**cells: str) -> Cells:
    return dict.fromkeys(HEADS[Sheet.CAST], "") | cells


def test_a_table_that_is_read_as_it_was_written_says_nothing(story: Story, tmp_path: Path) -> None:
    """The Weir; and names with marks, formulas and three scripts"""
    strange = make_records(STRANGE, people={"Наташа Ростова": (), "王小明": (), "Zoë": ()})
    for one in (story, Story.from_records(strange)):
        assert compare(one, cells_of(one), tmp_path) == []
        assert all(row["mention"].startswith("…") for row in cells_of(one))


def test_a_row_has_the_names_and_a_mention_that_is_quoted(story: Story) -> None:
    """Tom Hale, Tom, Mr. Hale"""
    tom = cells_of(story)[0]
    assert (tom["name"], set(tom["names"].split("; "))) == ("Tom Hale", {"Tom Hale", "Tom", "Mr. Hale"})
    assert (tom["gender"], tom["group"], tom["person"], tom["chapter"]) == ("male", "no", "yes", "The Weir")
    assert tom["mention"] == "…“Have you seen the boat?” said ⟦Tom Hale⟧.…"


@pytest.mark.parametrize(
    ("save", "encoding"),
    [(",", "utf-8"), (",", "utf-8-sig"), (";", "utf-8-sig"), ("\t", "utf-16")],
)
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_table_comes_back_as_spreadsheets_save_it(story: Story, tmp_path: Path, save: str, encoding: str, line_end: str) -> None:
    """Other separators, line ends and encodings; columns in another order, one more, some left out"""
    rows = cells_of(story)
    rows[1]["name"] = 'Ann "Annie", née Zoë; x'
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, ["note", "mention", "chapter", "name", "character"], delimiter=save, lineterminator=line_end)
    writer.writeheader()
    writer.writerows({"note": "x"} | {k: v for k, v in row.items() if k in writer.fieldnames} for row in rows)
    path = tmp_path / "cast.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    ((row, correction),) = compare_rows(story, path, read_sheet(path)[1])
    assert isinstance(correction, Rename)
    assert (row, correction.who.name, correction.name) == (3, "Ann Reed", 'Ann "Annie", née Zoë; x')


def test_changed_cells_are_corrections(story: Story, tmp_path: Path) -> None:
    """name, gender, group, members, person"""
    rows = cells_of(story)
    tom, ann, reed = rows
    ann |= {"gender": "FEMALE", "name": "Annie"}
    tom |= {"group": "yes", "members": f"Mrs. Reed; {ann['character']}"}
    reed["person"] = "No"
    group, gender, rename, struck = compare(story, rows, tmp_path)
    assert isinstance(group, Grouping) and [m.name for m in group.members] == ["Mrs. Reed", "Ann Reed"]
    assert isinstance(gender, SetGender) and gender.gender is Gender.FEMALE
    assert isinstance(rename, Rename) and rename.name == "Annie"
    assert isinstance(struck, NotAPerson)


def test_two_rows_with_one_number_are_one_person(story: Story, tmp_path: Path) -> None:
    """Mrs. Reed is Ann Reed; a spreadsheet writes 3.0"""
    rows = cells_of(story)
    rows[2]["character"] = rows[1]["character"] + ".0"
    (merge,) = compare(story, rows, tmp_path)
    assert isinstance(merge, Merge)
    assert (merge.one.name, merge.other.name) == ("Mrs. Reed", "Ann Reed")


def test_a_name_that_has_moved_is_that_rows(story: Story, tmp_path: Path) -> None:
    """Mr. Hale is Ann"""
    rows = cells_of(story)
    rows[0]["names"] = "Tom; Tom Hale"
    rows[1]["names"] += "; Mr. Hale"
    split, merge = compare(story, rows, tmp_path)
    assert isinstance(split, Split) and split.names == ("Mr. Hale",)
    assert isinstance(merge, Merge) and (merge.one.name, merge.other.name) == ("Mr. Hale", "Ann Reed")


def test_names_in_a_row_of_their_own_are_somebody_new(story: Story, tmp_path: Path) -> None:
    """Mr. Hale, Tom's father, and Ann"""
    rows = cells_of(story)
    rows[0]["names"], rows[1]["names"] = "Tom; Tom Hale", "Ann Reed"
    rows.append(new_row(name="Old Hale", names="Mr. Hale; Ann", gender="male"))
    kinds = [type(c) for c in compare(story, rows, tmp_path)]
    assert kinds == [Split, SetGender, Split, Merge]


@pytest.mark.parametrize(
    ("edit", "row", "said"),
    [
        (lambda r: r[0].update(name=" "), 2, "`name` is empty"),
        (lambda r: r[1].update(gender="girl"), 3, "not `girl`"),
        (lambda r: r[2].update(person="perhaps"), 4, "`person` is yes or no"),
        (lambda r: r[2].update(character="99"), 4, "there is no character `99`"),
        (lambda r: r[2].update(character=r[1]["character"], name="x"), 4, "is one with `Ann Reed`"),
        (lambda r: r[0].update(names="Tom; Tom Hale"), 2, "the name `Mr. Hale` is gone"),
        (lambda r: r[0].update(names=r[0]["names"] + "; Zoë"), 2, "nobody is called `Zoë`"),
        (lambda r: r[0].update(names=r[0]["names"] + "; Ann"), 2, "`Ann` is a name of `Ann Reed`"),
        (lambda r: r[0].update(mention="…said Tom Hale…"), 2, "no ⟦words⟧"),
        (lambda r: r[0].update(mention="…said ⟦Zoë⟧…"), 2, "does not stand in the text"),
        (lambda r: r[0].update(mention=""), 2, "`mention` is empty"),
        (lambda r: r[0].update(mention="…⟦boat⟧?…"), 2, "nobody is meant"),
        (lambda r: r.append(r[0]), 5, "the same person as row 2"),
        (lambda r: r.append(new_row(names="Ann")), 5, "`Ann` is a name of `Ann Reed`"),
        (lambda r: r.append(new_row(name="x")), 5, "somebody new needs `names`"),
        (lambda r: r[0].update(members="Nobody", group="yes"), 2, "nobody goes by `Nobody`"),
        (lambda r: r[0].update(members="Ann"), 2, "is no group"),
        (lambda r: (r[2].update(names=""), r.append(new_row(names="Mrs. Reed"))), 4, "nothing would be left"),
    ],
)
def test_a_wrong_row_is_named(story: Story, tmp_path: Path, edit: Edit, row: int, said: str) -> None:
    """Mistakes in a spreadsheet"""
    rows = cells_of(story)
    edit(rows)
    with pytest.raises(RowError, match=said) as failed:
        compare(story, rows, tmp_path)
    assert failed.value.row == row
    assert "cast.csv`, row " in failed.value.message


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", "character,mention\r\n1,caf\xe9".encode("latin-1")])
def test_what_is_no_table_of_a_cast_is_told_so(tmp_path: Path, content: bytes) -> None:
    """Nothing; another table; no UTF-8"""
    path = tmp_path / "cast.csv"
    path.write_bytes(content)
    with pytest.raises(CorrectionsError):
        read_sheet(path)
    with pytest.raises(SourceMissingError):
        read_sheet(tmp_path / "nowhere.csv")


def test_a_table_is_written_edited_and_read_back(run: Run, book: Path, tmp_path: Path) -> None:
    """fabula correct STORY --to cast.csv; --from cast.csv"""
    book.write_text(TIDE.replace("Tom Hale", "Tömäs “T.” Hale"), encoding="utf-8")
    run("read", book, "-q")
    story, table = book.with_suffix(".fabula"), tmp_path / "cast.csv"
    done = run("correct", story, "--to", table)
    assert (done.status, done.out) == (0, "")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfcharacter,name")
    assert run("correct", story, "--to", table).status == 2  # it may have been edited
    assert "nothing has been changed" in run("correct", story, "--from", table).err
    text = table.read_bytes().decode("utf-8-sig")
    table.write_bytes(text.replace("Mrs. Reed,", '"Reed, M. «x»",', 1).replace(",female,no", ",unknown,no", 1).encode())
    done = run("correct", story, "--from", table)
    assert done.status == 0, done.err
    with fabula.open(story) as opened:
        assert "Reed, M. «x»" in {c.name for c in opened.cast}
    assert len(read_corrections(Path(f"{story}.toml"))) == 2


def test_nothing_is_written_if_any_row_is_wrong(run: Run, book: Path, tmp_path: Path) -> None:
    """Mrs. Reed is renamed; Tom Hale, in the row after her, has no name any more"""
    run("read", book, "-q")
    story, table = book.with_suffix(".fabula"), tmp_path / "cast.csv"
    run("correct", story, "--to", table)
    before = story.read_bytes()
    lines = table.read_bytes().decode("utf-8-sig").split("\r\n")
    lines[1], lines[2] = lines[1].replace("Mrs. Reed", "Margaret", 1), lines[2].replace("Tom Hale", "", 1)
    assert ",Margaret," in lines[1] and ",,Tom Hale," in lines[2]
    table.write_bytes("\r\n".join(lines).encode())
    done = run("correct", story, "--from", table)
    assert (done.status, done.out) == (2, "")
    assert "row 3: `name` is empty" in done.err
    assert story.read_bytes() == before
    assert not Path(f"{story}.toml").exists()
