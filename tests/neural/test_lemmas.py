"""Lemmas by scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.neural.lemmas import apply_script, script_of


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_pair_s_own_script_gives_its_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, script_of(form, lemma)) == lemma


@given(st.text(alphabet="abIİß+=", max_size=6), st.text(alphabet="abIİß+=", max_size=6))
def test_the_scripts_own_signs_in_a_word_do_no_harm(form: str, lemma: str) -> None:
    assert apply_script(form, script_of(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("learned", "form", "lemma"),
    [
        (("studies", "study"), "Ladies", "lady"),
        (("walked", "walk"), "LOOKED", "look"),
        (("stopped", "stop"), "begged", "beg"),
        (("was", "be"), "Was", "be"),
        (("Tom", "Tom"), "Jane", "Jane"),
        (("TOM", "Tom"), "MARY", "Mary"),
        (("brought", "bring"), "Brought", "bring"),
    ],
)
def test_a_script_learned_from_one_word_serves_another(learned: tuple[str, str], form: str, lemma: str) -> None:
    assert apply_script(form, script_of(*learned)) == lemma


def test_a_word_shorter_than_what_comes_off_stays_as_it_is() -> None:
    assert apply_script("At", script_of("walked", "walk")) == "at"
    assert apply_script("is", script_of("walked", "walk")) == "is"


def test_the_casing_that_changes_least_is_taken_and_lower_case_first() -> None:
    """A word in lower case needs no casing of its own."""
    assert script_of("the", "the") == script_of("The", "the") == "l0"
    assert script_of("Monday", "Monday") == "k0"
