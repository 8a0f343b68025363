"""Who goes by one description in several places."""

from __future__ import annotations

import pytest

from fabula.readers.cast.descriptions import unite_described
from tests.marked import mark

TOM, NARRATOR = 0, 5
FIRST, SECOND = 6, 7
PASSAGE = "[6 The reddleman] came. [6 The reddleman] sat. It rained. [7 The reddleman] rose. [7 The reddleman] left."


def united(passage: str) -> dict[int, int]:
    marked = mark(passage)
    return unite_described(marked.text, marked.mentions, [m.character for m in marked.mentions], NARRATOR)


def test_who_goes_by_one_description_is_one() -> None:
    """The reddleman came. The reddleman sat. It rained. The reddleman rose. The reddleman left."""
    assert united(PASSAGE) == {SECOND: FIRST}


def test_one_place_is_enough_for_who_is_called_so_elsewhere() -> None:
    """The reddleman came. ... The reddleman rose. The man left."""
    assert united(PASSAGE.replace("[7 The reddleman] left", "[7 The man] left")) == {SECOND: FIRST}
    assert united("[6 The reddleman] came. [7 The reddleman] rose.") == {SECOND: FIRST}


@pytest.mark.parametrize(
    "passage",
    [
        PASSAGE + " [0 The reddleman] ran." * 3,
        PASSAGE.replace("[7 The", "[7 A"),
        PASSAGE.replace("reddleman", "other"),
        PASSAGE.replace("reddleman", "man on a white horse"),
        PASSAGE + " [7 An old man] ran. [7 A smith] ran. [7 A thief] ran. [7 A king] ran. [7 A queen] ran.",
    ],
    ids=["somebody else as often", "a reddleman", "telling nothing", "long", "mostly called otherwise"],
)
def test_others_are_several(passage: str) -> None:
    """The reddleman came. ... A reddleman rose."""
    assert united(passage) == {}


@pytest.mark.parametrize("noun", ["man", "young officer", "girl"])
def test_what_anybody_may_be_called_makes_nobody_one(noun: str) -> None:
    """The man came. The man sat. It rained. The man rose. The man left."""
    assert united(PASSAGE.replace("reddleman", noun)) == {}


def test_mother_is_one_wherever_she_is_called_so() -> None:
    """Mother came. Mother sat. It rained. Mother rose. Mother left."""
    assert united("He saw [6 mother]. So did [6 mother]. It rained. He saw [7 mother]. So did [7 mother].") == {SECOND: FIRST}
