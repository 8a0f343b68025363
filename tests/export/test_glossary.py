"""The glossary of a story's people."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fabula import Cast, Story, StoryView
from fabula.export.glossary import Glossary, describe_glossary, glossary_as_csv, glossary_as_json, glossary_as_markdown
from fabula.export.sheets import encode_csv, encode_markdown
from fabula.records import StoryRecords
from fabula.story.cast import NARRATOR
from tests.stories import make_inn, make_records, make_weir
from tests.story.made_up import splice, stories

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def rows(view: StoryView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(glossary_as_csv(describe_glossary(view)).decode("utf-8-sig"), newline="")))


def test_everybody_has_a_row_with_names_gender_and_first_passage() -> None:
    """“Have you seen the boat?” said Tom Hale."""
    tom, ann, reed = rows(Story.from_records(make_weir()))
    assert tom == {
        "name": "Tom Hale",
        "names": "Tom Hale 1; Tom 1; Mr. Hale 1",
        "also called": "",
        "gender": "male",
        "pronouns": "",
        "addressed as": "",
        "narrator": "",
        "group": "",
        "mentions": "3",
        "lines": "2",
        "first chapter": "1",
        "first passage": "“Have you seen the boat?” said Tom Hale.",
        "id": "0",
    }
    assert (ann["name"], ann["first chapter"], reed["gender"]) == ("Ann Reed", "2", "female")


def test_somebody_without_a_name_stands_in_brackets_with_her_forms_of_address() -> None:
    """“Good evening, mother,” said Tom."""
    woman, *_ = rows(Story.from_records(make_inn()))
    assert (woman["name"], woman["names"], woman["also called"]) == (
        "(the old woman)",
        "",
        "the old woman 2; mother 2; the hostess 1",
    )
    assert (woman["addressed as"], woman["pronouns"]) == ("mother 2 (by Tom 2)", "her 1")


def test_the_narrator_and_groups_are_told() -> None:
    """Tom tells; the Reeds are Ann and Mrs. Reed."""
    story = Story.from_records(make_weir())
    tom, ann, mrs = story.cast
    reeds = replace(ann, id=9, name="the Reeds", names=(), group=True, members=(ann.id, mrs.id))
    story.cast = Cast((replace(tom, narrator=True), ann, mrs, reeds))
    told = [(r["narrator"], r["group"]) for r in rows(story)]
    assert told == [("yes", ""), ("", "one of the Reeds"), ("", "one of the Reeds"), ("", "group of Ann Reed, Mrs. Reed")]


def test_until_and_least_leave_out_who_is_not_met_or_seldom() -> None:
    """until 1; twice or more"""
    story = Story.from_records(make_weir())
    assert [r["name"] for r in rows(story.until(1))] == ["Tom Hale", "Mrs. Reed"]
    assert [e.name for e in describe_glossary(story, least=2).entries] == ["Tom Hale", "Ann Reed"]


def test_without_the_text_only_names_are_left() -> None:
    """--no-text"""
    glossary = describe_glossary(Story.from_records(make_inn()), with_text=False)
    assert [(e.name, e.descriptions, e.addressed, e.first.sentence) for e in glossary.entries] == [("Tom", (), (), "")]


@pytest.mark.parametrize("name", ["=1+1", "+44", "-Tom", "@Tom", "\t=1"])
def test_what_a_spreadsheet_would_compute_is_text(name: str) -> None:
    """=1+1"""
    (row,) = list(csv.reader(io.StringIO(encode_csv(("name",), [(name,)]).decode("utf-8-sig"))))[1:]
    assert row == [f"'{name.strip()}"]


def test_csv_is_what_spreadsheets_take_for_utf8() -> None:
    """Zoë"""
    assert encode_csv(("name", "n"), [("Zoë, “a”\nb", 3)]) == '\ufeffname,n\r\n"Zoë, “a” b",3\r\n'.encode()


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_row_is_one_line_and_no_cell_is_a_formula(cells: list[tuple[str, str]]) -> None:
    """Anything"""
    read = list(csv.reader(io.StringIO(encode_csv(("a", "b"), cells).decode("utf-8-sig"), newline="")))[1:]
    assert len(read) == len(cells)
    for cell, shown in zip(chain(*cells), chain(*read), strict=True):
        plain = re.sub("[\x00-\x1f\x7f]", "\ufffd", " ".join(cell.split()))
        assert shown == (f"'{plain}" if plain[:1] in tuple("=+-@") else plain)


@given(st.lists(st.tuples(st.text("ab|*_`<>[]&;\\~# \n1.-!$:/", max_size=12), st.just("x")), min_size=1, max_size=3))
def test_markdown_shows_every_cell_as_it_is(cells: list[tuple[str, str]]) -> None:
    """a|b *c* <i> [x](y) &lt;"""
    tokens = MarkdownIt("commonmark").enable("table").parse(encode_markdown("*T*", ("a", "b"), cells).decode())
    inline = [t for t in tokens if t.type == "inline"]
    assert all(child.type in ("text", "text_special") for t in inline for child in t.children or ())
    shown = ["".join(child.content for child in t.children or ()) for t in inline]
    assert shown == ["*T*", "a", "b", *(" ".join(c.split()) for row in cells for c in row)]


def test_the_json_says_what_it_is_and_has_all(tmp_path: Path) -> None:
    """fabula-glossary 1"""
    told: dict[str, Any] = json.loads(glossary_as_json(describe_glossary(Story.from_records(make_inn()))))
    assert (told["format"], told["version"], told["title"], len(told["entries"])) == ("fabula-glossary", 1, "The Inn", 5)
    assert told["entries"][0]["addressed"] == [{"text": "mother", "count": 2, "by": [{"id": 0, "name": "Tom", "count": 2}]}]
    path = tmp_path / "g.json"
    path.write_bytes(glossary_as_json(describe_glossary(Story.from_records(make_inn()))))
    assert msgspec.json.decode(path.read_bytes(), type=Glossary) == describe_glossary(Story.from_records(make_inn()))


def test_every_field_and_column_is_documented() -> None:
    """docs/reference/glossary.md"""
    from fabula.export.glossary import HEADS

    page = PAGE.read_text(encoding="utf-8")
    documented = set(re.findall(r"`([\w ]+)`", page))
    schema = msgspec.json.schema(Glossary)
    fields = {name for struct in schema["$defs"].values() for name in struct.get("properties", {})}
    assert (fields | set(HEADS)) - documented == set()


@given(stories(least=1), st.data())
@settings(deadline=None, max_examples=60)
def test_a_glossary_is_the_same_whatever_comes_after_its_end(records: StoryRecords, data: st.DataObject) -> None:
    """Two made-up stories that are one story up to an offset."""
    if not records.text.string:
        return
    end = data.draw(st.integers(0, len(records.text.string) - 1))
    other = splice(records, end, data.draw(stories(least=2)))
    one, two = (StoryView(Story.from_records(r)._layers, end) for r in (records, other))
    assert describe_glossary(one) == describe_glossary(two)
    told = records.text.string[:end]
    shown = {NARRATOR, *(n.name for n in records.given.names)}  # by the user, for one
    for entry in describe_glossary(one).entries:
        assert entry.name in told or entry.name in shown
        assert entry.first.sentence in told
        assert all(c.text in told for c in (*entry.names, *entry.descriptions))
        assert all(a.text in told for a in entry.addressed)


def test_a_table_in_markdown_has_a_row_for_everybody() -> None:
    """The Weir"""
    lines = glossary_as_markdown(describe_glossary(Story.from_records(make_weir()))).decode().splitlines()
    assert lines[0] == "# The Weir, by A. Author: the people"
    assert len(lines) == 4 + 3
    assert lines[4].startswith("| Tom Hale | Tom Hale 1; Tom 1; Mr. Hale 1 |")


def test_a_passage_over_two_lines_is_one() -> None:
    """Tom\nran."""
    (row,) = rows(Story.from_records(make_records("Tom\nran.", people={"Tom": ()})))
    assert row["first passage"] == "Tom ran."
