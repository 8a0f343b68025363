"""Which number stands for whom in the end."""

from __future__ import annotations

from fabula.readers.cast.renumbering import rename_people, settle_meanings, unfold_meanings
from fabula.readers.conversations import Heard
from tests.marked import mark

TOM, NARRATOR = 0, 9
"""Somebody new has the number of a mention, behind the narrator's."""


def test_somebody_new_is_whoever_the_first_mention_means_however_long_the_way() -> None:
    """she (new 10, Tom in the end) ... he (new 11, 10 in the end) ... he (11)"""
    meant, heard = settle_meanings([TOM, 10, 11], {0: Heard(11, 0.9, 10)}, NARRATOR)
    assert meant == [TOM, TOM, TOM]
    assert (heard[0].speaker, heard[0].to) == (TOM, TOM)


def test_who_stays_new_keeps_the_number_and_so_do_two_who_would_be_each_other() -> None:
    """A man ... a woman ... nobody"""
    assert settle_meanings([10, 11, None], {}, NARRATOR)[0] == [10, 11, None]
    assert set(settle_meanings([11, 10], {}, NARRATOR)[0]) <= {10, 11}


def test_people_are_renamed_wherever_they_stand() -> None:
    meant, heard = rename_people([TOM, 10, None], {3: Heard(10, 0.5, None)}, {10: 11})
    assert (meant, heard[3].speaker, heard[3].to) == ([TOM, 11, None], 11, None)


def test_a_mention_has_the_number_of_its_antecedent_s_name_else_of_the_last_else_of_the_first_to_come() -> None:
    """He sat. Tom came. Mr. Hale rose. He left. He wept.: all are one, numbers 0 and 5"""
    marked = mark("[He] sat. [0 Tom] came. [5 Mr. Hale] rose. [He] left. [He] wept.")
    meant = [TOM] * 5
    assert unfold_meanings(marked.mentions, meant, {3: [(1, 2.0), (2, 1.0)]}, NARRATOR) == [0, 0, 5, 0, 5]
