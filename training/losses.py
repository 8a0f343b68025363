"""What each head is taught, as losses over one example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from fabula.neural.pairs import KINDS, describe_mentions, find_features
from fabula.neural.reach import find_pairs
from fabula.neural.spelling import spell
from fabula.neural.trees import find_tops
from fabula.records import MentionType
from training.examples import CLASSES, GUM_CLASSES, IGNORED, LITBANK, Example, MentionLabels, SyntaxLabels
from training.model.heads import CANDIDATE_LOG_ODDS, LONGEST_MENTION
from training.model.model import ReadingModel
from training.model.pairs import ATTRIBUTE, COREFERENCE, OTHER_COREFERENCE

MOST_CANDIDATES = 0.7  # a word
PREDICTED = 0.3  # probability from which a span that is no mention joins the pairs
PAIR_WEIGHT = 0.15  # of each pair by itself, beside the choice among all
ATTRIBUTE_WEIGHT = 0.3
ALONE_WEIGHT = 0.5  # of pairs scored without company
PERSON_CLASSES = [type_ is MentionType.PERSON for _, type_ in CLASSES]
GOLD_LEFT_OUT = 0.06  # share of mentions that the pairs do not see, as if they had been missed


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans looked at closely. starts, ends: words, ends included; classes: log-odds [n, classes]; vectors: [n, MENTION_WIDTH]."""

    starts: Tensor
    ends: Tensor
    vectors: Tensor
    classes: Tensor


def syntax_loss(
    model: ReadingModel, h: Tensor, words: Sequence[str], labels: SyntaxLabels, lengths: list[int], sentences: np.ndarray
) -> Tensor:
    """Tags, arcs and relations, each the mean over its words that have a label."""
    loss = h.new_zeros(())
    for scores, gold in zip(model.tags(h, torch.from_numpy(spell(words))), (labels.upos, labels.feats, labels.lemmas), strict=True):
        loss = loss + _mean_loss(scores.float(), torch.from_numpy(gold))
    arcs, longest = _arcs(model, h, lengths)
    begins = np.repeat(sentences, lengths)
    gold = torch.from_numpy(np.where(labels.heads >= 0, labels.heads - begins, np.where(labels.heads == -1, longest, IGNORED)))
    loss = loss + _mean_loss(arcs, gold)
    heads = torch.from_numpy(np.where(labels.heads == IGNORED, -1, labels.heads))
    relations = model.parse.relations(h, heads).float()
    return loss + _mean_loss(relations, torch.from_numpy(labels.relations))


def _arcs(model: ReadingModel, h: Tensor, lengths: list[int]) -> tuple[Tensor, int]:
    """[n_words, longest + 1]: how well each word hangs on each of its sentence, none on what pads it; and the longest's length."""
    longest = max(lengths)
    sizes = torch.tensor(lengths)
    columns = torch.arange(longest + 1)
    open_ = (columns[None] < sizes[:, None]) | (columns == longest)[None]  # the last is the root
    arcs = model.parse.arcs(h, lengths).masked_fill(~open_[:, None], -1e4)
    return arcs[torch.arange(longest)[None] < sizes[:, None]], longest


def _mean_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Zero where nothing has a label (a message of three words, all of them mistyped); torch's own mean would be no number."""
    if not bool((gold != IGNORED).any()):
        return scores.new_zeros(())
    return functional.cross_entropy(scores, gold, ignore_index=IGNORED)


def span_matrix(model: ReadingModel, h: Tensor, lengths: list[int], guideline: int) -> tuple[Tensor, Tensor]:
    """The scores of all spans, and which of them are short enough and in one sentence: both [sentences, longest, longest]."""
    scores = model.mentions.spans(h, lengths, guideline).float()
    longest = max(lengths)
    places = torch.arange(longest)
    width = places[None] - places[:, None]
    valid = ((width >= 0) & (width < LONGEST_MENTION))[None] & (places[None, None] < torch.tensor(lengths)[:, None, None])
    return scores, valid


