"""Which characters are one by the identities, and what is left of that when some of them are taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from fabula.records import Evidence, Identity, Span

READER = "corrections"

First = Mapping[int, Span]
"""By a character's id before folding its first mention; who is never mentioned is not in it."""


def neighbours_of(identities: Iterable[Identity]) -> Mapping[int, Sequence[int]]:
    """For each character those that an identity says to be the same."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for identity in identities:
        neighbours[identity.one].append(identity.other)
        neighbours[identity.other].append(identity.one)
    return neighbours


def is_open(identity: Identity, first: First) -> bool:
    """Whether an identity is told as soon as both have been read; what the text tells later, as who is behind an alias, is not."""
    both = [first[id_].end for id_ in (identity.one, identity.other) if id_ in first]
    return len(both) == 2 and identity.evidence.told_at <= max(both)


def reach(one: int, neighbours: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """All characters that are one with this one, itself among them."""
    reached, edge = {one}, [one]
    while edge:
        for other in neighbours.get(edge.pop(), ()):
            if other not in reached:
                reached.add(other)
                edge.append(other)
    return frozenset(reached)


def earliest(characters: Iterable[int], first: First) -> int:
    """The one that is read first. Raises ValueError where none is mentioned."""
    return min((id_ for id_ in characters if id_ in first), key=lambda id_: (first[id_], id_))


def link(one: int, other: int, first: First, because: Sequence[Span] = ()) -> Identity:
    """That two are one, told when both have been read (and what `because` quotes)."""
    one, other = sorted((one, other))
    return Identity(one, other, Evidence(tuple(dict.fromkeys((first[one], first[other], *because))), READER, 1.0))


def keep_together(kept: Collection[int], identities: Iterable[Identity], first: First) -> Iterator[Identity]:
    """What still makes the kept characters one when all others are taken out: at the same offsets as before.

    Two who were one only through a third that is gone are linked anew, with the words that had told so.
    """
    leader: dict[int, int] = {}
    member: dict[int, int] = {id_: id_ for id_ in kept if id_ in first}  # of each set, by its leader, the kept one read first

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for identity in sorted(identities, key=lambda i: (i.evidence.told_at, i.one, i.other)):
        stays = identity.one in kept and identity.other in kept
        if stays:
            yield identity
        one, other = find(identity.one), find(identity.other)
        if one == other:
            continue
        ours = [member[id_] for id_ in (one, other) if id_ in member]
        if len(ours) == 2 and not stays:
            yield link(ours[0], ours[1], first, identity.evidence.spans)
        leader[other] = one
        if ours:
            member[one] = earliest(ours, first)
