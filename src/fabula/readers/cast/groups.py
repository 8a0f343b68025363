"""Families that are named as one: "the Emersons", "the two Miss Bertrams", and who of the cast belongs to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fabula.lexicons.titles import TITLES
from fabula.readers.cast.name_words import parse_name
from fabula.records import Evidence, Gender, GenderCue, Group, Mention, Text

READER = "groups"
PROBABILITY = 0.9
_OF_SEVERAL = frozenset({"Messrs", "Misses", "Mesdames"})


def find_groups(text: Text, mentions: Sequence[Mention], leader: Mapping[int, int], cues: Sequence[GenderCue]) -> tuple[Group, ...]:
    """The names that are the plural of a family name, with those who bear it.

    mentions: of people by name, with their characters. leader: of each character the smallest number of those that are one.
    cues: of their genders: the Miss Bertrams are no men.
    """
    genders: dict[int, Counter[Gender]] = defaultdict(Counter)
    for cue in cues:
        genders[leader[cue.character]][cue.gender] += 1
    bearers: dict[str, dict[int, tuple[int, Mention]]] = defaultdict(dict)  # family -> person -> the first who bears it, and where
    plurals: dict[int, tuple[str, Mention]] = {}
    for mention in mentions:
        if mention.character is None:
            continue
        title, words = parse_name(text.quote(mention.span))
        if len(words) > 1 or title:
            bearers[words[-1]].setdefault(leader[mention.character], (mention.character, mention))
        plurals.setdefault(mention.character, (words[-1], mention))
    groups = []
    for character, (plural, first) in plurals.items():
        family = next((one for one in _singulars(plural) if one in bearers), None)
        if family is None or (plural in bearers and not _is_of_several(text, first)):
            continue
        told = TITLES.get(parse_name(text.quote(first.span))[0], Gender.UNKNOWN)
        others = {Gender.FEMALE: Gender.MALE, Gender.MALE: Gender.FEMALE}
        members = {
            who: (number, named)
            for who, (number, named) in bearers[family].items()
            if who != leader[character] and (told is Gender.UNKNOWN or genders[who][others[told]] <= genders[who][told])
        }
        for member, named in (members[who] for who in sorted(members)):
            spans = tuple(sorted({first.span, named.span}))
            groups.append(Group(character, member, Evidence(spans, READER, PROBABILITY)))
    return tuple(groups)


def _is_of_several(text: Text, mention: Mention) -> bool:
    string = text.quote(mention.span)
    return string.lower().startswith("the ") or string.split(maxsplit=1)[0].rstrip(".") in _OF_SEVERAL or string.startswith("Miss ")


def _singulars(plural: str) -> list[str]:
    """What a word may be the plural of.

    >>> _singulars("wilcoxes"), _singulars("emersons")
    (['wilcox', 'wilcoxe'], ['emerson'])
    """
    found = [plural[:-2]] if plural.endswith(("xes", "ses", "zes", "ches", "shes")) else []
    return [*found, plural[:-1]] if plural.endswith("s") and not plural.endswith("ss") else found
