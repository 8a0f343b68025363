"""What is known of the mentions of a text before it is known whom names mean: where they stand, and which may mean whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.readers.cast.beliefs import Belief, BeliefNetwork, MentionLinks, WeighedLinks, find_owners, weigh_links
from fabula.readers.cast.binding import UNBOUND, Binding
from fabula.readers.cast.name_words import parse_name
from fabula.readers.conversations import PlacedMentions, place_mentions
from fabula.records import Gender, Mention, MentionKind, MentionType, Quote, Text

SAID_OF = 1.0  # log-odds that a noun means whom the parse says it of
SHARPNESS = 3.0  # of the last beliefs


class Ground(NamedTuple):
    """What is known of the mentions of a text before it is known whom names mean.

    mentions: of everything, in text order, their ids their places. links: of mentions of people the earlier ones that they may mean
    or describe, log-odds against none; weighed: the same, in the order in which they are asked. owners: of those that are whose.
    told: whether a mention is no "I" or "you" of what somebody says; whom those mean, is known when it is known who speaks to whom.
    narration, whole, last: the beliefs that spread over what is told, and over all: with all doubt, which who speaks is asked with,
    and with less, for whom each mention means in the end. resolved, decided: the mentions as they were resolved last, if they have
    been, and what was believed and decided of each: most are to be the same.
    """

    text: Text
    quotes: Sequence[Quote]
    mentions: Sequence[Mention]
    places: PlacedMentions
    links: MentionLinks
    weighed: Mapping[int, WeighedLinks]
    owners: Mapping[int, Sequence[int]]
    by_words: Sequence[Gender]
    told: Sequence[bool]
    narration: BeliefNetwork
    whole: BeliefNetwork
    last: BeliefNetwork
    binding: Binding
    resolved: list[Mention]
    decided: list[tuple[Belief, int | None]]


def lay_ground(
    text: Text,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    antecedents: MentionLinks,
    attributes: MentionLinks,
    binding: Binding = UNBOUND,
) -> Ground:
    """Place mentions, and weigh their links.

    antecedents, attributes: of mentions the earlier ones that they may mean or describe, log-odds against none. binding: who is who
    by the grammar of the sentences.
    """
    places = place_mentions(text, quotes, mentions)
    links = _join_links(text, mentions, antecedents, attributes, binding.said_of)
    owners = find_owners(mentions)
    weighed = weigh_links(links, owners, binding)
    told = [not places.is_spoken(at) for at in range(len(mentions))]
    told_links = {row: [link for link in own if told[link[0]]] for row, own in links.items() if told[row]}
    by_words = [
        gender if m.kind is not MentionKind.NAME else Gender.UNKNOWN for m, gender in zip(mentions, places.genders, strict=True)
    ]
    narration = BeliefNetwork(weigh_links(told_links, owners, binding), by_words)
    whole, last = (BeliefNetwork(weighed, by_words, sharpness=sharpness) for sharpness in (1.0, SHARPNESS))
    return Ground(text, quotes, mentions, places, links, weighed, owners, by_words, told, narration, whole, last, binding, [], [])


def _join_links(
    text: Text,
    mentions: Sequence[Mention],
    antecedents: MentionLinks,
    attributes: MentionLinks,
    said_of: Mapping[int, Sequence[int]],
) -> MentionLinks:
    """Whom mentions of people mean or describe. A name that is none of the cast's ("God", "Egdon") means nobody of another name."""
    people = [m.type is MentionType.PERSON for m in mentions]

    def shares_a_word(one: Mention, other: Mention) -> bool:
        words, others = (parse_name(text.quote(m.span))[1] for m in (one, other))
        return not {*words}.isdisjoint(others)

    joined: dict[int, dict[int, float]] = defaultdict(dict)
    for links in (antecedents, attributes, {row: [(of, SAID_OF) for of in own] for row, own in said_of.items()}):
        for row, own in links.items():
            if people[row]:
                is_unknown = mentions[row].kind is MentionKind.NAME and mentions[row].character is None
                for column, log_odds in own:
                    if column < row and people[column] and not (is_unknown and not shares_a_word(mentions[row], mentions[column])):
                        joined[row][column] = max(log_odds, joined[row].get(column, log_odds))
    return {row: sorted(own.items()) for row, own in sorted(joined.items())}
