"""The trained head as arrays of `heads.npz`, named `speakers.*`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.speakers.model import Speakers


def arrays_of(model: Speakers) -> dict[str, NDArray[np.float16]]:
    """Of each parameter its array, in half precision."""
    return {f"speakers.{name}": value.detach().float().numpy().astype(np.float16) for name, value in model.state_dict().items()}


def read_run(folder: Path) -> Mapping[str, NDArray[np.float16]]:
    """The average of a run of `training.speakers.train`."""
    model = Speakers()
    model.load_state_dict(torch.load(folder / "speakers.pt", weights_only=True)["average"])
    return arrays_of(model)
