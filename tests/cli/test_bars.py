"""Counts as small bars."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.cli.bars import BLOCKS, TYPED, draw_bar, group_size
from fabula.cli.terminal import Terminal
from tests.cli.test_terminal import Screen

COUNTS = st.lists(st.integers(0, 2000), max_size=400)


@given(COUNTS, st.integers(1, 60), st.sampled_from([BLOCKS, TYPED]))
def test_a_bar_fits_and_shows_whoever_is_there(counts: list[int], room: int, marks: str) -> None:
    """0 0 3 1 0"""
    bar = draw_bar(counts, room, marks)
    size = group_size(len(counts), room)
    assert len(bar) == -(-len(counts) // size) <= room
    for index, mark in enumerate(bar):
        assert (mark == marks[0]) == (not any(counts[index * size : (index + 1) * size]))
    assert marks[-1] in bar or not any(counts)


def test_the_last_chapters_weigh_no_less_for_being_fewer() -> None:
    """2 2 2 2 2, two a mark"""
    assert draw_bar([2] * 5, 3, TYPED) == "###"


class Printer(io.TextIOWrapper):
    """A terminal with an encoding of its own."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("encoding", "marks"), [("utf-8", BLOCKS), ("cp1252", TYPED), ("ascii", TYPED)])
def test_a_terminal_that_has_no_blocks_gets_what_can_be_typed(encoding: str, marks: str) -> None:
    """▁▂▃"""
    assert Terminal(Printer(io.BytesIO(), encoding=encoding)).bar_marks == marks


def test_where_there_is_no_colour_marks_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR, a file"""
    assert Terminal(Screen()).bar_marks == BLOCKS
    assert Terminal(io.StringIO()).bar_marks == TYPED
    monkeypatch.setenv("NO_COLOR", "1")
    assert Terminal(Screen()).bar_marks == TYPED
