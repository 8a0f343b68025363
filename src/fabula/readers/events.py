"""What happens, what is said not to happen, and what is only meant, supposed, usual or remembered.

The reading model says which words tell an event that happens. Of the other verbs the parse says why not: a negation, a modal, an
"if", the complement of "want", a past perfect. A verb of which neither says anything (a state, mostly) is no event. Reality is what
a verb's own clause says of it; whether its speaker is to be believed is the scope.

Source: the kinds of reality follow the realis of LitBank's events (Sims, Park, Bamman 2019), which has only the first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.readers.clauses import Clauses
from fabula.readers.realities import Judgement, judge_reality
from fabula.records import Event, Evidence, Mention, MentionType, Participant, Quote, Reality, Role, Scope, Span, Tags, Text
from fabula.text.scopes import Scopes

READER = "events"
THRESHOLD = 0.0  # log-odds; above it a word tells an event that happens. The model's config has the measured one
_RECEIVING = frozenset({MentionType.PERSON, MentionType.ORGANIZATION})
_ORDER = {role: rank for rank, role in enumerate(Role)}


class KnownEvents(NamedTuple):
    """The events that have been found in the same words, and the mentions by which they were."""

    events: Sequence[Event]
    mentions: Sequence[Mention]


def find_events(
    text: Text,
    quotes: Sequence[Quote],
    tags: Tags,
    log_odds: Sequence[float],
    mentions: Sequence[Mention],
    *,
    threshold: float = THRESHOLD,
    known: KnownEvents | None = None,
) -> tuple[Event, ...]:
    """The events of a text, in the order of their triggers.

    log_odds: for every token, that it is the trigger of an event that happens. A participant is the mention that has its head
    token for head: one with a character if there is one, else the longest.
    known: of an earlier reading, which differs in the mentions at most; sentences in which no mention has changed are not read
    again.
    """
    heads, scopes = _by_head(mentions), Scopes(quotes)
    unchanged = {} if known is None else _find_unchanged(text, known, heads)
    verb = tags.inventory.upos.index("VERB") if "VERB" in tags.inventory.upos else None
    events: list[Event] = []
    for number, sentence in enumerate(text.sentences):
        if number in unchanged:
            events += unchanged[number]
            continue
        tokens = text.tokens.inside(sentence)
        telling = [token for token in tokens if log_odds[token] > threshold or tags.upos[token] == verb]
        clauses = Clauses(text, tags, tokens if telling else range(0))
        for token in telling:
            happens = log_odds[token] > threshold
            judged: Judgement | None = (Reality.ACTUAL, ()) if happens else judge_reality(clauses, token)
            if judged is None:
                continue
            reality, deciding = judged
            trigger = text.tokens[token]
            participants = _find_participants(text, clauses, token, heads)
            spans = {trigger, *(p.span for p in participants), *(text.tokens[d] for d in deciding)}
            probability = 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds[token]))))
            evidence = Evidence(tuple(sorted(spans)), READER, round(probability if happens else 1 - probability, 3))
            events.append(
                Event(len(events), trigger, clauses.words[token].lemma, participants, reality, _scope_of(scopes, trigger), evidence)
            )
    return tuple(event if event.id == id_ else replace(event, id=id_) for id_, event in enumerate(events))


def _find_unchanged(text: Text, known: KnownEvents, heads: Mapping[int, Mention]) -> dict[int, list[Event]]:
    """The events that are known, by the numbers of their sentences; without sentences in which a head has another mention now."""
    before = _by_head(known.mentions)
    kept: dict[int, list[Event]] = {number: [] for number in range(len(text.sentences))}
    for token in before.keys() | heads.keys():
        one, other = before.get(token), heads.get(token)
        if one is not other and not _are_alike(one, other):
            sentence = text.sentences.at(text.tokens.starts[token])
            kept.pop(-1 if sentence is None else sentence, None)
    for event in known.events:
        sentence = text.sentences.at(event.trigger.start)
        if sentence in kept:
            kept[sentence].append(event)
    return kept


def _are_alike(one: Mention | None, other: Mention | None) -> bool:
    """Whether two mentions take part alike, whomever they mean."""
    if one is None or other is None:
        return one is other
    return (one.id, one.span, one.type) == (other.id, other.span, other.type)


def _by_head(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """For each head token the mention that stands for it."""
    best: dict[int, Mention] = {}
    for mention in mentions:
        if mention.head is not None:
            other = best.get(mention.head)
            if other is None or _rank(mention) > _rank(other):
                best[mention.head] = mention
    return best


def _rank(mention: Mention) -> tuple[bool, int]:
    return mention.character is not None, mention.span.end - mention.span.start


def _find_participants(text: Text, clauses: Clauses, token: int, heads: Mapping[int, Mention]) -> tuple[Participant, ...]:
    """By their roles; a word that has two is named in the first."""
    found: dict[int, Role] = {}
    for role, noun in clauses.arguments(token):
        if noun not in found or _ORDER[role] < _ORDER[found[noun]]:
            found[noun] = role
    listed = []
    for noun, role in found.items():
        mention = heads.get(noun)
        if (
            role is Role.RECIPIENT
            and clauses.words[noun].relation != "iobj"
            and (mention is None or mention.type not in _RECEIVING)
        ):
            role = Role.OTHER  # went to London
        span = mention.span if mention else clauses.phrase(text, noun)
        listed.append(Participant(role, span, mention.id if mention else None))
    return tuple(sorted(listed, key=lambda p: (_ORDER[p.role], p.span)))


def _scope_of(scopes: Scopes, span: Span) -> Scope:
    found = scopes.innermost(span)
    return Scope.NARRATION if found is None else Scope(found.quote.kind.value)
