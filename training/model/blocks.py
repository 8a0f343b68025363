"""The layers of a small transformer over mentions, or quotations; `fabula.neural.heads.blocks` repeats them in numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.model.encoder import drop

D = 128  # of an item
N_HEADS = 4
DROPOUT = 0.15


class Block(nn.Module):
    """A layer: attention with biases by how items lie, then a feed-forward step; normalised before each."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(D)
        self.attention = nn.Linear(D, 3 * D)
        self.joined = nn.Linear(D, D)
        self.wide_norm = nn.LayerNorm(D)
        self.wide = nn.Linear(D, 2 * D)
        self.narrow = nn.Linear(2 * D, D)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, _ = x.shape
        query, key, value = self.attention(self.attention_norm(x)).view(b, n, 3, N_HEADS, D // N_HEADS).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (D // N_HEADS) ** -0.5 + bias
        found = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(b, n, D)
        x = x + drop(self.joined(found), DROPOUT, self.training)
        return x + drop(self.narrow(torch.relu(self.wide(self.wide_norm(x)))), DROPOUT, self.training)
