"""The trained numbers of the heads, by the names that they have in training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fabula.errors import DamagedModelError

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear map: weight [inputs, outputs], bias [outputs] or 0."""

    weight: Floats
    bias: Floats | float

    def __call__(self, x: Floats) -> Floats:
        y: Floats = x @ self.weight
        if not isinstance(self.bias, float):
            y += self.bias
        return y


class Parameters:
    """The arrays of `heads.npz`, in float32, or a head's part of them.

    Raises DamagedModelError where one is missing that is asked for, or has not the shape that is wanted.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.floating]], prefix: str = "") -> None:
        self._arrays = arrays
        self._prefix = prefix

    def __contains__(self, head: str) -> bool:
        """Whether there is anything of a head."""
        return any(name.startswith(f"{self._prefix}{head}.") for name in self._arrays)

    def of(self, head: str) -> Parameters:
        return Parameters(self._arrays, f"{self._prefix}{head}.")

    def array(self, name: str, n_axes: int | None = None) -> Floats:
        found = self._arrays.get(self._prefix + name)
        if found is None:
            raise DamagedModelError(f"its heads have no {self._prefix}{name}")
        if n_axes is not None and found.ndim != n_axes:
            raise DamagedModelError(f"{self._prefix}{name} of its heads has {found.ndim} axes, not {n_axes}")
        return np.ascontiguousarray(found, np.float32)

    def linear(self, name: str, *, bias: bool = True) -> Linear:
        weight = self.array(f"{name}.weight", 2)
        return Linear(np.ascontiguousarray(weight.T), self.array(f"{name}.bias", 1) if bias else 0.0)


def relu(x: Floats) -> Floats:
    """In place, and the same array again."""
    return np.maximum(x, 0, out=x)
