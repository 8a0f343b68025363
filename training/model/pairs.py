"""Scores for pairs of mentions: whether the later one means what the earlier one means, or says what it is."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from fabula.neural.pairs import FEATURES, N_PAIR_KINDS
from training.model.encoder import drop
from training.model.heads import HEAD_DROPOUT, MENTION_WIDTH

PAIR_WIDTH = 160
PRODUCT_WIDTH = 96
COREFERENCE, ATTRIBUTE, OTHER_COREFERENCE = range(3)  # the outputs; the last one by GUM's guidelines
N_OUTPUTS = 3


class Pairs(nn.Module):
    """Log-odds of pairs against "no earlier mention": [n_pairs, N_OUTPUTS].

    Each kind of pair has output weights of its own (ANCHORS 7).
    """

    def __init__(self) -> None:
        super().__init__()
        self.later = nn.Linear(MENTION_WIDTH, PAIR_WIDTH)
        self.earlier = nn.Linear(MENTION_WIDTH, PAIR_WIDTH, bias=False)
        self.product_later = nn.Linear(MENTION_WIDTH, PRODUCT_WIDTH)
        self.product_earlier = nn.Linear(MENTION_WIDTH, PRODUCT_WIDTH)
        self.product = nn.Linear(PRODUCT_WIDTH, PAIR_WIDTH, bias=False)
        self.features = nn.Embedding(sum(FEATURES.values()), PAIR_WIDTH)
        self.output = nn.Embedding(N_PAIR_KINDS, N_OUTPUTS * (PAIR_WIDTH + 1))  # weights and a bias
        nn.init.normal_(self.features.weight, std=0.02)
        nn.init.normal_(self.output.weight, std=PAIR_WIDTH**-0.5)
        self.offsets = torch.tensor([0, *FEATURES.values()][:-1]).cumsum(0)

    def forward(self, m: Tensor, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """m: [n_mentions, MENTION_WIDTH]; later, earlier: rows of it; features: bins [n_pairs, n_features]."""
        hidden = self.later(m)[later] + self.earlier(m)[earlier]
        hidden = hidden + self.product(self.product_later(m)[later] * self.product_earlier(m)[earlier])
        hidden = hidden + nn.functional.embedding_bag(features + self.offsets, self.features.weight, mode="sum").to(hidden.dtype)
        hidden = drop(torch.relu(hidden), HEAD_DROPOUT, self.training)
        scores = hidden.new_zeros((len(later), N_OUTPUTS), dtype=torch.float32)
        for kind in range(N_PAIR_KINDS):
            of_kind = (features[:, 0] == kind).nonzero()[:, 0]
            weights = self.output.weight[kind].view(N_OUTPUTS, PAIR_WIDTH + 1)
            scores = scores.index_copy(0, of_kind, (hidden[of_kind] @ weights[:, :-1].T.to(hidden.dtype) + weights[:, -1]).float())
        return scores
