"""The trained head as arrays of `heads.npz`, named `speakers.*`, and put among those of a weights folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.export import save_arrays
from training.speakers.model import Speakers

PREFIX = "speakers."


def arrays_of(model: Speakers) -> dict[str, NDArray[np.float16]]:
    """Of each parameter its array, in half precision."""
    return {f"{PREFIX}{name}": value.detach().float().numpy().astype(np.float16) for name, value in model.state_dict().items()}


def read_run(folder: Path) -> dict[str, NDArray[np.float16]]:
    """The average of a run of `training.speakers.train`."""
    model = Speakers()
    model.load_state_dict(torch.load(folder / "speakers.pt", weights_only=True)["average"])
    return arrays_of(model)


def add_speakers(arrays: Mapping[str, NDArray[np.float16]], weights: Path) -> None:
    """Put the head's arrays among the other heads of a weights folder, in place of an earlier speaker head."""
    path = weights / "heads.npz"
    with np.load(path) as held:
        others = {name: held[name] for name in held.files if not name.startswith(PREFIX)}
    save_arrays({**others, **arrays}, path)
    config = json.loads((weights / "config.json").read_text(encoding="utf-8"))
    config["sha256"]["heads.npz"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (weights / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
