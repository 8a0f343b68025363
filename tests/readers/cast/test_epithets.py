"""Who "the chandler" is."""

from __future__ import annotations

import pytest

from fabula.readers.cast.epithets import find_epithets
from fabula.records import MentionKind
from tests.marked import mark

ENOCH, DANIEL = 0, 1
PASSAGE = "It was [0 Enoch Rusk], [the chandler]. It rained. [The chandler] came."


def epithets(passage: str) -> list[int | None]:
    """Whom each mention without a character means; a noun is in apposition to the name before it."""
    marked = mark(passage)
    beside = {
        one.id: (one.id - 1,)
        for one in marked.mentions[1:]
        if one.kind is MentionKind.NOMINAL and marked.mentions[one.id - 1].kind is MentionKind.NAME
    }
    found = find_epithets(marked.text, marked.mentions, [m.character for m in marked.mentions], beside)
    return [found.get(m.id) for m in marked.mentions if m.character is None]


def test_the_chandler_is_whom_the_text_calls_so_beside_his_name() -> None:
    """It was Enoch Rusk, the chandler. It rained. The chandler came."""
    assert epithets(PASSAGE) == [ENOCH, ENOCH]


@pytest.mark.parametrize(
    "passage",
    [
        PASSAGE + " It was [1 Daniel], [the chandler].",
        PASSAGE.replace("chandler", "lady"),
        PASSAGE.replace("chandler", "French"),
        PASSAGE.replace("chandler", "family"),
        PASSAGE.replace("[the", "[a").replace("[The", "[A"),
        PASSAGE.replace("the chandler", "the chandler of the whole town").replace("The chandler", "The chandler of the whole town"),
        PASSAGE.replace(", [the", " saw [the"),
        "[The chandler] sat. [The chandler] rose. [The chandler] left. " + PASSAGE,
    ],
    ids=["two", "only the sex", "a people", "several", "a chandler", "long", "apart", "mostly before"],
)
def test_others_are_anybody(passage: str) -> None:
    """It was Enoch Rusk, the chandler. ... It was Daniel, the chandler."""
    assert set(epithets(passage)) == {None}


def test_before_it_is_said_the_chandler_is_not_known() -> None:
    """The chandler sat. It was Enoch Rusk, the chandler. The chandler came."""
    assert epithets("[The chandler] sat. " + PASSAGE) == [None, ENOCH, ENOCH]
