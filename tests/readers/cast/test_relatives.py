"""Who "his mother" is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fabula.readers.cast.beliefs import find_owners
from fabula.readers.cast.relatives import find_relatives
from tests.marked import mark

EMMA, KNIGHTLEY, WOODHOUSE, NARRATOR, NEW = 0, 1, 2, 9, 10


def relatives(passage: str, beliefs: Mapping[str, Mapping[int, float]]) -> dict[str, int]:
    """Whom the relatives of a marked passage mean; beliefs: by a mention's words, of those without a character."""
    marked = mark(passage)
    known = [m.character for m in marked.mentions]
    words = [marked.words(m.id) for m in marked.mentions]
    believed = [{who: 1.0} if who is not None else beliefs.get(w, {}) for who, w in zip(known, words, strict=True)]
    found = find_relatives(marked.text, marked.mentions, known, find_owners(marked.mentions), believed, NARRATOR)
    return {words[at]: who for at, who in found.items()}


FATHER = "[0 Emma Woodhouse] sat. [[Her] father] slept. [1 Mr. Knightley] came. [2 Mr. Woodhouse] woke."


def test_a_father_is_who_bears_the_name_though_others_are_likelier() -> None:
    """Emma Woodhouse sat. Her father slept. Mr. Knightley came. Mr. Woodhouse woke."""
    believed = {"Her": {EMMA: 0.9}, "Her father": {KNIGHTLEY: 0.3, WOODHOUSE: 0.1, NEW: 0.5}}
    assert relatives(FATHER, believed) == {"Her father": WOODHOUSE}


@pytest.mark.parametrize("words", ["mother", "husband", "sister"])
def test_a_name_of_the_family_is_no_mother_s_who_is_a_man_s_and_a_sister_is_not_the_only_one(words: str) -> None:
    """Emma Woodhouse sat. Her mother slept. Mr. Woodhouse woke."""
    believed = {"Her": {EMMA: 0.9}, f"Her {words}": {WOODHOUSE: 0.1, NEW: 0.5}}
    expected = {"mother": {"Her mother": NEW}, "husband": {"Her husband": WOODHOUSE}, "sister": {}}[words]
    assert relatives(FATHER.replace("father", words), believed) == expected


def test_a_father_of_whom_nobody_bears_the_name_is_one_without_a_name_wherever_he_is_named_so() -> None:
    """Emma sat. Her father slept. Her papa woke."""
    passage = "[0 Emma] sat. [[Her] father] slept. [[Her] papa] woke."
    believed = {"Her": {EMMA: 0.9}, "Her father": {KNIGHTLEY: 0.3, NEW: 0.6}, "Her papa": {NEW + 1: 0.5, NEW: 0.2}}
    assert relatives(passage, believed) == {"Her father": NEW, "Her papa": NEW}


def test_a_father_whom_the_book_mostly_means_by_a_name_is_that_one() -> None:
    """Emma sat. Her father slept."""
    believed = {"Her": {EMMA: 0.9}, "Her father": {KNIGHTLEY: 0.6, NEW: 0.3}}
    assert relatives("[0 Emma] sat. [[Her] father] slept.", believed) == {"Her father": KNIGHTLEY}


def test_where_it_is_not_known_whose_father_it_is_nothing_is_said() -> None:
    """Emma sat. Her father slept."""
    passage = "[0 Emma] sat. [[Her] father] slept."
    assert relatives(passage, {"Her": {EMMA: 0.4}, "Her father": {NEW: 0.9}}) == {}
    assert relatives(passage, {"Her": {EMMA: 0.9}}) == {}
