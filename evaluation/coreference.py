"""How well predicted chains agree with gold ones: MUC, B-cubed, CEAF-e, LEA, and the CoNLL average of the first three.

A chain is a set of mentions, a mention any hashable (the span of its tokens); singletons count. What is given here for one
document adds up over several before precision and recall are taken.

Sources: Vilain 1995 (MUC), Bagga and Baldwin 1998 (B-cubed), Luo 2005 (CEAF with phi4), Moosavi and Strube 2016 (LEA).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from evaluation.counts import Agreement, Share, Summed

Chains = Sequence[Collection[Hashable]]


@dataclass(frozen=True, slots=True)
class CoreferenceCounts(Summed):
    """mentions: the spans, whatever their chains."""

    mentions: Agreement = field(default_factory=Agreement)
    muc: Agreement = field(default_factory=Agreement)
    b3: Agreement = field(default_factory=Agreement)
    ceafe: Agreement = field(default_factory=Agreement)
    lea: Agreement = field(default_factory=Agreement)

    @property
    def conll(self) -> float:
        return (self.muc.f1 + self.b3.f1 + self.ceafe.f1) / 3


def count_coreference(gold: Iterable[Collection[Hashable]], predicted: Iterable[Collection[Hashable]]) -> CoreferenceCounts:
    """Hold the predicted chains of a document against the gold ones.

    A mention belongs to one chain of a side; empty chains are left out.

    >>> counts = count_coreference(["abc", "defg"], ["ab", "cd", "fghi"])
    >>> [round(measure.f1, 4) for measure in (counts.muc, counts.b3, counts.ceafe)]
    [0.4, 0.4545, 0.52]
    """
    ours = [frozenset(chain) for chain in gold if chain]
    theirs = [frozenset(chain) for chain in predicted if chain]
    similarity = _similarity(ours, theirs)
    return CoreferenceCounts(
        Agreement.of(_places(ours), _places(theirs)),
        Agreement(_muc(theirs, ours), _muc(ours, theirs)),
        Agreement(_b3(theirs, ours), _b3(ours, theirs)),
        Agreement(Share(similarity, len(theirs)), Share(similarity, len(ours))),
        Agreement(_lea(theirs, ours), _lea(ours, theirs)),
    )


def _places(chains: Chains) -> dict[Hashable, int]:
    return {mention: place for place, chain in enumerate(chains) for mention in chain}


def _muc(key: Chains, response: Chains) -> Share:
    """Links of the key's chains that the response keeps."""
    places = _places(response)
    hit = total = 0
    for chain in key:
        # A mention that the response has not is a part by itself.
        parts = {places.get(mention, mention) for mention in chain}
        hit += len(chain) - len(parts)
        total += len(chain) - 1
    return Share(hit, total)


def _shared(chain: Collection[Hashable], places: dict[Hashable, int]) -> Counter[int]:
    """How many mentions of a chain lie in each chain of the other side."""
    return Counter(places[mention] for mention in chain if mention in places)


def _b3(key: Chains, response: Chains) -> Share:
    places = _places(response)
    hit = sum(sum(n * n for n in _shared(chain, places).values()) / len(chain) for chain in key)
    return Share(hit, sum(map(len, key)))


def _lea(key: Chains, response: Chains) -> Share:
    """Links resolved, weighted by the chain's size; a singleton's only link is to itself."""
    places = _places(response)
    hit = 0.0
    for chain in key:
        if len(chain) == 1:
            (mention,) = chain
            hit += mention in places and len(response[places[mention]]) == 1
        else:
            links = len(chain) * (len(chain) - 1) / 2
            hit += len(chain) * sum(n * (n - 1) / 2 for n in _shared(chain, places).values()) / links
    return Share(hit, sum(map(len, key)))


def _similarity(gold: Chains, predicted: Chains) -> float:
    """phi4 summed over the best one-to-one assignment of chains."""
    places = _places(predicted)
    phi4 = np.zeros((len(gold), len(predicted)))
    for row, chain in enumerate(gold):
        for column, n in _shared(chain, places).items():
            phi4[row, column] = 2 * n / (len(chain) + len(predicted[column]))
    rows, columns = linear_sum_assignment(phi4, maximize=True)
    return float(phi4[rows, columns].sum())
