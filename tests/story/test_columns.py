"""Records as columns: what is lost is nothing, and what is wrong is found."""

from __future__ import annotations

import json
import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import ROOT, Tags
from fabula.story.columns import pack_tags, unpack_tags
from fabula.story.packing import (
    pack_numbers,
    pack_probabilities,
    pack_steps,
    unpack_numbers,
    unpack_probabilities,
    unpack_steps,
)
from tests.story.made_up import INVENTORY

EDGES = [0, 1, -1, 127, -128, 128, -129, 255, 256, 32_767, -32_768, 32_768, 65_535, 65_536, 2**31 - 1, -(2**31)]


@given(st.lists(st.sampled_from(EDGES) | st.integers(-(2**31), 2**31 - 1)))
def test_numbers_are_unpacked_as_they_were_packed(numbers: list[int]) -> None:
    """At the edges of every width"""
    assert list(unpack_numbers(pack_numbers(numbers))) == numbers


@given(st.lists(st.integers(0, 2**30)))
def test_steps_are_unpacked_as_they_were_packed(numbers: list[int]) -> None:
    """Growing or not"""
    assert unpack_steps(pack_steps(numbers)) == numbers


@given(st.lists(st.none() | st.floats(0, 1) | st.integers(0, 1000).map(lambda n: n / 1000)))
def test_probabilities_are_kept_exactly(probabilities: list[float | None]) -> None:
    """0.953, a third, none"""
    assert unpack_probabilities(pack_probabilities(probabilities)) == probabilities


def test_probabilities_of_three_decimals_take_two_bytes_at_most() -> None:
    """A thousand of them"""
    assert len(pack_probabilities([(n * 7919 % 1001) / 1000 for n in range(1000)])) < 2100


TAGS = Tags(INVENTORY, bytes([0, 1]), bytes(2), array("H", [0, 2]), array("i", [1, ROOT]), bytes([1, 0]))


def test_tags_are_unpacked_as_they_were_packed() -> None:
    """“Tom went”"""
    assert unpack_tags(pack_tags(TAGS)) == TAGS
    assert unpack_tags(pack_tags(None)) is None


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        ("upos", [0, 2]),
        ("upos", [0]),
        ("upos", [0, -1]),
        ("lemma", [0, 3]),
        ("head", [2, 0]),
        ("head", [-2, 0]),
        ("relation", [0, 9]),
    ],
)
def test_numbers_that_no_text_can_have_are_refused(column: str, numbers: list[int]) -> None:
    """A part of speech that there is none of, a head outside the text"""
    with pytest.raises((ValueError, OverflowError)):
        unpack_tags({**pack_tags(TAGS), column: pack_numbers(numbers)})


def test_an_inventory_that_is_none_is_refused() -> None:
    """[1]"""
    with pytest.raises((ValueError, TypeError)):
        unpack_tags({**pack_tags(TAGS), "inventory": zlib.compress(json.dumps([1]).encode())})
