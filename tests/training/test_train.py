from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("torch")

import torch

from tests.training.made_up import INVENTORIES, make_fiction, make_passage, make_treebank
from tests.training.model.tiny import TinyEncoder, use_one_thread, write_vocabulary
from training import train
from training.model.model import ReadingModel
from training.speakers.model import Speakers
from training.speakers.passages import Passage
from training.train import Lessons, Run, Schedule, Step, plan, step_loss

SCHEDULE = Schedule(epochs=2, treebank_share=0.5, gum_share=1.0, seed=3)
FICTION = (make_fiction("one"), make_fiction("two", name="Mary"))
TREEBANK = tuple(make_treebank(f"mail-{number}") for number in range(4))
GUM = (replace(make_fiction("gum"), events=None, quotes=(), syntax=None),)
LESSONS = Lessons(FICTION, TREEBANK, GUM)
GOLD = (make_passage(work="gold-one"), make_passage(work="gold-two"))
SILVER = tuple(make_passage(work=f"silver-{number}") for number in range(10))


def name_of(step: Step) -> str:
    return step.work if isinstance(step, Passage) else step.id


def shown(steps: Iterator[Step]) -> list[tuple[str, tuple[str, ...]]]:
    return [(name_of(step), step.words) for step in steps]


def test_a_plan_is_the_same_for_the_same_seed() -> None:
    """two tales, four messages, one page"""
    assert shown(plan(LESSONS, SCHEDULE)) == shown(plan(LESSONS, SCHEDULE))
    others = [shown(plan(LESSONS, replace(SCHEDULE, seed=seed))) for seed in range(5)]
    assert any(other != others[0] for other in others)


def test_every_tale_is_read_in_every_epoch_and_the_treebanks_by_their_shares() -> None:
    """two tales, two of four messages, which are short enough for one step, one page"""
    ids = [name_of(step) for step in plan(LESSONS, SCHEDULE)]
    assert len(ids) == 2 * 4
    for epoch in (ids[:4], ids[4:]):
        assert {"one", "two", "gum"} < set(epoch)
        [joined] = set(epoch) - {"one", "two", "gum"}
        assert len({*joined.split("+")}) == 2
    without = list(plan(Lessons((), TREEBANK, ()), replace(SCHEDULE, treebank_share=1.0)))
    assert len(without) == 2


def test_passages_are_read_in_every_epoch_and_of_the_silver_ones_a_share_drawn_anew() -> None:
    """two tales, a page; two passages of gold, and three of ten silver ones"""
    lessons = Lessons(FICTION, (), GUM, GOLD, SILVER)
    works = [name_of(step) for step in plan(lessons, replace(SCHEDULE, epochs=6, silver_share=0.3))]
    assert len(works) == 6 * 8
    epochs = [works[at : at + 8] for at in range(0, len(works), 8)]
    drawn = [{work for work in epoch if work.startswith("silver")} for epoch in epochs]
    for epoch, silver in zip(epochs, drawn, strict=True):
        assert {"one", "two", "gum", "gold-one", "gold-two"} == set(epoch) - silver
        assert len(silver) == 3
    assert any(silver != drawn[0] for silver in drawn)
    assert any(not work.startswith("silver") for work in epochs[0][-3:])


def test_without_a_share_no_silver_passage_is_read() -> None:
    """passages alone"""
    steps = list(plan(Lessons((), (), (), GOLD, SILVER), SCHEDULE))
    assert sorted(map(name_of, steps)) == ["gold-one"] * 2 + ["gold-two"] * 2
    assert all(step in GOLD for step in steps)


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
    return Run(folder, INVENTORIES, LESSONS, schedule, start)


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


def test_a_passage_teaches_who_speaks_and_nothing_else(tiny: Path) -> None:
    """“Go, Ann,” said Tom. ¶ “No,” said Ann."""
    run = make_run(tiny / "run")
    assert set(step_loss(run.model, run.pieces, GOLD[0], Random(0))) == {"speakers"}
    assert "speakers" not in step_loss(run.model, run.pieces, FICTION[0], Random(0))


def test_a_run_may_start_from_an_adapted_encoder(tiny: Path) -> None:
    """a checkpoint of `training.adaptation`: its encoder is taken, and the heads are as they would have been"""
    encoder = TinyEncoder()
    torch.save({"encoder": encoder.state_dict(), "step": 1}, tiny / "adapted.pt")
    plain, run = make_run(tiny / "plain"), make_run(tiny / "run", start=tiny / "adapted.pt")
    assert torch.equal(run.model.encoder.pieces.weight, encoder.pieces.weight)
    assert torch.equal(run.average.encoder.pieces.weight, encoder.pieces.weight)
    assert not torch.equal(plain.model.encoder.pieces.weight, encoder.pieces.weight)
    assert torch.equal(run.model.parse.arc, plain.model.parse.arc)


def test_a_run_may_take_over_a_head_that_says_who_speaks(tiny: Path) -> None:
    """a checkpoint of `training.speakers.train`"""
    speakers = Speakers()
    torch.save({"average": speakers.state_dict(), "epoch": 1}, tiny / "speakers.pt")
    run = Run(tiny / "run", INVENTORIES, LESSONS, SCHEDULE, speakers=tiny / "speakers.pt")
    for model in (run.model, run.average):
        assert torch.equal(model.speakers.quote.weight, speakers.quote.weight)


@pytest.mark.slow
def test_passages_change_the_encoder_and_their_own_head_alone(tiny: Path) -> None:
    """one step, “Go, Ann,” said Tom. ¶ “No,” said Ann."""
    schedule = replace(SCHEDULE, epochs=1, weight_decay=0.0)
    run = Run(tiny / "run", INVENTORIES, Lessons((), (), (), GOLD[:1]), schedule)
    before = {name: array.clone() for name, array in run.model.state_dict().items()}
    run.train()
    changed = {name.split(".")[0] for name, array in run.model.state_dict().items() if not torch.equal(array, before[name])}
    assert changed == {"encoder", "speakers"}