def find_candidates(scores: Tensor, valid: Tensor, begins: Tensor, n_words: int, extra: Tensor | None = None) -> Tensor:
    """[n, 2] words, ends included: the spans that score well, and those of `extra`; in text order, the outer first."""
    chosen = valid & (scores > CANDIDATE_LOG_ODDS)
    most = max(8, int(MOST_CANDIDATES * n_words))
    if int(chosen.sum()) > most:
        floor = scores[chosen].topk(most).values[-1]
        chosen = chosen & (scores >= floor)
    if extra is not None:
        chosen = chosen | extra
    sentence, start, end = chosen.nonzero(as_tuple=True)
    spans = torch.stack([begins[sentence] + start, begins[sentence] + end], 1)
    order = np.lexsort((-spans[:, 1].numpy(), spans[:, 0].numpy()))
    return spans[torch.from_numpy(order)]


def mention_loss(
    model: ReadingModel, h: Tensor, labels: MentionLabels, lengths: list[int], sentences: np.ndarray
) -> tuple[Tensor, Candidates]:
    """Spans, then the classes of the candidates; both summed, over the number of mentions."""
    scores, valid = span_matrix(model, h, lengths, labels.guideline)
    begins = torch.from_numpy(sentences)
    of_start = torch.from_numpy(np.searchsorted(sentences, labels.starts, side="right") - 1)
    gold = torch.zeros_like(valid)
    start, end = torch.from_numpy(labels.starts) - begins[of_start], torch.from_numpy(labels.ends - 1) - begins[of_start]
    fits = end < torch.tensor(lengths)[of_start]
    gold[of_start[fits], start[fits], end[fits]] = True
    gold &= valid
    n_gold = max(1, int(gold.sum()))
    spans = find_candidates(scores.detach(), valid, begins, len(h), gold)
    vectors = model.mentions.vectors(h, spans[:, 0], spans[:, 1])
    layer = model.mentions.classes if labels.guideline == LITBANK else model.mentions.other_classes
    classes = layer(vectors).float()
    known = {(s, e): c for s, e, c in zip(labels.starts.tolist(), (labels.ends - 1).tolist(), labels.classes.tolist(), strict=True)}
    target = torch.tensor([known.get((s, e), 0) for s, e in spans.tolist()])
    taught = valid
    if labels.people_only:
        untold = (target == 0) & _names_no_person(classes)
        target = torch.where(untold, IGNORED, target)
        sentence = torch.from_numpy(np.searchsorted(sentences, spans[untold, 0].numpy(), side="right") - 1)
        taught = valid.clone()
        taught[sentence, spans[untold, 0] - begins[sentence], spans[untold, 1] - begins[sentence]] = False
    loss = functional.binary_cross_entropy_with_logits(scores[taught], gold[taught].float(), reduction="sum") / n_gold
    loss = loss + functional.cross_entropy(classes, target, reduction="sum", ignore_index=IGNORED) / n_gold
    return loss, Candidates(spans[:, 0], spans[:, 1], vectors, classes)


def _names_no_person(classes: Tensor) -> Tensor:
    """[n] whether, if a span is a mention, it is likelier one of something else; classes: LitBank's, [n, classes]."""
    return ~torch.tensor(PERSON_CLASSES)[classes.detach()[:, 1:].argmax(-1)]


def event_loss(model: ReadingModel, h: Tensor, events: np.ndarray) -> Tensor:
    target = torch.from_numpy(events).float()
    return functional.binary_cross_entropy_with_logits(model.events(h).float(), target, reduction="sum") / target.sum().clamp(min=1)


def greedy_heads(model: ReadingModel, h: Tensor, lengths: list[int], sentences: np.ndarray) -> np.ndarray:
    """[n_words]: the best head of each word, -1 for the root; not always a tree."""
    with torch.no_grad():
        arcs, longest = _arcs(model, h, lengths)
    found = arcs.float().argmax(-1).numpy()
    return np.where(found == longest, -1, found + np.repeat(sentences, lengths))


