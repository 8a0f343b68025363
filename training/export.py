"""A trained model as the files of a weights folder: `fabula.neural.session` says what each holds."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from fabula.neural.encoder import cut_segment
from fabula.neural.segments import Segment
from fabula.neural.spelled_lemmas import irregular_scripts
from fabula.neural.wordpieces import WordPieces
from training.examples import CLASSES, Example, Inventories
from training.model.encoder import Encoder, pretrained_folder
from training.model.model import CONTEXT, WINDOW, ReadingModel

VERSION = "1"
SMOOTHING = 0.75  # how much of the size of inputs goes into the weights


@dataclass(frozen=True, slots=True)
class Settings:
    """What is fitted after training. precision: "int8", "int8-reduced" (seven bits, for processors without VNNI) or "float"."""

    precision: str = "int8"
    thresholds: Mapping[str, float] = field(default_factory=dict)
    temperatures: Mapping[str, float] = field(default_factory=dict)


def export(
    model: ReadingModel, inventories: Inventories, folder: Path, examples: Sequence[Example], settings: Settings | None = None
) -> None:
    """Write model.onnx, heads.npz, vocabulary.txt and config.json; the model card is written by hand.

    examples: some of those that the model was trained on, by which the encoder is made ready for eight bits.
    """
    settings = settings or Settings()
    folder.mkdir(parents=True, exist_ok=True)
    encoder = model.encoder
    if settings.precision != "float":
        encoder = smooth(encoder, list(_look(examples)))
    write_encoder(encoder, folder / "model.onnx", settings.precision)
    arrays = {name: array for name, array in model.state_dict().items() if not name.startswith("encoder.")}
    save_arrays({name: array.float().numpy().astype(np.float16) for name, array in arrays.items()}, folder / "heads.npz")
    shutil.copyfile(pretrained_folder() / "vocab.txt", folder / "vocabulary.txt")
    write_config(folder, inventories, settings)


def _look(examples: Sequence[Example]) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Pieces and cases of the windows of examples, [1, pieces]."""
    pieces = WordPieces(pretrained_folder() / "vocab.txt")
    for example in examples:
        cut = cut_segment(Segment(example.words, example.sentences), pieces, window=WINDOW, context=CONTEXT)
        for window in cut.windows:
            numbers, cases = cut.inputs(window)
            yield torch.from_numpy(numbers)[None], torch.from_numpy(cases)[None]


def write_config(folder: Path, inventories: Inventories, settings: Settings) -> None:
    config = {
        "version": VERSION,
        "window": WINDOW,
        "context": CONTEXT,
        "inventories": {
            "upos": inventories.upos,
            "feats": inventories.feats,
            "lemmas": (*inventories.lemmas, *(s for s in irregular_scripts() if s not in inventories.lemmas)),
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


class _Smoothed(torch.nn.Module):
    """A linear map whose inputs are made alike in size first, and its weights in return: the same map, but better in eight bits."""

    def __init__(self, linear: torch.nn.Linear, largest: torch.Tensor) -> None:
        super().__init__()
        of_weights = linear.weight.detach().abs().amax(0)
        scale = (largest.clamp(min=1e-4) ** SMOOTHING / of_weights.clamp(min=1e-4) ** (1 - SMOOTHING)).clamp(min=1e-3)
        self.shrink = torch.nn.Parameter(1 / scale, requires_grad=False)
        self.linear = torch.nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.detach() * scale
        self.linear.bias.data = linear.bias.detach()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x * self.shrink)  # type: ignore[no-any-return]


def smooth(encoder: Encoder, windows: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> Encoder:
    """The same encoder, ready to be quantized: no input of a linear map stands out from the others (Xiao et al. 2023, SmoothQuant).

    windows: pieces and cases to look at, [1, pieces] each.
    """
    encoder = copy.deepcopy(encoder).eval()
    linears = {name: module for name, module in encoder.named_modules() if isinstance(module, torch.nn.Linear)}
    largest = {name: torch.zeros(module.in_features) for name, module in linears.items()}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor]], None]:
        def see(_module: torch.nn.Module, inputs: tuple[torch.Tensor]) -> None:
            largest[name] = torch.maximum(largest[name], inputs[0].detach().abs().flatten(0, -2).amax(0))

        return see

    handles = [module.register_forward_pre_hook(watch(name)) for name, module in linears.items()]
    with torch.no_grad():
        for pieces, cases in windows:
            encoder(pieces, cases)
    for handle in handles:
        handle.remove()
    for name, module in linears.items():
        parent, _, last = name.rpartition(".")
        setattr(encoder.get_submodule(parent), last, _Smoothed(module, largest[name]))
    return encoder


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
