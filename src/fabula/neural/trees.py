"""From scores to trees: on which word each word of a sentence hangs, with one root a sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fabula.neural.segments import NO_HEAD

Scores = NDArray[np.floating]
Heads = NDArray[np.int32]


def decode_tree(scores: Scores) -> Heads:
    """The best tree of a sentence: int32 [n], the head of each word, NO_HEAD for its one root.

    scores [n, n + 1], finite: how well the word of the row hangs on the word of the column; the last column is the root. What a
    word says of itself does not count. The tree's scores add up to the most that any tree with exactly one root reaches.

        >>> decode_tree(np.array([[0.0, 5.0, 1.0], [6.0, 0.0, 2.0]])).tolist()  # each wants to hang on the other
        [-1, 0]
    """
    n = len(scores)
    heads = pick_heads(scores)
    return heads if is_tree(heads) else _find_best_tree(scores) if n > 1 else np.full(n, NO_HEAD, np.int32)


def pick_heads(scores: Scores) -> Heads:
    """The best head of each word, whatever the others hang on: int32 [n]. scores: as in `decode_tree`."""
    n = len(scores)
    barred = scores.copy()
    np.fill_diagonal(barred[:, :n], -np.inf)
    heads: Heads = barred.argmax(1).astype(np.int32)
    heads[heads == n] = NO_HEAD
    return heads


def is_tree(heads: Heads) -> bool:
    """Whether there is exactly one root, and every word hangs on it at last."""
    return len(heads) == 0 or not len(find_broken(heads, np.zeros(1, np.int64)))


def find_broken(heads: Heads, sentences: NDArray[np.integer]) -> NDArray[np.int64]:
    """Which sentences are no trees with one root.

    heads: of many sentences, as numbers among all their words. sentences: the number of the first word of each, none of them empty.
    """
    n = len(heads)
    roots = np.add.reduceat(heads == NO_HEAD, sentences, dtype=np.int64)
    above = np.where(heads == NO_HEAD, n, heads).astype(np.int64)
    above = np.append(above, n)  # a root above all roots, which hangs on itself
    for _ in range(int(n).bit_length()):  # each time twice as far up
        above = above[above]
        if (above == n).all():
            break
    lost = np.add.reduceat(above[:n] != n, sentences, dtype=np.int64)
    return np.flatnonzero((roots != 1) | (lost > 0))


def find_tops(heads: Heads, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each stretch of words (half-open) the word that it hangs by: the first whose head lies outside; its last if none does.

    >>> find_tops(np.array([1, 3, 1, -1]), np.array([0, 2]), np.array([3, 4])).tolist()  # "his cat there slept"
    [1, 2]
    """
    tops = ends - 1
    open_ = np.arange(len(starts))
    at = starts.copy()
    while len(open_):
        above = heads[at[open_]]
        found = (above < starts[open_]) | (above >= ends[open_])
        tops[open_[found]] = at[open_[found]]
        at[open_] += 1
        open_ = open_[~found & (at[open_] < ends[open_])]
    return tops


def _find_best_tree(scores: Scores) -> Heads:
    """Chu and Liu's and Edmonds' algorithm, with one root.

    Every root arc pays the same, more and more until the best tree has one root. Among trees with one root that changes no order,
    so it is the best of them; a tree that pays more than all other arcs together make up for has one (Stanojević and Cohen 2021),
    and most have it long before, after few circles.
    """
    n = len(scores)
    weights = np.zeros((n + 1, n + 1))  # rows dependents, columns heads, 0 is the root
    weights[1:, 1:] = scores[:, :n]
    pays = 0.0
    while True:
        weights[1:, 0] = scores[:, n] - pays
        heads = _span(weights)[1:] - 1
        if np.count_nonzero(heads == NO_HEAD) == 1:  # the root's 0 has become NO_HEAD
            return heads.astype(np.int32)
        pays = 2 * pays + 1


def _span(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best heads of all nodes but 0, from which each is reached; weights [n, n], rows dependents. The head of 0 is 0.

    As long as the best heads run in circles, the circle becomes one node; then the circles are opened, the last one first.
    """
    circles: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
    while True:
        n = len(weights)
        barred = weights.copy()
        np.fill_diagonal(barred, -np.inf)
        heads: NDArray[np.int64] = barred.argmax(1)
        heads[0] = 0
        circle = _find_circle(heads)
        if circle is None:
            break
        inside = np.zeros(n, np.bool_)
        inside[circle] = True
        rest = np.flatnonzero(~inside)  # 0 is the first of them, and stays it
        joined = np.empty((len(rest) + 1, len(rest) + 1))
        joined[:-1, :-1] = weights[np.ix_(rest, rest)]
        leaving = weights[np.ix_(rest, circle)]  # words outside that hang on the circle
        joined[:-1, -1] = leaving.max(1)
        entering = weights[np.ix_(circle, rest)] - weights[circle, heads[circle]][:, None]  # and the arc that it breaks
        joined[-1, :-1] = entering.max(0)
        joined[-1, -1] = 0
        circles.append((circle, heads[circle], rest, circle[leaving.argmax(1)], circle[entering.argmax(0)]))
        weights = joined
    for circle, around, rest, hung_on, entered in reversed(circles):
        n = len(rest) + len(circle)
        opened = np.empty(n, np.int64)
        opened[circle] = around
        inner = heads[:-1]
        opened[rest] = np.where(inner == len(rest), hung_on, rest[np.minimum(inner, len(rest) - 1)])
        opened[entered[heads[-1]]] = rest[heads[-1]]
        heads = opened
    return heads


def _find_circle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The nodes of one circle, if the heads run in any; 0 hangs on itself and is none."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    lost = np.flatnonzero(above)  # they never come to 0
    if not len(lost):
        return None
    first = node = int(above[lost[0]])  # so far up it is in the circle itself
    circle = [first]
    while (node := int(heads[node])) != first:
        circle.append(node)
    return np.array(circle, np.int64)
