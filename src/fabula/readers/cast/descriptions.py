"""Who "the reddleman" of another chapter is: the one of this, where a book calls hardly anybody else so.

The links of mentions reach some paragraphs; who has no name comes on anew after a pause. A description that is spread over many
people ("the boy") says nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from fabula.lexicons.gender import ONLY_RELATIVES
from fabula.records import Mention, MentionKind, Text

OWN_SHARE = 0.33  # of somebody's descriptions, from which one is what he or she goes by
MEANT_SHARE = 0.6  # of a description's places, that are those of the people who go by it, for them to be one
LEAST = 2  # places that somebody goes by a description
LONGEST = 3  # words, "the" among them
ANYBODY = frozenset(
    """man woman boy girl gentleman lady fellow child person stranger other lad youth maid servant officer soldier visitor figure
    speaker one men women people others""".split()
)
"""Nouns by which a book means now one, now another."""
_TELLING_NOTHING = frozenset("the other, the others, the latter, the former, the first, the last, the rest, the two".split(", "))


def unite_described(text: Text, mentions: Sequence[Mention], meant: Sequence[int | None], narrator: int) -> dict[int, int]:
    """Somebody without a name -> the first one who is the same by the description that both go by.

    meant: whom each mention means; numbers above the narrator's are of people without a name.
    """
    places: Counter[str] = Counter()
    described: dict[int, Counter[str]] = defaultdict(Counter)
    n_described: Counter[int] = Counter()
    for mention, who in zip(mentions, meant, strict=True):
        if mention.kind is MentionKind.NOMINAL and who is not None:
            string = text.quote(mention.span).lower()
            if who > narrator:
                n_described[who] += 1
            definite = string.startswith("the ") and string.count(" ") < LONGEST and string not in _TELLING_NOTHING
            if definite or string in ONLY_RELATIVES:
                places[string] += 1
                if who > narrator:
                    described[who][string] += 1
    going_by: dict[str, list[int]] = defaultdict(list)
    for who in sorted(described):
        string, n = max(described[who].items(), key=lambda pair: (pair[1], pair[0]))
        if n >= OWN_SHARE * n_described[who]:
            going_by[string].append(who)
    return {
        other: people[0]
        for string, people in going_by.items()
        if places[string] >= LEAST
        and string.split()[-1] not in ANYBODY
        and sum(described[who][string] for who in people) >= MEANT_SHARE * places[string]
        for other in people[1:]
    }
