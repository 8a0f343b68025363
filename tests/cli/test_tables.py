"""Tables in a terminal's width."""

from __future__ import annotations

import io

import pytest

from fabula.cli.tables import Column, Fit, write_table
from fabula.cli.terminal import Terminal, columns

HEADS = (Column("name"), Column("also", Fit.ITEMS), Column("named", right=True), Column("text", Fit.CUT))


def table(*rows: tuple[str, tuple[str, ...], str, str]) -> list[str]:
    stream = io.StringIO()
    write_table(Terminal(stream), HEADS, rows)
    return stream.getvalue().splitlines()


def test_what_fits_is_left_alone() -> None:
    """Emma  Miss Woodhouse 3  5  It was."""
    assert table(("Emma", ("Miss Woodhouse 3",), "5", "It was."), ("Harriet", (), "12", "No.")) == [
        "name     also              named  text",
        "Emma     Miss Woodhouse 3      5  It was.",
        "Harriet                       12  No.",
    ]


def test_a_column_that_is_empty_throughout_is_left_out() -> None:
    """Emma  5"""
    assert table(("Emma", (), "5", "")) == ["name  named", "Emma      5"]


def test_a_long_text_is_cut_and_a_list_loses_whole_names() -> None:
    """Elizabeth 9, Lizzy 8, ..."""
    names = tuple(f"Elizabeth the {n}th {n}" for n in range(3, 9))
    _, line = table(("Elizabeth Bennet", names, "5", "It is a truth universally acknowledged. " * 5))
    assert 75 < columns(line) <= 80
    assert line.startswith("Elizabeth Bennet  Elizabeth the 3th 3, +5 ")
    assert line.endswith("…")


def test_a_name_longer_than_its_room_goes_on_below_whole() -> None:
    """The Right Honourable Lady Catherine de Bourgh of Rosings Park"""
    name = "The Right Honourable Lady Catherine de Bourgh of Rosings Park"
    _, *lines = table((name, (), "5", "a text " * 30))
    assert " ".join(line[:24].strip() for line in lines) == name
    assert "a text" not in "".join(lines[1:])


def test_wide_characters_take_two_columns() -> None:
    """王小明"""
    head, wide, narrow = table(("王小明", (), "5", "x"), ("Emmma", (), "5", "x"))
    assert columns(wide) == columns(narrow) == columns("name    named  text") - 3
    assert head.startswith("name    named")


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """“…”"""
    monkeypatch.setenv("COLUMNS", str(width))
    row = ("A Rather Long Name " * 4, tuple(f"name {n}" for n in range(40)), "1,000,000", "text " * 90)
    assert max(map(columns, table(row, row))) <= width
