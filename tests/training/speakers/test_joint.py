"""Who speaks, taught together with the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from fabula.neural.wordpieces import WordPieces
from tests.neural.made_up import VOCABULARY
from tests.training.made_up import INVENTORIES, make_passage
from tests.training.model.tiny import TinyEncoder, use_one_thread
from training.model.model import ReadingModel, windows_for_training
from training.speakers.batches import make_lesson
from training.speakers.examples import cut_passage
from training.speakers.joint import speaker_loss_of
from training.speakers.model import speaker_loss
from training.speakers.passages import Label, Passage

PIECES = WordPieces(VOCABULARY)
LIKELY, UNLIKELY = 0.0, 0.999  # what chance says: of what happens when it is below a share


class Settled(Random):
    """Says twice what it is told: whether only names are asked, and whether the paragraphs are hidden."""

    def __init__(self, names_only: bool, hidden: bool) -> None:
        super().__init__(0)
        self.said = [LIKELY if happens else UNLIKELY for happens in (names_only, hidden)]

    def random(self) -> float:
        return self.said.pop(0)

    def getrandbits(self, k: int, /) -> int:
        """As it was; without it, choices would be made by `random`."""
        return super().getrandbits(k)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    threads = use_one_thread()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def model() -> ReadingModel:
    """Without dropout; the tables of how things lie are not zero."""
    torch.manual_seed(1)
    made = ReadingModel(INVENTORIES, TinyEncoder())
    made.eval()
    for name, parameter in made.speakers.named_parameters():
        if name.startswith("bias_"):
            torch.nn.init.normal_(parameter, std=0.5)
    return made


def frozen_loss(model: ReadingModel, passage: Passage, *, names_only: bool, hidden: bool) -> float:
    """The loss that the head has when it is trained by itself, on vectors that do not change."""
    windows = windows_for_training(passage.words, passage.sentences, PIECES, 0)
    with torch.no_grad():
        h = model.word_vectors(passage.words, passage.sentences, PIECES, windows).numpy()
        losses = []
        for example in cut_passage(passage, h, names_only, knows_paragraphs=not hidden):
            lesson = make_lesson([example])
            losses.append(float(speaker_loss(model.speakers(lesson.batch), lesson.batch.candidates, lesson.right, lesson.weights)))
    return float(np.mean(losses))


@pytest.mark.parametrize("names_only", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
def test_the_loss_is_that_of_the_head_by_itself(model: ReadingModel, names_only: bool, hidden: bool) -> None:
    """Tom and Ann, four times each"""
    passage = make_passage(4)
    with torch.no_grad():
        loss = float(speaker_loss_of(model, PIECES, passage, Settled(names_only, hidden)))
    assert loss == pytest.approx(frozen_loss(model, passage, names_only=names_only, hidden=hidden), abs=2e-3)
    assert loss != pytest.approx(frozen_loss(model, passage, names_only=names_only, hidden=not hidden), abs=2e-3)


def test_a_long_passage_costs_the_mean_of_its_windows(model: ReadingModel) -> None:
    """Tom and Ann, twenty-five times each: more quotations than a window holds"""
    passage = make_passage(25)
    with torch.no_grad():
        loss = float(speaker_loss_of(model, PIECES, passage, Settled(names_only=True, hidden=False)))
    assert loss == pytest.approx(frozen_loss(model, passage, names_only=True, hidden=False), abs=2e-3)


def test_the_encoder_learns_who_speaks(model: ReadingModel) -> None:
    """a step of the encoder alone down the slope; pieces that do not occur stay as they are"""
    passage = make_passage(4)
    loss = speaker_loss_of(model, PIECES, passage, Settled(names_only=True, hidden=False))
    loss.backward()
    slope = model.encoder.pieces.weight.grad
    seen = {number for word in passage.words for number in PIECES.pieces(word)}
    assert set(slope.abs().sum(1).nonzero()[:, 0].tolist()) <= seen
    with torch.no_grad():
        model.encoder.pieces.weight -= 0.05 * slope / slope.norm()
        better = speaker_loss_of(model, PIECES, passage, Settled(names_only=True, hidden=False))
    assert better < loss.detach()


def test_only_the_encoder_and_the_head_learn(model: ReadingModel) -> None:
    """“Go, Ann,” said Tom. ¶ “No,” said Ann."""
    speaker_loss_of(model, PIECES, make_passage(), Settled(names_only=False, hidden=False)).backward()
    taught = {name.split(".")[0] for name, p in model.named_parameters() if p.grad is not None and bool(p.grad.any())}
    assert taught == {"encoder", "speakers"}


@pytest.mark.parametrize(
    "passage",
    [
        make_passage(label=Label.NONE),
        replace(make_passage(), quotes=(), speakers=(), labels=()),
        replace(make_passage(), starts=(), ends=(), kinds=(), people=()),
    ],
    ids=["speakers", "quotations", "people"],
)
def test_a_passage_that_tells_nothing_costs_nothing(model: ReadingModel, passage: Passage) -> None:
    """nobody knows who speaks; nobody speaks; nobody is named: a step can be taken nevertheless"""
    loss = speaker_loss_of(model, PIECES, passage, Settled(names_only=False, hidden=False))
    loss.backward()
    assert float(loss.detach()) == 0
