from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from numpy.typing import NDArray
from torch import Tensor

from fabula.neural.encoder import cut_segment
from fabula.neural.model import Model
from fabula.neural.session import OnnxEncoder, read_weights
from fabula.neural.spelled_lemmas import irregular_scripts
from tests.neural.made_up import VOCABULARY, make_segment
from tests.training.made_up import INVENTORIES, make_fiction
from tests.training.model.tiny import TinyEncoder, use_one_thread, write_vocabulary
from training import export
from training.examples import CLASSES
from training.export import Settings, save_arrays, smooth, write_encoder
from training.model import encoder as architecture
from training.model.encoder import Encoder
from training.model.model import CONTEXT, WINDOW, ReadingModel

FILES = ("heads.npz", "model.onnx", "vocabulary.txt")


@pytest.fixture(autouse=True)
def _one_seed() -> Iterator[None]:
    threads = use_one_thread()
    torch.manual_seed(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Encoder:
    """The real architecture with two layers and few pieces; some of its inputs stand out, as they do in what was trained."""
    monkeypatch.setattr(architecture, "N_PIECES", len(VOCABULARY))
    monkeypatch.setattr(architecture, "N_LAYERS", 2)
    encoder = Encoder()
    encoder.eval()
    with torch.no_grad():
        torch.nn.init.normal_(encoder.cases.weight)
        encoder.norm.weight[7] = encoder.layers[0].narrow_norm.weight[3] = 60.0
    return encoder


def windows(n: int = 3) -> list[tuple[Tensor, Tensor]]:
    """Pieces and their cases, of windows of different length."""
    return [(torch.randint(0, len(VOCABULARY), (1, 10 + 5 * at)), torch.randint(0, 12, (1, 10 + 5 * at))) for at in range(n)]


def spread(encoder: Encoder, shown: list[tuple[Tensor, Tensor]]) -> float:
    """How far the largest input of a linear map stands out, at worst."""
    worst = 0.0

    def see(_module: torch.nn.Module, inputs: tuple[Tensor]) -> None:
        nonlocal worst
        largest = inputs[0].abs().flatten(0, -2).amax(0)
        worst = max(worst, float(largest.max() / largest.mean()))

    handles = [module.register_forward_pre_hook(see) for module in encoder.modules() if isinstance(module, torch.nn.Linear)]
    with torch.no_grad():
        for pieces, cases in shown:
            encoder(pieces, cases)
    for handle in handles:
        handle.remove()
    return worst


def test_a_smoothed_encoder_gives_the_same_vectors(small: Encoder) -> None:
    """windows that it was made smooth by, and others; the encoder that was given is left as it was"""
    shown, others = windows(), windows()
    with torch.no_grad():
        before = [small(*window) for window in (*shown, *others)]
        smoothed = smooth(small, shown)
        for window, vectors in zip((*shown, *others), before, strict=True):
            assert (smoothed(*window) - vectors).abs().max() < 1e-4
            assert torch.equal(small(*window), vectors)


def test_no_input_of_a_smoothed_encoder_stands_out(small: Encoder) -> None:
    """an input sixty times as large as the others"""
    shown = windows()
    assert spread(smooth(small, shown), shown) < spread(small, shown) / 4


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """an hour later, in another order"""
    one, other = np.arange(5, dtype=np.float16), np.zeros((2, 3), np.float16)
    save_arrays({"one": one, "other": other}, tmp_path / "first.npz")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)
    save_arrays({"other": other, "one": one}, tmp_path / "second.npz")
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ReadingModel, Path]:
    """A model, and its weights folder; the encoder's file is a fake."""
    vocabulary = write_vocabulary(tmp_path)
    monkeypatch.setattr(export, "pretrained_folder", lambda: vocabulary)
    monkeypatch.setattr(export, "write_encoder", lambda _encoder, path, precision: path.write_text(precision))
    model = ReadingModel(INVENTORIES, TinyEncoder()).eval()
    settings = Settings(thresholds={"mention": 0.4}, temperatures={"events": 2.0})
    export.export(model, INVENTORIES, tmp_path / "weights", [make_fiction()], settings)
    return model, tmp_path / "weights"


