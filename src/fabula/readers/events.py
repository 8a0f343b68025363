"""What happens, what is said not to happen, and what is only meant, supposed, usual or remembered.

The reading model says which words tell an event that happens. Of the other verbs the parse says why not: a negation, a modal, an
"if", the complement of "want", a past perfect. A verb of which neither says anything (a state, mostly) is no event. Reality is what
a verb's own clause says of it; whether its speaker is to be believed is the scope.

Source: the kinds of reality follow the realis of LitBank's events (Sims, Park, Bamman 2019), which has only the first.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from fabula.readers.clauses import Clauses
from fabula.readers.realities import Judgement, judge_reality
from fabula.records import Event, Evidence, Mention, MentionType, Participant, Quote, Reality, Role, Scope, Span, Tags, Text

READER = "events"
THRESHOLD = 0.0  # log-odds; above it a word tells an event that happens. The model's config has the measured one
_RECEIVING = frozenset({MentionType.PERSON, MentionType.ORGANIZATION})
_ORDER = {role: rank for rank, role in enumerate(Role)}


def find_events(
    text: Text,
    quotes: Sequence[Quote],
    tags: Tags,
    log_odds: Sequence[float],
    mentions: Sequence[Mention],
    *,
    threshold: float = THRESHOLD,
) -> tuple[Event, ...]:
    """The events of a text, in the order of their triggers.

    log_odds: for every token, that it is the trigger of an event that happens. A participant is the mention that has its head
    token for head: one with a character if there is one, else the longest.
    """
    heads = _by_head(mentions)
    scopes = _Scopes(quotes)
    events: list[Event] = []
    for sentence in text.sentences:
        clauses = Clauses(text, tags, text.tokens.inside(sentence))
        for token in clauses.tokens:
            happens = log_odds[token] > threshold
            judged: Judgement | None = (Reality.ACTUAL, ()) if happens else None
            if judged is None and clauses.words[token].upos == "VERB":
                judged = judge_reality(clauses, token)
            if judged is None:
                continue
            reality, deciding = judged
            trigger = text.tokens[token]
            participants = _find_participants(text, clauses, token, heads)
            spans = {trigger, *(p.span for p in participants), *(text.tokens[d] for d in deciding)}
            probability = 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds[token]))))
            evidence = Evidence(tuple(sorted(spans)), READER, round(probability if happens else 1 - probability, 3))
            events.append(
                Event(len(events), trigger, clauses.words[token].lemma, participants, reality, scopes.of(trigger), evidence)
            )
    return tuple(events)


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


class _Scopes:
    """Who says what stands at a place: the innermost quotation round it, or the narration."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        parts = sorted((part.start, -part.end, Scope(q.kind.value)) for q in quotes for part in q.parts)
        edges: dict[int, Scope] = {}
        open_: list[tuple[int, Scope]] = []
        for start, minus_end, scope in parts:
            self._close(open_, start, edges)
            open_.append((-minus_end, scope))
            edges[start] = scope
        self._close(open_, None, edges)
        self._edges = sorted(edges.items())

    @staticmethod
    def _close(open_: list[tuple[int, Scope]], before: int | None, edges: dict[int, Scope]) -> None:
        """Close the quotations that end before an offset, the inner ones first."""
        while open_ and (before is None or open_[-1][0] <= before):
            end, _ = open_.pop()
            edges[end] = open_[-1][1] if open_ else Scope.NARRATION

    def of(self, span: Span) -> Scope:
        index = bisect_right(self._edges, span.start, key=lambda edge: edge[0]) - 1
        return self._edges[index][1] if index >= 0 else Scope.NARRATION
