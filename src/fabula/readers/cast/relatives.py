"""Who "his mother" is: the same person wherever he has one, of his own name if there is one of it.

A mention alone says little; over a book all mothers of one person are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple

from fabula.lexicons.gender import FEMALE_NOUNS, ONLY_RELATIVES
from fabula.readers.cast.beliefs import Belief, find_likely
from fabula.readers.cast.families import Families, find_families
from fabula.records import Gender, Mention, MentionKind, Text

OTHER_OWNER = 0.1  # probability of somebody whose mother has a name to be the one whose mother she is
NAMESAKE = 0.02  # share of the belief that somebody of the owner's name needs, to be his father
NAMED = 0.5  # and that anybody else needs who has a name
FEW, SOME_NAMED, FOREMOST = 5, 0.1, 0.5  # or mentions, and shares of the belief and of what it gives to names, if named around
AROUND, AROUND_SHARE = 40, 0.25  # mentions on either side, and the share of his places that have a name of the relative so near
NAMESAKE_AROUND = 0.1  # and the share that somebody of the owner's name needs
OTHER_NAME_AROUND, OTHER_NAME_FOREMOST = 0.6, 0.75  # and who bears another name, as a mother may who has married again
NARRATION = -1  # who calls "Mum" so in a story that nobody tells as "I"
_LONGEST = max(map(len, ONLY_RELATIVES))  # characters
_NOBODYS: Mapping[int, int] = MappingProxyType({})
_SPOUSES = ("wife", "husband")


class _Relative(NamedTuple):
    """What is known of a relative of somebody. places: his mentions. told: of how many of those the text says whom they name;
    votes: probabilities of all whom others may mean. named: the places of names, by the people who bear them."""

    owner: int
    relation: str
    places: Sequence[int]
    told: Mapping[int, int]
    votes: Mapping[int, float]
    named: Mapping[int, Sequence[int]]

    def share(self, person: int) -> float:
        """Of the belief."""
        return self.votes.get(person, 0.0) / (sum(self.votes.values()) or 1.0)

    def around(self, person: int) -> float:
        """The share of places with a name of somebody near."""
        names = self.named.get(person, ())
        near = sum(bisect_left(names, place - AROUND) < bisect_right(names, place + AROUND) for place in self.places)
        return near / len(self.places)

    @property
    def gender(self) -> Gender:
        return Gender.FEMALE if self.relation in FEMALE_NOUNS else Gender.MALE


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
        relation = _find_relation(text, mentions[whole])
        owner = find_likely(beliefs[own[-1]])
        if relation is not None and owner is not None:
            groups[owner, relation].append(whole)
    for whole, owner in whose.items():
        relation = _find_relation(text, mentions[whole])
        if relation is not None:
            groups[owner, relation].append(whole)
    if not groups:
        return {}
    families = find_families(text, mentions, known)
    named: dict[int, list[int]] = defaultdict(list)
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            named[who].append(mention.id)
    relatives = [_weigh(owner, relation, places, known, beliefs, named) for (owner, relation), places in groups.items()]
    elected = _elect_namesakes(relatives, families)
    for one in relatives:
        if (one.owner, one.relation) not in elected:
            barred = {who for (owner, _), who in elected.items() if owner == one.owner}
            who = _elect_named(one, families, barred, narrator)
            if who is not None:
                elected[one.owner, one.relation] = who
    meant = {}
    for one in relatives:
        who = elected.get((one.owner, one.relation))
        unnamed = _find_foremost_unnamed(one, narrator)
        for place in one.places:
            if known[place] is None:
                found = who if who is not None else _find_for_another(place, one, owners, beliefs, elected)
                if found is None:
                    found = unnamed
                if found is not None:
                    meant[place] = found
    return meant


def _find_for_another(
    place: int,
    one: _Relative,
    owners: Mapping[int, Sequence[int]],
    beliefs: Sequence[Belief],
    elected: Mapping[tuple[int, str], int],
) -> int | None:
    """Whom a mention means if it is the relative of somebody less likely, whose relative has a name: of her daughter, say."""
    own = owners.get(place)
    if not own:
        return None
    others = [(who, p) for who, p in beliefs[own[-1]].items() if p >= OTHER_OWNER and (who, one.relation) in elected]
    if not others:
        return None
    other = max(others, key=lambda found: (found[1], -found[0]))[0]
    return elected[other, one.relation]


def _find_relation(text: Text, mention: Mention) -> str | None:
    """What a noun says that somebody is to whose he is, if one has only one of it."""
    if mention.head is None or mention.kind is not MentionKind.NOMINAL:
        return None
    return ONLY_RELATIVES.get(text.quote(text.tokens[mention.head]).lower())


def _weigh(
    owner: int,
    relation: str,
    places: Sequence[int],
    known: Sequence[int | None],
    beliefs: Sequence[Belief],
    named: Mapping[int, Sequence[int]],
) -> _Relative:
    told = Counter(who for place in places if (who := known[place]) is not None and who != owner)
    votes: dict[int, float] = defaultdict(float)
    for place in places:
        if known[place] is None:
            for person, probability in beliefs[place].items():
                if person != owner:
                    votes[person] += probability
    return _Relative(owner, relation, places, told, votes, named)


def _elect_namesakes(relatives: Sequence[_Relative], families: Families) -> dict[tuple[int, str], int]:
    """Whom the text says to be a relative, and who bears the owner's family name as one does.

    Somebody is no parent and spouse of one person: he is what he is around for.
    """
    elected: dict[tuple[int, str], int] = {}
    for one in relatives:
        if one.told:
            elected[one.owner, one.relation] = max(one.told, key=lambda person: (one.told[person], -person))
            continue
        names = families.of_marriage(one.owner) if one.relation in _SPOUSES else families.of_birth(one.owner)
        fits = [
            person
            for person in sorted(families.find_heads(names, one.gender) - {one.owner})
            if one.share(person) >= NAMESAKE or one.around(person) >= NAMESAKE_AROUND
        ]
        if fits:
            elected[one.owner, one.relation] = max(fits, key=lambda person: (one.share(person), one.around(person)))
    by_kin = {(one.owner, one.relation): one for one in relatives}
    for (owner, relation), person in [*elected.items()]:
        if relation in _SPOUSES:
            parent = "mother" if relation == "wife" else "father"
            if elected.get((owner, parent)) == person:
                spouses, parents = by_kin[owner, relation], by_kin[owner, parent]
                is_parent = parents.around(person) * len(parents.places) >= spouses.around(person) * len(spouses.places)
                del elected[owner, relation if is_parent else parent]
    return elected


def _elect_named(one: _Relative, families: Families, barred: Set[int], narrator: int) -> int | None:
    """Somebody who has a name for much; or for less if he is around, and no family's name speaks against it.

    barred: who is another relative of the owner.
    """
    ranked = sorted(one.votes, key=lambda person: (-one.votes[person], person))
    if ranked and ranked[0] < narrator and one.share(ranked[0]) >= NAMED:
        return ranked[0]
    fits = [who for who in ranked if who < narrator and who not in barred and who not in families.unmarried]
    if not fits or len(one.places) < FEW or one.share(fits[0]) < SOME_NAMED:
        return None
    names = families.of_marriage(one.owner) if one.relation in _SPOUSES else families.of_birth(one.owner)
    others = families.names.get(fits[0], frozenset())
    is_of_family = not names or not others or not names.isdisjoint(others)
    if not is_of_family and one.relation != "mother":
        return None
    foremost = one.votes[fits[0]] / sum(one.votes[person] for person in fits)
    if is_of_family:
        return fits[0] if foremost >= FOREMOST and one.around(fits[0]) >= AROUND_SHARE else None
    return fits[0] if foremost >= OTHER_NAME_FOREMOST and one.around(fits[0]) >= OTHER_NAME_AROUND else None


def _find_foremost_unnamed(one: _Relative, narrator: int) -> int | None:
    """The likeliest of those who have no name."""
    return max((who for who in one.votes if who > narrator), key=lambda who: (one.votes[who], -who), default=None)


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
