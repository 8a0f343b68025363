"""Scores for pairs of mentions: whether the later one means what the earlier one means, or says what it is."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from fabula.neural.pairs import FEATURES, N_PAIR_KINDS, MentionTable
from fabula.neural.surroundings import N_CODES, N_TRAITS, cut_mention_windows, find_codes, find_traits
from training.model.blocks import N_HEADS, Block, D
from training.model.encoder import drop
from training.model.heads import HEAD_DROPOUT, MENTION_WIDTH

PAIR_WIDTH = 160
PRODUCT_WIDTH = 96
N_LAYERS = 2  # that look at mentions together
COREFERENCE, ATTRIBUTE, OTHER_COREFERENCE = range(3)  # the outputs; the last one by GUM's guidelines
N_OUTPUTS = 3


class Sides(nn.Module):
    """What mentions bring into pairs, as the later and as the earlier one: summed, and multiplied."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.later = nn.Linear(width, PAIR_WIDTH)
        self.earlier = nn.Linear(width, PAIR_WIDTH, bias=False)
        self.product_later = nn.Linear(width, PRODUCT_WIDTH)
        self.product_earlier = nn.Linear(width, PRODUCT_WIDTH)
        self.product = nn.Linear(PRODUCT_WIDTH, PAIR_WIDTH, bias=False)

    def join(self, m: Tensor, later: Tensor, earlier: Tensor) -> Tensor:
        """[n_pairs, PAIR_WIDTH]; m: [n_mentions, width]; later, earlier: rows of it."""
        hidden = self.later(m)[later] + self.earlier(m)[earlier]
        joined: Tensor = hidden + self.product(self.product_later(m)[later] * self.product_earlier(m)[earlier])
        return joined


class Company(nn.Module):
    """Mentions as those around them show them: [n_mentions, D]."""

    def __init__(self) -> None:
        super().__init__()
        self.mention = nn.Linear(MENTION_WIDTH, D)
        self.traits = nn.Embedding(N_TRAITS, D)
        self.blocks = nn.ModuleList(Block() for _ in range(N_LAYERS))
        self.bias_steps, self.bias_sentences, self.bias_quotes = (nn.Parameter(torch.zeros(n, N_LAYERS * N_HEADS)) for n in N_CODES)
        self.bias_links = nn.Parameter(torch.ones(2, N_LAYERS * N_HEADS))
        self.norm = nn.LayerNorm(D)
        nn.init.normal_(self.traits.weight, std=0.1)

    def forward(self, m: Tensor, table: MentionTable, later: Tensor, earlier: Tensor, log_odds: Tensor) -> Tensor:
        """log_odds: [n_pairs] of each pair that the later mention means the earlier one, against none."""
        n = len(m)
        x = self.mention(m) + self.traits(torch.from_numpy(find_traits(table)))
        odds = log_odds.clamp(max=30.0).exp()
        chosen = odds / (1.0 + odds.new_zeros(n).index_add(0, later, odds))[later]
        linked = chosen.new_zeros((n, n)).index_put((later, earlier), chosen)
        tables = (self.bias_steps, self.bias_sentences, self.bias_quotes)
        found = []
        for window in cut_mention_windows(n):
            codes = find_codes(table, window)
            bias = sum((t[torch.from_numpy(code)] for t, code in zip(tables, codes, strict=True)), torch.zeros(()))
            near = linked[window.start : window.stop, window.start : window.stop]
            bias = bias + near[..., None] * self.bias_links[0] + near.T[..., None] * self.bias_links[1]
            seen = x[None, window.start : window.stop]
            for block, own in zip(self.blocks, bias.permute(2, 0, 1).split(N_HEADS), strict=True):
                seen = block(seen, own[None])
            found.append(seen[0, window.first - window.start : window.last - window.start])
        return self.norm(torch.cat(found))  # type: ignore[no-any-return]


class Pairs(Sides):
    """Log-odds of pairs against "no earlier mention", by themselves and in company: [n_pairs, N_OUTPUTS] each.

    Each kind of pair has output weights of its own (ANCHORS 7). What company adds begins with nothing.
    """

    def __init__(self) -> None:
        super().__init__(MENTION_WIDTH)
        self.features = nn.Embedding(sum(FEATURES.values()), PAIR_WIDTH)
        self.output = nn.Embedding(N_PAIR_KINDS, N_OUTPUTS * (PAIR_WIDTH + 1))  # weights and a bias
        nn.init.normal_(self.features.weight, std=0.02)
        nn.init.normal_(self.output.weight, std=PAIR_WIDTH**-0.5)
        self.offsets = torch.tensor([0, *FEATURES.values()][:-1]).cumsum(0)
        self.company = Company()
        self.together = Sides(D)
        for added in (self.together.later, self.together.earlier, self.together.product):
            nn.init.zeros_(added.weight)
        nn.init.zeros_(self.together.later.bias)

    def forward(self, m: Tensor, table: MentionTable, later: Tensor, earlier: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """m: [n_mentions, MENTION_WIDTH], table: the same; later, earlier: rows of it; features: bins [n_pairs, n_features]."""
        embedded = nn.functional.embedding_bag(features + self.offsets, self.features.weight, mode="sum")
        alone = self.join(m, later, earlier) + embedded.to(m.dtype)
        first = self._score(alone, features)
        around = self.company(m, table, later, earlier, first[:, COREFERENCE])
        return first, self._score(alone + self.together.join(around, later, earlier), features)

    def _score(self, hidden: Tensor, features: Tensor) -> Tensor:
        hidden = drop(torch.relu(hidden), HEAD_DROPOUT, self.training)
        scores = hidden.new_zeros((len(hidden), N_OUTPUTS), dtype=torch.float32)
        for kind in range(N_PAIR_KINDS):
            of_kind = (features[:, 0] == kind).nonzero()[:, 0]
            weights = self.output.weight[kind].view(N_OUTPUTS, PAIR_WIDTH + 1)
            scores = scores.index_copy(0, of_kind, (hidden[of_kind] @ weights[:, :-1].T.to(hidden.dtype) + weights[:, -1]).float())
        return scores
