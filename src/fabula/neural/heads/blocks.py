"""The layers of a small transformer, in numpy: attention with biases by how its items lie, and a feed-forward step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fabula.neural.heads.parameters import Floats, Parameters, relu

_EPSILON = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Norm:
    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, parameters: Parameters, name: str) -> Norm:
        return cls(parameters.array(f"{name}.weight", 1), parameters.array(f"{name}.bias", 1))

    def __call__(self, x: Floats) -> Floats:
        centred: Floats = x - x.mean(-1, keepdims=True)
        centred *= 1 / np.sqrt(np.square(centred).mean(-1, keepdims=True) + _EPSILON)
        centred *= self.weight
        centred += self.bias
        return centred


class Block:
    """A layer; bias: [heads, items, items]."""

    def __init__(self, parameters: Parameters) -> None:
        self._attention_norm, self._wide_norm = (Norm.of(parameters, name) for name in ("attention_norm", "wide_norm"))
        self._attention, self._joined = parameters.linear("attention"), parameters.linear("joined")
        self._wide, self._narrow = parameters.linear("wide"), parameters.linear("narrow")

    def __call__(self, x: Floats, bias: Floats) -> Floats:
        n, width = x.shape
        n_heads = len(bias)
        query, key, value = self._attention(self._attention_norm(x)).reshape(n, 3, n_heads, width // n_heads).transpose(1, 2, 0, 3)
        scores: Floats = query @ key.transpose(0, 2, 1)
        scores *= np.float32((width // n_heads) ** -0.5)
        scores += bias
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        found: Floats = (scores @ value).transpose(1, 0, 2).reshape(n, width).astype(np.float32, copy=False)
        x = np.add(x, self._joined(found))
        x += self._narrow(relu(self._wide(self._wide_norm(x))))
        return x


def read_blocks(parameters: Parameters) -> list[Block]:
    """As many as there are, named `blocks.0`, `blocks.1` ..."""
    n_blocks = next(n for n in range(1, 100) if f"blocks.{n}" not in parameters)
    return [Block(parameters.of(f"blocks.{n}")) for n in range(n_blocks)]


def sum_tables(tables: Sequence[Floats]) -> Floats:
    """One table for all combinations: its row for (a, b) is the sum of a's and b's."""
    total = tables[0]
    for table in tables[1:]:
        total = (total[:, None] + table[None]).reshape(-1, table.shape[1])
    return total
