"""Somebody new who turns out to be somebody with a name: "she" of a chapter's first pages, "a young man ... *Tom*"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from fabula.lexicons.gender import Person, means_several
from fabula.readers.cast.beliefs import Belief, WeighedLinks
from fabula.readers.cast.introductions import Introduction
from fabula.readers.conversations import PlacedMentions
from fabula.records import Evidence, Gender, Identity, Mention, MentionKind, Text

READER = "people"
ADOPTS, ADOPTS_DESCRIBED = 0.5, 0.8  # mentions' worth of belief, from which pronouns alone, or nouns, are who is named nearby
ADOPTS_SHARE = 0.02  # of all mentions of who is described by nouns: for many it takes more
NOUNS_SHARE = 0.3  # and of those that are nouns
ADOPTS_MORE = 1.5  # times as much as for the next best one
ADOPTS_FOREMOST = 1.1  # the same for a protagonist, who hardly ever goes without a name
NAMED_FIRST = 3.0  # times the weight of who is named first behind a pronoun that opens a chapter
INTRODUCED = 5.0  # mentions' worth of belief that the text says whose name it is
ADOPTED = 0.8  # probability that they are
_INDEFINITE = ("a ", "an ", "another ", "some ", "two ")


def adopt_new(
    text: Text,
    mentions: Sequence[Mention],
    links: Mapping[int, WeighedLinks],
    known: Sequence[int | None],
    beliefs: Sequence[Belief],
    meant: Sequence[int | None],
    genders: Mapping[int, Gender],
    narrator: int,
    places: PlacedMentions,
    owners: Mapping[int, Sequence[int]],
    introductions: Sequence[Introduction],
    apart: Mapping[int, Sequence[int]] = MappingProxyType({}),
) -> tuple[Identity, ...]:
    """That somebody new is somebody with a name, each of at most one.

    known: whom a mention names, by the place of the first that does; meant: whom it is taken to mean. narrator: a number above
    all of people with names, below those of who is new. What speaks for it: what the scores say of the names that follow, the doubt
    that is left in each mention, and above all that the text says it ("his name was Tom"). owners: of mentions those that are
    whose. apart: of mentions names of people that they are not.
    """
    first = _find_first(meant)
    met = _find_first(known)
    n_nouns = Counter(who for who, m in zip(meant, mentions, strict=True) if who is not None and m.kind is not MentionKind.PRONOUN)
    weights: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for who, belief in zip(meant, beliefs, strict=True):
        if who is not None and who > narrator:
            for person, probability in belief.items():
                if person < narrator:
                    weights[who][person] += probability
    naming: dict[tuple[int, int], int] = {}  # the first name that follows
    for at, who in enumerate(known):
        if who is None or who >= narrator or mentions[at].kind is not MentionKind.NAME:
            continue
        for earlier, probability in links[at].antecedents if at in links else ():
            new = meant[earlier]
            if new is not None and new > narrator:
                weights[new][who] += probability
                naming.setdefault((new, who), at)
    for mention, name, _ in introductions:
        new, who = meant[mention], known[name]
        if new is not None and new > narrator and who is not None and who < narrator:
            weights[new][who] += INTRODUCED
            naming[new, who] = min(naming.get((new, who), name), name)
    n_mentions = Counter(meant)
    several = _find_several(places, mentions, meant)
    n_named = Counter(known)
    foremost = _find_foremost(mentions, known, meant, places, narrator)
    openings = _find_openings(text, mentions, known, meant, places)
    believed_owners = _believe_owners(owners, meant, beliefs)
    barred: dict[int | None, set[int | None]] = defaultdict(set)
    for mention, names in apart.items():
        barred[meant[mention]].update(known[name] for name in names)
    adopted = []
    for new, weighed in weights.items():
        if new in several:
            continue
        own = {
            who: weight * (1.0 - believed_owners[new].get(who, 0.0)) for who, weight in weighed.items() if who not in barred[new]
        }
        if (opening := openings.get(new)) in own:
            own[opening] *= NAMED_FIRST
        if new == foremost:
            seldom = min((n_named[who] for who in own), default=1)
            own = {who: weight * seldom / n_named[who] for who, weight in own.items()}
        if text.quote(mentions[first[new]].span).lower().startswith(_INDEFINITE):  # "a young man" is nobody who is known
            own = {who: weight for who, weight in own.items() if met[who] > first[new]}
        least = max(ADOPTS_DESCRIBED, ADOPTS_SHARE * n_mentions[new], NOUNS_SHARE * n_nouns[new]) if new in n_nouns else ADOPTS
        who = _choose(own, least, ADOPTS_FOREMOST if new == foremost else ADOPTS_MORE)
        if who is not None and _agree(genders.get(new), genders.get(who)):
            named = naming.get((new, who), met[who])
            spans = tuple(sorted({mentions[first[new]].span, mentions[named].span}))
            character = mentions[named].character if mentions[named].character is not None else mentions[who].character
            if character is not None:
                adopted.append(Identity(character, new, Evidence(spans, READER, ADOPTED)))
    return tuple(adopted)


def _find_several(places: PlacedMentions, mentions: Sequence[Mention], meant: Sequence[int | None]) -> set[int]:
    """Those who are rather "they" than "he" or "she", or "the family" than "the boy": several are nobody with a name."""
    balance: Counter[int] = Counter()
    words = places.placed.segment.words
    for person, mention, who in zip(places.persons, mentions, meant, strict=True):
        if who is None:
            continue
        if mention.kind is MentionKind.NOMINAL and mention.head is not None:
            balance[who] += means_several(words[mention.head].lower())
        balance[who] += (person is Person.THEY) - (person in (Person.HE, Person.SHE))
    return {who for who, more in balance.items() if more > 0}


def _find_openings(
    text: Text, mentions: Sequence[Mention], known: Sequence[int | None], meant: Sequence[int | None], places: PlacedMentions
) -> dict[int, int]:
    """Of those who come on as the pronoun that opens a chapter, before all names, who is named first behind it."""
    chapters = [chapter.span.end for chapter in text.chapters]
    openings: dict[int, int] = {}
    came: dict[int, int | None] = {}  # chapter -> who opens it
    for mention, who, name, quote in zip(mentions, meant, known, places.quotes, strict=True):
        chapter = bisect_right(chapters, mention.span.start)
        if who is not None and chapter not in came:
            came[chapter] = who if mention.kind is MentionKind.PRONOUN and name is None and quote < 0 else None
        opener = came.get(chapter)
        if opener is not None and mention.kind is MentionKind.NAME and name is not None and quote < 0:
            openings.setdefault(opener, name)
            came[chapter] = None
    return openings


def _find_foremost(
    mentions: Sequence[Mention],
    known: Sequence[int | None],
    meant: Sequence[int | None],
    places: PlacedMentions,
    narrator: int,
) -> int | None:
    """Who comes on as "he" or "she" before all names of a story and has more mentions than anybody: its protagonist.

    Who is so much in focus is seldom named, so that each place of a name has to be asked, not all together; and has a name.
    """
    n_mentions = Counter(who for who in meant if who is not None)
    came: set[int] = set()
    for at, (who, name) in enumerate(zip(meant, known, strict=True)):
        if name is not None and mentions[at].kind is MentionKind.NAME:
            break
        if who is None or who in came:
            continue
        came.add(who)
        if who > narrator and places.persons[at] in (Person.HE, Person.SHE) and places.quotes[at] < 0:
            return who if n_mentions[who] == max(n_mentions.values()) else None
    return None


def _believe_owners(
    owners: Mapping[int, Sequence[int]], meant: Sequence[int | None], beliefs: Sequence[Belief]
) -> dict[int, dict[int, float]]:
    """Of each person the probability of others to be whose he or she is: they are not one. owners: of mentions the same."""
    believed: dict[int, dict[int, float]] = defaultdict(dict)
    for whole, own in owners.items():
        who = meant[whole]
        if who is not None:
            for owner in own:
                for person, probability in beliefs[owner].items():
                    believed[who][person] = max(probability, believed[who].get(person, 0.0))
    return believed


def _find_first(meant: Sequence[int | None]) -> dict[int, int]:
    """Of each person the first mention."""
    first: dict[int, int] = {}
    for at, who in enumerate(meant):
        if who is not None:
            first.setdefault(who, at)
    return first


def _choose(weights: Mapping[int, float], least: float, times: float) -> int | None:
    """The person of the most weight, if it is enough, and so many times the next one's."""
    ranked = sorted(weights, key=lambda person: (-weights[person], person))
    if not ranked or weights[ranked[0]] < least:
        return None
    return None if len(ranked) > 1 and weights[ranked[0]] < times * weights[ranked[1]] else ranked[0]


def _agree(one: Gender | None, other: Gender | None) -> bool:
    return {one, other} != {Gender.FEMALE, Gender.MALE}
