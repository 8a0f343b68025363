from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.text.normalize import fold_marks, normal_form


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """any text"""
    assert len(fold_marks(text)) == len(text)


@given(st.text())
def test_a_normal_form_is_its_own(text: str) -> None:
    """any text"""
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("“It’s—no”", '"It\'s-no"'), ("«Oh» \u00a0‑–−―", '"Oh"  ----'), ("plain 'text'", "plain 'text'")]
)
def test_marks_are_folded_to_their_plain_ones(text: str, folded: str) -> None:
    """“It’s—no”"""
    assert fold_marks(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O’Brien", "O'Brien"),
        ("Anne‑Marie", "Anne-Marie"),
        ("Cre\u0301cy", "Cr\u00e9cy"),
        ("wait…", "wait . . ."),
        ("no—never", "no--never"),
        ("Mrs.\u00a0Hale\n Long", "Mrs. Hale Long"),
        ("so\u00adfa", "sofa"),
    ],
)
def test_spellings_of_the_same_words_have_one_normal_form(one: str, other: str) -> None:
    """O’Brien, O'Brien"""
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), [("Anne-Marie", "Anne--Marie"), ("Tom", "tom"), ("resume", "résumé")])
def test_different_words_keep_different_forms(one: str, other: str) -> None:
    """Tom, tom"""
    assert normal_form(one) != normal_form(other)
