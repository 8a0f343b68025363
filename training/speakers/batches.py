"""Windows put together for one step, and which of their mentions may be, and are, right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from fabula.neural import conversation as layout
from training.model.encoder import WIDTH
from training.speakers.examples import SpeakerExample
from training.speakers.model import Batch

ITEMS = 2_400  # of a batch


class Lesson(NamedTuple):
    """A batch with what is right: right [b, q, m], weights [b, q]."""

    batch: Batch
    right: Tensor
    weights: Tensor


def deal(examples: Sequence[SpeakerExample], random: Random) -> Iterator[list[SpeakerExample]]:
    """All windows once, in batches of about one length, the batches in random order."""
    order = sorted(examples, key=lambda e: e.window.items.stop - e.window.items.start + random.random() * 40)
    batches: list[list[SpeakerExample]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, example.window.items.stop - example.window.items.start)
        if batches[-1] and longest * (len(batches[-1]) + 1) > ITEMS:
            batches.append([])
            longest = example.window.items.stop - example.window.items.start
        batches[-1].append(example)
    random.shuffle(batches)
    yield from batches


def make_lesson(examples: Sequence[SpeakerExample]) -> Lesson:
    """A batch of windows."""
    b = len(examples)
    nq, nm, np_ = (
        max(1, *(len(part) for part in parts))
        for parts in zip(*((e.quotes, e.mentions, e.paragraphs) for e in examples), strict=True)
    )
    ni = max(e.window.items.stop - e.window.items.start for e in examples)
    quote = np.zeros((b, nq, layout.QUOTE_SLOTS * WIDTH + layout.N_QUOTE_FLAGS), np.float32)
    mention = np.zeros((b, nm, layout.MENTION_SLOTS * WIDTH + layout.N_MENTION_FLAGS), np.float32)
    paragraph = np.zeros((b, np_, layout.PARAGRAPH_SLOTS * WIDTH + layout.N_PARAGRAPH_FLAGS), np.float32)
    places = np.zeros((b, ni), np.int64)
    codes = np.zeros((4, b, ni, ni), np.int32)
    filled = np.zeros((b, ni), np.bool_)
    quotes, mentions = np.zeros((b, nq), np.int64), np.zeros((b, nm), np.int64)
    near, far = np.zeros((2, b, nq, nm), np.int32), np.zeros((3, b, nq, nm), np.int32)
    may, right = np.zeros((b, nm), np.bool_), np.zeros((b, nq, nm), np.bool_)
    weights = np.zeros((b, nq), np.float32)
    for row, e in enumerate(examples):
        c, (q, m, p), n = (
            e.conversation,
            (len(e.quotes), len(e.mentions), len(e.paragraphs)),
            e.window.items.stop - e.window.items.start,
        )
        quote[row, :q] = np.concatenate([e.quote_vectors.reshape(q, layout.QUOTE_SLOTS * WIDTH), c.quote_flags[e.quotes]], 1)
        mention[row, :m] = np.concatenate(
            [e.mention_vectors.reshape(m, layout.MENTION_SLOTS * WIDTH), c.mention_flags[e.mentions]], 1
        )
        paragraph[row, :p] = np.concatenate(
            [e.paragraph_vectors.reshape(p, layout.PARAGRAPH_SLOTS * WIDTH), c.paragraph_flags[e.paragraphs]], 1
        )
        types = c.types[e.window.items]
        at = {kind: np.flatnonzero(types == kind) for kind in range(3)}
        quotes[row, :q], mentions[row, :m] = at[layout.QUOTE_ITEM], at[layout.MENTION_ITEM]
        places[row, at[layout.QUOTE_ITEM]] = np.arange(q)
        places[row, at[layout.MENTION_ITEM]] = nq + np.arange(m)
        places[row, at[layout.PARAGRAPH_ITEM]] = nq + nm + np.arange(p)
        filled[row, :n] = True
        for number, code in enumerate(layout.attention_codes(c, e.window.items)):
            codes[number, row, :n, :n] = code
        close, distant = layout.pair_codes(c, e.quotes, e.mentions)
        near[:, row, :q, :m] = np.divmod(close, layout.N_MENTION_BINS)
        rest, far[2, row, :q, :m] = np.divmod(distant, layout.N_PLACES)
        far[:2, row, :q, :m] = np.divmod(rest, layout.N_QUOTE_BINS)
        may[row, :m] = True
        right[row, :q, :m] = e.right
        weights[row, :q] = e.weights
    batch = Batch(
        torch.from_numpy(quote),
        torch.from_numpy(mention),
        torch.from_numpy(paragraph),
        torch.from_numpy(places),
        tuple(torch.from_numpy(code) for code in codes),  # type: ignore[arg-type]  # four
        torch.from_numpy(filled),
        torch.from_numpy(quotes),
        torch.from_numpy(mentions),
        tuple(torch.from_numpy(code) for code in near),  # type: ignore[arg-type]  # two
        tuple(torch.from_numpy(code) for code in far),  # type: ignore[arg-type]  # three
        torch.from_numpy(np.broadcast_to(may[:, None], right.shape).copy()),
    )
    return Lesson(batch, torch.from_numpy(right), torch.from_numpy(weights))
