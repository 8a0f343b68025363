"""Who says each quotation of a book, and to whom, once it is known whom its mentions may mean.

The verb that a quotation hangs on, by the parse, is asked first, then the model's scores of all mentions around, and the turns that
people take in a conversation decide (`fabula.readers.turns`).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from fabula.language.segmenting import PlacedSegment, whole_segment
from fabula.lexicons.gender import (
    FEMALE_ADDRESS,
    FEMALE_NOUNS,
    GENDERS,
    INDEFINITE,
    MALE_ADDRESS,
    MALE_NOUNS,
    PRONOUN_PERSONS,
    Person,
)
from fabula.neural.conversation import NAME, NOMINAL, Mentions, find_called
from fabula.readers.cast.beliefs import Belief, MentionLinks, find_likely, join_beliefs
from fabula.readers.cues import Cue
from fabula.readers.turns import Turn, decide_speakers, find_beside
from fabula.readers.voices import find_innermost
from fabula.records import Attribution, Gender, Mention, MentionKind, Quote, Text

# Of how sure a decision is (a logistic regression): the logarithms of its odds, and of the two kinds of scores; tuned on the
# evaluation novels (evaluation/RESULTS.md).
OF_TURNS, OF_NAMED, OF_MEANT, SURENESS = 0.45, 0.1, 0.27, 0.35
LEAST = 1e-3  # probability that is told from none
UNNAMED = 0.15  # times as likely is somebody without a name to speak as one with a name, if the scores are the same
SURE = 0.95  # probability from which a noun means nobody else
_KINDS = tuple(MentionKind)


@dataclass(frozen=True, slots=True)
class PlacedMentions:
    """A text's mentions among its words: what each says by itself, and where it stands.

    placed: the text as one segment. starts, ends: in words. quotes: the row of the innermost quotation that each is in, -1 for
    none. persons: of pronouns. genders: what the words tell ("he", "the old *lady*"). called: by name in a quotation ("Go,
    *Tom*!"); hailed: without one ("my dear *boy*").
    """

    placed: PlacedSegment
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotes: tuple[int, ...]
    persons: tuple[Person, ...]
    genders: tuple[Gender, ...]
    called: tuple[bool, ...]
    hailed: tuple[bool, ...]

    def is_spoken(self, mention: int) -> bool:
        """Whether a mention is the "I" or the "you" of what somebody says."""
        return self.quotes[mention] >= 0 and self.persons[mention] in (Person.I, Person.YOU)


def place_mentions(text: Text, quotes: Sequence[Quote], mentions: Sequence[Mention]) -> PlacedMentions:
    """Find the mentions of a text among its words; their ids are their places."""
    placed = whole_segment(text, quotes)
    inside, words, begins = find_innermost(placed.segment), placed.segment.words, text.tokens.starts
    starts, ends, persons, genders = [], [], [], []
    for mention in mentions:
        start = bisect_right(begins, mention.span.start) - 1
        starts.append(start)
        ends.append(max(bisect_right(begins, mention.span.end - 1), start + 1))
        if mention.kind is MentionKind.PRONOUN:
            person = PRONOUN_PERSONS.get(words[start].lower(), Person.UNKNOWN)
            gender = GENDERS.get(person, Gender.UNKNOWN)
        else:
            person, gender = Person.UNKNOWN, _gender_of_noun(words[start if mention.head is None else mention.head].lower())
        persons.append(person)
        genders.append(gender)
    rows = tuple(inside[start] for start in starts)
    kinds = np.asarray([_KINDS.index(mention.kind) for mention in mentions], np.int64)
    table = Mentions(np.asarray(starts, np.int64), np.asarray(ends, np.int64), kinds)
    set_off = find_called(placed.segment, table)
    called, hailed = (tuple((set_off & (kinds == kind)).tolist()) for kind in (NAME, NOMINAL))
    return PlacedMentions(placed, tuple(starts), tuple(ends), rows, tuple(persons), tuple(genders), called, hailed)


def _gender_of_noun(noun: str) -> Gender:
    noun = noun.replace("’", "'")
    if noun in MALE_NOUNS or noun in MALE_ADDRESS:
        return Gender.MALE
    return Gender.FEMALE if noun in FEMALE_NOUNS or noun in FEMALE_ADDRESS else Gender.UNKNOWN


class Voices(NamedTuple):
    """What is known of speakers.

    speakers: of quotations the mentions that may speak, by ids, log-odds against nobody; named: of those alone that say who it is.
    said: the speakers whom a verb of speech names. cues: of quotations, by their ids; beside: the gender of who is beside them.
    """

    speakers: MentionLinks
    named: MentionLinks
    said: Sequence[Attribution]
    cues: Mapping[int, Cue]
    beside: Mapping[int, Gender]


class Reason(StrEnum):
    """What decides who speaks, where no verb names the speaker; the reader that a statement of it is by."""

    CUE = "cues"  # whom the subject of its verb means: "said she"
    SCORE = "conversations"  # the model's scores of all who are mentioned around
    TURN = "turns"  # who else speaks around, against the scores


class Heard(NamedTuple):
    """Who speaks a quotation, how likely that is, and to whom; None for nobody that is known.

    cue: what says so by the parse; subject: the mention that is its subject. called: whom its words call by name. beside: the
    nearest quotation of the same talk that somebody else speaks.
    """

    speaker: int | None
    probability: float
    to: int | None
    cue: Cue | None = None
    called: frozenset[int] = frozenset()
    beside: int | None = None
    reason: Reason = Reason.SCORE
    subject: int | None = None


def hear_conversations(
    places: PlacedMentions,
    known: Sequence[int | None],
    beliefs: Sequence[Belief],
    genders: Mapping[int, Gender],
    narrator: int,
    voices: Voices,
    owners: Mapping[int, Sequence[int]],
) -> dict[int, Heard]:
    """A voice for every quotation, by its id.

    known: whom a mention names; narrator: who says "I" outside quotations. owners: of nouns those whose they are ("*her* mother"),
    and who do not speak where the noun does.
    """
    segment, ids = places.placed.segment, places.placed.quotes
    n = len(ids)
    row_of = {quote: row for row, quote in enumerate(ids)}
    cues = {row_of[quote]: cue for quote, cue in voices.cues.items()}
    subjects = find_subjects(cues, places.starts, places.ends)
    named = add_beliefs(n, _by_row(voices.named, row_of), [{} if who is None else {who: 1.0} for who in known])
    meant = add_beliefs(n, _by_row(voices.speakers, row_of), beliefs)
    said = {row_of[a.quote]: known[a.speaker] for a in voices.said if a.quote in row_of}
    said_to = {row_of[a.quote]: known[a.addressees[0]] for a in voices.said if a.quote in row_of and a.addressees}
    beside = {row_of[quote]: gender for quote, gender in voices.beside.items() if quote in row_of}
    called = _find_called(places, known, n)
    order = sorted(range(n), key=lambda row: segment.quotes[row][0][0])
    paragraphs = [bisect_right(segment.paragraphs, segment.quotes[row][0][0]) - 1 for row in range(n)]
    turns = []
    for row in order:
        subject = subjects.get(row)
        who, gender = ask_cue(said.get(row), subject, known, places.genders, beside.get(row, Gender.UNKNOWN))
        others = called[row] | ({narrator} if gender is not Gender.UNKNOWN else set())  # nor is a narrator "he"
        if subject is not None:
            others |= {whose for owner in owners.get(subject, ()) if (whose := find_likely(beliefs[owner], SURE)) is not None}
            sure = find_likely(beliefs[subject], SURE)
            if who is None and places.persons[subject] is Person.UNKNOWN and sure is not None and sure < narrator:  # a noun
                who = sure
        people = _weigh_people(places, named[row], meant[row], subject, beliefs, narrator)
        turns.append(Turn(people, paragraphs[row], who, gender, frozenset(others)))
    turn_of = dict(zip(order, turns, strict=True))
    decided = dict(zip(order, decide_speakers(turns, genders), strict=True))
    speakers = [decided[row].person for row in range(n)]
    nearest = find_beside(order, speakers, paragraphs)
    heard = {}
    for row in range(n):
        by_name = called[row] - {speakers[row]}
        other = nearest[row]
        to = next(iter(by_name)) if len(by_name) == 1 else None if other is None else speakers[other]
        to = said_to.get(row, to)
        by = None if other is None else ids[other]
        speaker, probability = decided[row].person, decided[row].probability
        if speaker is not None:
            probability = _calibrate(probability, named[row].get(speaker, 0.0), meant[row].get(speaker, 0.0))
        reason = _find_reason(turn_of[row], speaker, beliefs[subjects[row]] if row in subjects else {})
        heard[ids[row]] = Heard(speaker, probability, to, cues.get(row), frozenset(called[row]), by, reason, subjects.get(row))
    return heard


def _weigh_people(
    places: PlacedMentions, named: Belief, meant: Belief, subject: int | None, beliefs: Sequence[Belief], narrator: int
) -> Belief:
    """Who may speak a quotation, by its scores and by whom the subject of its cue may mean; "a man" is seldom who has a name."""
    told = {} if subject is None else beliefs[subject]
    if told and subject is not None and places.placed.segment.words[places.starts[subject]].lower() in INDEFINITE:
        return told
    return _prefer_named(join_beliefs(named, told or meant), narrator)


def _calibrate(probability: float, named: float, meant: float) -> float:
    """How often somebody who is decided upon is right. named, meant: his or her own probability by either kind of scores."""
    odds = math.log(max(LEAST, probability) / max(LEAST, 1.0 - probability))
    score = OF_TURNS * odds + OF_NAMED * math.log(max(LEAST, named)) + OF_MEANT * math.log(max(LEAST, meant)) + SURENESS
    return 1.0 / (1.0 + math.exp(-score))


def _find_reason(turn: Turn, speaker: int | None, subject: Belief) -> Reason:
    """What decided upon a speaker. subject: whom that of the cue may mean."""
    if turn.known is not None or (subject and speaker == max(subject, key=subject.__getitem__)):
        return Reason.CUE
    return Reason.SCORE if speaker == max(turn.people, key=turn.people.__getitem__, default=None) else Reason.TURN


def _prefer_named(people: Belief, narrator: int) -> Belief:
    """Probabilities with less for those without a name: "the girl" is more often somebody who has one."""
    weighed = {who: value * (UNNAMED if who > narrator else 1.0) for who, value in people.items()}
    total = sum(weighed.values()) or 1.0
    return {who: value / total for who, value in weighed.items()}


def _by_row(links: MentionLinks, row_of: Mapping[int, int]) -> MentionLinks:
    return {row_of[quote]: own for quote, own in links.items()}


def find_subjects(cues: Mapping[int, Cue], starts: Sequence[int], ends: Sequence[int]) -> dict[int, int]:
    """Quotation -> the mention that is the subject of its cue: the shortest that ends with that word, or else that holds it.

    starts, ends: of the mentions, in words.
    """
    wanted = {word for cue in cues.values() for word in (cue.subject, cue.owner)}
    holding: dict[int, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for word in range(start, end):
            if word in wanted:
                holding[word].append(number)

    def distance(number: int, word: int) -> tuple[int, int]:
        return abs(ends[number] - 1 - word), ends[number] - starts[number]

    def nearest(cue: Cue) -> int | None:
        word = cue.subject if cue.subject in holding else cue.owner
        return None if word is None else min(holding.get(word, ()), key=lambda number: distance(number, word), default=None)

    return {quote: subject for quote, cue in cues.items() if (subject := nearest(cue)) is not None}


def ask_cue(
    told: int | None, subject: int | None, known: Sequence[int | None], genders: Sequence[Gender], beside: Gender
) -> tuple[int | None, Gender]:
    """Who speaks by the words that say so, and if they name nobody, of which gender it is.

    told: whom rules have found; subject: the mention that is the subject of the cue; known: whom mentions name; genders: what their
    words tell; beside: what the words beside the quotation tell.
    """
    who = told if told is not None or subject is None else known[subject]
    if who is not None:
        return who, Gender.UNKNOWN
    gender = Gender.UNKNOWN if subject is None else genders[subject]
    return None, beside if gender is Gender.UNKNOWN else gender


def add_beliefs(n: int, links: MentionLinks, beliefs: Sequence[Belief]) -> list[dict[int, float]]:
    """The probability of each person to speak each of n quotations: of all mentions that may mean them. links: by quotation."""
    odds: list[dict[int, float]] = [defaultdict(float) for _ in range(n)]
    totals = [1.0] * n  # nobody
    for row, own in links.items():
        for column, log_odds in own:
            value = math.exp(min(log_odds, 30.0))
            totals[row] += value
            for person, probability in beliefs[column].items():
                odds[row][person] += value * probability
    return [{person: value / total for person, value in own.items()} for own, total in zip(odds, totals, strict=True)]


def _find_called(places: PlacedMentions, known: Sequence[int | None], n: int) -> list[set[int]]:
    """Of each quotation those whom it calls by name."""
    called: list[set[int]] = [set() for _ in range(n)]
    for at, person in enumerate(known):
        if person is not None and places.called[at]:
            called[places.quotes[at]].add(person)
    return called
