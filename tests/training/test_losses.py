from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from tests.training.made_up import INVENTORIES, NOMINAL, make_fiction, make_mentions, make_syntax
from tests.training.model.tiny import TinyEncoder, use_one_thread
from training.examples import IGNORED, LITBANK
from training.losses import (
    PAIR_WEIGHT,
    Candidates,
    _antecedent_loss,
    event_loss,
    find_candidates,
    greedy_heads,
    mention_loss,
    pair_loss,
    syntax_loss,
)
from training.model.encoder import WIDTH
from training.model.heads import LONGEST_MENTION
from training.model.model import ReadingModel

LENGTHS = [3, 2]
SENTENCES = np.array([0, 3])
WORDS = ("Pigs", "ran", ".", "Ann", "left")


@pytest.fixture(scope="module", autouse=True)
def _one_seed() -> Iterator[None]:
    threads = use_one_thread()
    torch.manual_seed(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def model(_one_seed: None) -> ReadingModel:
    model = ReadingModel(INVENTORIES, TinyEncoder())
    model.eval()
    return model


def vectors(n: int) -> Tensor:
    return torch.randn(n, WIDTH)


def antecedents(scores: dict[tuple[int, int], float], chains: list[int]) -> float:
    """The loss of mentions of these chains; scores: of the pairs in reach, later and earlier."""
    later, earlier = (torch.tensor(column) for column in zip(*scores, strict=True))
    numbers = torch.tensor(chains)
    begins = torch.tensor([chain not in chains[:at] for at, chain in enumerate(chains)])
    return float(_antecedent_loss(torch.tensor(list(scores.values())), numbers[later] == numbers[earlier], later, earlier, begins))


def test_right_scores_cost_little_and_wrong_ones_much() -> None:
    """[Tom] saw [Ann] . [He] smiled ."""
    chains = [0, 1, 0]
    right = antecedents({(1, 0): -9.0, (2, 0): 9.0, (2, 1): -9.0}, chains)
    unsure = antecedents({(1, 0): 0.0, (2, 0): 0.0, (2, 1): 0.0}, chains)
    wrong = antecedents({(1, 0): 9.0, (2, 0): -9.0, (2, 1): 9.0}, chains)
    assert right < 0.01 < unsure < wrong
    assert wrong > 5


def test_any_antecedent_that_is_right_will_do() -> None:
    """[Tom] ... [he] ... [he]: the nearer one, not the first"""
    near, far = {(1, 0): 9.0, (2, 0): -9.0, (2, 1): 9.0}, {(1, 0): 9.0, (2, 0): 9.0, (2, 1): -9.0}
    missed = PAIR_WEIGHT * 9 / 3  # of the other pair, by itself
    assert antecedents(near, [0, 0, 0]) == pytest.approx(missed, abs=0.01)
    assert antecedents(far, [0, 0, 0]) == pytest.approx(missed, abs=0.01)


def test_a_first_mention_of_all_that_is_linked_costs() -> None:
    """[Tom] ... [Ann]: "no earlier mention" is right"""
    assert antecedents({(1, 0): 9.0}, [0, 1]) > 4 > 0.01 > antecedents({(1, 0): -9.0}, [0, 1])


def test_a_mention_whose_antecedent_is_out_of_reach_teaches_nothing_of_the_choice() -> None:
    """[Tom] ... [Ann] ... [he], of which only Ann is in reach"""
    for score in (-6.0, 0.0, 6.0):
        pairs = {(1, 0): -2.0, (2, 1): score}
        by_pair = functional.softplus(torch.tensor(list(pairs.values()))).sum() / 3
        chosen = functional.softplus(torch.tensor([-2.0])).sum() / 2  # of Tom, which has no choice, and of Ann
        assert antecedents(pairs, [0, 1, 0]) == pytest.approx(float(chosen + PAIR_WEIGHT * by_pair), abs=1e-4)


def test_candidates_are_in_text_order_with_the_gold_ones_among_them() -> None:
    """spans of two sentences with random scores"""
    lengths, begins = [7, 4], torch.tensor([0, 7])
    places = torch.arange(7)
    valid = (places[None] >= places[:, None])[None] & (places[None, None] < torch.tensor(lengths)[:, None, None])
    gold = torch.zeros_like(valid)
    gold[0, 1, 5] = gold[0, 1, 2] = gold[1, 3, 3] = True
    for seed in range(20):
        scores = torch.randn(2, 7, 7, generator=torch.Generator().manual_seed(seed)) * 3 - 3
        scores[gold] = -50.0
        found = [(start, end) for start, end in find_candidates(scores, valid, begins, 11, gold).tolist()]
        assert found == sorted(set(found), key=lambda span: (span[0], -span[1]))
        assert {(1, 5), (1, 2), (10, 10)} <= set(found)
        assert all((start < 7) == (end < 7) and start <= end < 11 for start, end in found)


def test_too_many_candidates_are_cut_to_the_best() -> None:
    """all spans of 40 words score well, each another way"""
    n = 40
    places = torch.arange(n)
    valid = (places[None] >= places[:, None])[None]
    scores = torch.arange(n * n).view(1, n, n).float()
    found = find_candidates(scores, valid, torch.tensor([0]), n)
    assert len(found) == 28
    assert scores[0][found[:, 0], found[:, 1]].min() >= scores[valid].topk(28).values.min()


def test_mentions_of_gold_are_candidates_but_for_those_that_no_span_fits(model: ReadingModel) -> None:
    """one over two sentences, one too long; the others are looked at"""
    lengths, sentences = [4, LONGEST_MENTION + 6], np.array([0, 4])
    spans = [(0, 2), (0, 1), (3, 5), (4, 4 + LONGEST_MENTION + 1), (5, 5 + LONGEST_MENTION)]
    labels = make_mentions([(*span, NOMINAL, -1) for span in spans])
    loss, found = mention_loss(model, vectors(sum(lengths)), labels, lengths, sentences)
    looked_at = {(start, end + 1) for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)}
    assert set(spans) & looked_at == {spans[0], spans[1], spans[4]}
    assert torch.isfinite(loss) and loss.item() > 0


