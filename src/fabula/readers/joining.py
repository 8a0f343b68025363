"""All mentions of a text in one list: the names that rules have found and resolved, and what the reading model found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.records import Mention, Tags, Text


def join_mentions(text: Text, tags: Tags, named: Sequence[Mention], read: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions in text order, outer before inner, with ids counted from 0 in that order.

    named: of people, by rules, with characters; read: of everything, by the model. Where both have the same words, it is a
    person's name, as the rules have it, with the model's head and probability, which keeps three decimals. A name that the model
    does not have gets its head from the parse.
    """
    by_span = {m.span: m for m in read}
    joined = [_complete(text, tags, mention, by_span.get(mention.span)) for mention in named]
    spans = {m.span for m in named}
    joined += (m for m in read if m.span not in spans)
    joined.sort(key=lambda m: (m.span.start, -m.span.end))
    return tuple(replace(m, id=number, probability=_rounded(m.probability)) for number, m in enumerate(joined))


def _complete(text: Text, tags: Tags, mention: Mention, read: Mention | None) -> Mention:
    if read is not None:
        return replace(mention, head=read.head, probability=read.probability)
    tokens = text.tokens.inside(mention.span)
    # The first that hangs on a word outside, or on none: "Mrs. *Reed*", "*King* of Spain".
    head = next((t for t in tokens if tags.heads[t] not in tokens), tokens.start) if tokens else None
    return replace(mention, head=head)


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 3)
