"""A trained model as the files of a weights folder: `fabula.neural.session` says what each holds."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.examples import CLASSES, Inventories
from training.model.encoder import Encoder, pretrained_folder
from training.model.model import ReadingModel

VERSION = "1"
WINDOW, CONTEXT = 256, 64  # pieces


@dataclass(frozen=True, slots=True)
class Settings:
    """What is fitted after training. precision: "int8", "int8-reduced" (seven bits, for processors without VNNI) or "float"."""

    precision: str = "int8"
    thresholds: Mapping[str, float] = field(default_factory=dict)
    temperatures: Mapping[str, float] = field(default_factory=dict)


def export(model: ReadingModel, inventories: Inventories, folder: Path, settings: Settings | None = None) -> None:
    """Write model.onnx, heads.npz, vocabulary.txt and config.json; the model card is written by hand."""
    settings = settings or Settings()
    folder.mkdir(parents=True, exist_ok=True)
    write_encoder(model.encoder, folder / "model.onnx", settings.precision)
    arrays = {name: array for name, array in model.state_dict().items() if not name.startswith("encoder.")}
    save_arrays({name: array.float().numpy().astype(np.float16) for name, array in arrays.items()}, folder / "heads.npz")
    shutil.copyfile(pretrained_folder() / "vocab.txt", folder / "vocabulary.txt")
    write_config(folder, inventories, settings)


def write_config(folder: Path, inventories: Inventories, settings: Settings) -> None:
    config = {
        "version": VERSION,
        "window": WINDOW,
        "context": CONTEXT,
        "inventories": {
            "upos": inventories.upos,
            "feats": inventories.feats,
            "lemmas": inventories.lemmas,
            "relations": inventories.relations,
            "classes": [f"{kind}:{type_}" for kind, type_ in CLASSES],
        },
        "thresholds": dict(settings.thresholds),
        "temperatures": dict(settings.temperatures),
        "sha256": {name: _hash(folder / name) for name in ("model.onnx", "heads.npz", "vocabulary.txt")},
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def save_arrays(arrays: Mapping[str, NDArray[np.generic]], path: Path) -> None:
    """As `.npz`, compressed; the same arrays give the same bytes."""
    with path.open("wb") as file:
        np.savez_compressed(file, **dict(sorted(arrays.items())))  # type: ignore[arg-type]  # a name could be `allow_pickle`


class _Plain(torch.nn.Module):
    """The encoder as it is exported: no lengths, for a window is never padded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: torch.Tensor, cases: torch.Tensor) -> torch.Tensor:
        return self.encoder(pieces, cases)  # type: ignore[no-any-return]


def write_encoder(encoder: Encoder, path: Path, precision: str) -> None:
    """Export to ONNX; to int8 by dynamic quantization, weights by channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    plain = _Plain(encoder).eval()
    example = torch.ones((1, 8), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        raw, prepared = Path(scratch) / "raw.onnx", Path(scratch) / "prepared.onnx"
        torch.onnx.export(
            plain,
            (example, example),
            raw,
            input_names=["pieces", "cases"],
            output_names=["vectors"],
            dynamic_axes={name: {1: "length"} for name in ("pieces", "cases", "vectors")},
            opset_version=17,
            dynamo=False,
        )
        if precision == "float":
            shutil.copyfile(raw, path)
            return
        quant_pre_process(raw, prepared, skip_symbolic_shape=True)
        quantize_dynamic(prepared, path, per_channel=True, reduce_range=precision == "int8-reduced", weight_type=QuantType.QInt8)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
