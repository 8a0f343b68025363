"""Masked words of public-domain novels: the encoder learns their prose, and what the case of a word tells, before any head.

The published encoder was tuned to compare whole sentences; guessing hidden words (Devlin et al. 2019; whole words, as in its later
release; on the texts of the task, Gururangan et al. 2020) brings back what it knew of single ones.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.neural.encoder import cut_segment
from fabula.neural.segments import Segment
from fabula.neural.wordpieces import WordPieces
from fabula.source import read_manuscript
from fabula.text.compose import compose_text
from training.model.encoder import N_PIECES, WIDTH, Encoder, load_pretrained, pretrained_folder
from training.rates import rate_share
from training.speakers.silver import read_novels

WINDOW = 256  # pieces
CHECKPOINT_EVERY = 200  # steps
LEFT, REPLACED = 0.1, 0.1  # of the words that are guessed: shown as they are; another piece in place of each
Row = tuple[np.ndarray, np.ndarray, np.ndarray]  # pieces, cases, number of the word of each piece (-1: none)


@dataclass(frozen=True, slots=True)
class AdaptationSchedule:
    """windows: of a step; words: at most of one novel; hidden: share of the words that are guessed."""

    steps: int = 2_000
    windows: int = 12
    words: int = 90_000
    hidden: float = 0.18
    rate: float = 4e-4
    warmup: float = 0.06
    weight_decay: float = 0.01
    seed: int = 0


class Guess(nn.Module):
    """Log-odds of pieces from the vectors of hidden ones, by the encoder's own embedding of them."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.bias = nn.Parameter(torch.zeros(N_PIECES))

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        return functional.linear(self.norm(functional.gelu(self.hidden(x))), embedding, self.bias)


def cut_novel(words: Sequence[str], sentences: Sequence[int], pieces: WordPieces) -> Iterator[Row]:
    """Windows that begin with a sentence, one behind the other; what is cut of the last one begins the next."""
    cut = cut_segment(Segment(tuple(words), tuple(sentences)), pieces, window=WINDOW, context=0)
    for window in cut.windows:
        numbers, cases = cut.inputs(window)
        counts = np.diff(cut.before[window.start : window.end + 1])
        owners = np.concatenate([[-1], np.repeat(np.arange(len(counts)), counts), [-1]])
        yield np.asarray(numbers, np.int32), np.asarray(cases, np.int8), owners.astype(np.int16)


def read_rows(data: Path, pieces: WordPieces, schedule: AdaptationSchedule, folder: Path) -> list[Row]:
    """The windows of all novels that may train, at most `words` of each from a place by chance."""
    random = Random(schedule.seed)
    rows: list[Row] = []
    path = folder / "novel.txt"
    for name, text in read_novels(data):
        most = schedule.words * 6
        start = random.randrange(max(1, len(text) - most))
        path.write_text(text[start : start + most], encoding="utf-8")
        composed = compose_text(read_manuscript(path))
        words = [composed.quote(token) for token in composed.tokens]
        firsts = sorted({0, *np.searchsorted(composed.tokens.starts, composed.sentences.starts).tolist()} - {len(words)})
        rows.extend(cut_novel(words, firsts, pieces))
        print(f"{name}: {len(rows)} windows", file=sys.stderr)
    path.unlink(missing_ok=True)
    return rows


def hide(rows: Sequence[Row], mask_id: int, share: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Padded pieces and cases [windows, WINDOW], the words to be guessed hidden; targets: the piece, -1 where none is asked.

    Words are asked as wholes; which of their pieces are shown nevertheless, or replaced, is drawn for each.
    """
    ids, cases = np.zeros((len(rows), WINDOW), np.int64), np.zeros((len(rows), WINDOW), np.int64)
    targets = np.full((len(rows), WINDOW), -1, np.int64)
    for at, (numbers, written, owners) in enumerate(rows):
        n = len(numbers)
        chosen = rng.random(int(owners.max(initial=0)) + 1) < share
        asked = chosen[owners] & (owners >= 0)
        targets[at, :n][asked] = numbers[asked]
        way = rng.random(n)
        shown = np.where(asked & (way >= LEFT), mask_id, numbers)
        shown = np.where(asked & (way >= 1 - REPLACED), rng.integers(1_000, N_PIECES, n), shown)
        ids[at, :n], cases[at, :n] = shown, written
    return ids, cases, targets


def adapt(data: Path, folder: Path, schedule: AdaptationSchedule) -> Path:
    """Train what is not trained yet; gives the checkpoint, whose "encoder" is a state of `Encoder`."""
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    torch.manual_seed(schedule.seed)
    encoder, guess = load_pretrained(), Guess()
    nn.init.eye_(guess.hidden.weight)
    both = nn.ModuleList([encoder, guess])
    optimizer = torch.optim.AdamW(both.parameters(), weight_decay=schedule.weight_decay, betas=(0.9, 0.98), fused=True)
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["schedule"] == asdict(schedule):
            encoder.load_state_dict(state["encoder"])
            guess.load_state_dict(state["guess"])
            optimizer.load_state_dict(state["optimizer"])
            step = state["step"]
    if step < schedule.steps:
        pieces = WordPieces(pretrained_folder() / "vocab.txt")
        rows = read_rows(data, pieces, schedule, folder)
        order = np.random.default_rng(schedule.seed)
        epochs = -(-schedule.steps * schedule.windows // len(rows))
        queue = np.concatenate([order.permutation(len(rows)) for _ in range(epochs)])
        _train(encoder, guess, optimizer, [rows[i] for i in queue], pieces.mask_id, schedule, step, checkpoint)
    return checkpoint


def _train(
    encoder: Encoder,
    guess: Guess,
    optimizer: torch.optim.Optimizer,
    rows: Sequence[Row],
    mask_id: int,
    schedule: AdaptationSchedule,
    step: int,
    checkpoint: Path,
) -> None:
    parameters = [*encoder.parameters(), *guess.parameters()]
    encoder.train()
    began, first, losses = time.monotonic(), step, []
    while step < schedule.steps:
        done = step / schedule.steps
        share = rate_share(done, schedule.warmup, 0.02)
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate * share
        some = rows[step * schedule.windows : (step + 1) * schedule.windows]
        ids, cases, targets = hide(some, mask_id, schedule.hidden, np.random.default_rng((schedule.seed, step)))
        lengths = torch.tensor([len(numbers) for numbers, _, _ in some])
        flat = torch.from_numpy(targets).flatten()
        asked = (flat >= 0).nonzero()[:, 0]
        if not len(asked):  # windows of a word or two
            step += 1
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = encoder(torch.from_numpy(ids), torch.from_numpy(cases), lengths).flatten(0, 1)
            loss = functional.cross_entropy(guess(vectors[asked], encoder.pieces.weight).float(), flat[asked])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        losses.append(float(loss.detach()))
        if step % 50 == 0:
            pace = (time.monotonic() - began) / (step - first)
            print(f"{step}/{schedule.steps} guesses {np.mean(losses[-50:]):.3f} {pace:.2f} s a step", file=sys.stderr, flush=True)
        if step % CHECKPOINT_EVERY == 0 or step == schedule.steps:
            state = {"encoder": encoder.state_dict(), "guess": guess.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, "step": step, "schedule": asdict(schedule)}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
