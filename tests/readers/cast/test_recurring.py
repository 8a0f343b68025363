"""Whom a description means that recurs over a book."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fabula.readers.cast.recurring import find_recurring
from fabula.readers.conversations import place_mentions
from fabula.readers.cues import read_cues
from fabula.readers.speakers import attribute_quotes
from fabula.records import Gender
from tests.marked import mark

FAGIN, ANN, NARRATOR = 0, 1, 9
FAR = " ¶ ".join(["It rained."] * 6)
CALL = "“[0 Fagin]!” said [1 Ann]. ¶ “Yes,” said [the Jew]. ¶ " + FAR + " ¶ "
TURNS = "[The keeper] rose. ¶ [0 Fagin] sat. ¶ [He] ran. [The keeper] ran. ¶ "
BESIDE = "[The keeper] saw [0 Fagin]. ¶ " + FAR + " ¶ "


def recurring(
    passage: str, *, believed: Mapping[str, Mapping[int, float]] | None = None, gender: Gender = Gender.UNKNOWN
) -> tuple[list[int | None], list[set[str]]]:
    """Of the mentions without a character whom they mean, and the names of people whom they never mean.

    believed: whom mentions may mean, by their words in lower case. gender: Fagin's.
    """
    marked = mark(passage)
    text, quotes, mentions = marked.text, marked.quotes, marked.mentions
    known = [m.character for m in mentions]
    believed = believed or {}
    beliefs = [believed.get(marked.words(m.id).lower(), {}) for m in mentions]
    said = attribute_quotes(text, quotes, [m for m in mentions if m.character is not None])
    cues = read_cues(text, quotes, marked.tags)
    places = place_mentions(text, quotes, mentions)
    found = find_recurring(text, quotes, mentions, known, beliefs, {FAGIN: gender}, places, said, cues, NARRATOR)
    open_ = [m.id for m in mentions if m.character is None and marked.words(m.id) != "He"]
    return [found.meant.get(at) for at in open_], [{marked.words(one) for one in found.apart.get(at, ())} for at in open_]


def test_who_answers_where_somebody_is_called_is_that_one() -> None:
    """“Fagin!” said Ann. ¶ “Yes,” said the Jew."""
    assert recurring(CALL * 8)[0] == [FAGIN] * 8


def test_before_the_name_stands_a_description_means_nobody_yet() -> None:
    """The Jew sat. ... “Fagin!” said Ann. ¶ “Yes,” said the Jew."""
    assert recurring("[The Jew] sat. ¶ " + FAR + " ¶ " + CALL * 8)[0] == [None] + [FAGIN] * 8


@pytest.mark.parametrize(
    "passage",
    [CALL * 7, CALL.replace("Jew", "girl") * 8, CALL.replace("the Jew", "a Jew") * 8],
    ids=["seldom", "anybody", "a Jew"],
)
def test_what_is_seldom_said_or_of_anybody_tells_nothing(passage: str) -> None:
    """“Fagin!” said Ann. ¶ “Yes,” said the girl."""
    assert set(recurring(passage)[0]) == {None}


def test_a_description_of_the_other_gender_is_somebody_else_whoever_answers() -> None:
    """“Fagin!” said Ann. ¶ “Yes,” said the witch."""
    passage = CALL.replace("Jew", "witch") * 8
    assert recurring(passage, gender=Gender.MALE)[0] == [None] * 8
    assert recurring(passage, gender=Gender.FEMALE)[0] == [FAGIN] * 8


def test_a_name_and_a_description_that_take_turns_are_one_where_the_links_say_so_too() -> None:
    """The keeper rose. ¶ Fagin sat. ¶ He ran. The keeper ran."""
    linked = {"the keeper": {FAGIN: 0.5, NARRATOR + 1: 0.5}}
    assert set(recurring(TURNS * 25, believed=linked)[0][1:]) == {FAGIN}
    assert set(recurring(TURNS * 25)[0]) == {None}
    assert set(recurring(TURNS * 10, believed=linked)[0]) == {None}


def test_a_name_and_a_description_that_take_turns_for_long_are_one_whatever_the_links_say() -> None:
    """The keeper rose. ¶ Fagin sat. ¶ He ran. The keeper ran."""
    assert set(recurring(TURNS * 60)[0][1:]) == {FAGIN}


def test_who_stands_beside_a_name_is_somebody_else() -> None:
    """The keeper saw Fagin."""
    assert recurring(BESIDE * 8) == ([None] * 8, [{"Fagin"}] * 8)


def test_a_place_that_likely_means_somebody_else_is_left_to_that_one() -> None:
    """The keeper rose. ¶ Fagin sat. ¶ ... Ann sat."""
    linked = {"the keeper": {ANN: 0.6, FAGIN: 0.4}}
    assert set(recurring(TURNS * 60 + "[1 Ann] sat.", believed=linked)[0]) == {None}


def test_descriptions_beside_each_other_are_two_people_s() -> None:
    """The keeper saw the smith."""
    passage = ("[The keeper] saw [the smith]. ¶ " + FAR + " ¶ ") * 8
    assert recurring(passage)[1][:4] == [set(), {"The keeper"}, {"the smith"}, {"The keeper"}]


def test_mother_is_nobody_who_has_no_title() -> None:
    """Mother sat. ¶ Ann came. ¶ Mrs. Hale rose."""
    passage = ("He saw [mother]. ¶ " + FAR + " ¶ ") * 8 + "[1 Ann] came. ¶ [2 Mrs. Hale] rose."
    linked = {"mother": {ANN: 0.5, 2: 0.5}}
    assert recurring(passage, believed=linked) == ([None] * 8, [{"Ann"}] * 8)
