"""Which pronouns likely mean somebody by name, before anything is known of the people: those that go with a name better than with
all else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from fabula.lexicons.gender import GENDERS, PRONOUN_PERSONS, Person
from fabula.readers.cast.beliefs import MentionLinks
from fabula.readers.cast.likely_speakers import find_best
from fabula.records import Gender, Mention, MentionKind, Span, Text

LEAST = 1.0  # log-odds of a link, from which it is followed


def find_likely_genders(
    text: Text, mentions: Sequence[Mention], antecedents: MentionLinks
) -> Mapping[Span, Sequence[tuple[Gender, Span]]]:
    """Of each name that has any the pronouns that likely mean it: the genders that they tell, and where they stand.

    mentions: in text order, their ids their places. antecedents: of mentions the others that they may mean, of which earlier ones
    count, log-odds against none.
    """
    found: dict[Span, list[tuple[Gender, Span]]] = defaultdict(list)
    for row, links in antecedents.items():
        if mentions[row].kind is not MentionKind.PRONOUN:
            continue
        gender = GENDERS.get(PRONOUN_PERSONS.get(text.quote(mentions[row].span).lower(), Person.UNKNOWN))
        best = find_best([link for link in links if link[0] < row], LEAST)
        if gender is not None and best is not None and mentions[best].kind is MentionKind.NAME:
            found[mentions[best].span].append((gender, mentions[row].span))
    return found
