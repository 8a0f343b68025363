"""Which mentions of a stretch of text mean the same one: clusters out of the scores of pairs.

Pairs are joined from the surest on, and clusters as wholes: what speaks against a link between any of their mentions counts too, so
that one wrong pair does not fuse two people.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

THRESHOLD = 0.0  # log-odds, on average over the pairs of two clusters, from which they are one
DOUBT = 3.0  # no pair speaks for more than this, in log-odds: many witnesses are worth more than a loud one
AVERAGING = 0.5  # the exponent of the number of pairs that their sum is divided by: 1 is their mean, 0 their sum


def cluster_mentions(
    n_mentions: int,
    pairs: Iterable[tuple[int, int, float]],
    *,
    threshold: float = THRESHOLD,
    doubt: float = DOUBT,
    averaging: float = AVERAGING,
) -> list[list[int]]:
    """The clusters, each with its mentions in order, by their first mention; a mention that nothing joins is one by itself.

    pairs: mention, other mention, log-odds that they are the same; what is not listed is not known.

    >>> cluster_mentions(4, [(1, 0, 4.0), (2, 1, 2.0), (2, 0, -3.0), (3, 2, 1.0)])
    [[0, 1], [2, 3]]
    """
    sums: list[dict[int, tuple[float, int]]] = [{} for _ in range(n_mentions)]
    for one, other, log_odds in pairs:
        held = max(-doubt, min(doubt, log_odds))
        sums[one][other] = sums[other][one] = (held, 1)
    members = [[mention] for mention in range(n_mentions)]
    version = [0] * n_mentions

    def strength(total: float, n: int) -> float:
        return float(total / n**averaging)

    heap = [
        (-strength(*pair), one, other, 0, 0)
        for one, row in enumerate(sums)
        for other, pair in row.items()
        if other < one and strength(*pair) > threshold
    ]
    heapq.heapify(heap)
    while heap:
        _, one, other, seen_one, seen_other = heapq.heappop(heap)
        if version[one] != seen_one or version[other] != seen_other:
            continue  # one of them has grown since
        if len(sums[one]) < len(sums[other]):
            one, other = other, one
        members[one] += members[other]
        version[one] += 1
        version[other] = -1  # it is no more
        row = sums[one]
        row.pop(other, None)
        for third, (total, n) in sums[other].items():
            if third == one:
                continue
            held, n_held = row.get(third, (0.0, 0))
            row[third] = sums[third][one] = (held + total, n_held + n)
            del sums[third][other]
        sums[other] = {}
        for third, pair in row.items():
            linked = strength(*pair)
            if linked > threshold:
                heapq.heappush(heap, (-linked, one, third, version[one], version[third]))
        members[other] = []
    return sorted(sorted(cluster) for cluster in members if cluster)
