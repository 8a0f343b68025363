"""The encoder as a processor without VNNI computes it.

ONNX Runtime multiplies activations of eight bits without a sign by weights of eight bits with one. With VNNI the products are
added up in 32 bits, and the sum is exact. With AVX2 or AVX-512 alone, the instruction `vpmaddubsw` adds the products of two
neighbouring inputs in 16 bits first, and what lies beyond is cut off at -32,768 or 32,767; these sums of two are then added up in
32 bits (MLAS, `QgemmU8X8KernelAvx2.S` and `QgemmU8X8KernelAvx512Core.S`).

Here every operation of the graph is done in NumPy: the exact sums first, and then what each pair loses is taken off. Only pairs
whose weights are large enough can lose anything: those are few, and they alone are looked at. The sums are those of ONNX Runtime's
own kernels to the last bit: held against 1.32 with the shipped weights, on a processor whose VNNI was hidden from it, with AVX2 and
with AVX-512. The rest of the graph is not, being of floats: a number that is rounded the other way moves the vectors about as far
as another of ONNX Runtime's own kernels for floats does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from evaluation.onnx_graphs import Array, Attribute, Graph, Node, read_graph

Floats = NDArray[np.float32]
LARGEST_INPUT = 255
LEAST, MOST = -(2**15), 2**15 - 1  # of a sum of two products
EXACT_IN_FLOAT = 512  # inputs: so many products of eight bits by eight add up to less than 2**24
_FLOAT32 = 1  # ONNX's number of the type


@dataclass(frozen=True, slots=True)
class RiskyPairs:
    """The pairs of neighbouring weights whose products could leave 16 bits, by output.

    first: the place of the first input of each; outputs: the outputs that have any, growing; begins: where the pairs of each begin;
    weights: int32 [2, n_pairs]. n_all: how many pairs there are, risky or not.
    """

    first: NDArray[np.int64]
    outputs: NDArray[np.int64]
    begins: NDArray[np.int64]
    weights: NDArray[np.int32]
    n_all: int


def find_risky_pairs(weights: NDArray[np.int8]) -> RiskyPairs:
    """Of a matrix [n_inputs, n_outputs].

    The sum of a pair is largest where the inputs of its positive weights are 255 and those of the others 0, and so for the least.

    >>> find_risky_pairs(np.array([[100, 100, -64], [29, -100, -64]], np.int8)).outputs
    array([0])
    """
    if len(weights) % 2:  # the last one has no neighbour
        weights = np.concatenate([weights, np.zeros((1, weights.shape[1]), np.int8)])
    pairs = weights.astype(np.int32).reshape(-1, 2, weights.shape[1])
    largest = LARGEST_INPUT * np.maximum(pairs, 0).sum(1)
    least = LARGEST_INPUT * np.minimum(pairs, 0).sum(1)
    outputs, numbers = np.nonzero(((largest > MOST) | (least < LEAST)).T)  # by output
    begins = np.flatnonzero(np.diff(outputs, prepend=-1))
    return RiskyPairs(2 * numbers, outputs[begins], begins, pairs[numbers, :, outputs].T, largest.size)


@dataclass(slots=True)
class PairCounts:
    """Pairs of products. all: that were added; cut: that lay beyond 16 bits."""

    all: int = 0
    cut: int = 0


def multiply(
    inputs: NDArray[np.uint8], weights: NDArray[np.int8], risky: RiskyPairs | None, counts: PairCounts | None = None
) -> NDArray[np.int64]:
    """Inputs [n, n_inputs] by weights [n_inputs, n_outputs]. risky: of these weights; None: exact. counts: is added to."""
    n = len(inputs)
    products = np.zeros((n, weights.shape[1]), np.int64)
    for at in range(0, len(weights), EXACT_IN_FLOAT):
        some = slice(at, at + EXACT_IN_FLOAT)
        products += (inputs[:, some].astype(np.float32) @ weights[some].astype(np.float32)).astype(np.int64)
    if risky is None:
        return products
    n_cut = 0
    if len(risky.first):
        padded = np.pad(inputs, ((0, 0), (0, len(weights) % 2))).astype(np.int32)
        sums = padded[:, risky.first] * risky.weights[0] + padded[:, risky.first + 1] * risky.weights[1]
        beyond = sums - np.clip(sums, LEAST, MOST)
        products[:, risky.outputs] -= np.add.reduceat(beyond, risky.begins, axis=1)
        n_cut = int(np.count_nonzero(beyond))
    if counts is not None:
        counts.all += n * risky.n_all
        counts.cut += n_cut
    return products


def find_multiplied(graph: Graph) -> dict[str, NDArray[np.int8]]:
    """The weights of eight bits that inputs are multiplied by, by name."""
    names = [node.inputs[1] for node in graph.nodes if node.op == "MatMulInteger"]
    return {name: graph.arrays[name].astype(np.int8) for name in names}


class NumpyEncoder:
    """An encoder of eight bits without ONNX Runtime. saturating: as without VNNI; else exact. counts: of all that it has read.

    Raises ValueError where the graph has an operation that the encoder does not use.
    """

    def __init__(self, model: bytes, *, saturating: bool) -> None:
        self._graph = read_graph(model)
        self._weights = find_multiplied(self._graph)
        self._risky = {name: find_risky_pairs(weights) if saturating else None for name, weights in self._weights.items()}
        self.counts = PairCounts()
        if unknown := sorted({node.op for node in self._graph.nodes} - _OPERATIONS.keys() - {"MatMulInteger"}):
            raise ValueError(f"the encoder has operations that are not known here: {', '.join(unknown)}")

    @property
    def risky_share(self) -> float:
        """Of all pairs of weights, those whose products could leave 16 bits."""
        found = [find_risky_pairs(weights) for weights in self._weights.values()]
        return sum(len(one.first) for one in found) / sum(one.n_all for one in found)

    def __call__(self, pieces: NDArray[np.int64], cases: NDArray[np.int64]) -> Floats:
        values: dict[str, Array] = {**self._graph.arrays, "pieces": pieces[None], "cases": cases[None]}
        for node in self._graph.nodes:
            taken = [values[name] for name in node.inputs]
            given = self._multiply(node, taken) if node.op == "MatMulInteger" else _OPERATIONS[node.op](taken, node.attributes)
            values.update(zip(node.outputs, given, strict=True))
        vectors: Floats = values["vectors"][0].astype(np.float32)
        return vectors

    def _multiply(self, node: Node, taken: list[Array]) -> tuple[Array]:
        inputs, _, zero, zeros = taken
        if zeros.any():
            raise ValueError(f"the weights {node.inputs[1]} are not symmetric")
        name = node.inputs[1]
        weights = self._weights[name]
        rows = inputs.reshape(-1, inputs.shape[-1]).astype(np.uint8)
        products = multiply(rows, weights, self._risky[name], self.counts)
        products -= int(zero.item()) * weights.sum(0, dtype=np.int64)
        return (products.astype(np.int32).reshape(*inputs.shape[:-1], -1),)


def quantize(x: Floats) -> tuple[NDArray[np.uint8], np.float32, np.uint8]:
    """Eight bits without a sign, their scale, and which of them is zero.

    >>> quantize(np.array([-1.0, 0.0, 1.55], np.float32))
    (array([  0, 100, 255], dtype=uint8), np.float32(0.01), np.uint8(100))
    """
    low, high = min(np.float32(0), x.min()), max(np.float32(0), x.max())
    scale = np.float32((high - low) / np.float32(LARGEST_INPUT)) if high > low else np.float32(1)
    zero = np.rint(np.clip(-low / scale, 0, LARGEST_INPUT))
    return np.clip(np.rint(x / scale) + zero, 0, LARGEST_INPUT).astype(np.uint8), scale, np.uint8(zero)


Operation = Callable[[list[Array], Mapping[str, Attribute]], tuple[Array, ...]]


def _dynamic_quantize(taken: list[Array], _: Mapping[str, Attribute]) -> tuple[Array, ...]:
    numbers, scale, zero = quantize(taken[0].astype(np.float32))
    return numbers, np.asarray(scale), np.asarray(zero)


def _dequantize(taken: list[Array], _: Mapping[str, Attribute]) -> tuple[Array, ...]:
    x, scale, zero = taken
    return ((x.astype(np.int32) - zero.astype(np.int32)).astype(np.float32) * scale.astype(np.float32),)


def _normalize(taken: list[Array], attributes: Mapping[str, Attribute]) -> tuple[Array, ...]:
    x, weight, bias = (one.astype(np.float32) for one in taken)
    away = x - x.mean(-1, keepdims=True)
    epsilon = np.float32(_number(attributes, "epsilon", 1e-5))
    return (away / np.sqrt(np.square(away).mean(-1, keepdims=True) + epsilon) * weight + bias,)


def _softmax(taken: list[Array], _: Mapping[str, Attribute]) -> tuple[Array, ...]:
    x = taken[0].astype(np.float32)
    shares = np.exp(x - x.max(-1, keepdims=True))
    return (shares / shares.sum(-1, keepdims=True),)


def _reshape(taken: list[Array], _: Mapping[str, Attribute]) -> tuple[Array, ...]:
    x, sizes = taken
    return (x.reshape([x.shape[at] if size == 0 else size for at, size in enumerate(_integers(sizes))]),)  # 0: as it was


def _split(taken: list[Array], attributes: Mapping[str, Attribute]) -> tuple[Array, ...]:
    return tuple(np.split(taken[0], np.cumsum(_integers(taken[1]))[:-1], axis=int(_number(attributes, "axis", 0))))


def _cast(taken: list[Array], attributes: Mapping[str, Attribute]) -> tuple[Array, ...]:
    if attributes["to"] != _FLOAT32:
        raise ValueError(f"a cast to ONNX's type {attributes['to']} is not known here")
    return (taken[0].astype(np.float32),)


def _transpose(taken: list[Array], attributes: Mapping[str, Attribute]) -> tuple[Array, ...]:
    order = attributes["perm"]
    return (taken[0].transpose(order if isinstance(order, tuple) else None),)


def _number(attributes: Mapping[str, Attribute], name: str, default: float) -> float:
    value = attributes.get(name, default)
    if isinstance(value, tuple):
        raise ValueError(f"{name} is not one number")
    return value


def _integers(x: Array) -> list[int]:
    return [int(one) for one in x.astype(np.int64).ravel()]


def _of_two(compute: Callable[[Floats, Floats], Floats]) -> Operation:
    return lambda taken, _: (compute(taken[0].astype(np.float32, copy=False), taken[1].astype(np.float32, copy=False)),)


_OPERATIONS: Mapping[str, Operation] = {
    "Add": _of_two(np.add),
    "Mul": _of_two(np.multiply),
    "Div": _of_two(np.divide),
    "MatMul": _of_two(np.matmul),
    "Erf": lambda taken, _: (erf(taken[0]),),
    "Softmax": _softmax,
    "LayerNormalization": _normalize,
    "DynamicQuantizeLinear": _dynamic_quantize,
    "DequantizeLinear": _dequantize,
    "Cast": _cast,
    "Reshape": _reshape,
    "Split": _split,
    "Transpose": _transpose,
    "Squeeze": lambda taken, _: (taken[0].squeeze(tuple(_integers(taken[1]))),),
    "Unsqueeze": lambda taken, _: (np.expand_dims(taken[0], tuple(_integers(taken[1]))),),
    "Concat": lambda taken, attributes: (np.concatenate(taken, int(_number(attributes, "axis", 0))),),
    "Gather": lambda taken, attributes: (np.take(taken[0], taken[1].astype(np.int64), int(_number(attributes, "axis", 0))),),
    "Range": lambda taken, _: (np.arange(*(int(one.item()) for one in taken)),),
    "Shape": lambda taken, attributes: (np.array(taken[0].shape[int(_number(attributes, "start", 0)) :], np.int64),),
}
