"""What is known of "I" and "you" in quotations once it is known who speaks: pairs of mentions that are one, or are not.

In a quotation "I" is the speaker, and "you" is somebody else; in the next one, by another speaker, "I" is likely the "you" of this.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fabula.lexicons.gender import Person

SURE = 0.6  # share of the likelihood that a speaker needs, to speak for an "I"
NEAR = 2  # quotations apart in which one speaker answers another
OTHER_SPEAKER = -3.0  # log-odds that the "I"s of two speakers are one
ANSWERED = 1.0  # log-odds that the "you" of one quotation is the "I" of the one beside it
MOST = 4.0  # log-odds, at most, that an "I" is the speaker

Pair = tuple[int, int, float]


def find_speech_pairs(
    persons: Sequence[Person], quotes: Sequence[int], speakers: Iterable[Pair], same: Iterable[Pair]
) -> Iterator[Pair]:
    """Pairs of mentions with the log-odds that they are one, later mention first.

    persons: of every mention, what its words say. quotes: the innermost quotation that it stands in, -1 in narration.
    speakers: quotation, mention, log-odds that it speaks, against nobody. same: scored pairs of mentions, by which the
    candidates for a speaker are put together that are likely one.
    """
    voice = _choose_voices(speakers, same)
    first_person: dict[int, list[int]] = defaultdict(list)
    addressed: dict[int, list[int]] = defaultdict(list)
    for mention, (person, quote) in enumerate(zip(persons, quotes, strict=True)):
        if quote >= 0 and person is Person.I:
            first_person[quote].append(mention)
        elif quote >= 0 and person is Person.YOU:
            addressed[quote].append(mention)
    for quote, mentions in first_person.items():
        if quote in voice:
            speaker, _, log_odds = voice[quote]
            yield from ((max(one, speaker), min(one, speaker), log_odds) for one in mentions if one != speaker)
    for quote, mentions in first_person.items():
        for other, theirs in first_person.items():
            if other < quote and quote in voice and other in voice and voice[quote][1] != voice[other][1]:
                yield from ((max(a, b), min(a, b), OTHER_SPEAKER) for a in mentions for b in theirs)
        for other in range(quote - NEAR, quote + NEAR + 1):
            if other != quote and quote in voice and other in voice and voice[quote][1] != voice[other][1]:
                yield from ((max(a, b), min(a, b), ANSWERED) for a in mentions for b in addressed.get(other, ()))


def _choose_voices(speakers: Iterable[Pair], same: Iterable[Pair]) -> dict[int, tuple[int, int, float]]:
    """Of every quotation whose speaker is likely enough: the likeliest mention, the first of those one with it, log-odds."""
    leader: dict[int, int] = {}
    best: dict[int, tuple[float, int]] = {}
    for later, earlier, log_odds in same:
        if log_odds > 0 and log_odds > best.get(later, (0.0, 0))[0]:
            best[later] = (log_odds, earlier)
    for later in sorted(best):
        earlier = best[later][1]
        leader[later] = leader.get(earlier, earlier)
    odds: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    likeliest: dict[tuple[int, int], tuple[float, int]] = {}
    for quote, mention, log_odds in speakers:
        who = leader.get(mention, mention)
        odds[quote][who] += math.exp(min(log_odds, 30.0))
        likeliest[quote, who] = max(likeliest.get((quote, who), (-math.inf, 0)), (log_odds, mention))
    voices: dict[int, tuple[int, int, float]] = {}
    for quote, of_people in odds.items():
        who = max(of_people, key=lambda one: of_people[one])
        share = of_people[who] / (1.0 + sum(of_people.values()))  # 1: nobody
        if share >= SURE:
            voices[quote] = (likeliest[quote, who][1], who, min(MOST, math.log(share / max(1 - share, 1e-6))))
    return voices
