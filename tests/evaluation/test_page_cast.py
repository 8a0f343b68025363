from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.expectations import Expectations
from evaluation.page_cast import RATIOS, RIGHT, RIGHT_PRONOUNS, PageCastCounts, count_page_cast, place_said, place_story
from tests.evaluation.told import make_told
from training.corpora.marked_text import strip_marks

ANNOTATED = "{tom|Tom} told {anna|{tom|his} sister} that {tom|he} was off. {anna|Anna} wept. {tom+anna|They} shook hands."
TABLES = {"characters": [{"id": "tom", "names": ["Tom"]}, {"id": "anna", "names": ["Anna"]}]}


def score(marked: str) -> PageCastCounts:
    text, marks = strip_marks(ANNOTATED)
    story = make_told(marked)
    return count_page_cast(Expectations(Path("a"), text, marks, dict(TABLES)), place_story(story, text))


def test_gold_as_a_story_is_all_right() -> None:
    """Tom 0, Anna 1, both of them 2"""
    counts = score("[0 Tom] told [1 [0 his] sister] that [0 he] was off. [1 Anna] wept. [2 They] shook hands.")
    assert [RATIOS[name](counts) for name in (RIGHT, RIGHT_PRONOUNS, "names alone", "nominals alone", "(mentions found)")] == [
        1.0
    ] * 5
    assert (counts.right.total, counts.right_pronouns.total) == (6, 3)


def test_not_found_and_without_a_character_are_wrong() -> None:
    """his is not found, he is nobody"""
    counts = score("[0 Tom] told [1 his sister] that [- he] was off. [1 Anna] wept. [2 They] shook hands.")
    assert (counts.right.hit, counts.right_pronouns.hit) == (4, 1)
    assert (counts.found.hit, counts.unknown.hit, counts.unknown.total) == (5, 1, 6)


def test_a_character_stands_for_whom_its_names_mean() -> None:
    """his and he are Anna's: more pronouns of Tom than names of hers"""
    counts = score("[0 Tom] told his sister that [1 he] was off. [1 Anna] wept. They shook hands.")
    assert (counts.right_names.hit, counts.right_pronouns.hit, counts.parted_pronouns.hit) == (2, 0, 0)


def test_of_a_person_in_pieces_the_largest_is_right() -> None:
    """Tom and he are one, his alone is another: a person for every mention would else be all right"""
    counts = score("[0 Tom] told [1 [3 his] sister] that [0 he] was off. [4 Anna] wept. [2 They] shook hands.")
    assert (counts.right.hit, counts.parted.hit) == (4, 6)
    assert (counts.right_pronouns.hit, counts.parted_pronouns.hit) == (2, 3)


def test_several_are_not_one_of_them() -> None:
    """They are Tom"""
    counts = score("[0 Tom] told his sister that [0 he] was off. Anna wept. [0 They] shook hands.")
    assert (counts.right_pronouns.hit, counts.right_names.hit) == (1, 1)


def test_other_words_than_the_examples_are_not_found() -> None:
    """told his sister"""
    counts = score("Tom [1 told his sister] that he was off. [1 Anna] wept. They shook hands.")
    assert (counts.found.hit, counts.right.hit) == (1, 1)


def test_a_thing_is_no_mention_of_a_person() -> None:
    """Anna, a boat"""
    assert score("Tom told his sister that he was off. [* Anna] wept. They shook hands.").found.hit == 0


def test_of_two_mentions_in_one_place_the_one_with_a_character_counts() -> None:
    """Tom, found twice"""
    text, _ = strip_marks(ANNOTATED)
    for marked in ("[0 [- Tom]] told", "[- [0 Tom]] told"):
        assert place_story(make_told(text.replace("Tom told", marked)), text) == {(0, 3): 0}


@pytest.mark.parametrize("order", ["{tom+anna|They} ate. {anna+tom|They} ran.", "{anna+tom|They} ate. {tom+anna|They} ran."])
def test_the_order_in_which_several_are_named_is_all_the_same(order: str) -> None:
    """tom+anna, anna+tom"""
    text, marks = strip_marks(order)
    counts = count_page_cast(
        Expectations(Path("a"), text, marks, dict(TABLES)), place_story(make_told("[2 They] ate. [2 They] ran."), text)
    )
    assert counts.right.value == 1.0


def test_a_part_is_said_by_whom_its_quotations_speaker_stands_for() -> None:
    """Tom's by Tom, Anna's by nobody, a letter"""
    annotated = """{tom|Tom}: {q1|"I do,"} {q1|"too."} {anna|Anna}: {q2|"No."} {q3|"Yours."}"""
    text, marks = strip_marks(annotated)
    quotes = {"q1": {"by": "tom", "kind": "speech"}, "q2": {"by": "anna", "kind": "speech"}, "q3": {"by": "tom", "kind": "writing"}}
    expected = Expectations(Path("a"), text, marks, {**TABLES, "quotes": quotes})
    placed = {(0, 3): 7, (9, 13): 8}
    counts = count_page_cast(expected, placed, [((3, 6), 7), ((6, 9), 7), ((13, 15), None)])
    assert (counts.speakers.hit, counts.speakers.total) == (2, 3)
    assert count_page_cast(expected, placed, [((3, 6), 8)]).speakers.hit == 0


def test_the_storys_quotations_are_placed_with_their_speakers() -> None:
    story = make_told("[0 Tom] came.")
    assert place_said(story, "Tom came.") == []
