"""Train the speaker head on a frozen encoder; a run that was stopped goes on where it was.

python -m training.speakers.train --data DIR --silver silver.jsonl --encoder CHECKPOINT --cache FOLDER --out FOLDER --fold 0
"""

from __future__ import annotations

import argparse
import copy
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch

from training.corpora.litbank import document_ids, read_document, read_fold
from training.rates import rate_share
from training.speakers.arrays import add_speakers, arrays_of
from training.speakers.batches import deal, make_lesson
from training.speakers.examples import WEIGHTS, SpeakerExample, make_examples, segment_of
from training.speakers.gold import gold_passage
from training.speakers.model import Speakers, speaker_loss
from training.speakers.passages import Label, Passage, read_passages
from training.speakers.vectors import WordVectors, open_vectors

REPORT_EVERY = 10  # steps
HIDDEN_GOLD = 0.35  # share of LitBank's documents whose paragraphs are hidden: its users have them without


@dataclass(frozen=True, slots=True)
class SpeakerSchedule:
    """repeats: of LitBank's windows in an epoch."""

    epochs: int = 6
    repeats: int = 4
    rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.02
    average: float = 0.99  # of the weights, a step
    seed: int = 1


DEFAULT = SpeakerSchedule()


def cache_examples(
    passages: Iterator[Passage], vectors: WordVectors, path: Path, *, hidden: float, both: bool = False
) -> list[SpeakerExample]:
    """The windows of passages with their vectors, from the cache if they are there."""
    if path.is_file():
        with path.open("rb") as file:
            return pickle.load(file)  # type: ignore[no-any-return]  # written below
    held = list(passages)
    examples = list(
        make_examples(zip(held, vectors.encode(map(segment_of, held)), strict=True), Random(1), hidden=hidden, both=both)
    )
    with path.with_suffix(".new").open("wb") as file:
        pickle.dump(examples, file, protocol=pickle.HIGHEST_PROTOCOL)
    path.with_suffix(".new").replace(path)
    return examples


def choose_passages(passages: Iterable[Passage], most: int) -> list[Passage]:
    """Of every work as many, those that ask the most in the fewest words: the encoder is what takes time."""
    works: dict[str, list[Passage]] = {}
    for passage in passages:
        works.setdefault(passage.work, []).append(passage)

    def asks(passage: Passage) -> float:
        return sum(WEIGHTS[label] * (label is not Label.EXPLICIT) for label in passage.labels) / (200 + len(passage.words))

    each = max(1, round(most / max(1, len(works))))
    return [passage for own in works.values() for passage in sorted(own, key=asks, reverse=True)[:each]]


def train(silver: Sequence[SpeakerExample], gold: Sequence[SpeakerExample], schedule: SpeakerSchedule, folder: Path) -> Speakers:
    """Train a head; gives the average of its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(schedule.seed)
    model = Speakers()
    optimizer = torch.optim.AdamW(model.parameters(), lr=schedule.rate, weight_decay=schedule.weight_decay, betas=(0.9, 0.98))
    average = copy.deepcopy(model)
    epoch = step = 0
    path = folder / "speakers.pt"
    if path.is_file():
        state = torch.load(path, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        epoch, step = state["epoch"], state["step"]
    all_examples = [*silver, *(list(gold) * schedule.repeats)]
    n_steps = schedule.epochs * sum(1 for _ in deal(all_examples, Random(0)))
    for number in range(epoch, schedule.epochs):
        random = Random(schedule.seed * 1_000 + number)
        model.train()
        began, losses = time.monotonic(), []
        for examples in deal(all_examples, random):
            done = min(1.0, step / n_steps)
            share = rate_share(done, schedule.warmup, 0.01)
            for group in optimizer.param_groups:
                group["lr"] = schedule.rate * share
            lesson = make_lesson(examples)
            loss = speaker_loss(model(lesson.batch), lesson.batch.candidates, lesson.right, lesson.weights)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            kept = min(schedule.average, step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - kept)
            losses.append(float(loss.detach()))
            if len(losses) % REPORT_EVERY == 0:
                pace = (time.monotonic() - began) / len(losses)
                print(
                    f"epoch {number + 1}, step {step}/{n_steps}: loss {np.mean(losses[-REPORT_EVERY:]):.3f}, {pace:.2f} s a step",
                    file=sys.stderr,
                    flush=True,
                )
        state = {
            "model": model.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": number + 1,
            "step": step,
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
    return average.eval()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="training.speakers.train", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--silver", type=Path, required=True, help="what training.speakers.silver wrote")
    parser.add_argument("--most", type=int, default=1_200, help="passages of it that are used")
    parser.add_argument(
        "--encoder", type=Path, default=None, help="a weights folder, an ONNX file or a checkpoint; none: as published"
    )
    parser.add_argument("--cache", type=Path, required=True, help="a folder for the vectors of this encoder")
    parser.add_argument("--out", type=Path, required=True, help="the run's folder")
    parser.add_argument("--into", type=Path, default=None, help="a weights folder whose speaker head it becomes")
    parser.add_argument("--fold", type=int, default=0, help="of LitBank: its test documents are left out; -1: none is")
    parser.add_argument("--epochs", type=int, default=DEFAULT.epochs)
    parser.add_argument("--repeats", type=int, default=DEFAULT.repeats, help="of LitBank's windows in an epoch")
    parser.add_argument("--rate", type=float, default=DEFAULT.rate)
    given = parser.parse_args(arguments)
    given.cache.mkdir(parents=True, exist_ok=True)
    vectors = open_vectors(given.encoder)
    chosen = choose_passages(read_passages(given.silver), given.most)
    silver = cache_examples(iter(chosen), vectors, given.cache / f"silver-{len(chosen)}.pickle", hidden=0.15)
    tested = set() if given.fold < 0 else set(read_fold(given.data, given.fold).test)
    documents = [id_ for id_ in document_ids(given.data) if id_ not in tested]
    read = (gold_passage(read_document(given.data, id_)) for id_ in documents)
    gold = cache_examples(read, vectors, given.cache / f"litbank-{given.fold}.pickle", hidden=HIDDEN_GOLD, both=True)
    print(f"{len(silver)} silver windows, {len(gold)} of LitBank", file=sys.stderr)
    model = train(silver, gold, SpeakerSchedule(epochs=given.epochs, repeats=given.repeats, rate=given.rate), given.out)
    if given.into is not None:
        add_speakers(arrays_of(model), given.into)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
