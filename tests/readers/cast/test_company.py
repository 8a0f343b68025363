"""What company names keep."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fabula.readers.cast.company import NO_COMPANY, Company, find_company
from tests.marked import mark

TOM, ANN, HALE = range(3)


def company(passage: str, speakers: Mapping[int, int] | None = None) -> Company:
    """speakers: of quotations by their numbers."""
    marked = mark(passage)
    names = [m.character for m in marked.mentions if m.character is not None]
    return find_company(marked.text, marked.quotes, marked.mentions, names, speakers or {})


def test_a_sentence_of_narration_has_two_names_together() -> None:
    """Tom saw Ann. Tom ran."""
    found = company("[0 Tom] saw [1 Ann]. [0 Tom] ran.")
    assert (found.together, found.near) == ({(TOM, ANN): 1}, {(TOM, ANN): 2})


def test_what_is_said_has_nobody_together() -> None:
    """“Tom saw Ann. Tom ran.”"""
    found = company("“[0 Tom] saw [1 Ann]. [0 Tom] ran.”")
    assert (found.together, found.near) == ({}, {})


@pytest.mark.parametrize(("between", "n"), [("", 2), ("It rained. ¶ ", 2), ("It rained. ¶ It snowed. ¶ ", 0)])
def test_names_are_near_up_to_two_paragraphs_apart(between: str, n: int) -> None:
    """Tom ran. ¶ ... ¶ Ann ran."""
    found = company(f"[0 Tom] ran. ¶ {between}[1 Ann] ran.")
    assert found.near.get((TOM, ANN), 0) == n
    assert found.together == {}


@pytest.mark.parametrize(
    ("passage", "n"),
    [
        ("[1 Ann] and [0 Tom] ran.", 1),
        ("“[0 Tom] or [1 Ann]!”", 1),
        ("[0 Tom]’s [1 Ann] ran.", 1),
        ("[0 Tom], [1 Ann] ran.", 0),
        ("[0 Tom] saw [1 Ann].", 0),
    ],
)
def test_names_side_by_side_are_joined_by_a_word_that_parts_people(passage: str, n: int) -> None:
    """Ann and Tom"""
    assert company(passage).joined.get((TOM, ANN), 0) == n


def test_a_name_is_not_joined_with_itself() -> None:
    """Tom and Tom"""
    assert company("[0 Tom] and [0 Tom] ran.").joined == {}


CALL = "“[0 Tom], come!” ¶ “I will,” said [2 Hale]."


def test_who_speaks_next_answers_for_the_name_that_was_called() -> None:
    """“Tom, come!” ¶ “I will,” said Hale."""
    found = company(CALL, {1: HALE})
    assert (found.answered, found.n_called, found.called_by) == ({(TOM, HALE): 1}, {TOM: 1}, {})


def test_who_has_just_spoken_is_called_too() -> None:
    """“I will,” said Hale. ¶ “Come, Tom!”"""
    assert company("“I will,” said [2 Hale]. ¶ “Come, [0 Tom]!”", {0: HALE}).answered == {(TOM, HALE): 1}


def test_who_calls_does_not_answer() -> None:
    """“Tom, come!” said Ann. ¶ “Now!” said Ann."""
    found = company("“[0 Tom], come!” said [1 Ann]. ¶ “Now!” said [1 Ann].", {0: ANN, 1: ANN})
    assert (found.answered, found.called_by) == ({}, {(TOM, ANN): 1})


@pytest.mark.parametrize(("between", "n"), [(" ¶ ", 1), (" ", 0), (" ¶ It rained. ¶ ", 0)])
def test_two_who_answer_each_other_by_turns_exchange_words(between: str, n: int) -> None:
    """“Go.” said Tom. ¶ “I will,” said Hale."""
    found = company(f"“Go.” said [0 Tom].{between}“I will,” said [2 Hale].", {0: TOM, 1: HALE})
    assert found.exchanged.get((TOM, HALE), 0) == n


def test_who_is_spoken_of_is_not_called() -> None:
    """“I saw Tom come!” ¶ “I will,” said Hale."""
    found = company("“I saw [0 Tom] come!” ¶ “I will,” said [2 Hale].", {1: HALE})
    assert (found.answered, found.n_called) == ({}, {})


@pytest.mark.parametrize(("n", "answers"), [(1, 1), (2, 0)])
def test_nobody_answers_from_far_off(n: int, answers: int) -> None:
    """“Tom, come!” ¶ It rained. ¶ ... “I will,” said Hale."""
    found = company("“[0 Tom], come!” ¶ " + "It rained. ¶ " * n + "“I will,” said [2 Hale].", {1: HALE})
    assert found.answered.get((TOM, HALE), 0) == answers
    assert found.n_called == {TOM: 1}


def test_an_unknown_speaker_answers_for_nobody() -> None:
    """“Tom, come!” ¶ “I will.”"""
    assert company(CALL).answered == {}


def test_two_who_are_twice_joined_or_often_together_are_two() -> None:
    """Counts, of names of one and of another"""
    assert Company({}, {}, {(0, 1): 1, (1, 2): 1}, {}, {}, {}, {}, {}, {}, {}).are_two([1], [0, 2])
    assert not Company({}, {}, {(0, 1): 1}, {}, {}, {}, {}, {}, {}, {}).are_two([1], [0, 2])
    assert Company({(0, 1): 10}, {(0, 1): 2}, {}, {}, {}, {}, {}, {}, {}, {}).are_two([0], [1])
    assert not Company({(0, 1): 100}, {(0, 1): 14}, {}, {}, {}, {}, {}, {}, {}, {}).are_two([0], [1])
    assert Company({}, {}, {}, {}, {}, {}, {}, {}, {(0, 1): 3}, {}).are_two([0], [1])
    assert not Company({}, {}, {}, {}, {}, {}, {}, {}, {(0, 1): 2}, {}).are_two([0], [1])
    assert not NO_COMPANY.are_two([0], [1])


def test_answers_have_a_direction_and_company_has_none() -> None:
    """Counts"""
    found = Company({(0, 1): 4}, {}, {}, {(1, 0): 3}, {}, {}, {}, {}, {}, {})
    assert found.count(found.near, [1], [0]) == found.count(found.near, [0], [1]) == 4
    assert (found.count(found.answered, [1], [0]), found.count(found.answered, [0], [1])) == (3, 0)
