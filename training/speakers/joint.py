"""The speaker head taught together with the encoder: the loss of one passage, through the vectors of its words."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from fabula.neural.wordpieces import WordPieces
from training.model.encoder import WIDTH
from training.model.model import ReadingModel, windows_for_training
from training.speakers.batches import make_lesson
from training.speakers.examples import NAMES_ONLY, cut_passage
from training.speakers.model import speaker_loss
from training.speakers.passages import Passage

HIDDEN = 0.3  # share of passages whose paragraphs are hidden


def speaker_loss_of(model: ReadingModel, pieces: WordPieces, passage: Passage, random: Random) -> Tensor:
    """The mean over the windows of a passage; with names alone, or without paragraphs, as chance has it."""
    windows = windows_for_training(passage.words, passage.sentences, pieces, random.randrange(200))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = model.word_vectors(passage.words, passage.sentences, pieces, windows)
    h = h.float()
    # What stands for an item is a mean of vectors of words: of unit vectors, it is the weights of that mean.
    weights = np.eye(len(passage.words), dtype=np.float32)
    losses = []
    names_only, knows_paragraphs = random.random() < NAMES_ONLY, random.random() >= HIDDEN
    for example in cut_passage(passage, weights, names_only, knows_paragraphs=knows_paragraphs):
        means = [
            torch.from_numpy(part.astype(np.float32)) @ h
            for part in (example.quote_vectors, example.mention_vectors, example.paragraph_vectors)
        ]
        empty = [np.zeros((*mean.shape[:2], WIDTH), np.float16) for mean in means]
        lesson = make_lesson([replace(example, quote_vectors=empty[0], mention_vectors=empty[1], paragraph_vectors=empty[2])])
        inputs = [_add(flags, mean.flatten(1)) for flags, mean in zip(lesson.batch[:3], means, strict=True)]
        batch = lesson.batch._replace(quote_inputs=inputs[0], mention_inputs=inputs[1], paragraph_inputs=inputs[2])
        losses.append(speaker_loss(model.speakers(batch), batch.candidates, lesson.right, lesson.weights))
    return torch.stack(losses).mean() if losses else h.sum() * 0.0


def _add(flags: Tensor, vectors: Tensor) -> Tensor:
    """Inputs of one window whose vectors were left empty, with them: [1, items, width] and [items, narrower]."""
    _, n, width = flags.shape
    return flags + functional.pad(vectors, (0, width - vectors.shape[1], 0, n - len(vectors)))[None]
