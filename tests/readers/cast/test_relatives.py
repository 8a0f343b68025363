"""Who "his mother" is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fabula.readers.cast.beliefs import find_owners
from fabula.readers.cast.relatives import NARRATION, find_bare, find_relatives
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


def bare(passage: str, tellers: Sequence[int | None] = (), speakers: Mapping[int, int | None] | None = None) -> dict[str, int]:
    """Who calls each bare relative of a marked passage so. Mentions within the only quotation are in its row 0."""
    marked = mark(passage)
    parts = [part for quote in marked.quotes for part in quote.parts]
    quoted = [any(part.start <= m.span.start < part.end for part in parts) for m in marked.mentions]
    rows = [0 if is_quoted else -1 for is_quoted in quoted]
    told = list(tellers) or [None] * len(marked.mentions)
    found = find_bare(marked.text, marked.mentions, rows, told, speakers or {})
    return {marked.words(at): who for at, who in found.items()}


def test_a_bare_father_is_the_narrator_s_or_nobody_s_in_particular() -> None:
    """Then dad came and I rose."""
    assert bare("Then [dad] came and [I] rose.", [None, NARRATOR]) == {"dad": NARRATOR}
    assert bare("Then [dad] came.") == {"dad": NARRATION}


def test_of_two_narrators_it_is_the_nearer_one_s() -> None:
    """I sat. Ann rose. Then dad came and I left."""
    assert bare("[I] sat. [9 Ann] rose. Then [dad] came and [I] left.", [EMMA, None, None, KNIGHTLEY]) == {"dad": KNIGHTLEY}


def test_in_what_is_said_a_bare_father_is_the_speaker_s() -> None:
    """“Come, dad,” said Emma."""
    passage = "“Come, [dad],” said [0 Emma]."
    assert bare(passage, speakers={0: EMMA}) == {"dad": EMMA}
    assert bare(passage, speakers={0: None}) == {}


@pytest.mark.parametrize("words", ["the dad", "sister", "doctor"])
def test_others_are_not_called_so_by_anybody(words: str) -> None:
    """Then the dad came."""
    assert bare(f"Then [{words}] came.") == {}


def test_a_bare_father_is_one_with_his_father() -> None:
    """Emma sat. Her father slept. Then dad woke."""
    marked = mark("[0 Emma] sat. [[Her] father] slept. Then [dad] woke.")
    beliefs = [{EMMA: 1.0}, {NEW: 0.9}, {EMMA: 0.9}, {NEW + 1: 0.6, NEW: 0.3}]
    known = [m.character for m in marked.mentions]
    found = find_relatives(marked.text, marked.mentions, known, find_owners(marked.mentions), beliefs, NARRATOR, {3: EMMA})
    assert found == {1: NEW, 3: NEW}


BENNETS = "[0 Miss Bennet] sat. [[Her] {relation}] slept. [1 Mrs. Bennet] came. [2 Mr. Bennet] woke."


@pytest.mark.parametrize(("relation", "who"), [("mother", KNIGHTLEY), ("father", WOODHOUSE), ("husband", NEW)])
def test_the_heads_of_a_daughter_s_family_are_her_parents_if_they_are_around_and_none_is_her_husband(
    relation: str, who: int
) -> None:
    """Miss Bennet sat. Her mother slept. Mrs. Bennet came. Mr. Bennet woke."""
    believed = {"Her": {EMMA: 0.9}, f"Her {relation}": {NEW: 0.9}}
    assert relatives(BENNETS.format(relation=relation), believed) == {f"Her {relation}": who}


def test_a_wife_has_her_husband_s_name_and_not_her_father_s() -> None:
    """Mrs. Bennet sat. Her husband slept. Her father died. Mr. Bennet woke."""
    passage = "[0 Mrs. Bennet] sat. [[Her] husband] slept. [[Her] father] died. [1 Mr. Bennet] woke."
    believed = {"Her": {EMMA: 0.9}, "Her husband": {NEW: 0.9}, "Her father": {NEW + 1: 0.9}}
    assert relatives(passage, believed) == {"Her husband": KNIGHTLEY, "Her father": NEW + 1}


def test_nobody_is_mother_and_wife_but_what_she_is_around_for() -> None:
    """Mr. Archer sat. His mother slept. His mother woke. Mrs. Archer came. ... His wife sat."""
    far = "It rained on [5 Tom]. " * 50
    passage = f"[0 Mr. Archer] sat. [[His] mother] slept. [[His] mother] woke. [1 Mrs. Archer] came. {far}[[His] wife] sat."
    believed = {"His": {EMMA: 0.9}, "His mother": {NEW: 0.9}, "His wife": {KNIGHTLEY: 0.1, NEW + 1: 0.8}}
    assert relatives(passage, believed) == {"His mother": KNIGHTLEY, "His wife": NEW + 1}


def test_a_mother_whom_the_text_names_is_that_one_wherever_she_is_named_so() -> None:
    """Emma sat. Her mother slept; known to be Mrs. Hill. Her mother woke."""
    marked = mark("[0 Emma] sat. [[Her] mother] slept. [[Her] mother] woke. [1 Mrs. Hill] came.")
    beliefs = [{EMMA: 1.0}, {KNIGHTLEY: 1.0}, {EMMA: 0.9}, {NEW: 0.9}, {EMMA: 0.9}, {KNIGHTLEY: 1.0}]
    known = [EMMA, KNIGHTLEY, None, None, None, KNIGHTLEY]
    assert find_relatives(marked.text, marked.mentions, known, find_owners(marked.mentions), beliefs, NARRATOR) == {3: KNIGHTLEY}


def test_who_is_around_and_foremost_of_those_with_a_name_is_the_one_unless_the_family_s_name_speaks_against_it() -> None:
    """Lady Hill sat. Her mother slept (five times). Mrs. Dale came."""
    her = "[[Her] mother] slept. " * 5
    believed = {"Her": {EMMA: 0.9}, "Her mother": {KNIGHTLEY: 0.2, NEW: 0.6}}
    assert relatives(f"[0 Lady Hill] sat. {her}[1 Mrs. Dale] came.", believed) == {"Her mother": KNIGHTLEY}
    assert relatives(f"[0 Lady Hill] sat. {her}[1 Miss Dale] came.", believed) == {"Her mother": NEW}
    assert relatives(
        f"[0 Fanny Hill] sat. {her}[1 Mr. Dale] came.".replace("mother", "father"),
        {"Her": {EMMA: 0.9}, "Her father": {KNIGHTLEY: 0.2, NEW: 0.6}},
    ) == {"Her father": NEW}


def test_a_mother_without_a_name_is_rather_another_s_who_has_one() -> None:
    """Emma Hill sat. Ann Dale sat. Mrs. Dale came. Ann's mother slept. Her mother woke; Emma's, or Ann's."""
    passage = "[0 Emma Hill] sat. [2 Ann Dale] sat. [1 Mrs. Dale] came. [[2 Ann]’s mother] slept. [[Her] mother] woke."
    believed = {"Ann’s mother": {NEW: 0.9}, "Her": {EMMA: 0.6, WOODHOUSE: 0.3}, "Her mother": {NEW + 1: 0.9}}
    assert relatives(passage, believed) == {"Ann’s mother": KNIGHTLEY, "Her mother": KNIGHTLEY}
    believed["Her"] = {EMMA: 0.95}
    assert relatives(passage, believed)["Her mother"] == NEW + 1
