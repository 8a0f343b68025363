"""Whom a mention may mean, as probabilities of people: from the names on, along the links, so that doubt adds up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fabula.readers.cast.binding import UNBOUND, Binding
from fabula.records import Gender, Mention

Belief = Mapping[int, float]
MentionLinks = Mapping[int, Sequence[tuple[int, float]]]
"""Of each row that has any, by growing row: mentions and the log-odds that the row belongs with them."""

SOFTENED = 1.0  # the scores of links are too sure of themselves
OTHER_GENDER = -6.0  # log-odds that "he" means a woman
BOUND = 1.0  # log-odds more, that a pronoun means the subject of its clause
APART = 0.98  # probability that nobody is whose father he is, but for "his person"
LIKELY = 0.5  # probability that somebody is meant, from which nobody else is taken to be
STRETCH = 1024  # mentions that are compared at once
MOST_CHANGES = 0.3  # of all mentions, up to which an answer is put right rather than found anew
OF_PERSON = 200  # mentions' worth of changes where somebody's gender is another one
LEAST = 0.02  # probability that is carried on
GENDER_EVIDENCE, TIMES_AS_MUCH = 3, 2  # pronouns' worth of a gender, and how many more than of the other


_NONE_OWN: Mapping[int, Sequence[int]] = MappingProxyType({})
_NOBODY: Belief = MappingProxyType({})
_NOBODY_SAYS: Mapping[int, Belief] = MappingProxyType({})


class WeighedLinks(NamedTuple):
    """Of a mention the earlier ones that it may mean, with their probabilities; what is missing to one is that it means none.

    owners: mentions that are somebody else: those in it ("*his* father"), and others of its clause ("*he* hit him").
    """

    antecedents: tuple[tuple[int, float], ...]
    owners: Sequence[int] = ()


def weigh_links(
    links: MentionLinks, owners: Mapping[int, Sequence[int]] = _NONE_OWN, binding: Binding = UNBOUND
) -> dict[int, WeighedLinks]:
    """The links of every mention that has any, each behind all that it depends on: antecedents and owners ("his" of "his father").

    That "his" is the father himself is not asked. links: by growing row.
    """
    links = {row: own for row, own in links.items() if row not in binding.new}
    inner = {owner for own in owners.values() for owner in own}
    weighed: dict[int, WeighedLinks] = {}

    def is_asked_before(one: int) -> bool:
        return one in weighed or one not in links

    for row in links:
        for one in (*(owner for owner in reversed(owners.get(row, ())) if owner in links), row):
            if one not in weighed:
                own = links[one] if one not in inner else [link for link in links[one] if is_asked_before(link[0])]
                apart, subjects = binding.apart.get(one, ()), binding.subjects.get(one, ())
                odds = [
                    (earlier, math.exp(min(log_odds / SOFTENED, 20.0) + (BOUND if earlier in subjects else 0.0)))
                    for earlier, log_odds in own
                    if earlier not in apart
                ]
                total = 1.0 + sum(value for _, value in odds)
                antecedents = tuple((earlier, value / total) for earlier, value in odds)
                weighed[one] = WeighedLinks(antecedents, tuple(filter(is_asked_before, (*owners.get(one, ()), *apart))))
    return weighed


class _Given(NamedTuple):
    known: list[int | None]
    new: list[int | None]
    genders: dict[int, Gender]
    said_by: dict[int, Belief]
    apart: Mapping[int, Sequence[int]]


class _Answer(NamedTuple):
    given: _Given
    beliefs: list[Belief]


class _Changes(NamedTuple):
    """Between two questions. mentions: of whom something else is known; people: of another gender; parted: mentions of which others
    are somebody else."""

    mentions: set[int]
    people: set[int]
    parted: set[int]

    @property
    def size(self) -> int:
        return len(self.mentions) + OF_PERSON * len(self.people) + len(self.parted)


class BeliefNetwork:
    """Whom each mention of a text may mean, asked again and again, with a little more known each time.

    What an answer says depends on what was asked alone; what has not changed since the question before is not reckoned again.
    links: of later mentions the earlier ones, in the order of `weigh_links`. by_words: of each mention the gender that its words
    tell. sharpness: the power of its probabilities that a belief is passed on with: of 1 all doubt adds up, of more ever less.
    """

    def __init__(self, links: Mapping[int, WeighedLinks], by_words: Sequence[Gender], *, sharpness: float = 1.0) -> None:
        self._by_words = by_words
        self._sharpness = sharpness
        self._rows = list(links)
        self._links = list(links.values())
        self._place = {row: place for place, row in enumerate(self._rows)}
        self._answers: list[_Answer] = []

    @cached_property
    def _askers(self) -> Mapping[int, Sequence[int]]:
        """Of a mention the places, in the order of the links, of those that depend on it."""
        askers: dict[int, list[int]] = defaultdict(list)
        for place, (antecedents, owners) in enumerate(self._links):
            for earlier, _ in antecedents:
                askers[earlier].append(place)
            for owner in owners:
                askers[owner].append(place)
        return askers

    def spread(
        self,
        known: Sequence[int | None],
        genders: Mapping[int, Gender],
        new: Sequence[int | None] = (),
        said_by: Mapping[int, Belief] = _NOBODY_SAYS,
        apart: Mapping[int, Sequence[int]] = _NONE_OWN,
        *,
        number: int = 0,
    ) -> Sequence[Belief]:
        """A belief for each mention, in text order; what is missing to one is that it means nobody of these.

        known: the person whom a mention names, None where it does not. genders: of the people, where they are known. new: who a
        mention is that means none of those before; None where it is nobody then. said_by: of mentions who says them, and so is
        somebody else. apart: of mentions names, and others that are asked before, that are somebody else. number: of the question,
        from 0: the answer that it is likest to is that to the same one before, or to the one before it.
        """
        given = _Given(list(known), list(new or [None] * len(known)), dict(genders), dict(said_by), apart)
        earlier = self._answers[max(0, number - 1) : number + 1] or self._answers[-1:]
        changes = [_compare(given, one.given) for one in earlier]
        nearest = min(range(len(earlier)), key=lambda at: changes[at].size, default=None)
        if nearest is None or changes[nearest].size > MOST_CHANGES * len(known):
            answer = self._answer_anew(given)
        else:
            answer = _Answer(given, list(earlier[nearest].beliefs))
            self._put_right(answer, changes[nearest])
        self._answers[number:] = [answer, *self._answers[number + 1 :]]
        return answer.beliefs

    def _answer_anew(self, given: _Given) -> _Answer:
        beliefs = [_believe(*own) for own in zip(given.known, given.new, strict=True)]
        for place, row in enumerate(self._rows):
            if given.known[row] is None:
                beliefs[row] = self._reckon(place, given, beliefs)
        return _Answer(given, beliefs)

    def _put_right(self, answer: _Answer, changes: _Changes) -> None:
        """Reckon anew what has changed. answer: with the beliefs as they were before."""
        rivals = self._find_rivals(answer.given)
        stale = self._find_stale(answer, changes, rivals)
        place = stale.find(1)
        while place >= 0:
            row = self._rows[place]
            if answer.given.known[row] is None:
                belief = self._reckon(place, answer.given, answer.beliefs)
                if [*belief.items()] != [*answer.beliefs[row].items()]:  # in their order, in which they are added up
                    answer.beliefs[row] = belief
                    self._mark_askers(row, stale, rivals)
            place = stale.find(1, place + 1)

    def _find_rivals(self, given: _Given) -> Mapping[int, Sequence[int]]:
        """Of a mention the places of those that are somebody else by the question."""
        rivals: dict[int, list[int]] = defaultdict(list)
        for row, others in given.apart.items():
            for other in others if row in self._place else ():
                rivals[other].append(self._place[row])
        return rivals

    def _find_stale(self, answer: _Answer, changes: _Changes, rivals: Mapping[int, Sequence[int]]) -> bytearray:
        """1 for each place whose belief is to be reckoned anew; mentions that depend on no other are put right."""
        stale = bytearray(len(self._rows))
        given, beliefs = answer.given, answer.beliefs
        for row in changes.mentions:
            for place in rivals.get(row, ()):
                stale[place] = 1
            if given.known[row] is None and row in self._place:
                stale[self._place[row]] = 1
            elif (belief := _believe(given.known[row], given.new[row])) != beliefs[row]:
                beliefs[row] = belief
                self._mark_askers(row, stale, rivals)
        for row in changes.parted:
            if row in self._place:
                stale[self._place[row]] = 1
        if changes.people:
            for row, belief in enumerate(beliefs):
                if not changes.people.isdisjoint(belief):
                    self._mark_askers(row, stale, rivals)
            for row, who in enumerate(given.new):
                if who in changes.people and row in self._place:
                    stale[self._place[row]] = 1
        return stale

    def _mark_askers(self, row: int, stale: bytearray, rivals: Mapping[int, Sequence[int]]) -> None:
        for place in (*self._askers.get(row, ()), *rivals.get(row, ())):
            stale[place] = 1

    def _reckon(self, place: int, given: _Given, beliefs: Sequence[Belief]) -> Belief:
        later, (antecedents, owners) = self._rows[place], self._links[place]
        belief: dict[int, float] = defaultdict(float)
        own = given.new[later]
        if own is not None:
            belief[own] = 1.0 - sum(weight for _, weight in antecedents)
        for earlier, weight in antecedents:
            for person, probability in beliefs[earlier].items():
                belief[person] += weight * probability
        apart = [o for o in given.apart.get(later, ()) if given.known[o] is not None or self._place.get(o, -1) < place]
        if owners or apart or later in given.said_by:
            _part(belief, [*(beliefs[other] for other in (*owners, *apart)), given.said_by.get(later, _NOBODY)])
        _fit(belief, self._by_words[later], given.genders)
        if self._sharpness != 1.0:
            _sharpen(belief, self._sharpness)
        return {person: probability for person, probability in belief.items() if probability > LEAST}


def _compare(given: _Given, before: _Given) -> _Changes:
    mentions = _find_different(given.known, before.known) | _find_different(given.new, before.new)
    people = given.genders.keys() | before.genders.keys()
    turned = {who for who in people if given.genders.get(who) is not before.genders.get(who)}
    parted = {row for row in given.said_by.keys() | before.said_by.keys() if given.said_by.get(row) != before.said_by.get(row)}
    if given.apart is not before.apart:
        parted |= {row for row in given.apart.keys() | before.apart.keys() if given.apart.get(row) != before.apart.get(row)}
    return _Changes(mentions, turned, parted)


def _find_different(one: list[int | None], other: list[int | None]) -> set[int]:
    """Where two lists of one length differ, which they seldom do."""
    return {
        start + at
        for start in range(0, len(one), STRETCH)
        if (mine := one[start : start + STRETCH]) != (yours := other[start : start + STRETCH])
        for at in range(len(mine))
        if mine[at] != yours[at]
    }


def _believe(known: int | None, new: int | None) -> Belief:
    """Of a mention by itself."""
    return {known: 1.0} if known is not None else {} if new is None else {new: 1.0}


def find_likely(belief: Belief, least: float = LIKELY) -> int | None:
    """Who is meant with such a probability at least, and nobody else is likelier."""
    person = max(belief, key=lambda p: (belief[p], -p), default=None)
    return person if person is not None and belief[person] >= least else None


def _part(belief: dict[int, float], others: Sequence[Belief]) -> None:
    """Take from people who are somebody else, and give it to the others."""
    total = sum(belief.values())
    if not total:
        return
    for person in belief:
        for other in others:
            probability = other.get(person, 0.0)
            belief[person] *= 1.0 - APART * (1.0 if probability >= LIKELY else probability)
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


def _sharpen(belief: dict[int, float], power: float) -> None:
    """Take from the less likely people, and give it to the likelier ones."""
    total, powers = sum(belief.values()), sum(probability**power for probability in belief.values())
    if powers:
        for person, probability in belief.items():
            belief[person] = probability**power * total / powers


def learn_genders(beliefs: Sequence[Belief], by_words: Sequence[Gender], known: Mapping[int, Gender]) -> dict[int, Gender]:
    """The genders that are known, and those that the pronouns and nouns of a whole book tell beside them."""
    counts: dict[Gender, dict[int, float]] = {gender: defaultdict(float) for gender in Gender}
    for belief, gender in zip(beliefs, by_words, strict=True):
        if gender is not Gender.UNKNOWN:
            count = counts[gender]
            for person, probability in belief.items():
                count[person] += probability
    genders = dict(known)
    for person in dict.fromkeys((*counts[Gender.FEMALE], *counts[Gender.MALE])):
        female, male = (counts[gender].get(person, 0.0) for gender in (Gender.FEMALE, Gender.MALE))
        if person not in known and max(female, male) >= max(GENDER_EVIDENCE, TIMES_AS_MUCH * min(female, male)):
            genders[person] = Gender.FEMALE if female > male else Gender.MALE
    return genders


def join_beliefs(one: Belief, other: Belief, *, floor: float = 1e-3) -> dict[int, float]:
    """What two witnesses say together: the mean of their logarithms, as probabilities of those whom either names."""
    people = {*one, *other}
    joined = {p: math.sqrt(max(floor, one.get(p, 0.0)) * max(floor, other.get(p, 0.0))) for p in sorted(people)}
    total = sum(joined.values())
    return {person: value / total for person, value in joined.items()}
