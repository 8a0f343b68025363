"""An encoder that is small enough to be trained in a test. Needs torch."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from torch import Tensor, nn

from tests.neural.made_up import VOCABULARY
from training.model.encoder import N_CASES, WIDTH, drop


class TinyEncoder(nn.Module):
    """A piece and its case, each a vector; with dropout, as in the real one."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(len(VOCABULARY), WIDTH)
        self.cases = nn.Embedding(N_CASES, WIDTH)

    def forward(self, pieces: Tensor, cases: Tensor, _lengths: Tensor | None = None) -> Tensor:
        return drop(self.pieces(pieces) + self.cases(cases), 0.1, self.training)


def write_vocabulary(folder: Path) -> Path:
    """The vocabulary of the tests where the encoder's package has its own. Returns `folder`."""
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return folder


def use_one_thread() -> int:
    """Training may be running beside, and one thread adds up in one order. Gives how many there were."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    return threads
