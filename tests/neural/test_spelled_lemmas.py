"""What spelling says of lemmas, and what it leaves to the scores."""

from __future__ import annotations

import pytest

from fabula.neural.spelled_lemmas import SpelledLemmas, irregular_scripts

UPOS = ("VERB", "NOUN", "PROPN", "ADJ")
SCRIPTS = ("l0", "l1", "l2", "l3", "l3+e", "l3+y", "l4", "k0", *irregular_scripts())


def correct(word: str, upos: str, chosen: str) -> str:
    spelled = SpelledLemmas(UPOS, SCRIPTS)
    return SCRIPTS[spelled([word], [UPOS.index(upos)], [SCRIPTS.index(chosen)])[0]]


@pytest.mark.parametrize(
    ("word", "upos", "script"),
    [
        ("held", "VERB", "=hold"),
        ("Men", "NOUN", "=man"),
        ("planning", "VERB", "l4"),
        ("coming", "VERB", "l3+e"),
        ("smiled", "VERB", "l1"),
        ("buried", "VERB", "l3+y"),
        ("boxes", "NOUN", "l2"),
    ],
)
def test_spelling_decides(word: str, upos: str, script: str) -> None:
    """whatever the scores say"""
    assert correct(word, upos, "l0") == script


@pytest.mark.parametrize(
    ("word", "upos"),
    [
        ("telling", "VERB"),  # to tell, not to tel
        ("adding", "VERB"),
        ("opening", "VERB"),  # to open; but "imagining" is to imagine
        ("waiting", "VERB"),
        ("showing", "VERB"),
        ("saw", "NOUN"),
        ("lay", "VERB"),  # to lie or to lay
        ("building", "NOUN"),
        ("aches", "NOUN"),
        ("tree", "NOUN"),
    ],
)
def test_what_spelling_leaves_open_stays_as_it_was_chosen(word: str, upos: str) -> None:
    """several lemmas are spelled so"""
    assert correct(word, upos, "l0") == "l0"


def test_a_name_that_looks_like_a_form_stays() -> None:
    """Mr. Boxes, whom the scores keep as he is written"""
    assert correct("Boxes", "NOUN", "k0") == "k0"


def test_a_script_that_the_inventory_lacks_changes_nothing() -> None:
    """held"""
    assert SpelledLemmas(("VERB",), ("l0",))(["held"], [0], [0]) == [0]