def pair_loss(
    model: ReadingModel, h: Tensor, example: Example, found: Candidates, word_heads: np.ndarray, random: Random
) -> Tensor:
    """Antecedents: how likely a right one is chosen, or none where there is none, and each pair by itself; over the mentions."""
    labels = example.mentions
    if labels is None or not len(labels.starts):
        return h.new_zeros(())
    known = {(s, e - 1): at for at, (s, e) in enumerate(zip(labels.starts.tolist(), labels.ends.tolist(), strict=True))}
    likely = (1 - torch.softmax(found.classes.detach(), -1)[:, 0]).tolist()
    told = [True] * len(likely) if not labels.people_only else (~_names_no_person(found.classes)).tolist()
    rows, gold = [], []
    for row, (start, end) in enumerate(zip(found.starts.tolist(), found.ends.tolist(), strict=True)):
        at = known.get((start, end), -1)
        if (at >= 0 and random.random() >= GOLD_LEFT_OUT) or (at < 0 and likely[row] > PREDICTED and told[row]):
            rows.append(row)
            gold.append(at)
    if len(rows) < 2:
        return h.new_zeros(())
    picked = torch.tensor(rows)
    starts, ends = found.starts[picked].numpy(), found.ends[picked].numpy() + 1
    guessed = found.classes[picked, 1:].argmax(-1).numpy() + 1
    of_gold = np.array(gold)
    classes = np.where(of_gold >= 0, labels.classes[of_gold], guessed) - 1
    inventory = CLASSES if labels.guideline == LITBANK else GUM_CLASSES
    n_types = len(inventory) // len(KINDS)
    table = describe_mentions(
        example.words,
        example.sentences,
        example.paragraphs,
        example.quotes,
        starts,
        ends,
        find_tops(word_heads, starts, ends),
        classes // n_types,
        classes % n_types,
    )
    n = len(rows)
    later, earlier = find_pairs(table)
    features = torch.from_numpy(find_features(table, later, earlier))
    both = model.pairs(found.vectors[picked], table, torch.from_numpy(later), torch.from_numpy(earlier), features)
    chains = np.where(of_gold >= 0, labels.chains[of_gold], -1)
    same = torch.from_numpy((chains[later] == chains[earlier]) & (chains[later] >= 0))
    output = COREFERENCE if labels.guideline == LITBANK else OTHER_COREFERENCE
    first = np.full(chains.max() + 2, n)
    np.minimum.at(first, chains, np.arange(n))
    begins = torch.from_numpy((chains < 0) | (first[chains] == np.arange(n)))
    place = {int(at): row for row, at in enumerate(gold) if at >= 0}
    pairs = {(place[one], place[of]) for one, of in labels.attributes if one in place and of in place}
    said = torch.tensor([pair in pairs for pair in zip(later.tolist(), earlier.tolist(), strict=True)])
    loss = h.new_zeros(())
    for scores, weight in zip(both, (ALONE_WEIGHT, 1.0), strict=True):
        chosen = _antecedent_loss(scores[:, output], same, torch.from_numpy(later), torch.from_numpy(earlier), begins)
        loss = loss + weight * chosen
        if labels.guideline == LITBANK:
            described = functional.binary_cross_entropy_with_logits(scores[:, ATTRIBUTE], said.float(), reduction="sum")
            loss = loss + weight * ATTRIBUTE_WEIGHT * described / max(1, len(pairs))
    return loss


def _antecedent_loss(scores: Tensor, same: Tensor, later: Tensor, earlier: Tensor, begins: Tensor) -> Tensor:
    """begins: [n_mentions] whether nothing earlier is meant. A mention of something out of reach teaches nothing of the choice."""
    n = len(begins)
    table = scores.new_full((n, n + 1), -1e4)
    table[later, earlier] = scores
    table[:, n] = 0.0  # no earlier mention
    right = torch.zeros((n, n + 1), dtype=torch.bool)
    right[later, earlier] = same
    right[:, n] = begins
    taught = right.any(1)
    chosen = torch.logsumexp(table, 1) - torch.logsumexp(table.masked_fill(~right, -1e4), 1)
    by_pair = functional.binary_cross_entropy_with_logits(scores, same.float(), reduction="sum") / n
    return chosen[taught].mean() + PAIR_WEIGHT * by_pair
