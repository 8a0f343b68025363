"""How words are spelled: the whole and the endings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fabula.neural.spelling import N_PARTS, N_SPELLINGS, spell


def test_words_with_the_same_ending_share_its_row() -> None:
    """coming, moving"""
    one, other = spell(["coming", "moving"]).tolist()
    assert one[0] != other[0]
    assert one[1] == other[1]  # -ng
    assert one[2] == other[2]  # -ing


def test_capitals_are_spelled_as_small_letters() -> None:
    """Coming, COMING, coming"""
    assert len({tuple(row) for row in spell(["Coming", "COMING", "coming"]).tolist()}) == 1


def test_a_word_is_not_its_own_ending() -> None:
    """ing, coming"""
    one, other = spell(["ing", "coming"]).tolist()
    assert one[2] != other[2]


@given(st.lists(st.text()))
def test_every_word_has_a_row_for_each_part(words: list[str]) -> None:
    """whatever the words"""
    rows = spell(words)
    assert rows.shape == (len(words), N_PARTS)
    assert ((rows >= 0) & (rows < N_SPELLINGS)).all()
