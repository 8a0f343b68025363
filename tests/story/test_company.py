"""Where people appear, and with whom."""

from __future__ import annotations

from dataclasses import replace

from fabula.records import ParagraphKind
from fabula.story.cast import Cast
from fabula.story.company import find_company, group_by_paragraph
from fabula.story.pronouns import pronouns_of
from fabula.story.story import Story, StoryView
from tests.stories import make_inn, make_records


def company(view: StoryView, name: str) -> list[tuple[str, int]]:
    return [(view.cast.by_id(c.character).name, c.n_paragraphs) for c in view.company_of(view.cast[name])]


def test_presence_counts_the_mentions_of_all_kinds_in_each_chapter() -> None:
    """The old woman ... her ... mother ¶ # Chapter 2 ¶ Mother ... the old woman, the hostess"""
    story = Story.from_records(make_inn())
    assert story.presence_of(story.cast["the old woman"]) == (3, 3)
    assert story.presence_of(story.cast["Tom"]) == (2, 1)
    view = story.until(1)
    assert view.presence_of(view.cast["Tom"]) == (2,)


def test_somebody_of_another_view_is_present_nowhere() -> None:
    """A boy, in chapter 2"""
    story = Story.from_records(make_inn())
    boy = story.cast["a boy"]
    assert story.until(1).presence_of(boy) == (0,)
    assert story.until(1).company_of(boy) == ()


def test_those_are_company_who_are_mentioned_in_the_same_paragraphs() -> None:
    """Tom, Ann. ¶ Tom, Eve, Ann. ¶ Eve."""
    story = Story.from_records(make_records("Tom, Ann. ¶ Tom, Eve, Ann. ¶ Eve.", people={"Tom": (), "Ann": (), "Eve": ()}))
    assert company(story, "Tom") == [("Ann", 2), ("Eve", 1)]
    assert company(story, "Eve") == [("Tom", 1), ("Ann", 1)]


def test_two_mentions_in_a_paragraph_are_one_meeting() -> None:
    """Tom, Ann, Tom, Ann."""
    story = Story.from_records(make_records("Tom, Ann, Tom, Ann.", people={"Tom": (), "Ann": ()}))
    assert company(story, "Tom") == [("Ann", 1)]


def test_names_in_a_heading_are_no_company() -> None:
    """# Tom and Ann"""
    records = make_records("Tom and Ann", people={"Tom": (), "Ann": ()})
    (paragraph,) = records.text.paragraphs
    heading = replace(paragraph, kind=ParagraphKind.HEADING)
    assert group_by_paragraph((paragraph,), records.mentions) == (frozenset({0, 1}),)
    assert group_by_paragraph((heading,), records.mentions) == ()


def test_a_group_is_no_company_to_its_members() -> None:
    """The sisters: Ann, Eve"""
    story = Story.from_records(make_records("Tom, Ann, Eve, Reeds.", people={"Tom": (), "Ann": (), "Eve": (), "Reeds": ()}))
    tom, ann, eve, reeds = story.cast
    reeds = replace(reeds, group=True, members=(ann.id, eve.id))
    story.cast = Cast((tom, ann, eve, reeds))
    assert company(story, "Ann") == [("Tom", 1), ("Eve", 1)]
    assert company(story, "Reeds") == [("Tom", 1)]
    assert company(story, "Tom") == [("Ann", 1), ("Eve", 1), ("Reeds", 1)]


def test_nobody_alone_has_company() -> None:
    """{1}, {1, 2}"""
    assert find_company(1, ({1}, {2, 3})) == ()
    assert find_company(1, ({1, 2}, {2, 3})) == ((2, 1),)


def test_the_pronouns_of_the_third_person_are_counted() -> None:
    """Tom saw her"""
    story = Story.from_records(make_inn())
    assert pronouns_of(story, story.cast["the old woman"]) == {"her": 1}
    assert pronouns_of(story, story.cast["Tom"]) == {}
