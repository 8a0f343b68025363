"""Places of a text, quoted and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.records import SURROUNDINGS, Place, Span, Text
from fabula.story.build import read_records
from fabula.story.corrections.places import Misfit, find_words, quote_place
from tests.passages import make_text
from tests.stories import make_weir

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.txt"))
WEIR = make_weir().text


def span_of(text: Text, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.string.index(words, start + 1)
    return Span(start, start + len(words))


def find(text: Text, place: Place) -> Span | Misfit:
    return find_words(text.string, text.chapters, place)


def quote(text: Text, span: Span) -> Place:
    return quote_place(text.string, text.chapters, span)


def test_a_place_has_its_words_what_stands_round_them_and_the_title_of_its_chapter() -> None:
    """“Have you seen the boat?” said Tom Hale."""
    assert quote(WEIR, span_of(WEIR, "Tom Hale")) == Place("Tom Hale", "“Have you seen the boat?” said ", ".", "The Weir")


def test_a_chapter_without_a_title_of_its_own_is_called_by_its_number() -> None:
    """# 1984 ¶ ... # 1985 ¶ ..."""
    text = make_text("# One ¶ Tom sat. ¶ # One ¶ Ann sat.")
    assert [quote(text, span_of(text, name)).chapter for name in ("Tom", "Ann")] == [1, 2]


def test_the_surroundings_are_whole_words_of_the_paragraph() -> None:
    """A long sentence on both sides"""
    text = make_text("Before. ¶ The boatman of the upper river then told Tom that all the nets had gone with the night. ¶ After.")
    place = quote(text, span_of(text, "Tom"))
    assert (place.before, place.after) == ("boatman of the upper river then told ", " that all the nets had gone with the")
    assert max(len(place.before), len(place.after)) <= SURROUNDINGS


def test_where_the_paragraph_does_not_tell_the_next_ones_do() -> None:
    """“Tom!” ¶ Ann ran. ¶ “Tom!” ¶ Ann sat."""
    text = make_text("“Tom!” ¶ Ann ran. ¶ “Tom!” ¶ Ann sat.")
    for nth in (0, 1):
        span = span_of(text, "Tom", nth)
        assert find(text, quote(text, span)) == span


def test_words_that_stand_twice_with_the_same_surroundings_are_not_guessed() -> None:
    """Tom ran. ¶ Tom ran."""
    text = make_text("Tom ran. ¶ Ann ran. ¶ Tom ran. ¶ Ann ran.")
    assert find(text, Place("Tom", "", " ran.")) is Misfit.TWICE


def test_two_places_that_overlap_are_two() -> None:
    """Tom Tom Tom"""
    text = make_text("Tom Tom Tom")
    assert find(text, Place("Tom Tom")) is Misfit.TWICE


def test_words_that_are_gone_are_not_found() -> None:
    """said Tom Hale; now: said Ann"""
    assert find(WEIR, Place("Tom Hale", "cried ")) is Misfit.GONE
    assert find(WEIR, Place(" ")) is Misfit.EMPTY


def test_a_part_of_a_word_is_not_the_word() -> None:
    """Tomorrow, Tom"""
    text = make_text("Tomorrow, Tom")
    assert find(text, Place("Tom")) == Span(10, 13)


def test_the_chapter_comes_first_and_then_the_book() -> None:
    """# I ¶ Tom ran. ¶ # II ¶ Tom ran. ¶ Ann ran."""
    text = make_text("# I ¶ Tom ran. ¶ # II ¶ Tom ran. ¶ Ann ran.")
    assert find(text, Place("Tom", chapter=2)) == span_of(text, "Tom", 1)
    assert find(text, Place("Tom")) is Misfit.TWICE
    assert find(text, Place("Ann", chapter=1)) == span_of(text, "Ann")  # it has moved, and there is only one
    assert find(text, Place("Tom", chapter="no such title")) is Misfit.TWICE
    assert find(text, Place("ran", chapter=2)) is Misfit.TWICE


def test_words_that_left_their_chapter_and_stand_twice_elsewhere_are_not_guessed() -> None:
    """# I ¶ Ann ran. ¶ # II ¶ Tom ran. ¶ Tom ran."""
    text = make_text("# I ¶ Ann ran. ¶ # II ¶ Tom ran. ¶ Tom ran.")
    assert find(text, Place("Tom", chapter=1)) is Misfit.MOVED


def test_white_space_may_be_another() -> None:
    """said Tom / Hale"""
    text = make_text("said Tom\nHale  and left")
    assert text.quote(span) == "Tom\nHale" if isinstance(span := find(text, Place("Tom Hale", "said ", " and")), Span) else False


@pytest.mark.parametrize("edit", [("He stood", "He sat"), ("Chapter 2. Night", "Chapter 3. Night"), ("“At", "Later. ¶ “At")])
def test_a_place_outlives_what_is_edited_elsewhere(edit: tuple[str, str]) -> None:
    """Another sentence, another number of the chapter, a paragraph more"""
    place = quote(WEIR, span_of(WEIR, "Ann Reed"))
    string = WEIR.string.replace(*edit)
    found = find_words(string, WEIR.chapters[:1], place)
    assert isinstance(found, Span)
    assert string[slice(*found)] == "Ann Reed"


TEXTS = {path.stem: read_records(path, runs_the_pass=False).text for path in EXAMPLES[:3]}


@given(st.sampled_from(sorted(TEXTS)), st.data())
@settings(deadline=None)
def test_a_quoted_place_is_found_where_it_is_or_not_at_all(name: str, data: st.DataObject) -> None:
    """Any word of the examples"""
    text = TEXTS[name]
    span = text.tokens[data.draw(st.integers(0, len(text.tokens) - 1))]
    assert find(text, quote(text, span)) in (span, Misfit.TWICE)
