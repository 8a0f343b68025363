from __future__ import annotations

import pytest

from fabula.readers.quotes import find_quotes
from fabula.readers.turns import Turn, decide_speakers, find_pronoun_cues
from fabula.records import Gender
from tests.passages import make_text

TOM, ANN, MEG = range(3)
GENDERS = {TOM: Gender.MALE, ANN: Gender.FEMALE, MEG: Gender.FEMALE}
EVEN = {TOM: 0.45, ANN: 0.45}


def people(*turns: Turn) -> list[int | None]:
    return [decision.person for decision in decide_speakers(turns, GENDERS)]


def test_two_take_turns_between_cues() -> None:
    """“...,” said Tom. ¶ “...” ¶ “...” ¶ “...,” said Ann."""
    assert people(Turn({}, 0, known=TOM), Turn(EVEN, 1), Turn(EVEN, 2), Turn({}, 3, known=ANN)) == [TOM, ANN, TOM, ANN]


def test_turns_do_not_reach_over_narration() -> None:
    """“...,” said Tom. ¶ He waited. ¶ “...”"""
    likelier_tom = {TOM: 0.46, ANN: 0.44}
    assert people(Turn({}, 0, known=TOM), Turn(likelier_tom, 2)) == [TOM, TOM]


def test_a_sure_score_is_stronger_than_a_turn() -> None:
    """“...,” said Tom. ¶ Tom rose. “...”"""
    assert people(Turn({}, 0, known=TOM), Turn({TOM: 0.99, ANN: 0.001}, 1)) == [TOM, TOM]


def test_she_is_no_man() -> None:
    """“...” she said."""
    assert people(Turn({TOM: 0.6, MEG: 0.3}, 0, gender=Gender.FEMALE)) == [MEG]


def test_nobody_calls_himself() -> None:
    """“Tom, ...”"""
    assert people(Turn({TOM: 0.5, ANN: 0.4}, 0, called=frozenset({TOM}))) == [ANN]


def test_the_words_of_a_paragraph_are_one_speakers() -> None:
    """“...,” said Tom. He rose. “...”"""
    assert people(Turn({}, 0, known=TOM), Turn({ANN: 0.5, TOM: 0.3}, 0)) == [TOM, TOM]


def test_two_cues_in_a_paragraph_are_two_speakers() -> None:
    """“...,” said Tom. “...,” said Ann."""
    assert people(Turn({}, 0, known=TOM), Turn({}, 0, known=ANN)) == [TOM, ANN]


def test_without_any_score_nobody_speaks() -> None:
    """“...”"""
    (decision,) = decide_speakers([Turn({}, 0)], GENDERS)
    assert decision.person is None and decision.probability == 0


def test_no_quotation_has_no_speaker() -> None:
    """(nothing)"""
    assert decide_speakers([], GENDERS) == []


@pytest.mark.parametrize(
    ("passage", "gender"),
    [
        ("“Go,” she said.", Gender.FEMALE),
        ("“Go,” said he.", Gender.MALE),
        ("He turned and said, “Go.”", Gender.UNKNOWN),
        ("She said softly, “Go.”", Gender.FEMALE),
        ("“Go,” said Tom.", Gender.UNKNOWN),
        ("“Go.” ¶ She left.", Gender.UNKNOWN),
        ("“Go,” cried the old lady.", Gender.FEMALE),
        ("“Go,” said her father's friend.", Gender.UNKNOWN),
        ("The boy looked up, and then his mother said: ¶ “Go.”", Gender.FEMALE),
    ],
)
def test_a_pronoun_beside_the_words_has_a_gender(passage: str, gender: Gender) -> None:
    """(the passage)"""
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    assert find_pronoun_cues(text, quotes).get(quotes[0].id, Gender.UNKNOWN) is gender
