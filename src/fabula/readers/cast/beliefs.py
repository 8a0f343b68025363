"""Whom a mention may mean, as probabilities of people: from the names on, along the links, so that doubt adds up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from fabula.records import Gender, Mention

Belief = Mapping[int, float]
MentionLinks = Mapping[int, Sequence[tuple[int, float]]]
"""Of each row that has any, by growing row: mentions and the log-odds that the row belongs with them."""

SOFTENED = 1.0  # the scores of links are too sure of themselves
OTHER_GENDER = -4.0  # log-odds that "he" means a woman
APART = 0.98  # probability that nobody is whose father he is, but for "his person"
LEAST = 0.02  # probability that is carried on
GENDER_EVIDENCE, TIMES_AS_MUCH = 3, 2  # pronouns' worth of a gender, and how many more than of the other


_NONE_OWN: Mapping[int, Sequence[int]] = MappingProxyType({})


class WeighedLinks(NamedTuple):
    """Of a mention the earlier ones that it may mean, with their probabilities; what is missing to one is that it means none.

    owners: the mentions in it that are somebody else ("*his* father").
    """

    antecedents: tuple[tuple[int, float], ...]
    owners: Sequence[int] = ()


def weigh_links(links: MentionLinks, owners: Mapping[int, Sequence[int]] = _NONE_OWN) -> dict[int, WeighedLinks]:
    """The links of every mention that has any, in the order in which they are to be asked: each behind its owners."""
    weighed: dict[int, WeighedLinks] = {}
    for row in links:
        for one in (*(owner for owner in owners.get(row, ()) if owner in links), row):
            if one not in weighed:
                odds = [(earlier, math.exp(min(log_odds / SOFTENED, 20.0))) for earlier, log_odds in links[one]]
                total = 1.0 + sum(value for _, value in odds)
                weighed[one] = WeighedLinks(tuple((earlier, value / total) for earlier, value in odds), owners.get(one, ()))
    return weighed


def spread_beliefs(
    known: Sequence[int | None],
    by_words: Sequence[Gender],
    links: Mapping[int, WeighedLinks],
    genders: Mapping[int, Gender],
    new: Sequence[int | None] = (),
) -> list[Belief]:
    """A belief for each mention, in text order; what is missing to one is that it means nobody of these.

    known: the person whom a mention names, None where it does not. by_words: of each mention the gender that its words tell.
    links: of later mentions the earlier ones, in the order of `weigh_links`. genders: of the people, where they are known.
    new: who a mention is that means none of those before; None where it is nobody then.
    """
    fresh = new or [None] * len(known)
    beliefs: list[Belief] = [
        {person: 1.0} if person is not None else {} if own is None else {own: 1.0} for person, own in zip(known, fresh, strict=True)
    ]
    for later, (antecedents, owners) in links.items():
        if known[later] is not None:
            continue
        belief: dict[int, float] = defaultdict(float)
        own = fresh[later]
        if own is not None:
            belief[own] = 1.0 - sum(weight for _, weight in antecedents)
        for earlier, weight in antecedents:
            for person, probability in beliefs[earlier].items():
                belief[person] += weight * probability
        if owners:
            _part(belief, [beliefs[owner] for owner in owners])
        _fit(belief, by_words[later], genders)
        beliefs[later] = {person: probability for person, probability in belief.items() if probability > LEAST}
    return beliefs


def _part(belief: dict[int, float], others: Sequence[Belief]) -> None:
    """Take from people who are somebody else, and give it to the others."""
    total = sum(belief.values())
    if not total:
        return
    for person in belief:
        for other in others:
            belief[person] *= 1.0 - APART * other.get(person, 0.0)
    scale = total / sum(belief.values())
    for person in belief:
        belief[person] *= scale


def find_owners(mentions: Sequence[Mention]) -> dict[int, tuple[int, ...]]:
    """Of mentions by their ids those that they begin with and that are somebody else: "*his* father", "*Tom's* aunt"."""
    owners: dict[int, tuple[int, ...]] = {}
    outer: list[Mention] = []
    for mention in mentions:
        outer = [whole for whole in outer if whole.span.start == mention.span.start]
        for whole in outer:
            if whole.head != mention.head:
                owners[whole.id] = (*owners.get(whole.id, ()), mention.id)
        outer.append(mention)
    return owners


def _fit(belief: dict[int, float], gender: Gender, genders: Mapping[int, Gender]) -> None:
    """Take from people of another gender, and give it to the others."""
    total = sum(belief.values())
    if gender is Gender.UNKNOWN or not total:
        return
    for person in belief:
        if genders.get(person, Gender.UNKNOWN) not in (gender, Gender.UNKNOWN):
            belief[person] *= math.exp(OTHER_GENDER)
    scale = total / sum(belief.values())
    for person in belief:
        belief[person] *= scale


def learn_genders(beliefs: Sequence[Belief], by_words: Sequence[Gender], known: Mapping[int, Gender]) -> dict[int, Gender]:
    """The genders that are known, and those that the pronouns and nouns of a whole book tell beside them."""
    counts: dict[int, dict[Gender, float]] = defaultdict(lambda: dict.fromkeys(Gender, 0.0))
    for belief, gender in zip(beliefs, by_words, strict=True):
        for person, probability in belief.items():
            counts[person][gender] += probability
    genders = dict(known)
    for person, own in counts.items():
        female, male = own[Gender.FEMALE], own[Gender.MALE]
        if person not in known and max(female, male) >= max(GENDER_EVIDENCE, TIMES_AS_MUCH * min(female, male)):
            genders[person] = Gender.FEMALE if female > male else Gender.MALE
    return genders


def join_beliefs(one: Belief, other: Belief, *, floor: float = 1e-3) -> dict[int, float]:
    """What two witnesses say together: the mean of their logarithms, as probabilities of those whom either names."""
    people = {*one, *other}
    joined = {p: math.sqrt(max(floor, one.get(p, 0.0)) * max(floor, other.get(p, 0.0))) for p in sorted(people)}
    total = sum(joined.values())
    return {person: value / total for person, value in joined.items()}
