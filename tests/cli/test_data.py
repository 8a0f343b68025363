"""JSON and CSV on stdout."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.cli.data import write_csv, write_json

CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"))


def captured(encoding: str) -> tuple[io.BytesIO, io.TextIOWrapper]:
    raw = io.BytesIO()
    return raw, io.TextIOWrapper(raw, encoding=encoding, errors="strict")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CELLS)
def test_json_says_the_same_in_any_encoding(encoding: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """“→ 🙂 \\x9b \\u202e”"""
    raw, stream = captured(encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    write_json([text])
    stream.flush()
    written = raw.getvalue().decode(encoding)
    assert json.loads(written) == [text]
    assert not {"\x9b", "\u202e", "\x1b", "\u2028"} & set(written)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.lists(CELLS, min_size=2, max_size=4))
def test_csv_gives_every_value_back_exactly_in_utf8(row: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """“So,” ¶ she said, "=1+1" """
    raw, stream = captured("cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    write_csv(["a"] * len(row), [row])
    stream.flush()
    assert list(csv.reader(io.StringIO(raw.getvalue().decode("utf-8"), newline=""))) == [["a"] * len(row), row]


def test_csv_has_plain_line_ends_and_leaves_formulas_and_unknowns_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """=1+1, +1, -1, @x"""
    raw, stream = captured("utf-8")
    monkeypatch.setattr(sys, "stdout", stream)
    write_csv(["a", "b"], [["=1+1", None], ["-1", "two\n\nlines, “said”"]])
    stream.flush()
    assert raw.getvalue().decode() == 'a,b\n=1+1,\n-1,"two\n\nlines, “said”"\n'
