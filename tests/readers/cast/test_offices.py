"""Who "the general" is."""

from __future__ import annotations

import pytest

from fabula.readers.cast.offices import find_holders
from tests.marked import mark


def holders(passage: str) -> list[int | None]:
    """Whom each mention without a character means."""
    marked = mark(passage)
    found = find_holders(marked.text, marked.mentions, [m.character for m in marked.mentions])
    return [found.get(m.id) for m in marked.mentions if m.character is None]


def test_the_general_is_who_is_named_so_before_or_behind() -> None:
    """The general sat. General Tilney rose. Then the general left."""
    assert holders("[The general] sat. [0 General Tilney] rose. Then [the general] left.") == [0, 0]


def test_of_two_generals_it_is_the_one_named_last() -> None:
    """The general sat. General Tilney rose. The general left. General Hale and Tilney came. The general spoke."""
    passage = "[The general] sat. [0 General Tilney] rose. [The general] left. [1 General Hale] came. [0 Tilney] spoke."
    assert holders(passage + " [The general] ran.") == [None, 0, 0]


@pytest.mark.parametrize("words", ["a general", "the old general", "his general", "the man"])
def test_what_says_more_or_less_than_a_title_may_be_anybody(words: str) -> None:
    """General Tilney rose. There was a general."""
    assert holders(f"[0 General Tilney] rose. There was [{words}].") == [None]


def test_a_title_that_nobody_bears_means_nobody() -> None:
    """Mr. Tilney rose. The general left."""
    assert holders("[0 Mr. Tilney] rose. [The general] left.") == [None]


def test_who_is_called_so_once_in_a_while_is_not_the_countess_where_her_name_stands() -> None:
    """Countess Rostova sat. Countess Vera came. Countess Rostova rose. Vera left, ... The countess ran."""
    passage = "[0 Countess Rostova] sat. [1 Countess Vera] came. [0 Countess Rostova] rose. " + "[1 Vera] left. " * 11
    assert holders(passage + "[The countess] ran.") == [0]
    assert holders(passage.replace("Vera", "Countess Vera").replace("Countess Countess", "Countess") + "[The countess] ran.") == [1]


def test_of_two_generals_nobody_is_meant_whom_the_last_chapters_do_not_name() -> None:
    """General Tilney and General Hale came. ¶ CHAPTER II ¶ It rained. ¶ CHAPTER III ¶ The general ran."""
    first = "# CHAPTER I ¶ [0 General Tilney] came. [1 General Hale] sat."
    passage = f"{first} ¶ # CHAPTER II ¶ [The general] sat. ¶ # CHAPTER III ¶ [The general] ran."
    assert holders(passage) == [1, None]


def test_a_captain_of_one_place_is_not_every_captain_of_a_book() -> None:
    """CHAPTER I ¶ The captain ran. The captain sat. ... ¶ CHAPTER III ¶ Captain Hale came."""
    chapters = "# CHAPTER I ¶ " + "[The captain] ran. " * 6 + "¶ # CHAPTER II ¶ It rained. ¶ # CHAPTER III ¶ "
    assert holders(chapters + "[0 Captain Hale] came.") == [None] * 6
    assert holders(chapters + "[0 Captain Hale] came. [0 Hale] sat.") == [0] * 6
