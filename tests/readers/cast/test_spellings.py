"""One person's name spelled in two ways."""

from __future__ import annotations

import pytest

from fabula.readers.cast.company import NO_COMPANY, Company
from fabula.readers.cast.named_person import NameForm
from fabula.readers.cast.spellings import find_misspelt, is_misspelt, link_misspelt
from fabula.records import Gender


@pytest.mark.parametrize(
    ("one", "other"),
    [("jossa", "josa"), ("lyndsey", "lindsay"), ("delacroix", "delacroy"), ("brian", "brain"), ("philip", "phillip")],
)
def test_a_slip_makes_no_other_name(one: str, other: str) -> None:
    assert is_misspelt(one, other)
    assert is_misspelt(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paul", "paula"),
        ("bertram", "bertrams"),
        ("dora", "nora"),
        ("anne", "anna"),
        ("marian", "marion"),
        ("jane", "joan"),
        ("harding", "hardy"),
        ("tom", "tomm"),
        ("tom", "tom"),
    ],
)
def test_other_names_are_not_slips(one: str, other: str) -> None:
    assert not is_misspelt(one, other)


def test_a_word_is_found_that_is_spelled_like_a_known_name() -> None:
    assert list(find_misspelt(["jossa", "tom"], ["josa", "ketheri"])) == ["josa"]


def form(words: str, n_mentions: int, *, title: str = "", gender: Gender = Gender.UNKNOWN) -> NameForm:
    return NameForm(title, tuple(words.split()), n_mentions, gender)


def test_a_name_that_stands_once_is_the_one_that_it_is_a_slip_of() -> None:
    assert list(link_misspelt([form("delacroix", 3, title="Sgt"), form("delacroy", 1)], [], NO_COMPANY)) == [(0, 1)]
    assert list(link_misspelt([form("tom jossa", 3), form("tom josa", 1)], [], NO_COMPANY)) == [(0, 1)]


@pytest.mark.parametrize(
    "forms",
    [
        [form("jossa", 3), form("josa", 2)],
        [form("jossa", 3), form("josa", 1), form("joosa", 2)],
        [form("jossa", 3, gender=Gender.MALE), form("josa", 1, gender=Gender.FEMALE)],
        [form("jossa", 3, title="Mr"), form("josa", 1, title="Mrs")],
        [form("tom jossa", 3), form("ann josa", 1)],
    ],
    ids=["twice", "two that fit", "gender", "title", "given name"],
)
def test_others_are_left_alone(forms: list[NameForm]) -> None:
    assert list(link_misspelt(forms, [], NO_COMPANY)) == []


def test_names_side_by_side_are_two() -> None:
    company = Company({}, {}, {(0, 1): 2}, {}, {}, {}, {}, {}, {}, {})
    assert list(link_misspelt([form("jossa", 3), form("josa", 1)], [], company)) == []


def test_names_that_are_known_to_be_one_count_as_one() -> None:
    forms = [form("jossa", 3), form("josa", 1), form("jossa", 2, title="Miss")]
    assert list(link_misspelt(forms, [(0, 2)], NO_COMPANY)) == [(0, 1)]
