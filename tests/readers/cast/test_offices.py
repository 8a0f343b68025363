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
