from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.neural.segments import NO_LINKS, Links
from fabula.readers.cast.beliefs import join_beliefs, learn_genders, spread_beliefs
from fabula.records import Gender

TOM, ANN = 0, 1
HE, SHE, NOTHING = Gender.MALE, Gender.FEMALE, Gender.UNKNOWN


def links(*rows: tuple[int, int, float]) -> Links:
    columns = np.array(sorted(rows), np.float64).reshape(-1, 3).T
    return Links(columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2].astype(np.float32))


def test_a_pronoun_takes_from_those_it_may_mean() -> None:
    """Tom ... Ann ... he, likelier Tom than Ann, perhaps neither"""
    beliefs = spread_beliefs([TOM, ANN, None], [NOTHING] * 3, links((2, 0, 2.0), (2, 1, 0.0)), {})
    assert beliefs[0] == {TOM: 1.0}
    assert 1 > beliefs[2][TOM] > beliefs[2][ANN] > 0
    assert sum(beliefs[2].values()) < 1


def test_doubt_adds_up_along_a_chain() -> None:
    """Tom ... he ... his"""
    beliefs = spread_beliefs([TOM, None, None], [NOTHING, HE, HE], links((1, 0, 1.0), (2, 1, 1.0)), {})
    assert beliefs[1][TOM] == pytest.approx(beliefs[2][TOM] ** 0.5)


def test_he_is_no_woman() -> None:
    """Ann ... Tom ... he, as likely either by the links"""
    beliefs = spread_beliefs([ANN, TOM, None], [NOTHING, NOTHING, HE], links((2, 0, 1.0), (2, 1, 1.0)), {ANN: SHE, TOM: HE})
    assert beliefs[2][TOM] > 0.75
    assert ANN not in beliefs[2]


def test_a_name_is_not_asked_whom_it_means() -> None:
    """Tom ... Ann, linked"""
    assert spread_beliefs([TOM, ANN], [NOTHING] * 2, links((1, 0, 9.0)), {}) == [{TOM: 1.0}, {ANN: 1.0}]


def test_pronouns_tell_the_gender_of_whom_they_mean() -> None:
    """four times "she" that may be Ann, once Tom; Tom's is known"""
    beliefs = [{ANN: 0.9, TOM: 0.1}] * 4 + [{TOM: 1.0}]
    assert learn_genders(beliefs, [SHE] * 4 + [NOTHING], {TOM: HE}) == {TOM: HE, ANN: SHE}
    assert learn_genders(beliefs[:2], [SHE] * 2, {}) == {}
    assert learn_genders(beliefs[:4] * 2, [SHE] * 4 + [HE] * 4, {}) == {}


def test_two_witnesses_agree_upon_whom_both_name() -> None:
    """one says Tom or Ann, the other Ann"""
    joined = join_beliefs({TOM: 0.6, ANN: 0.4}, {ANN: 0.5})
    assert joined[ANN] > joined[TOM]
    assert sum(joined.values()) == pytest.approx(1)
    assert join_beliefs({}, {}) == {}


@given(st.lists(st.tuples(st.sampled_from([None, TOM, ANN]), st.sampled_from([HE, SHE, NOTHING])), max_size=12), st.data())
def test_a_belief_is_never_more_than_certain(mentions: Sequence[tuple[int | None, Gender]], data: st.DataObject) -> None:
    """any links"""
    n = len(mentions)
    pairs = [(later, earlier) for later in range(n) for earlier in range(later)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    scored = [(later, earlier, data.draw(st.floats(-8, 40))) for later, earlier in chosen]
    known, pronouns = [person for person, _ in mentions], [gender for _, gender in mentions]
    beliefs = spread_beliefs(known, pronouns, links(*scored) if scored else NO_LINKS, {TOM: HE, ANN: SHE})
    assert all(0 <= p <= 1 + 1e-9 for belief in beliefs for p in belief.values())
    assert all(sum(belief.values()) <= 1 + 1e-9 for belief in beliefs)
