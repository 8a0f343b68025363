"""What an ONNX file holds, as far as the encoder's needs it: nodes in their order, and arrays by name.

Read from the wire format of protocol buffers, so that no package is needed that the product does without; the numbers of the fields
are those of `onnx.proto`.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.generic]
Attribute = int | float | tuple[int, ...]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # the types of the wire
_GRAPH = 7  # of a model
_NODE, _INITIALIZER = 1, 5  # of a graph
_INPUT, _OUTPUT, _OP_TYPE, _ATTRIBUTE = 1, 2, 4, 5  # of a node
_ATTRIBUTE_NAME, _FLOAT, _INT, _INTS = 1, 2, 3, 8
_DIMS, _DATA_TYPE, _FLOAT_DATA, _INT32_DATA, _INT64_DATA, _NAME, _RAW_DATA = 1, 2, 4, 5, 7, 8, 9  # of an array
_TYPES: Mapping[int, DTypeLike] = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8"}


@dataclass(frozen=True, slots=True)
class Node:
    """An operation: the names of what it takes ("" where an optional one is left out) and gives."""

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Attribute]


@dataclass(frozen=True, slots=True)
class Graph:
    """nodes: each after those whose outputs it takes. arrays: those that are in the file."""

    nodes: tuple[Node, ...]
    arrays: Mapping[str, Array]


def read_graph(model: bytes) -> Graph:
    """The graph of an ONNX file.

    Raises ValueError where an array is of a type that the encoder does not use.
    """
    fields = _fields(_fields(memoryview(model))[_GRAPH][0])
    return Graph(
        tuple(_node(_fields(one)) for one in fields.get(_NODE, ())),
        dict(_array(_fields(one)) for one in fields.get(_INITIALIZER, ())),
    )


def _node(fields: Mapping[int, list[memoryview]]) -> Node:
    inputs, outputs = (tuple(_text(name) for name in fields.get(number, ())) for number in (_INPUT, _OUTPUT))
    attributes = dict(_attribute(_fields(one)) for one in fields.get(_ATTRIBUTE, ()))
    return Node(
        _text(fields[_OP_TYPE][0]), inputs, outputs, {name: value for name, value in attributes.items() if value is not None}
    )


def _attribute(fields: Mapping[int, list[memoryview]]) -> tuple[str, Attribute | None]:
    """None: of a kind that the encoder does not use."""
    name = _text(fields[_ATTRIBUTE_NAME][0])
    if _FLOAT in fields:
        return name, float(struct.unpack("<f", fields[_FLOAT][0])[0])
    if _INT in fields:
        return name, _signed(fields[_INT][0])
    if _INTS in fields:
        return name, tuple(_integers(fields[_INTS]))
    return name, None


def _array(fields: Mapping[int, list[memoryview]]) -> tuple[str, Array]:
    name, number = _text(fields[_NAME][0]), _signed(fields[_DATA_TYPE][0])
    if number not in _TYPES:
        raise ValueError(f"the array {name} is of ONNX's type {number}, which is not read here")
    dtype = np.dtype(_TYPES[number])
    if _RAW_DATA in fields:
        flat = np.frombuffer(fields[_RAW_DATA][0], dtype)
    elif _FLOAT_DATA in fields:
        flat = np.frombuffer(b"".join(fields[_FLOAT_DATA]), "<f4").astype(dtype)
    else:
        flat = np.array(list(_integers(fields.get(_INT32_DATA, fields.get(_INT64_DATA, [])))), dtype)
    return name, flat.reshape(tuple(_integers(fields.get(_DIMS, []))))


def _fields(message: memoryview) -> dict[int, list[memoryview]]:
    """The fields of a message by number, each with all its values as they are written."""
    found: dict[int, list[memoryview]] = defaultdict(list)
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            _, end = _varint(message, at)
        elif kind == _BYTES:
            size, at = _varint(message, at)
            end = at + size
        elif kind in (_FIXED32, _FIXED64):
            end = at + (4 if kind == _FIXED32 else 8)
        else:
            raise ValueError(f"this is no ONNX file: there is a field of the type {kind}")
        found[number].append(message[at:end])
        at = end
    return found


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _integers(values: list[memoryview]) -> Iterator[int]:
    """Numbers, one to a value or many."""
    for value in values:
        at = 0
        while at < len(value):
            number, at = _varint(value, at)
            yield number - (1 << 64) if number >> 63 else number


def _signed(value: memoryview) -> int:
    return next(_integers([value]))


def _text(value: memoryview) -> str:
    return bytes(value).decode("utf-8")
