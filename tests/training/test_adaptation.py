"""Words that are hidden and guessed: how novels are cut, what is hidden, and a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from fabula.neural.windows import LONGEST_WORD, SPECIAL_CASE
from fabula.neural.wordpieces import WordPieces
from tests.neural.made_up import VOCABULARY, make_segment
from tests.training.model.tiny import use_one_thread, write_vocabulary
from training import adaptation
from training.adaptation import LEFT, REPLACED, WINDOW, AdaptationSchedule, Row, adapt, cut_novel, hide, read_rows
from training.model import encoder as architecture
from training.model.encoder import Encoder

PIECES = WordPieces(VOCABULARY)
NOVEL = "Tom went home. The rain had begun, and nobody saw him. “Where were you?” said Ann. "
PASSAGE = "Tom went home . The rain had begun , and nobody saw him . “ Where were you ? ” said Ann . " + f"{'a' * 30} it is . "
N_PIECES = 1_010  # a vocabulary that is larger than the numbers below which no word is put in another's place


def rows_of(passage: str) -> list[Row]:
    segment = make_segment(passage)
    return list(cut_novel(segment.words, segment.sentences, PIECES))


def words_of(row: Row) -> list[tuple[int, ...]]:
    """The pieces of each word of a window."""
    numbers, _, owners = row
    return [tuple(numbers[owners == word].tolist()) for word in range(int(owners.max()) + 1)]


def test_windows_begin_with_sentences_and_hold_all_words_in_order() -> None:
    """forty times the passage, whose longest word is cut as it is everywhere; a sentence that one window cuts begins the next"""
    segment = make_segment(PASSAGE * 40)
    pieces = [PIECES.pieces(word)[:LONGEST_WORD] for word in segment.words]
    rows = rows_of(PASSAGE * 40)
    assert len(rows) > 5
    end = 0
    for row in rows:
        own = words_of(row)
        start = max(first for first in segment.sentences if first <= end)
        assert own == pieces[start : start + len(own)]
        assert start + len(own) > end
        end = start + len(own)
    assert end == len(segment.words)


def test_a_window_stands_between_two_special_pieces() -> None:
    """forty times the passage; and one of a sentence that is longer than a window"""
    for numbers, cases, owners in (*rows_of(PASSAGE * 40), *rows_of("Tom went home and " * 60)):
        assert len(numbers) == len(cases) == len(owners) <= WINDOW
        assert (numbers[0], numbers[-1]) == (PIECES.cls_id, PIECES.sep_id)
        assert owners.tolist().count(-1) == 2 and owners[0] == owners[-1] == -1
        assert cases[0] == cases[-1] == SPECIAL_CASE


def hidden(share: float, seed: int = 0, passage: str = PASSAGE * 40) -> tuple[list[Row], np.ndarray, np.ndarray, np.ndarray]:
    rows = rows_of(passage)
    return rows, *hide(rows, PIECES.mask_id, share, np.random.default_rng(seed))


def test_only_whole_words_are_guessed() -> None:
    """a third of the words: all pieces of each, or none"""
    rows, _, _, targets = hidden(0.33)
    n_words = n_asked = 0
    for at, (numbers, _, owners) in enumerate(rows):
        for word in range(int(owners.max()) + 1):
            own = targets[at, : len(numbers)][owners == word]
            assert (own >= 0).all() or (own == -1).all()
            n_words += 1
            n_asked += int((own >= 0).all())
    assert n_asked / n_words == pytest.approx(0.33, abs=0.05)


def test_targets_are_the_pieces_themselves_and_what_is_not_asked_is_shown() -> None:
    """a third of the words"""
    rows, ids, cases, targets = hidden(0.33)
    assert ids.shape == cases.shape == targets.shape == (len(rows), WINDOW)
    for at, (numbers, written, owners) in enumerate(rows):
        n = len(numbers)
        asked = targets[at, :n] >= 0
        assert (targets[at, :n][asked] == numbers[asked]).all()
        assert (ids[at, :n][~asked] == numbers[~asked]).all()
        assert (cases[at, :n] == written).all()
        assert not asked[owners < 0].any()
        assert (targets[at, n:] == -1).all() and not ids[at, n:].any()


def test_special_pieces_are_never_asked() -> None:
    """all words"""
    rows, _, _, targets = hidden(1.0)
    for at, (numbers, _, owners) in enumerate(rows):
        assert (targets[at, : len(numbers)] >= 0).tolist() == (owners >= 0).tolist()


def test_most_of_what_is_asked_is_hidden_and_some_is_left_or_replaced() -> None:
    """all words of a long passage"""
    rows, ids, _, targets = hidden(1.0, passage=PASSAGE * 200)
    asked = targets >= 0
    masked, left = (ids == PIECES.mask_id)[asked].mean(), (ids == targets)[asked].mean()
    assert len(rows) > 40
    assert left == pytest.approx(LEFT, abs=0.02)
    assert masked == pytest.approx(1 - LEFT - REPLACED, abs=0.02)
    replaced = ids[asked & (ids != PIECES.mask_id) & (ids != targets)]
    assert len(replaced) / asked.sum() == pytest.approx(REPLACED, abs=0.02)
    assert replaced.min() >= 1_000 and replaced.max() < architecture.N_PIECES
    assert len(set(replaced.tolist())) > len(replaced) / 2


def test_what_is_hidden_hangs_on_the_generator_alone() -> None:
    """twice the same, then another; then nothing"""
    _, *one = hidden(0.3, seed=4)
    _, *same = hidden(0.3, seed=4)
    _, *other = hidden(0.3, seed=5)
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one[2], other[2])
    assert (hidden(0.0)[3] == -1).all()


SCHEDULE = AdaptationSchedule(steps=4, windows=2, words=100, hidden=0.3, rate=1e-3)


class Novels:
    """Says what novels there are; asked: how often."""

    def __init__(self, *novels: tuple[str, str]) -> None:
        self.novels = novels
        self.asked = 0

    def __call__(self, _data: Path) -> Iterator[tuple[str, str]]:
        self.asked += 1
        return iter(self.novels)


def test_of_each_novel_a_stretch_is_read_and_no_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """one novel of 600 characters and one that is much longer than what is taken of it"""
    monkeypatch.setattr(adaptation, "read_novels", Novels(("short", NOVEL * 7), ("long", NOVEL * 200)))
    rows = read_rows(tmp_path, PIECES, SCHEDULE, tmp_path)
    n_pieces = sum(len(numbers) - 2 for numbers, _, _ in rows)
    longest = sum(len(PIECES.pieces(word)) for word in make_segment(PASSAGE).words) / len(NOVEL) * 6 * SCHEDULE.words
    assert 1.2 * longest < n_pieces < 2 * longest
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(adaptation, "read_novels", Novels(("short", NOVEL * 7), ("long", NOVEL * 200)))
    again = read_rows(tmp_path, PIECES, SCHEDULE, tmp_path)
    assert [row[0].tolist() for row in again] == [row[0].tolist() for row in rows]


@pytest.fixture
def novels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Novels]:
    """The real architecture with one layer and few pieces, short windows, saved every other step; two short novels."""
    threads = use_one_thread()
    vocabulary = write_vocabulary(tmp_path)
    monkeypatch.setattr(architecture, "N_PIECES", N_PIECES)
    monkeypatch.setattr(architecture, "N_LAYERS", 1)
    monkeypatch.setattr(adaptation, "N_PIECES", N_PIECES)
    monkeypatch.setattr(adaptation, "load_pretrained", Encoder)
    monkeypatch.setattr(adaptation, "pretrained_folder", lambda: vocabulary)
    monkeypatch.setattr(adaptation, "CHECKPOINT_EVERY", 2)
    monkeypatch.setattr(adaptation, "WINDOW", 64)
    made = Novels(("one", NOVEL * 7), ("two", NOVEL * 7))
    monkeypatch.setattr(adaptation, "read_novels", made)
    yield made
    torch.set_num_threads(threads)


def encoder_of(checkpoint: Path) -> Encoder:
    encoder = Encoder()
    encoder.load_state_dict(torch.load(checkpoint, weights_only=True)["encoder"])
    return encoder


@pytest.mark.slow
def test_a_run_leaves_an_encoder_and_is_not_made_twice(tmp_path: Path, novels: Novels) -> None:
    """four steps; again; then by another schedule"""
    checkpoint = adapt(tmp_path, tmp_path / "run", SCHEDULE)
    adapted = encoder_of(checkpoint)
    torch.manual_seed(SCHEDULE.seed)
    assert not torch.equal(adapted.layers[0].wide.weight, Encoder().layers[0].wide.weight)
    assert adapted.cases.weight.abs().max() > 0  # it began as zero
    assert novels.asked == 1
    assert adapt(tmp_path, tmp_path / "run", SCHEDULE) == checkpoint
    assert novels.asked == 1
    adapt(tmp_path, tmp_path / "run", replace(SCHEDULE, steps=2))
    assert novels.asked == 2
    assert not torch.equal(encoder_of(checkpoint).layers[0].wide.weight, adapted.layers[0].wide.weight)


class StoppedError(Exception):
    """Somebody pulled the plug."""


def counted(real: Callable[..., object], *, stop: int | None = None) -> tuple[list[int], Callable[..., object]]:
    """A function that notes its calls, and at the call `stop` raises."""
    calls: list[int] = []

    def call(*arguments: object) -> object:
        calls.append(len(calls))
        if len(calls) == stop:
            raise StoppedError
        return real(*arguments)

    return calls, call


@pytest.mark.slow
def test_a_run_that_was_stopped_goes_on_from_where_it_was_saved(
    tmp_path: Path, novels: Novels, monkeypatch: pytest.MonkeyPatch
) -> None:
    """stopped in the fourth step, of which two are saved"""
    _, stopping = counted(hide, stop=4)
    monkeypatch.setattr(adaptation, "hide", stopping)
    with pytest.raises(StoppedError):
        adapt(tmp_path, tmp_path / "run", SCHEDULE)
    calls, going_on = counted(hide)
    monkeypatch.setattr(adaptation, "hide", going_on)
    checkpoint = adapt(tmp_path, tmp_path / "run", SCHEDULE)
    assert len(calls) == 2
    assert torch.load(checkpoint, weights_only=True)["step"] == 4
    assert novels.asked == 2


@pytest.mark.slow
def test_guesses_become_better(
    tmp_path: Path, novels: Novels, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """a hundred steps on the same few sentences"""
    monkeypatch.setattr(adaptation, "CHECKPOINT_EVERY", 100)
    adapt(tmp_path, tmp_path / "run", replace(SCHEDULE, steps=100))
    said = [line.split() for line in capsys.readouterr().err.splitlines() if "guesses" in line]
    first, second = (float(words[words.index("guesses") + 1]) for words in said)
    assert second < first - 0.5
    assert novels.asked == 1