def test_what_is_right_of_the_syntax_costs_less(model: ReadingModel) -> None:
    """Pigs ran . Ann left: the heads that the parser prefers, and others"""
    h = vectors(5)
    best = greedy_heads(model, h, LENGTHS, SENTENCES)
    other = np.where(best == -1, SENTENCES.repeat(LENGTHS), -1)

    def cost(heads: NDArray[np.int64]) -> float:
        return float(syntax_loss(model, h, WORDS, make_syntax(heads.tolist(), label=IGNORED), LENGTHS, SENTENCES).detach())

    assert cost(best) < cost(other)


def test_words_without_labels_cost_nothing(model: ReadingModel) -> None:
    """all five, as in a message of which every word is mistyped; then all but one"""
    h = vectors(5)
    nothing = make_syntax([IGNORED] * 5, label=IGNORED)
    assert syntax_loss(model, h, WORDS, nothing, LENGTHS, SENTENCES).item() == 0
    one = make_syntax([IGNORED] * 4 + [-1], label=IGNORED)
    assert 0 < syntax_loss(model, h, WORDS, one, LENGTHS, SENTENCES).item() < 20


def test_events_are_learnt_from_both_sides(model: ReadingModel) -> None:
    """the words that the model takes for events, and the others"""
    h = vectors(30)
    events = (model.events(h) > 0).numpy().astype(np.int64)
    assert 0 < events.sum() < 30
    assert event_loss(model, h, events) / max(1, 30 - events.sum()) < event_loss(model, h, 1 - events)
    assert torch.isfinite(event_loss(model, h, np.zeros(30, np.int64)))


def test_pairs_of_mentions_are_learnt(model: ReadingModel) -> None:
    """[Anna] came . " [She] ran , " said [[her] brother] . Steps down the slope make the loss smaller."""
    example = make_fiction()
    labels = example.mentions
    assert labels is not None
    starts, ends = torch.from_numpy(labels.starts), torch.from_numpy(labels.ends - 1)
    m = torch.randn(len(starts), 256).requires_grad_()
    found = Candidates(starts, ends, m, torch.zeros(len(starts), 19))
    heads = np.full(len(example.words), -1)
    before = pair_loss(model, vectors(1), example, found, heads, Random(0))
    [slope] = torch.autograd.grad(before, m)
    better = Candidates(starts, ends, (m - 0.05 * slope / slope.norm()).detach(), found.classes)
    assert 0 < pair_loss(model, vectors(1), example, better, heads, Random(0)).item() < before.item()


def test_one_mention_makes_no_pair(model: ReadingModel) -> None:
    """[Anna] came ."""
    example = make_fiction()
    found = Candidates(torch.tensor([0]), torch.tensor([0]), torch.zeros(1, 256), torch.zeros(1, 19))
    assert example.mentions is not None and example.mentions.guideline == LITBANK
    assert pair_loss(model, vectors(1), example, found, np.full(12, -1), Random(0)).item() == 0
