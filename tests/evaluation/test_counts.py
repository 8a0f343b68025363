from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from evaluation.counts import Agreement, Share, Summed, measure, total


def value(share: Share) -> float:
    return share.value


def test_ratios_are_of_sums() -> None:
    """1 of 1, and 0 of 3"""
    assert total([Share(1, 1), Share(0, 3)]).value == 0.25


def test_counts_within_counts_add_up() -> None:
    """a record of two shares"""

    @dataclass(frozen=True, slots=True)
    class Both(Summed):
        one: Share
        other: Share

    assert Both(Share(1, 2), Share(3, 4)) + Both(Share(1, 1), Share(0, 1)) == Both(Share(2, 3), Share(3, 5))


def test_what_is_predicted_twice_counts_once() -> None:
    """gold a b c, predicted a a d"""
    agreement = Agreement.of("abc", "aad")
    assert (agreement.precision, agreement.recall) == pytest.approx((1 / 2, 1 / 3))
    assert Agreement.of("abc", "").f1 == 0.0


def test_documents_that_differ_make_an_interval_and_the_same_seed_the_same() -> None:
    """ten documents, half of them all wrong"""
    documents = [Share(10 * (at % 2), 10 + at / 100) for at in range(10)]
    figure = measure([documents], {"share": value})["share"]
    assert figure.value == pytest.approx(0.5, abs=0.01)
    assert 0.15 <= figure.low < 0.45 < 0.55 < figure.high <= 0.85
    assert measure([documents], {"share": value})["share"] == figure
    assert measure([documents], {"share": value}, seed=2)["share"] != figure


def test_documents_that_agree_make_none() -> None:
    """ten documents, each half right"""
    figure = measure([[Share(5, 10)] * 10], {"share": value})["share"]
    assert figure == (0.5, 0.5, 0.5)


def test_of_folds_the_mean_is_given_whatever_their_sizes() -> None:
    """a fold of one document that is right, a fold of three that are wrong"""
    assert measure([[Share(1, 1)], [Share(0, 1)] * 3], {"share": value})["share"].value == 0.5


def test_nothing_to_divide_by_is_no_figure() -> None:
    """a document without quotations"""
    figure = measure([[Share()]], {"share": value})["share"]
    assert math.isnan(figure.value) and str(figure) == "–"
