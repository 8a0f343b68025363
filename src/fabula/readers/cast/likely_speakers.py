"""Who likely speaks each quotation, before anything is known of the people: the name that the best scores lead to.

It is good enough to count who answers where whom is called (`fabula.readers.cast.company`), and for nothing else: each pronoun is
followed to the one mention that it goes with best, whatever the others say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fabula.readers.cast.beliefs import MentionLinks
from fabula.records import Mention, MentionKind

LEAST = 0.0  # log-odds of a link, from which it is followed


def find_likely_speakers(mentions: Sequence[Mention], antecedents: MentionLinks, speakers: MentionLinks) -> Mapping[int, int]:
    """Of quotations, by their ids, the mention by name of who speaks them; of those that lead to no name, nothing.

    mentions: in text order, their ids their places. antecedents: of mentions the others that they may mean, of which earlier
    ones count; speakers: of quotations the mentions that may speak them; log-odds against none.
    """
    named: list[int | None] = []
    for mention in mentions:
        if mention.kind is MentionKind.NAME:
            named.append(mention.id)
        else:
            earlier = find_best([link for link in antecedents.get(mention.id, ()) if link[0] < mention.id])
            named.append(None if earlier is None else named[earlier])
    found = {}
    for quote, links in speakers.items():
        best = find_best(links)
        name = None if best is None else named[best]
        if name is not None:
            found[quote] = name
    return found


def find_best(links: Sequence[tuple[int, float]], least: float = LEAST) -> int | None:
    """The mention that is linked best, if its log-odds are more than the least."""
    mention, log_odds = max(links, key=lambda link: link[1], default=(-1, least))
    return mention if log_odds > least else None
