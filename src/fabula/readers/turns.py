"""Who speaks, decided over a whole conversation: cues first, then the model's scores with the turns that people take.

A cue that names the speaker decides. "said she" leaves those of the other gender behind; so does being called by name in the
words themselves. The rest is the most probable sequence: who speaks in the next paragraph is likely somebody else, in the one
after it the same person again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from fabula.lexicons.gender import FEMALE_NOUNS, MALE_NOUNS
from fabula.lexicons.patterns import SPEECH_VERB, any_of
from fabula.records import Gender, Quote, Text

MOST_PEOPLE = 6  # of one turn that are weighed against each other
REACH_BEFORE = 160  # characters before a quotation that may hold its cue
SURE = 0.7  # probability of a speaker who is no other one than who spoke before in the paragraph
NEAR = 3  # quotations before and after one in which who is spoken to may speak
SAME_TALK = 2  # paragraphs, at most, between a quotation and the answer to it
FLOOR = 1e-4  # probability of somebody whom the model does not name
# Natural logarithms of odds; tuned on the evaluation novels (evaluation/RESULTS.md).
TRUST = 0.7  # of the model's own scores, which are too sure of themselves
OTHER_GENDER = 5.0
CALLED = 5.0
TAKES_TURN = 1.7  # the next paragraph's speaker is another one
RETURNS = 2.2  # the speaker of the paragraph after it is the same again

_TAKES_TURN, _RETURNS = math.exp(TAKES_TURN), math.exp(RETURNS)
K = TypeVar("K")

_ADVERBS = r"(?:(?:then|had|has|only|now|at last|at once|again|also|just|even|still|never|always|once|(?:very )?[a-z]+ly)\s+){0,2}"
_NOUN_BEFORE = r"(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Tt]heir|[Aa]n?|[Tt]hat|[Tt]his)\s+(?:[\w’'-]+\s+){0,2}?"


def _subject(place: int) -> str:
    """He or she, or a noun that says as much: "the old lady"; groups he<place> and she<place>."""
    return "|".join(
        rf"(?P<{pronoun}{place}>[{pronoun[0].upper()}{pronoun[0]}]{pronoun[1:]}\b|{_NOUN_BEFORE}(?:{any_of(nouns)})\b(?!['’-]))"
        for pronoun, nouns in (("he", MALE_NOUNS), ("she", FEMALE_NOUNS))
    )


_BEHIND = re.compile(
    rf"[\s,.;:—–-]{{0,4}}(?:(?:and|but|then)\s+)?(?:{_ADVERBS}(?:{SPEECH_VERB})\s+(?:[a-z]+ly\s+)?(?:{_subject(1)})|(?:{_subject(2)}))"
)
_LEADING = re.compile(rf"\b(?:{_subject(1)})\s+{_ADVERBS}(?:{SPEECH_VERB})\b[^.!?;\"“”«»]{{0,60}}[,:—–-]{{1,3}}\s*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of one quotation.

    people: probability of each person to be its speaker. known: who speaks by a cue that names them. gender: of the pronoun of its
    cue. called: whom its words call by name. paragraph: the number of the paragraph that it begins in.
    """

    people: Mapping[int, float]
    paragraph: int
    known: int | None = None
    gender: Gender = Gender.UNKNOWN
    called: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks a quotation, None for nobody that is known, and how probable that is."""

    person: int | None
    probability: float


def find_pronoun_cues(text: Text, quotes: Sequence[Quote]) -> dict[int, Gender]:
    """Quotation -> the gender of who is beside it: "said she", "cried the old lady", “...” He rose."""
    found: dict[int, Gender] = {}
    for quote in quotes:
        for part in quote.parts:
            end = text.string.find("\n\n", part.end)
            match = _BEHIND.match(text.string, part.end, end if end >= 0 else len(text.string))
            if match:
                found[quote.id] = Gender.FEMALE if match["she1"] or match["she2"] else Gender.MALE
                break
        else:
            first = quote.parts[0].start
            begin = max(_lead(text.string, first), first - REACH_BEFORE)
            match = _LEADING.search(text.string, begin, first)
            if match:
                found[quote.id] = Gender.FEMALE if match["she1"] else Gender.MALE
    return found


def _lead(string: str, first: int) -> int:
    """Where the paragraph begins that leads up to a quotation: its own, or one before it that ends with a comma."""
    start = _paragraph_start(string, first)
    if start == first and string[max(0, first - 8) : first].rstrip()[-1:] in (",", ":"):
        start = _paragraph_start(string, len(string[:first].rstrip()))
    return start


def _paragraph_start(string: str, offset: int) -> int:
    found = string.rfind("\n\n", 0, offset)
    return found + 2 if found >= 0 else 0


def decide_speakers(turns: Sequence[Turn], genders: Mapping[int, Gender]) -> list[Decision]:
    """The speakers of quotations in text order. genders: of the people, where it is known."""
    groups = _group(turns)
    people: list[list[int]] = []
    scores: list[list[float]] = []
    for group in groups:
        weighed = _weigh([turns[number] for number in group], genders)
        people.append([person for person, _ in weighed])
        scores.append([score for _, score in weighed])
    paragraphs = [turns[group[0]].paragraph for group in groups]
    chosen = _weigh_sequences(people, scores, paragraphs)
    decisions: list[Decision] = [Decision(None, 0.0)] * len(turns)
    for group, decision in zip(groups, chosen, strict=True):
        for number in group:
            decisions[number] = decision
    return decisions


def _group(turns: Sequence[Turn]) -> list[list[int]]:
    """The quotations of a paragraph together, unless cues, or scores that are sure, say that several speak in it."""
    groups: list[list[int]] = []
    sure = [_sure_speaker(turn) for turn in turns]
    for number, turn in enumerate(turns):
        if groups and turns[groups[-1][-1]].paragraph == turn.paragraph:
            others = {turns[n].known for n in groups[-1]} - {None}
            genders = {turns[n].gender for n in groups[-1]} - {Gender.UNKNOWN}
            agree = turn.known is None or not others or turn.known in others
            agree = agree and (sure[number] is None or {sure[n] for n in groups[-1]} <= {None, sure[number]})
            if agree and (turn.gender is Gender.UNKNOWN or not genders or turn.gender in genders):
                groups[-1].append(number)
                continue
        groups.append([number])
    return groups


def _sure_speaker(turn: Turn) -> int | None:
    if turn.known is not None:
        return turn.known
    person = max(turn.people, key=turn.people.__getitem__, default=None)
    return person if person is not None and turn.people[person] > SURE else None


def _weigh(group: Sequence[Turn], genders: Mapping[int, Gender]) -> list[tuple[int, float]]:
    """The likeliest speakers of a paragraph's quotations, with logarithms of their probabilities."""
    known = [turn.known for turn in group if turn.known is not None]
    if known:
        return [(known[0], 0.0)]
    people: Set[int] = {person for turn in group for person in turn.people}
    scored = [(person, sum(_score(turn, person, genders) for turn in group)) for person in people]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:MOST_PEOPLE]


