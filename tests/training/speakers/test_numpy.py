"""The head in PyTorch and in numpy: the same numbers."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch")

import torch

from fabula.neural.conversation import find_speakable
from fabula.neural.heads.parameters import Parameters
from fabula.neural.heads.speakers import LEAST, MOST, SpeakerHead
from fabula.neural.segments import NO_LINKS
from tests.neural.test_conversation import talk
from tests.training.made_up import make_passage
from training.speakers.arrays import arrays_of
from training.speakers.batches import make_lesson
from training.speakers.examples import make_examples, segment_of
from training.speakers.model import Speakers, speaker_loss


def vectors(n_words: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(scale=0.5, size=(n_words, 384)).astype(np.float32)


@pytest.fixture
def model() -> Speakers:
    """Untrained, with tables that are not zero."""
    torch.manual_seed(1)
    made = Speakers()
    made.eval()
    for name, parameter in made.named_parameters():
        if name.startswith("bias_"):
            torch.nn.init.normal_(parameter, std=0.5)
    return made


def test_both_give_the_same_scores(model: Speakers) -> None:
    """Tom and Ann, twelve times each"""
    whole = make_passage(12)
    _, mentions = talk(" ".join(whole.words))
    h = vectors(len(whole.words))
    (example,) = make_examples([(whole, h)], Random(1), hidden=0.0)
    lesson = make_lesson([example])
    with torch.no_grad():
        scores = model(lesson.batch)[0].numpy()
    head = SpeakerHead(Parameters(arrays_of(model)).of("speakers"))
    links = head(h, segment_of(whole), mentions, find_speakable(segment_of(whole), mentions))
    assert len(links.rows) > 20
    for row, column, log_odds in zip(*(part.tolist() for part in links), strict=True):
        assert log_odds == pytest.approx(float(scores[row, example.mentions.tolist().index(column)]), abs=5e-3)


def test_what_is_kept_is_the_best_in_order(model: Speakers) -> None:
    """Tom and Ann, forty times each"""
    segment, mentions = talk("“ Go , Ann , ” said Tom . ¶ “ No , ” said Ann . ¶ " * 40)
    h = vectors(len(segment.words))
    head = SpeakerHead(Parameters(arrays_of(model)).of("speakers"))
    rows, columns, log_odds = head(h, segment, mentions, find_speakable(segment, mentions))
    assert (np.diff(rows) >= 0).all()
    assert (np.diff(columns)[np.diff(rows) == 0] > 0).all()
    assert np.bincount(rows).max() <= MOST and log_odds.min() > LEAST


def test_without_quotations_or_people_nothing_is_said(model: Speakers) -> None:
    """Tom went. / “Go.”"""
    head = SpeakerHead(Parameters(arrays_of(model)).of("speakers"))
    for words in ("Tom went .", "“ Go . ”"):
        segment, mentions = talk(words)
        asked = find_speakable(segment, mentions)
        assert head(np.zeros((len(segment.words), 384), np.float32), segment, mentions, asked) is NO_LINKS


def test_only_those_who_may_speak_are_asked(model: Speakers) -> None:
    """“Go, Ann,” said Tom. ¶ “No,” said Ann.: Tom alone; nobody"""
    segment, mentions = talk("“ Go , Ann , ” said Tom . ¶ “ No , ” said Ann .")
    h = vectors(len(segment.words))
    head = SpeakerHead(Parameters(arrays_of(model)).of("speakers"))
    assert head(h, segment, mentions, np.array([False, True, False])).columns.tolist() == [1, 1]
    assert head(h, segment, mentions, np.zeros(3, np.bool_)) is NO_LINKS


def test_nobody_is_right_where_the_speaker_is_not_there() -> None:
    """two candidates, neither right"""
    scores = torch.tensor([[[2.0, 1.0]]])
    all_there, none_right = torch.ones((1, 1, 2), dtype=torch.bool), torch.zeros((1, 1, 2), dtype=torch.bool)
    loss = speaker_loss(scores, all_there, none_right, torch.ones((1, 1)))
    assert float(loss) == pytest.approx(np.log(1 + np.exp(2.0) + np.exp(1.0)), abs=1e-4)


def test_every_mention_of_the_speaker_counts() -> None:
    """two mentions of the speaker, one of another"""
    scores = torch.tensor([[[2.0, 1.0, 0.5]]])
    right = torch.tensor([[[True, True, False]]])
    loss = speaker_loss(scores, torch.ones((1, 1, 3), dtype=torch.bool), right, torch.ones((1, 1)))
    odds = np.exp([0.0, 2.0, 1.0, 0.5])
    assert float(loss) == pytest.approx(-np.log(odds[1:3].sum() / odds.sum()), abs=1e-4)
