from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.onnx_graphs import Node, read_graph


def field(number: int, value: bytes | int) -> bytes:
    """As protocol buffers write it: bytes with their length, numbers as they are."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value % 2**64)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    more, last = divmod(value, 128)
    return bytes([last | 128]) + varint(more) if more else bytes([last])


def array(name: str, number: int, dims: tuple[int, ...], content: bytes) -> bytes:
    """An initializer; content: its field of numbers."""
    return field(5, b"".join(field(1, size) for size in dims) + field(2, number) + field(8, name.encode()) + content)


def test_an_operation_is_read_with_its_attributes() -> None:
    """a transposition of x to y, along -1, by 0.5"""
    attributes = (
        field(1, b"perm") + field(8, 1) + field(8, 0),
        field(1, b"axis") + field(3, -1),
        field(1, b"epsilon") + varint(2 << 3 | 5) + np.float32(0.5).tobytes(),
        field(1, b"mode") + field(4, b"linear"),
    )
    node = field(1, b"x") + field(1, b"") + field(2, b"y") + field(4, b"Transpose") + b"".join(field(5, one) for one in attributes)
    graph = read_graph(field(7, field(1, node)))
    assert graph.nodes == (Node("Transpose", ("x", ""), ("y",), {"perm": (1, 0), "axis": -1, "epsilon": 0.5}),)


@pytest.mark.parametrize(
    ("number", "content", "expected"),
    [
        pytest.param(3, field(9, b"\xff\x02"), np.array([-1, 2], np.int8), id="bytes as they are"),
        pytest.param(1, field(4, np.array([0.5, 2], "<f4").tobytes()), np.array([0.5, 2], np.float32), id="floats"),
        pytest.param(3, field(5, varint(2**64 - 1) + varint(2)), np.array([-1, 2], np.int8), id="numbers in one field"),
        pytest.param(7, field(7, -1) + field(7, 300), np.array([-1, 300], np.int64), id="a field to a number"),
    ],
)
def test_an_array_is_read_however_it_is_written(number: int, content: bytes, expected: NDArray[np.generic]) -> None:
    """two numbers"""
    found = read_graph(field(7, array("w", number, (2, 1), content))).arrays["w"]
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected[:, None])


def test_an_array_without_dimensions_is_one_number() -> None:
    """a scale"""
    found = read_graph(field(7, array("scale", 1, (), field(4, np.float32(0.25).tobytes())))).arrays["scale"]
    assert (found.shape, found.item()) == ((), 0.25)


def test_a_type_that_is_not_read_is_an_error() -> None:
    """an array of doubles"""
    with pytest.raises(ValueError, match="the array w is of ONNX's type 11"):
        read_graph(field(7, array("w", 11, (1,), field(9, bytes(8)))))