def _score(turn: Turn, person: int, genders: Mapping[int, Gender]) -> float:
    score = TRUST * math.log(max(FLOOR, turn.people.get(person, 0.0)))
    gender = genders.get(person, Gender.UNKNOWN)
    if Gender.UNKNOWN not in (turn.gender, gender) and turn.gender is not gender:
        score -= OTHER_GENDER
    return score - CALLED if person in turn.called else score


def _weigh_sequences(
    people: Sequence[Sequence[int]], scores: Sequence[Sequence[float]], paragraphs: Sequence[int]
) -> list[Decision]:
    """The most probable speaker of each group, over all sequences in which each depends on the two before.

    Groups whose paragraphs do not follow each other are independent.
    """
    begins = [at for at in range(len(people)) if not at or paragraphs[at] - paragraphs[at - 1] != 1]
    decisions: list[Decision] = []
    for start, end in pairwise((*begins, len(people))):
        decisions += _weigh_sequence(tuple(map(tuple, people[start:end])), tuple(map(tuple, scores[start:end])))
    return decisions


@lru_cache(maxsize=1 << 14)  # when a story is corrected, most conversations of a long novel stay as they were
def _weigh_sequence(people: tuple[tuple[int, ...], ...], scores: tuple[tuple[float, ...], ...]) -> tuple[Decision, ...]:
    """The same for groups in paragraphs that follow each other (forward, backward)."""
    states: list[Sequence[int | None]] = [own or (None,) for own in people]
    own_weights = [[math.exp(score - max(own)) for score in own] or [1.0] for own in scores]

    def turn(at: int, before: int | None, last: int | None, person: int | None) -> float:
        weight = 1.0
        if person is not None:
            if at > 0 and person != last:
                weight *= _TAKES_TURN
            if at > 1 and person == before:
                weight *= _RETURNS
        return weight

    # Of two groups on end the probability of both speakers, given all that comes before; and of all that comes after.
    forward: list[dict[tuple[int | None, int | None], float]] = []
    now: dict[tuple[int | None, int | None], float] = {(None, None): 1.0}
    for at, own in enumerate(states):
        step: dict[tuple[int | None, int | None], float] = {}
        for (before, last), total in now.items():
            for person, weight in zip(own, own_weights[at], strict=True):
                pair = last, person
                step[pair] = step.get(pair, 0.0) + total * weight * turn(at, before, last, person)
        now = _normalise(step)
        forward.append(now)
    decisions: list[Decision] = []
    backward = dict.fromkeys(now, 1.0)
    for at in range(len(people) - 1, -1, -1):
        marginal: dict[int | None, float] = {}
        for pair, total in forward[at].items():
            marginal[pair[1]] = marginal.get(pair[1], 0.0) + total * backward[pair]
        marginal = _normalise(marginal)
        best = max(states[at], key=lambda person: marginal[person])
        decisions.append(Decision(best, 0.0 if best is None else marginal[best]))
        if at:
            earlier: dict[tuple[int | None, int | None], float] = {}
            for before, last in forward[at - 1]:
                earlier[before, last] = sum(
                    weight * turn(at, before, last, person) * backward[last, person]
                    for person, weight in zip(states[at], own_weights[at], strict=True)
                )
            backward = _normalise(earlier)
    return tuple(reversed(decisions))


def _normalise(weights: dict[K, float]) -> dict[K, float]:
    total = sum(weights.values())
    return {key: value / total for key, value in weights.items()}


def find_beside(order: Sequence[int], speakers: Sequence[int | None], paragraphs: Sequence[int]) -> list[int | None]:
    """Of each quotation the nearest one of the same talk that somebody else speaks, before or behind; in a tie, behind.

    order: the quotations in text order, as numbers of the other two.
    """

    def find(at: int, row: int) -> int | None:
        for step in range(1, NEAR + 1):
            for other in (order[near] for near in (at + step, at - step) if 0 <= near < len(order)):
                if speakers[other] not in (None, speakers[row]) and abs(paragraphs[other] - paragraphs[row]) <= SAME_TALK:
                    return other
        return None

    found: list[int | None] = [None] * len(order)
    for at, row in enumerate(order):
        found[row] = find(at, row)
    return found
