"""Which mentions of a segment are one: narration first, then who speaks, then "I" and "you" in what is spoken.

Scores of pairs do not see who speaks, and "I" and "you" are a large part of what goes wrong where they are linked like others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.neural.conversation import Mentions
from fabula.neural.segments import Links, Segment
from fabula.readers.voices import NOBODY, find_innermost, find_voices


def find_chains(segment: Segment, mentions: Mentions, antecedents: Links, speakers: Links) -> list[list[int]]:
    """The chains of a segment, by their first mentions: numbers of mentions, each in one chain.

    antecedents: later mentions, earlier ones, log-odds against none; speakers: quotations, mentions, log-odds against nobody.
    """
    n = len(mentions.starts)
    inside = find_innermost(segment)
    quotes = [inside[start] for start in mentions.starts.tolist()]
    persons = [
        PRONOUN_PERSONS.get(segment.words[start].lower(), Person.UNKNOWN) if end == start + 1 else Person.UNKNOWN
        for start, end in zip(mentions.starts.tolist(), mentions.ends.tolist(), strict=True)
    ]
    spoken = [quote >= 0 and person in (Person.I, Person.YOU) for quote, person in zip(quotes, persons, strict=True)]
    telling = [quote < 0 and person is Person.I for quote, person in zip(quotes, persons, strict=True)]
    homes = _link_told(n, antecedents, spoken, telling)
    voices = find_voices(segment, mentions, speakers, homes)
    best = _best_antecedents(antecedents)
    for mention in range(n):
        if spoken[mention]:
            voice = voices[quotes[mention]]
            meant = voice.person if persons[mention] is Person.I else voice.to
            linked = homes[best[mention]] if mention in best else n + mention
            homes[mention] = linked if meant is None else meant
    chains: dict[int, list[int]] = defaultdict(list)
    for mention, home in enumerate(homes):
        chains[home].append(mention)
    return list(chains.values())


def _link_told(n: int, antecedents: Links, spoken: Sequence[bool], narrator: Sequence[bool]) -> list[int]:
    """The chain of each mention, by its best antecedent; NOBODY of the spoken ones, and one of all that the narrator says "I" in.

    narrator: whether a mention is such an "I".
    """
    best = _best_antecedents(antecedents, spoken)
    homes = [NOBODY] * n
    telling = [mention for mention in range(n) if narrator[mention]]
    for mention in range(n):
        if not spoken[mention]:
            homes[mention] = homes[best[mention]] if mention in best else mention
    told = {homes[mention] for mention in telling}
    return [min(told) if home in told else home for home in homes] if told else homes


def _best_antecedents(antecedents: Links, left_out: Sequence[bool] = ()) -> dict[int, int]:
    """Of each mention that has one the likeliest antecedent, where it is likelier than none; left_out: neither have nor are one."""
    best: dict[int, tuple[float, int]] = {}
    columns = (antecedents.rows.tolist(), antecedents.columns.tolist(), antecedents.log_odds.tolist())
    for later, earlier, log_odds in zip(*columns, strict=True):
        if left_out and (left_out[later] or left_out[earlier]):
            continue
        if log_odds > 0 and log_odds > best.get(later, (0.0, 0))[0]:
            best[later] = (log_odds, earlier)
    return {later: earlier for later, (_, earlier) in best.items()}
