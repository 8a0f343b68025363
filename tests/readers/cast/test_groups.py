"""Families that are named as one."""

from __future__ import annotations

import pytest

from fabula.readers.cast.groups import find_groups
from fabula.records import Gender, GenderCue, Span
from tests.marked import mark

TITLES = {"Mr.": Gender.MALE, "Mrs.": Gender.FEMALE, "Miss": Gender.FEMALE}


def groups(passage: str, *ones: tuple[int, int]) -> list[tuple[int, int]]:
    """Each group with its member. ones: who is one with whom; titles tell the genders."""
    marked = mark(passage)
    leader = {m.character: m.character for m in marked.mentions if m.character is not None} | dict(ones)
    titles = ((m, TITLES.get(marked.text.quote(m.span).split()[0])) for m in marked.mentions)
    cues = [GenderCue(m.character, gender, m.span) for m, gender in titles if gender and m.character is not None]
    return [(g.character, g.member) for g in find_groups(marked.text, marked.mentions, leader, cues)]


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("[0 Mr. Emerson] sat by [1 Tom Hale]. [2 The Emersons] left.", [(2, 0)]),
        ("[0 The Emersons] came: [1 Mr. Emerson], and [2 George Emerson].", [(0, 1), (0, 2)]),
        ("[0 Mr. Wilcox] and [1 Mrs. Wilcox], [2 the Wilcoxes].", [(2, 0), (2, 1)]),
        ("[0 Mr. Hale] and [1 Mrs. Hale]: [2 the Hales].", [(2, 0), (2, 1)]),
    ],
)
def test_a_family_has_those_who_bear_its_name(passage: str, found: list[tuple[int, int]]) -> None:
    """the Emersons, the Wilcoxes"""
    assert groups(passage) == found


def test_the_miss_bertrams_are_no_men() -> None:
    """Mr. Bertram, Miss Bertram, Maria Bertram, and the two Miss Bertrams"""
    passage = "[0 Mr. Bertram], [1 Miss Bertram] and [2 Maria Bertram]: [3 Miss Bertrams]."
    assert groups(passage) == [(3, 1), (3, 2)]


@pytest.mark.parametrize(
    "passage",
    [
        "[0 James] met [1 Mr. Hale].",
        "[0 Mr. Hale] met [1 Mrs. Collins].",
        "[0 Mrs. Collins], [1 Mr. Collins] and [2 Mr. Collin].",
        "[0 Mr. Ross] met [1 Tom Ros].",
        "[0 The Emersons] came.",
    ],
)
def test_a_name_that_merely_ends_with_s_is_no_group(passage: str) -> None:
    """James, Collins, Ross; the Emersons of whom nobody is known"""
    assert groups(passage) == []


def test_who_is_named_in_two_ways_is_one_member_and_nobody_is_their_own() -> None:
    """Mr. Hale is Tom Hale; the Hales are found to be Tom"""
    passage = "[0 Tom Hale] ran. [1 Mr. Hale] sat. [2 The Hales] left."
    assert groups(passage, (1, 0)) == [(2, 0)]
    assert groups(passage, (1, 0), (2, 0)) == []


def test_it_is_told_by_both_names() -> None:
    """The Hales, Tom Hale"""
    marked = mark("[0 The Hales] left. [1 Tom Hale] sat.")
    (group,) = find_groups(marked.text, marked.mentions, {0: 0, 1: 1}, ())
    assert [marked.text.quote(s) for s in group.evidence.spans] == ["The Hales", "Tom Hale"]
    assert group.evidence.told_at == Span(16, 24).end
