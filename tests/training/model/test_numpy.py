"""The heads in PyTorch, as they are trained, and in numpy, as they run: the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch")

import torch

from fabula.neural.encoder import cut_segment
from fabula.neural.heads.mentions import MentionHead
from fabula.neural.heads.pairs import LEAST, PairHead
from fabula.neural.heads.parameters import Parameters
from fabula.neural.heads.parse import ParseHead
from fabula.neural.heads.tags import EventHead, TagHead
from fabula.neural.pairs import FEATURES
from fabula.neural.segments import NO_HEAD
from fabula.neural.spelling import N_PARTS, N_SPELLINGS
from fabula.neural.trees import decode_tree
from fabula.neural.windows import Window
from fabula.neural.wordpieces import WordPieces
from tests.neural.made_up import VOCABULARY, make_segment, make_table
from training.examples import Inventories
from training.losses import find_candidates, span_matrix
from training.model.encoder import WIDTH
from training.model.model import ReadingModel

TOLERANCE = 1e-3
LENGTHS = [1, 7, 30, 2, 90, 12]  # words of sentences; one is longer than the longest mention
SENTENCES = np.cumsum([0, *LENGTHS])[:-1]


@pytest.fixture(scope="module", autouse=True)
def _one_seed() -> Iterator[None]:
    """And one thread: training may be running beside."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with torch.no_grad():
        yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def model(_one_seed: None) -> ReadingModel:
    """Random heads, biases too; the encoder is not asked."""
    inventories = Inventories(*(tuple(f"{i}" for i in range(n)) for n in (17, 90, 400, 40)))
    model = ReadingModel(inventories, torch.nn.Identity())
    for name, parameter in model.named_parameters():
        if parameter.ndim == 1 or any(table in name for table in ("features", "width", "distances")):
            torch.nn.init.normal_(parameter, std=0.3)
        elif "together" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


@pytest.fixture(scope="module")
def parameters(model: ReadingModel) -> Parameters:
    return Parameters({name: array.numpy() for name, array in model.state_dict().items()})


@pytest.fixture(scope="module")
def h() -> NDArray[np.float32]:
    return np.random.default_rng(2).normal(size=(sum(LENGTHS), WIDTH)).astype(np.float32)


def test_tags_and_events(model: ReadingModel, parameters: Parameters, h: NDArray[np.float32]) -> None:
    spellings = np.random.default_rng(3).integers(0, N_SPELLINGS, (len(h), N_PARTS))
    tags = TagHead(parameters.of("tags"))(h, spellings)
    for scores, chosen in zip(model.tags(torch.from_numpy(h), torch.from_numpy(spellings)), tags, strict=True):
        assert (scores.numpy().max(1) - scores.numpy()[np.arange(len(h)), chosen]).max() < TOLERANCE
    events = EventHead(parameters.of("events"), temperature=2.0)(h)
    assert np.abs(events * 2 - model.events(torch.from_numpy(h)).numpy()).max() < TOLERANCE


def test_heads_and_relations(model: ReadingModel, parameters: Parameters, h: NDArray[np.float32]) -> None:
    heads, relations = ParseHead(parameters.of("parse"))(h, SENTENCES)
    tensor = torch.from_numpy(h)
    arcs = model.parse.arcs(tensor, LENGTHS).numpy()
    for number, (first, n) in enumerate(zip(SENTENCES.tolist(), LENGTHS, strict=True)):
        scores = np.concatenate([arcs[number, :n, :n], arcs[number, :n, -1:]], 1)
        local = np.where(heads[first : first + n] == NO_HEAD, NO_HEAD, heads[first : first + n] - first)
        best = decode_tree(scores)
        rows = np.arange(n)
        assert abs(scores[rows, local].sum() - scores[rows, best].sum()) < TOLERANCE * n
    theirs = model.parse.relations(tensor, torch.from_numpy(heads.astype(np.int64))).numpy()
    assert (theirs.max(1) - theirs[np.arange(len(h)), relations]).max() < TOLERANCE


def test_candidates_and_mentions(model: ReadingModel, parameters: Parameters, h: NDArray[np.float32]) -> None:
    head = MentionHead(parameters.of("mentions"), candidate=-2.0, threshold=0.5, temperature=1.0)
    tensor = torch.from_numpy(h)
    scores, valid = span_matrix(model, tensor, LENGTHS, 0)
    theirs = find_candidates(scores, valid, torch.from_numpy(SENTENCES), len(h)).numpy()
    starts, lasts = head.find_candidates(h, SENTENCES)
    assert len(starts) > 50
    assert np.array_equal(np.stack([starts, lasts], 1), theirs)
    vectors = model.mentions.vectors(tensor, torch.from_numpy(starts), torch.from_numpy(lasts))
    classes = torch.softmax(model.mentions.classes(vectors), -1).numpy()
    spans = head.classify(h, starts, lasts)
    assert np.abs(spans.vectors - vectors.numpy()).max() < TOLERANCE
    assert np.abs(spans.probabilities - (1 - classes[:, 0])).max() < TOLERANCE
    assert (classes[:, 1:].max(1) - classes[np.arange(len(starts)), spans.classes + 1]).max() < TOLERANCE
    assert len(head(h, SENTENCES).starts) == ((1 - classes[:, 0]) > 0.5).sum()


def test_pairs(model: ReadingModel, parameters: Parameters) -> None:
    random = np.random.default_rng(3)
    m = random.normal(size=(200, 256)).astype(np.float32)
    later, earlier = np.tril_indices(200, -1)
    features = np.stack([random.integers(0, n, len(later)) for n in FEATURES.values()], 1)
    ours = PairHead(parameters.of("pairs"))(m, make_table(200), later, earlier, features)
    alone, together = model.pairs(torch.from_numpy(m), make_table(200), *map(torch.from_numpy, (later, earlier, features)))
    wanted = np.where(alone.numpy()[:, :2].max(1, keepdims=True) > LEAST, together.numpy()[:, :2], alone.numpy()[:, :2])
    assert np.abs(wanted).max() > 1 and (together - alone).abs().max() > 0.1
    assert np.abs(ours - wanted).max() < TOLERANCE


def test_vectors_of_words() -> None:
    """Of windows that are padded to the longest, and of each by itself; the encoder gives a piece's number and its case."""
    segment = make_segment(" ".join(["“ Tom Hale saw Mrs Reed-Thwaites at the weir , ” SHE said ."] * 9))
    pieces = WordPieces(VOCABULARY)
    cut = cut_segment(segment, pieces, window=64, context=16)
    assert len(cut.windows) > 3

    def look(numbers: NDArray[np.int64], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.stack([numbers, cases], -1).astype(np.float32)

    ours = np.concatenate([cut.word_vectors(window, look(*cut.inputs(window))) for window in cut.windows])
    model = ReadingModel(Inventories(("a",), ("a",), ("a",), ("a",)), Looking())
    windows = [Window(*window) for window in cut.windows]
    assert np.array_equal(model.word_vectors(segment.words, segment.sentences, pieces, windows).numpy(), ours)


class Looking(torch.nn.Module):
    """Gives what it is shown."""

    def forward(self, pieces: torch.Tensor, cases: torch.Tensor, _lengths: torch.Tensor) -> torch.Tensor:
        return torch.stack([pieces, cases], -1).float()
