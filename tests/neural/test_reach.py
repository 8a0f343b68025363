"""Which pairs of mentions get a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fabula.neural import reach
from fabula.neural.pairs import KINDS, MentionTable
from fabula.neural.reach import find_pairs
from fabula.records import MentionKind

NAME, PRONOUN = KINDS.index(MentionKind.NAME), KINDS.index(MentionKind.PRONOUN)


@pytest.fixture(autouse=True, scope="module")
def _short() -> Iterator[None]:
    """Three back for pronouns, five for nouns, nine for nouns that share a word."""
    patch = pytest.MonkeyPatch()
    patch.setattr(reach, "PRONOUN_REACH", 3)
    patch.setattr(reach, "NOUN_REACH", 5)
    patch.setattr(reach, "SHARED_REACH", 9)
    yield
    patch.undo()


def make_table(kinds: list[int], keys: list[list[int]]) -> MentionTable:
    n = len(kinds)
    columns: dict[str, NDArray[np.int64]] = {field.name: np.zeros(n, np.int64) for field in fields(MentionTable)}
    columns["kinds"] = np.array(kinds, np.int64)
    columns["keys"] = np.array([[*key, -1, -1][:2] for key in keys], np.int64).reshape(n, 2)
    return MentionTable(**columns)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([NAME, PRONOUN]), st.lists(st.integers(0, 4), max_size=2)), max_size=30))
def test_the_pairs_are_those_within_reach_in_order(mentions: list[tuple[int, list[int]]]) -> None:
    kinds, keys = [kind for kind, _ in mentions], [key for _, key in mentions]
    wanted = []
    for later, kind in enumerate(kinds):
        for earlier in range(later):
            nouns = kind == NAME == kinds[earlier]
            shares = nouns and bool(set(keys[later]) & set(keys[earlier]))
            if later - earlier <= (9 if shares else 3 if kind == PRONOUN else 5):
                wanted.append((later, earlier))
    later_, earlier_ = find_pairs(make_table(kinds, keys))
    assert list(zip(later_.tolist(), earlier_.tolist(), strict=True)) == wanted
