"""One training run: from an encoder, or from a run on the treebanks alone, to a model."""

from __future__ import annotations

import copy
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from fabula.neural.wordpieces import WordPieces
from training.augment import vary
from training.examples import Example, Inventories, group, join
from training.losses import event_loss, greedy_heads, mention_loss, pair_loss, syntax_loss
from training.model.encoder import load_pretrained, pretrained_folder
from training.model.model import ReadingModel, windows_for_training
from training.rates import rate_share
from training.speakers.joint import speaker_loss_of
from training.speakers.passages import Passage

CHECKPOINT_EVERY = 200  # steps
VARIED_TREEBANKS = 0.4  # share of their documents

Step = Example | Passage


class Lessons(NamedTuple):
    """What a run may see. passages: of gold, and silver ones, in which it is known who speaks. pages: seen whole in every epoch."""

    fiction: Sequence[Example]
    treebank: Sequence[Example]
    gum: Sequence[Example]
    passages: Sequence[Passage] = ()
    silver: Sequence[Passage] = ()
    pages: Sequence[Example] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long, how fast. Shares: of the documents and passages, drawn anew in every epoch; fiction_share: of gold passages too."""

    epochs: int
    treebank_share: float
    gum_share: float
    silver_share: float = 0.0
    fiction_share: float = 1.0
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    average: float = 0.995  # of the weights, a step
    seed: int = 0


def plan(lessons: Lessons, schedule: Schedule) -> Iterator[Step]:
    """The steps of a run in their order, the same for the same seed. Without fiction: all treebank documents in every epoch."""
    random = Random(schedule.seed)
    for _ in range(schedule.epochs):
        some = random.sample(lessons.treebank, round(schedule.treebank_share * len(lessons.treebank)))
        modern = random.sample(lessons.gum, round(schedule.gum_share * len(lessons.gum)))
        silver = random.sample(lessons.silver, round(schedule.silver_share * len(lessons.silver)))
        fiction, passages = lessons.fiction, lessons.passages
        if schedule.fiction_share < 1:  # else nothing is drawn, and a run's order is as it was
            fiction = random.sample(fiction, round(schedule.fiction_share * len(fiction)))
            passages = random.sample(passages, round(schedule.fiction_share * len(passages)))
        steps: list[list[Example] | Passage] = [*([example] for example in (*fiction, *lessons.pages)), *group(some)]
        steps += [*([example] for example in modern), *passages, *silver]
        random.shuffle(steps)
        for step in steps:
            if isinstance(step, Passage):
                yield step
                continue
            varied = [_vary(example, random) for example in step]
            yield varied[0] if varied[0].mentions is not None else join(varied)


def _vary(example: Example, random: Random) -> Example:
    """Every document of fiction is varied, of the treebanks only some: a parser learns little from them."""
    return vary(example, random) if example.syntax is None or random.random() < VARIED_TREEBANKS else example


def step_loss(model: ReadingModel, pieces: WordPieces, example: Step, random: Random) -> dict[str, Tensor]:
    """The losses of one step by head."""
    if isinstance(example, Passage):
        return {"speakers": speaker_loss_of(model, pieces, example, random)}
    sentences = np.array(example.sentences)
    lengths = np.diff([*example.sentences, len(example.words)]).tolist()
    windows = windows_for_training(example.words, example.sentences, pieces, random.randrange(200))
    losses: dict[str, Tensor] = {}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = model.word_vectors(example.words, example.sentences, pieces, windows)
    # The heads in full precision: every document has shapes of its own, for which bfloat16 kernels would be compiled anew.
    h = h.float()
    if example.syntax is not None:
        losses["syntax"] = syntax_loss(model, h, example.words, example.syntax, lengths, sentences)
    if example.events is not None:
        losses["events"] = event_loss(model, h, example.events)
    if example.mentions is not None:
        losses["mentions"], found = mention_loss(model, h, example.mentions, lengths, sentences)
        heads = greedy_heads(model, h, lengths, sentences)
        losses["pairs"] = pair_loss(model, h, example, found, heads, random)
    return losses


WEIGHTS = {"syntax": 1.0, "events": 0.5, "mentions": 1.0, "pairs": 1.0, "speakers": 1.0}


class Run:
    """A run in a folder: its state is saved every CHECKPOINT_EVERY steps, and a run that was stopped goes on from there.

    start: a model, or the checkpoint of another run, of which the average of the weights is taken, or of an adaptation, of which
    the encoder.
    speakers: one of `training.speakers.train`, of which the average is taken too.
    """

    def __init__(
        self,
        folder: Path,
        inventories: Inventories,
        examples: Lessons,
        schedule: Schedule,
        start: Path | ReadingModel | None = None,
        speakers: Path | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.checkpoint = folder / "checkpoint.pt"
        self.inventories = inventories
        self.schedule = schedule
        self.examples = examples
        self.pieces = WordPieces(pretrained_folder() / "vocab.txt")
        torch.manual_seed(schedule.seed)
        self.model = ReadingModel(inventories, load_pretrained())
        if isinstance(start, ReadingModel):
            self.model.load_state_dict(start.state_dict())
        elif start is not None:
            held = torch.load(start, weights_only=True)
            if "average" in held:
                self.model.load_state_dict(held["average"])
            else:
                self.model.encoder.load_state_dict(held["encoder"])
        if speakers is not None:
            self.model.speakers.load_state_dict(torch.load(speakers, weights_only=True)["average"])
        self.average = copy.deepcopy(self.model)
        self.n_steps = sum(1 for _ in plan(examples, schedule))
        encoder = {id(p) for p in self.model.encoder.parameters()}
        groups = [
            {"params": [p for p in self.model.parameters() if id(p) in encoder], "lr": schedule.encoder_rate},
            {"params": [p for p in self.model.parameters() if id(p) not in encoder], "lr": schedule.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=schedule.weight_decay, betas=(0.9, 0.98), fused=True)
        self.random = Random(schedule.seed + 1)
        self.step = 0

    def train(self) -> ReadingModel:
        """Go through the plan from where the run stands; gives the average of the weights."""
        self._resume()
        sums: dict[str, list[float]] = {}
        began, first = time.monotonic(), self.step
        self.model.train()
        for at, example in enumerate(plan(self.examples, self.schedule)):
            if at < self.step:
                continue
            self._set_rates()
            losses = step_loss(self.model, self.pieces, example, self.random)
            loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            self.step += 1
            self._keep_average()
            for name, value in losses.items():
                sums.setdefault(name, []).append(float(value.detach()))
            if self.step % 50 == 0:
                means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(sums.items()))
                pace = (time.monotonic() - began) / (self.step - first)
                print(f"{self.step}/{self.n_steps} {means} {pace:.2f} s a step", file=sys.stderr, flush=True)
                sums.clear()
            if self.step % CHECKPOINT_EVERY == 0 or self.step == self.n_steps:
                self._save()
        self.average.eval()
        return self.average

    def _set_rates(self) -> None:
        done = self.step / self.n_steps
        share = rate_share(done, self.schedule.warmup, 0.01)
        rates = (self.schedule.encoder_rate, self.schedule.head_rate)
        for parameters, rate in zip(self.optimizer.param_groups, rates, strict=True):
            parameters["lr"] = rate * share

    def _keep_average(self) -> None:
        share = min(self.schedule.average, self.step / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - share)

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "random": (self.random.getstate(), torch.get_rng_state()),
            "schedule": asdict(self.schedule),
            "inventories": asdict(self.inventories),
        }
        path = self.checkpoint
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def _resume(self) -> None:
        path = self.checkpoint
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        if state["schedule"] != asdict(self.schedule):
            print(f"{path} is of another schedule: starting anew", file=sys.stderr)
            return
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        if "random" in state:  # an older checkpoint has none, and goes on with fresh ones
            ours, theirs = state["random"]
            self.random.setstate(ours)
            torch.set_rng_state(theirs)
