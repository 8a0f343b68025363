from __future__ import annotations

import pytest

from fabula.text.numbering import find_run


def run(numbers: list[int], masses: list[int] | None = None, parts: tuple[int, ...] = ()) -> list[int]:
    """masses: prose after each candidate. parts: candidates before which a part begins."""
    after = masses or [5000] * len(numbers)
    return find_run(numbers, prose=lambda i, j: sum(after[i:j]), parts=lambda i, j: any(i < k <= j for k in parts))


@pytest.mark.parametrize(
    ("numbers", "members"),
    [
        ([1, 2, 3], [0, 1, 2]),
        ([1, 50, 2, 3], [0, 2, 3]),
        ([1, 2, 4, 5], [0, 1, 2, 3]),
        ([1, 2, 8, 4, 5], [0, 1, 2, 3, 4]),
        ([7, 12, 30], []),
        ([1], []),
        ([], []),
    ],
)
def test_numbers_that_count_up_are_a_run(numbers: list[int], members: list[int]) -> None:
    """I, II, III"""
    assert run(numbers) == members


def test_a_run_begins_anew_in_every_part() -> None:
    """I, II, (part) I, II"""
    assert run([1, 2, 1, 2], parts=(2,)) == [0, 1, 2, 3]


def test_a_list_with_little_between_its_items_is_no_run() -> None:
    """1. Bread. 2. Salt. 3. A rope."""
    assert run([1, 2, 3, 4], [20, 30, 25, 5000]) == []


def test_a_list_inside_a_chapter_does_not_break_the_run() -> None:
    """I, II, (a list: I II III), III"""
    assert run([1, 2, 1, 2, 3, 3], [5000, 3000, 50, 50, 3000, 5000]) in ([0, 1, 4], [0, 1, 5])