def test_the_product_reads_what_was_exported(exported: tuple[ReadingModel, Path]) -> None:
    """inventories, hashes, thresholds and temperatures; what is not fitted stays as the product has it"""
    _, folder = exported
    weights = read_weights(folder)
    config = weights.config
    assert (config.window, config.context) == (WINDOW, CONTEXT)
    assert config.inventories.upos == INVENTORIES.upos
    assert config.inventories.feats == INVENTORIES.feats
    assert config.inventories.relations == INVENTORIES.relations
    assert config.inventories.classes == tuple(f"{kind}:{type_}" for kind, type_ in CLASSES)
    assert (config.thresholds.mention, config.thresholds.candidate, config.temperatures.events) == (0.4, -2.0, 2.0)
    assert config.sha256 == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    assert weights.encoder == b"int8"
    assert len(weights.pieces) == len(VOCABULARY)


def test_scripts_of_irregular_forms_come_after_those_that_are_learnt(exported: tuple[ReadingModel, Path]) -> None:
    """l0 k0 l2, then =be and others; each once"""
    lemmas = read_weights(exported[1]).config.inventories.lemmas
    assert lemmas[:3] == INVENTORIES.lemmas
    assert set(irregular_scripts()) < set(lemmas)
    assert len(lemmas) == len(set(lemmas))


def test_a_key_that_the_product_does_not_know_is_not_written(exported: tuple[ReadingModel, Path]) -> None:
    """config.json: what is not read would be lost without a word"""
    raw = json.loads((exported[1] / "config.json").read_text(encoding="utf-8"))
    config = read_weights(exported[1]).config
    assert set(raw) == set(config.__struct_fields__)
    for part in ("inventories", "thresholds", "temperatures"):
        assert set(raw[part]) <= set(getattr(config, part).__struct_fields__)


def test_exported_heads_read_a_passage_as_the_trained_ones_do(exported: tuple[ReadingModel, Path]) -> None:
    """Tom saw her . She ran . The log-odds of events, by heads in half of their precision."""
    model, folder = exported
    weights = read_weights(folder)

    def encode(pieces: NDArray[np.int64], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        with torch.no_grad():
            vectors: NDArray[np.float32] = model.encoder(torch.from_numpy(pieces)[None], torch.from_numpy(cases)[None])[0].numpy()
        return vectors

    segment = make_segment("Tom saw her . She ran .")
    reading = Model(weights.config, weights.key, weights.pieces, encode, weights.parameters, threads=1).read(segment)
    with torch.no_grad():
        cut = cut_segment(segment, weights.pieces, window=WINDOW, context=CONTEXT)
        h = model.word_vectors(segment.words, segment.sentences, weights.pieces, cut.windows)
        events = model.events(h).numpy()
    assert np.abs(reading.events * 2.0 - events).max() < 0.01


@pytest.mark.slow
@pytest.mark.parametrize(("precision", "tolerance"), [("float", 1e-5), ("int8", 0.05)])
def test_the_encoder_s_file_gives_its_vectors(small: Encoder, tmp_path: Path, precision: str, tolerance: float) -> None:
    """windows of other lengths than that by which it was written; on average, for eight bits err more at an outlier"""
    pytest.importorskip("onnx")
    shown = windows()
    smoothed = smooth(small, shown)
    write_encoder(smoothed, tmp_path / "model.onnx", precision)
    opened = OnnxEncoder((tmp_path / "model.onnx").read_bytes())
    for pieces, cases in shown:
        with torch.no_grad():
            wanted = small(pieces, cases)[0].numpy()
        assert np.abs(opened(pieces[0].numpy(), cases[0].numpy()) - wanted).mean() < tolerance
