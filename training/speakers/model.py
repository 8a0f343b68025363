"""The speaker head in PyTorch: a small transformer over quotations, mentions and paragraphs.

`fabula.neural.heads.speakers` repeats it in numpy.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.neural import conversation as layout
from training.model.blocks import N_HEADS, Block, D
from training.model.encoder import WIDTH, drop

N_LAYERS = 2
PAIR_WIDTH = 64
INPUT_DROPOUT = 0.2
HIDDEN_BY_MASK = -1e4


class Batch(NamedTuple):
    """Windows padded to one size. Items are gathered from quotations, mentions and paragraphs laid behind one another.

    places [b, items]: of each item in that row; codes: four of [b, items, items]; filled [b, items].
    quotes, mentions [b, q], [b, m]: their places among the items. near, far [b, q, m]. candidates [b, q, m]: all but padding.
    """

    quote_inputs: Tensor
    mention_inputs: Tensor
    paragraph_inputs: Tensor
    places: Tensor
    codes: tuple[Tensor, Tensor, Tensor, Tensor]
    filled: Tensor
    quotes: Tensor
    mentions: Tensor
    near: tuple[Tensor, Tensor]
    far: tuple[Tensor, Tensor, Tensor]
    candidates: Tensor


class Speakers(nn.Module):
    """Log-odds against nobody that a mention says who speaks a quotation: [b, quotations, mentions]."""

    def __init__(self) -> None:
        super().__init__()
        self.quote = nn.Linear(layout.QUOTE_SLOTS * WIDTH + layout.N_QUOTE_FLAGS, D)
        self.mention = nn.Linear(layout.MENTION_SLOTS * WIDTH + layout.N_MENTION_FLAGS, D)
        self.paragraph = nn.Linear(layout.PARAGRAPH_SLOTS * WIDTH + layout.N_PARAGRAPH_FLAGS, D)
        self.blocks = nn.ModuleList(Block() for _ in range(N_LAYERS))
        self.bias_items, self.bias_turns, self.bias_paragraphs, self.bias_same = (
            nn.Parameter(torch.zeros(n, N_LAYERS * N_HEADS)) for n in layout.N_ATTENTION_CODES
        )
        self.norm = nn.LayerNorm(D)
        self.pair_quote = nn.Linear(D, PAIR_WIDTH)
        self.pair_mention = nn.Linear(D, PAIR_WIDTH, bias=False)
        self.dot_quote = nn.Linear(D, PAIR_WIDTH)
        self.dot_mention = nn.Linear(D, PAIR_WIDTH)
        self.near_words = nn.Parameter(torch.zeros(layout.N_WORD_BINS, PAIR_WIDTH))
        self.near_mentions = nn.Parameter(torch.zeros(layout.N_MENTION_BINS, PAIR_WIDTH))
        self.far_paragraphs = nn.Parameter(torch.zeros(layout.N_PARAGRAPH_BINS, PAIR_WIDTH))
        self.far_quotes = nn.Parameter(torch.zeros(layout.N_QUOTE_BINS, PAIR_WIDTH))
        self.far_places = nn.Parameter(torch.zeros(layout.N_PLACES, PAIR_WIDTH))
        for table in (self.near_words, self.near_mentions, self.far_paragraphs, self.far_quotes, self.far_places):
            nn.init.normal_(table, std=0.1)
        self.output = nn.Linear(PAIR_WIDTH, 1, bias=False)
        self.nobody_hidden = nn.Linear(D, PAIR_WIDTH)
        self.nobody = nn.Linear(PAIR_WIDTH, 1)

    def forward(self, batch: Batch) -> Tensor:
        inputs = [drop(x, INPUT_DROPOUT, self.training) for x in batch[:3]]
        x = torch.cat([self.quote(inputs[0]), self.mention(inputs[1]), self.paragraph(inputs[2])], 1)
        x = x.gather(1, batch.places[..., None].expand(-1, -1, D))
        mask = torch.where(batch.filled, 0.0, HIDDEN_BY_MASK)[:, None, None]
        tables = (self.bias_items, self.bias_turns, self.bias_paragraphs, self.bias_same)
        bias = sum((functional.embedding(code, table) for code, table in zip(batch.codes, tables, strict=True)), torch.zeros(()))
        biases = bias.permute(0, 3, 1, 2).split(N_HEADS, 1)
        for block, own in zip(self.blocks, biases, strict=True):
            x = block(x, own + mask)
        x = self.norm(x)
        quote = x.gather(1, batch.quotes[..., None].expand(-1, -1, D))
        mention = x.gather(1, batch.mentions[..., None].expand(-1, -1, D))
        hidden = self.pair_quote(quote)[:, :, None] + self.pair_mention(mention)[:, None]
        words, counts = (functional.embedding(c, t) for c, t in zip(batch.near, (self.near_words, self.near_mentions), strict=True))
        far = (self.far_paragraphs, self.far_quotes, self.far_places)
        hidden = hidden + words + counts
        for code, table in zip(batch.far, far, strict=True):
            hidden = hidden + functional.embedding(code, table)
        scores = self.output(torch.relu(hidden))[..., 0]
        scores = scores + self.dot_quote(quote) @ self.dot_mention(mention).transpose(1, 2) * PAIR_WIDTH**-0.5
        return scores - self.nobody(torch.relu(self.nobody_hidden(quote)))


def speaker_loss(log_odds: Tensor, candidates: Tensor, right: Tensor, weights: Tensor) -> Tensor:
    """Minus the log of the probability of all mentions of the right speaker together, of nobody where there is none; weighted mean.

    log_odds: of `Speakers`. candidates, right: bool [b, q, m]; weights [b, q]: 0 for quotations whose speaker is not known.
    """
    scores = log_odds.masked_fill(~candidates, HIDDEN_BY_MASK)
    scores = torch.cat([scores.new_zeros((*scores.shape[:2], 1)), scores], -1)
    right = right & candidates
    right = torch.cat([~right.any(-1, keepdim=True), right], -1)
    every = torch.logsumexp(scores, -1)
    good = torch.logsumexp(scores.masked_fill(~right, 2 * HIDDEN_BY_MASK), -1)
    return ((every - good) * weights).sum() / weights.sum().clamp(min=1)
