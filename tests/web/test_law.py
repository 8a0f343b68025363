"""The law of views holds for every answer of the explorer: nothing comes from after the position."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import NoSuchPlaceInTextError
from fabula.records import StoryRecords
from fabula.story.build import read_records
from fabula.story.story import Story
from fabula.web.lens import Lens
from fabula.web.reading import describe_story
from tests.stories import make_inn, make_weir
from tests.story.made_up import splice, stories
from tests.web.answers import all_told, check_told, lens_on

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


@given(stories(), st.integers(0, 500))
@settings(max_examples=60, deadline=None)
def test_answers_of_any_story_have_nothing_from_after_the_position(records: StoryRecords, end: int) -> None:
    """A made-up story."""
    story = Story.from_records(records)
    check_told(lens_on(story, end))
    check_told(Lens.at(story, None))


@given(stories(least=1), st.data())
@settings(max_examples=60, deadline=None)
def test_answers_are_the_same_whatever_comes_after_the_position(records: StoryRecords, data: st.DataObject) -> None:
    """Two made-up stories that are one story up to an offset."""
    if not records.text.string:
        return
    end = data.draw(st.integers(0, len(records.text.string) - 1))
    other = replace(splice(records, end, data.draw(stories(least=2))), corrections=records.corrections)
    assert all_told(lens_on(Story.from_records(records), end)) == all_told(lens_on(Story.from_records(other), end))


@cache
def _read(path: Path) -> tuple[StoryRecords, Story]:
    records = read_records(path)
    return records, Story.from_records(records)


@pytest.mark.slow
@given(st.sampled_from(EXAMPLES), st.floats(0, 1), stories(least=1))
@settings(max_examples=15, deadline=None)
def test_answers_of_a_real_story_are_the_same_whatever_comes_after(path: Path, share: float, other: StoryRecords) -> None:
    """The examples, read by the real readers, and continued by a made-up story."""
    records, story = _read(path)
    end = min(round(share * story.end), story.end - 1)
    lens = lens_on(story, end)
    check_told(lens)
    assert all_told(lens) == all_told(lens_on(Story.from_records(splice(records, end, other)), end))


@pytest.mark.parametrize("make", [make_weir, make_inn])
def test_a_position_is_the_end_of_its_chapter(make: object) -> None:
    """Two chapters."""
    assert callable(make)
    story = Story.from_records(make())
    for index, chapter in enumerate(story.chapters):
        lens = Lens.at(story, index)
        assert lens.view.end == chapter.span.end
        check_told(lens)
    with pytest.raises(NoSuchPlaceInTextError):
        Lens.at(story, len(story.chapters))


def test_of_a_chapter_that_is_not_read_only_number_and_length_are_told() -> None:
    """# Chapter 1. The Weir ... ¶ # Chapter 2. Night ..."""
    first, second = describe_story(Lens.at(Story.from_records(make_weir()), 0), "").chapters
    assert (first.title, first.read) == ("The Weir", True)
    assert (second.label, second.title, second.part, second.read) == ("2", "", "", False)
    assert second.words > 0
