from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch

from tests.training.made_up import INVENTORIES, make_fiction, make_treebank
from tests.training.model.tiny import TinyEncoder, use_one_thread, write_vocabulary
from training import train
from training.examples import Example
from training.model.model import ReadingModel
from training.train import Run, Schedule, plan

SCHEDULE = Schedule(epochs=2, treebank_share=0.5, gum_share=1.0, seed=3)
FICTION = (make_fiction("one"), make_fiction("two", name="Mary"))
TREEBANK = tuple(make_treebank(f"mail-{number}") for number in range(4))
GUM = (replace(make_fiction("gum"), events=None, quotes=(), syntax=None),)


def shown(examples: Iterator[Example]) -> list[tuple[str, tuple[str, ...]]]:
    return [(example.id, example.words) for example in examples]


def test_a_plan_is_the_same_for_the_same_seed() -> None:
    """two tales, four messages, one page"""
    assert shown(plan(FICTION, TREEBANK, GUM, SCHEDULE)) == shown(plan(FICTION, TREEBANK, GUM, SCHEDULE))
    others = [shown(plan(FICTION, TREEBANK, GUM, replace(SCHEDULE, seed=seed))) for seed in range(5)]
    assert any(other != others[0] for other in others)


def test_every_tale_is_read_in_every_epoch_and_the_treebanks_by_their_shares() -> None:
    """two tales, two of four messages, which are short enough for one step, one page"""
    ids = [example.id for example in plan(FICTION, TREEBANK, GUM, SCHEDULE)]
    assert len(ids) == 2 * 4
    for epoch in (ids[:4], ids[4:]):
        assert {"one", "two", "gum"} < set(epoch)
        [joined] = set(epoch) - {"one", "two", "gum"}
        assert len({*joined.split("+")}) == 2
    without = [example.id for example in plan((), TREEBANK, (), replace(SCHEDULE, treebank_share=1.0))]
    assert len(without) == 2


class StoppedError(Exception):
    """Somebody pulled the plug."""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Runs with a small encoder, saved every other step, in the folder that is given."""
    threads = use_one_thread()
    vocabulary = write_vocabulary(tmp_path)
    monkeypatch.setattr(train, "load_pretrained", TinyEncoder)
    monkeypatch.setattr(train, "pretrained_folder", lambda: vocabulary)
    monkeypatch.setattr(train, "CHECKPOINT_EVERY", 2)
    yield tmp_path
    torch.set_num_threads(threads)


def make_run(folder: Path, schedule: Schedule = SCHEDULE, start: Path | None = None) -> Run:
    return Run(folder, INVENTORIES, (FICTION, TREEBANK, GUM), schedule, start)


def same_weights(one: ReadingModel, other: ReadingModel) -> bool:
    theirs = other.state_dict()
    return all(torch.equal(array, theirs[name]) for name, array in one.state_dict().items())


def stop_at(step: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Train up to a step and leave the run there."""
    real, seen = train.step_loss, 0

    def stopped(*arguments: object) -> object:
        nonlocal seen
        seen += 1
        if seen == step:
            raise StoppedError
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(train, "step_loss", stopped)
        with pytest.raises(StoppedError):
            run.train()


@pytest.mark.slow
def test_a_run_that_was_stopped_ends_with_the_same_weights(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """four steps in one go; and three, of which two are saved, then the other two"""
    short = replace(SCHEDULE, epochs=1)
    whole = make_run(tiny / "whole", short)
    trained = whole.train()
    stop_at(4, make_run(tiny / "stopped", short), monkeypatch)
    again = make_run(tiny / "stopped", short)
    assert not same_weights(again.model, whole.model)
    resumed = again.train()
    assert same_weights(resumed, trained)
    assert same_weights(again.model, whole.model)
    assert again.step == whole.n_steps == 4


@pytest.mark.slow
def test_a_finished_run_is_not_trained_again(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """the same folder; then a schedule that is another one"""
    short = replace(SCHEDULE, epochs=1)
    trained = make_run(tiny / "run", short).train()
    monkeypatch.setattr(train, "step_loss", None)
    assert same_weights(make_run(tiny / "run", short).train(), trained)
    with pytest.raises(TypeError):
        make_run(tiny / "run", replace(short, seed=9)).train()


@pytest.mark.slow
def test_a_run_starts_from_the_average_of_another_one(tiny: Path) -> None:
    """the treebanks, then fiction"""
    first = make_run(tiny / "first", replace(SCHEDULE, epochs=1))
    trained = first.train()
    assert not trained.training
    second = make_run(tiny / "second", start=first.checkpoint)
    assert same_weights(second.model, trained)
    assert same_weights(second.average, trained)
