"""A weights folder as a model that can be trained on: the way back from `training/export.py`, without what eight bits have cost."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.examples import Inventories
from training.model.encoder import Encoder
from training.model.model import ReadingModel

_LINEARS = ("attention", "joined", "wide", "narrow")
_EMBEDDINGS = ("pieces", "positions", "cases")


def restore(folder: Path) -> tuple[ReadingModel, Inventories]:
    """The model of a weights folder, and the labels that it knows; a head that is not in the folder is an untrained one.

    Raises FileNotFoundError where a file of it is missing.
    """
    with np.load(folder / "heads.npz") as held:
        heads = {name: torch.from_numpy(held[name].astype(np.float32)) for name in held.files}
    inventories = _read_inventories(folder / "config.json", n_lemmas=len(heads["tags.lemmas.bias"]))
    encoder = restore_encoder(folder / "model.onnx")
    model = ReadingModel(inventories, encoder)
    model.load_state_dict({**model.state_dict(), **heads})
    return model, inventories


def _read_inventories(path: Path, n_lemmas: int) -> Inventories:
    """Those that were learnt: the folder's has the edit scripts of the irregular words too, after the others."""
    names = json.loads(path.read_text(encoding="utf-8"))["inventories"]
    return Inventories(tuple(names["upos"]), tuple(names["feats"]), tuple(names["lemmas"][:n_lemmas]), tuple(names["relations"]))


def restore_encoder(path: Path) -> Encoder:
    """The encoder of a quantized graph: its linear maps with their scales and with what made their inputs alike put back."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held: dict[str, NDArray[np.generic]] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def widen(name: str) -> NDArray[np.float32]:
        number = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        return number * held[f"{name}_scale"].astype(np.float32)

    products = {node.name: node.input[1].removesuffix("_quantized") for node in graph.node if node.op_type == "MatMulInteger"}
    state: dict[str, NDArray[np.float32]] = {f"{name}.weight": widen(f"encoder.{name}.weight") for name in _EMBEDDINGS}
    encoder = Encoder()
    for name in encoder.state_dict():
        if name in state:
            continue
        owner, _, end = name.rpartition(".")
        if owner.rpartition(".")[2] not in _LINEARS:  # a norm
            state[name] = held[f"encoder.{name}"].astype(np.float32)
        elif end == "bias":
            state[name] = held[f"encoder.{owner}.linear.bias"].astype(np.float32)
        else:
            layer, _, linear = owner.rpartition(".")
            product = widen(products[f"/encoder/{layer}/{linear}/linear/MatMul_quant"])
            state[name] = (product * held[f"encoder.{owner}.shrink"].astype(np.float32)[:, None]).T
    encoder.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in state.items()})
    return encoder
