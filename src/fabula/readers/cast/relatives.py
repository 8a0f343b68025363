"""Who "his mother" is: the same person wherever he has one, of his own name if there is one of it.

A mention alone says little; over a book all mothers of one person are one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from fabula.lexicons.gender import FEMALE_NOUNS, ONLY_RELATIVES
from fabula.lexicons.titles import TITLES
from fabula.readers.cast.beliefs import Belief
from fabula.readers.cast.name_words import parse_name
from fabula.records import Gender, Mention, MentionKind, Text

SURE_OWNER = 0.5  # probability of the one whose mother she is
NAMESAKE = 0.02  # share of the belief that somebody of the owner's name needs, to be his father
NAMED = 0.5  # and that anybody else needs who has a name
NARRATION = -1  # who calls "Mum" so in a story that nobody tells as "I"
_LONGEST = max(map(len, ONLY_RELATIVES))  # characters
_NOBODYS: Mapping[int, int] = MappingProxyType({})
_OF_FAMILY = frozenset({"Mr", "Mister", "Mrs", "Lady", "Sir", "Lord", "Madame", "Monsieur"})  # titles of fathers, mothers, spouses


def find_relatives(
    text: Text,
    mentions: Sequence[Mention],
    known: Sequence[int | None],
    owners: Mapping[int, Sequence[int]],
    beliefs: Sequence[Belief],
    narrator: int,
    whose: Mapping[int, int] = _NOBODYS,
) -> dict[int, int]:
    """Mention -> whom it means, of those that name the only relative of somebody by what he or she is to them.

    known: whom a mention names. owners: of a mention those whose it is. narrator: a number above all of people with names; those
    above it have none. whose: of bare ones ("*Father* came") who calls them so.
    """
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for whole, own in owners.items():
        mention = mentions[whole]
        if mention.head is None or mention.kind is not MentionKind.NOMINAL or known[whole] is not None:
            continue
        relation = ONLY_RELATIVES.get(text.quote(text.tokens[mention.head]).lower())
        owner = _likeliest(beliefs[own[-1]])
        if relation is not None and owner is not None:
            groups[owner, relation].append(whole)
    for whole, owner in whose.items():
        head = mentions[whole].head
        if known[whole] is None and head is not None:
            groups[owner, ONLY_RELATIVES[text.quote(text.tokens[head]).lower()]].append(whole)
    if not groups:
        return {}
    families, titled = _find_families(text, mentions, known)
    meant = {}
    for (owner, relation), group in groups.items():
        votes: dict[int, float] = defaultdict(float)
        for whole in group:
            for person, probability in beliefs[whole].items():
                if person != owner:
                    votes[person] += probability
        gender = Gender.FEMALE if relation in FEMALE_NOUNS else Gender.MALE
        namesakes = {person for family in families.get(owner, ()) for person in titled.get((family, gender), ())}
        who = _elect(votes, namesakes - {owner}, narrator)
        if who is not None:
            meant.update(dict.fromkeys(group, who))
    return meant


def find_bare(
    text: Text,
    mentions: Sequence[Mention],
    quotes: Sequence[int],
    tellers: Sequence[int | None],
    speakers: Mapping[int, int | None],
) -> dict[int, int]:
    """Who calls somebody by what he or she is to them, without more: "*Father* was buried", "“Come, *Mum*.”".

    quotes: of each mention the row of its quotation, -1 for none; speakers: of rows. tellers: who says each "I" of the narration.
    """
    told = [at for at, teller in enumerate(tellers) if teller is not None]
    found = {}
    for mention in mentions:
        if mention.kind is not MentionKind.NOMINAL or mention.head is None or mention.span.end - mention.span.start > _LONGEST:
            continue
        if text.quote(mention.span).lower() not in ONLY_RELATIVES or mention.span != text.tokens[mention.head]:
            continue
        row = quotes[mention.id]
        if row >= 0:
            caller = speakers.get(row)
        elif told:
            after = min(bisect_left(told, mention.id), len(told) - 1)
            caller = tellers[min(told[max(after - 1, 0)], told[after], key=lambda at: abs(at - mention.id))]
        else:
            caller = NARRATION
        if caller is not None:
            found[mention.id] = caller
    return found


def _elect(votes: Mapping[int, float], namesakes: Collection[int], narrator: int) -> int | None:
    """Somebody of the owner's name for little, another one who has a name for much, or the foremost of those who have none."""
    total = sum(votes.values())
    ranked = sorted(votes, key=lambda person: (-votes[person], person))
    for person in ranked:
        if person in namesakes and votes[person] >= NAMESAKE * total:
            return person
    if ranked and ranked[0] < narrator and votes[ranked[0]] >= NAMED * total:
        return ranked[0]
    return next((person for person in ranked if person > narrator), None)


def _likeliest(belief: Belief) -> int | None:
    person = max(belief, key=lambda p: (belief[p], -p), default=None)
    return person if person is not None and belief[person] >= SURE_OWNER else None


def _find_families(
    text: Text, mentions: Sequence[Mention], known: Sequence[int | None]
) -> tuple[dict[int, set[str]], dict[tuple[str, Gender], set[int]]]:
    """Of each person the family names, and who bears a family name with a title that tells the gender ("Mrs. Hale")."""
    families: dict[int, set[str]] = defaultdict(set)
    titled: dict[tuple[str, Gender], set[int]] = defaultdict(set)
    for mention, who in zip(mentions, known, strict=True):
        if who is None or mention.kind is not MentionKind.NAME:
            continue
        title, words = parse_name(text.quote(mention.span))
        if words and (title or len(words) > 1):
            families[who].add(words[-1])
            if len(words) == 1 and title in _OF_FAMILY:
                titled[words[-1], TITLES[title]].add(who)
    return families, titled
