"""What a passage teaches the encoder: who speaks, and whom its known pronouns mean, through the vectors of its words."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from fabula.neural.pairs import KINDS, describe_mentions, find_features
from fabula.neural.reach import find_pairs
from fabula.neural.trees import find_tops
from fabula.neural.wordpieces import WordPieces
from fabula.records import MentionKind, MentionType
from training.losses import antecedent_loss, greedy_heads
from training.model.encoder import WIDTH
from training.model.model import ReadingModel, windows_for_training
from training.model.pairs import COREFERENCE
from training.speakers.batches import make_lesson
from training.speakers.examples import NAMES_ONLY, cut_passage
from training.speakers.model import speaker_loss
from training.speakers.passages import UNKNOWN, Label, Passage

HIDDEN = 0.3  # share of passages whose paragraphs are hidden


def passage_losses(model: ReadingModel, pieces: WordPieces, passage: Passage, random: Random) -> dict[str, Tensor]:
    """The losses of one passage by head; with names alone, or without paragraphs, as chance has it."""
    windows = windows_for_training(passage.words, passage.sentences, pieces, random.randrange(200))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = model.word_vectors(passage.words, passage.sentences, pieces, windows)
    h = h.float()
    names_only, knows_paragraphs = random.random() < NAMES_ONLY, random.random() >= HIDDEN
    losses = {"speakers": _speaker_loss(model, h, passage, names_only, knows_paragraphs)}
    if Label.GOLD not in passage.labels:  # gold documents teach their links by themselves
        losses["pronouns"] = _pronoun_loss(model, h, passage, knows_paragraphs)
    return losses


def _speaker_loss(model: ReadingModel, h: Tensor, passage: Passage, names_only: bool, knows_paragraphs: bool) -> Tensor:
    """The mean over the windows of a passage."""
    # What stands for an item is a mean of vectors of words: of unit vectors, it is the weights of that mean.
    weights = np.eye(len(passage.words), dtype=np.float32)
    losses = []
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


def _pronoun_loss(model: ReadingModel, h: Tensor, passage: Passage, knows_paragraphs: bool) -> Tensor:
    """The choice of antecedents for pronouns whose person is known, among mentions whose person is: the rest may be anyone."""
    people, kinds = np.asarray(passage.people, np.int64), np.asarray(passage.kinds, np.int64)
    is_pronoun = kinds == KINDS.index(MentionKind.PRONOUN)
    named = (people != UNKNOWN) & np.isin(people, people[~is_pronoun])
    if not (named & is_pronoun).any():
        return h.sum() * 0.0
    starts, ends = np.asarray(passage.starts, np.int64), np.asarray(passage.ends, np.int64)
    sentences = np.asarray(passage.sentences, np.int64)
    heads = greedy_heads(model, h, np.diff([*passage.sentences, len(passage.words)]).tolist(), sentences)
    table = describe_mentions(
        passage.words,
        passage.sentences,
        passage.paragraphs if knows_paragraphs else (),
        passage.quotes,
        starts,
        ends,
        find_tops(heads, starts, ends),
        kinds,
        np.full(len(starts), tuple(MentionType).index(MentionType.PERSON)),
    )
    later, earlier = find_pairs(table)
    told = (named & is_pronoun)[later] & named[earlier]
    later, earlier = later[told], earlier[told]
    vectors = model.mentions.vectors(h, torch.from_numpy(starts), torch.from_numpy(ends - 1))
    pairs = torch.from_numpy(later), torch.from_numpy(earlier)
    scores = model.pairs(vectors, *pairs, torch.from_numpy(find_features(table, later, earlier)))
    same = torch.from_numpy(people[later] == people[earlier])
    return antecedent_loss(scores[:, COREFERENCE], same, *pairs, torch.zeros(len(starts), dtype=torch.bool))


def _add(flags: Tensor, vectors: Tensor) -> Tensor:
    """Inputs of one window whose vectors were left empty, with them: [1, items, width] and [items, narrower]."""
    _, n, width = flags.shape
    return flags + functional.pad(vectors, (0, width - vectors.shape[1], 0, n - len(vectors)))[None]
