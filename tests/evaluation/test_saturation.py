from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from evaluation.saturation import NumpyEncoder, PairCounts, find_risky_pairs, multiply, quantize
from tests.evaluation.test_onnx_graphs import field


def by_hand(inputs: NDArray[np.uint8], weights: NDArray[np.int8]) -> list[list[int]]:
    """Two neighbouring products at a time, cut to 16 bits."""
    return [
        [
            sum(
                max(-32768, min(32767, sum(int(row[at]) * int(column[at]) for at in range(first, min(first + 2, len(row))))))
                for first in range(0, len(row), 2)
            )
            for column in weights.T
        ]
        for row in inputs
    ]


@given(st.integers(1, 5), st.integers(1, 40), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_what_is_cut_off_is_cut_off_pair_by_pair(n: int, n_inputs: int, n_outputs: int, seed: int) -> None:
    """any inputs and weights, many of them as large as can be"""
    random = np.random.default_rng(seed)
    inputs = random.choice(np.array([0, 1, 128, 254, 255], np.uint8), (n, n_inputs))
    weights = random.choice(np.array([-128, -127, -65, -64, 0, 1, 64, 65, 127], np.int8), (n_inputs, n_outputs))
    assert multiply(inputs, weights, find_risky_pairs(weights)).tolist() == by_hand(inputs, weights)
    assert multiply(inputs, weights, None).tolist() == (inputs.astype(int) @ weights.astype(int)).tolist()


def test_exact_sums_are_exact_over_many_inputs() -> None:
    """1,536 products of 255 and -128: more than a float holds exactly"""
    inputs, weights = np.full((1, 1536), 255, np.uint8), np.full((1536, 1), -128, np.int8)
    inputs[0, -1] = 254
    assert multiply(inputs, weights, None).tolist() == [[-255 * 128 * 1536 + 128]]


@pytest.mark.parametrize(
    ("pair", "is_risky"),
    [
        ((64, 64), False),
        ((64, 65), True),
        ((127, -127), False),
        ((-64, -64), False),
        ((-65, -64), True),
        ((127, 1), False),
        ((127, 2), True),
    ],
)
def test_a_pair_is_risky_from_129_on(pair: tuple[int, int], is_risky: bool) -> None:
    """255 times 128 still fits 16 bits"""
    assert bool(len(find_risky_pairs(np.array(pair, np.int8)[:, None]).first)) == is_risky


def test_neighbours_are_of_one_output_and_one_pair() -> None:
    """large weights that stand side by side in two outputs, or in two pairs"""
    assert not len(find_risky_pairs(np.array([[127, 127], [0, 0]], np.int8)).first)
    assert not len(find_risky_pairs(np.array([[0], [127], [127], [0]], np.int8)).first)


def test_what_is_cut_off_is_counted() -> None:
    """one of two pairs, for one of two inputs"""
    weights = np.array([[127], [127], [1], [1]], np.int8)
    inputs = np.array([[255, 255, 255, 255], [1, 1, 1, 1]], np.uint8)
    counts = PairCounts()
    multiply(inputs, weights, find_risky_pairs(weights), counts)
    assert counts == PairCounts(all=4, cut=1)


def test_zero_is_a_whole_number_of_steps() -> None:
    """numbers above zero alone; zeros alone"""
    numbers, scale, zero = quantize(np.array([0.25, 1.0], np.float32))
    assert (numbers.tolist(), int(zero)) == ([64, 255], 0)
    assert scale == np.float32(1 / 255)
    assert [one.tolist() for one in quantize(np.zeros(2, np.float32))] == [[0, 0], 1.0, 0]


def test_an_operation_that_is_not_known_is_an_error() -> None:
    """a graph with a convolution"""
    with pytest.raises(ValueError, match="Conv"):
        NumpyEncoder(field(7, field(1, field(4, b"Conv"))), saturating=True)
