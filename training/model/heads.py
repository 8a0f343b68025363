"""The heads that read single words and spans: tags, parse, mentions, events. `fabula.neural` repeats them in numpy.

Everywhere h is the vectors of a document's words, float [n_words, WIDTH].
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from fabula.neural.heads.parse import N_DISTANCES, distance_bins
from fabula.neural.spelling import N_SPELLINGS
from training.model.encoder import WIDTH, drop

HEAD_DROPOUT = 0.3
UNSPELLED = 0.15  # share of the words
TAG_WIDTH = 256
ARC_WIDTH = 256
RELATION_WIDTH = 192
SPAN_WIDTH = 192
MENTION_WIDTH = 256
EVENT_WIDTH = 128
LONGEST_MENTION = 64  # words; 9 of LitBank's 26,196 are longer
WIDTH_BINS = (1, 2, 3, 4, 5, 6, 8, 11, 16, 24, 40)  # a span of w words falls into the number of these that are <= w
CANDIDATE_LOG_ODDS = -2.0  # of a span to be looked at closely


class Hidden(nn.Module):
    """A linear map and a rectifier, with dropout."""

    def __init__(self, width: int, *, source: int = WIDTH) -> None:
        super().__init__()
        self.linear = nn.Linear(source, width)

    def forward(self, x: Tensor) -> Tensor:
        return drop(torch.relu(self.linear(x)), HEAD_DROPOUT, self.training)


class Tags(nn.Module):
    """Part of speech, features and edit script of the lemma: log-odds [n_words, inventory]."""

    def __init__(self, n_upos: int, n_feats: int, n_lemmas: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(WIDTH, TAG_WIDTH)
        self.spellings = nn.Embedding(N_SPELLINGS, TAG_WIDTH)
        nn.init.normal_(self.spellings.weight, std=0.02)
        self.upos = nn.Linear(TAG_WIDTH, n_upos)
        self.feats = nn.Linear(TAG_WIDTH, n_feats)
        self.lemmas = nn.Linear(TAG_WIDTH, n_lemmas)

    def forward(self, h: Tensor, spellings: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """spellings: of `spell`, [n_words, N_PARTS]; in training some words go unspelled, so that the context is asked too."""
        spelled = self.spellings(spellings).sum(1)
        if self.training:
            spelled = spelled * (torch.rand(len(h), 1) >= UNSPELLED)
        z = drop(torch.relu(self.hidden(h) + spelled), HEAD_DROPOUT, self.training)
        return self.upos(z), self.feats(z), self.lemmas(z)


def by_sentence(x: Tensor, lengths: list[int]) -> Tensor:
    """[n_words, width] as [n_sentences, longest, width], padded with zeros."""
    return pad_sequence(list(x.split(lengths)), batch_first=True)


class Parse(nn.Module):
    """Heads and relations (Dozat and Manning 2017; relations by an added hidden layer in place of a biaffine map).

    A word also says how far from it its head likely is (after the relative positions of Shaw et al. 2018): a small encoder with
    absolute positions does not know it well.
    """

    def __init__(self, n_relations: int) -> None:
        super().__init__()
        self.dependent = Hidden(ARC_WIDTH)
        self.head = Hidden(ARC_WIDTH)
        self.arc = nn.Parameter(torch.empty(ARC_WIDTH, ARC_WIDTH))
        self.arc_bias = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.arc_distances = nn.Parameter(torch.zeros(N_DISTANCES, ARC_WIDTH))
        self.root = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.relation_dependent = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_head = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_root = nn.Parameter(torch.zeros(RELATION_WIDTH))
        self.relation = nn.Linear(RELATION_WIDTH, n_relations)
        nn.init.normal_(self.arc, std=1 / ARC_WIDTH)

    def arcs(self, h: Tensor, lengths: list[int]) -> Tensor:
        """[n_sentences, longest, longest + 1]: how well each word hangs on each other one; the last column is the root."""
        dependent, head = by_sentence(self.dependent(h), lengths), by_sentence(self.head(h), lengths)
        scores = dependent @ self.arc @ head.transpose(1, 2) + (head @ self.arc_bias)[:, None]
        bins = torch.from_numpy(distance_bins(dependent.shape[1]))
        scores = scores + (dependent @ self.arc_distances.T).gather(2, bins.expand(len(dependent), -1, -1))
        return torch.cat([scores, (dependent @ self.root)[:, :, None]], -1)

    def relations(self, h: Tensor, heads: Tensor) -> Tensor:
        """[n_words, n_relations]; heads: numbers of words, -1 at a root."""
        above = torch.where((heads >= 0)[:, None], self.relation_head(h)[heads.clamp(min=0)], self.relation_root)
        return self.relation(drop(torch.relu(self.relation_dependent(h) + above), HEAD_DROPOUT, self.training))


class Mentions(nn.Module):
    """Nested mentions: a score for every span of a sentence, then a closer look at the best.

    n_classes: 1 (none) + kinds x types. Two guidelines (LitBank's and GUM's) share all but the biases and the output layers.
    """

    def __init__(self, n_classes: int, n_other_classes: int) -> None:
        super().__init__()
        self.start = Hidden(SPAN_WIDTH)
        self.end = Hidden(SPAN_WIDTH)
        self.span = nn.Parameter(torch.empty(SPAN_WIDTH, SPAN_WIDTH))
        self.span_start = nn.Linear(SPAN_WIDTH, 2)  # a column a guideline
        self.span_end = nn.Linear(SPAN_WIDTH, 2)
        self.at_start = nn.Linear(WIDTH, MENTION_WIDTH)
        self.at_end = nn.Linear(WIDTH, MENTION_WIDTH, bias=False)
        self.pooled = nn.Linear(WIDTH, MENTION_WIDTH, bias=False)
        self.weight = nn.Linear(WIDTH, 1, bias=False)
        self.width = nn.Embedding(len(WIDTH_BINS) + 1, MENTION_WIDTH)
        self.classes = nn.Linear(MENTION_WIDTH, n_classes)
        self.other_classes = nn.Linear(MENTION_WIDTH, n_other_classes)
        nn.init.normal_(self.span, std=1 / SPAN_WIDTH)
        nn.init.normal_(self.width.weight, std=0.02)

    def spans(self, h: Tensor, lengths: list[int], guideline: int) -> Tensor:
        """[n_sentences, longest, longest]: log-odds that the words from row to column are a mention."""
        start, end = by_sentence(self.start(h), lengths), by_sentence(self.end(h), lengths)
        scores = start @ self.span @ end.transpose(1, 2)
        return scores + self.span_start(start)[:, :, guideline][:, :, None] + self.span_end(end)[:, :, guideline][:, None]

    def vectors(self, h: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """[n_spans, MENTION_WIDTH]; ends: of the last words, included."""
        weights = torch.exp(self.weight(h).float().clamp(-15, 15))
        zero = torch.zeros(1, h.shape[1] + 1)
        summed = torch.cat([zero, torch.cat([h.float() * weights, weights], 1)]).double().cumsum(0)
        inside = (summed[ends + 1] - summed[starts]).float()
        pooled = inside[:, :-1] / inside[:, -1:].clamp(min=1e-6)
        bins = torch.bucketize(ends - starts + 1, torch.tensor(WIDTH_BINS), right=True)
        added = self.at_start(h)[starts] + self.at_end(h)[ends] + self.pooled(pooled) + self.width(bins)
        return drop(torch.relu(added), HEAD_DROPOUT, self.training)


class Events(nn.Module):
    """Log-odds that a word is the trigger of an event that happens: [n_words]."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = Hidden(EVENT_WIDTH)
        self.output = nn.Linear(EVENT_WIDTH, 1)

    def forward(self, h: Tensor) -> Tensor:
        return self.output(self.hidden(h))[:, 0]
