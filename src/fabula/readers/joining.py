"""All mentions of a text in one list: the names that rules have found and resolved, and what the reading model found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.records import Links, Mention, MentionKind, MentionType, Tags, Text


class JoinedMentions(NamedTuple):
    """mentions: in text order, outer before inner, their ids their places. of_read: of each that the model found its id here."""

    mentions: tuple[Mention, ...]
    of_read: tuple[int, ...]


def join_mentions(text: Text, tags: Tags, named: Sequence[Mention], read: Sequence[Mention]) -> JoinedMentions:
    """The mentions of both, with ids counted from 0 in their order.

    named: of people, by rules, with characters; read: of everything, by the model. What the model found of the same person as a
    name ("poor Oliver", "Smith" of "Mr. Smith": its head is in the name, or it lies in it) is that name, as the rules have it, with
    the model's head and probability, which keeps three decimals. A name that the model does not have gets its head from the parse.
    """
    names = sorted(named, key=lambda m: m.span)
    starts = [m.span.start for m in names]
    ends = [m.span.end for m in names]
    of_span = {m.span: at for at, m in enumerate(names)}
    same: dict[int, list[Mention]] = {}
    name_of: dict[int, int] = {}
    for mention in read:
        at = bisect_left(ends, mention.span.end) if mention.type is MentionType.PERSON else len(names)
        head = None if mention.head is None else text.tokens[mention.head].start
        held = at < len(names) and starts[at] <= mention.span.start and mention.span.end <= ends[at]
        if not held and mention.type is MentionType.PERSON and head is not None:
            at = bisect_right(starts, head) - 1
            held = at >= 0 and head < ends[at] and mention.span.start <= starts[at] and ends[at] <= mention.span.end
        if not held and mention.span in of_span:
            at, held = of_span[mention.span], True
        if held:
            same.setdefault(at, []).append(mention)
            name_of[mention.id] = at
    joined = [_complete(text, tags, name, same.get(at, ())) for at, name in enumerate(names)]
    rest = [m for m in read if m.id not in name_of]
    numbered = sorted(
        [
            *((m.span.start, -m.span.end, False, at) for at, m in enumerate(names)),
            *((m.span.start, -m.span.end, True, m.id) for m in rest),
        ]
    )
    by_id = {m.id: m for m in rest}
    mentions: list[Mention] = []
    place: dict[tuple[bool, int], int] = {}
    for number, (_, _, is_read, at) in enumerate(numbered):
        place[is_read, at] = number
        mention = _as_pronoun(text, by_id[at]) if is_read else joined[at]
        mentions.append(replace(mention, id=number, probability=_rounded(mention.probability)))
    of_read = tuple(place[False, name_of[m.id]] if m.id in name_of else place[True, m.id] for m in read)
    return JoinedMentions(tuple(mentions), of_read)


def _as_pronoun(text: Text, mention: Mention) -> Mention:
    """A mention that is nothing but a personal pronoun, be it of a dialect ("*tha* knows"), as one."""
    if mention.kind is MentionKind.NOMINAL and text.quote(mention.span).lower() in PRONOUN_PERSONS:
        return replace(mention, kind=MentionKind.PRONOUN)
    return mention


def _complete(text: Text, tags: Tags, mention: Mention, read: Sequence[Mention]) -> Mention:
    if read:
        best = min(read, key=lambda m: abs(m.span.start - mention.span.start) + abs(m.span.end - mention.span.end))
        return replace(mention, head=best.head, probability=best.probability)
    tokens = text.tokens.inside(mention.span)
    # The first that hangs on a word outside, or on none: "Mrs. *Reed*", "*King* of Spain".
    head = next((t for t in tokens if tags.heads[t] not in tokens), tokens.start) if tokens else None
    return replace(mention, head=head)


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 3)


def join_links(links: Links, of_read: Sequence[int], *, rows_are_mentions: bool = True) -> dict[int, list[tuple[int, float]]]:
    """The links of each row that has any, as pairs of a joined mention's id and log-odds; of two with one mention, the better."""
    found: dict[int, dict[int, float]] = {}
    for row, column, log_odds in zip(links.rows, links.columns, links.log_odds, strict=True):
        one = of_read[row] if rows_are_mentions else row
        other = of_read[column]
        if one == other and rows_are_mentions:
            continue
        own = found.setdefault(one, {})
        if log_odds > own.get(other, -1e9):
            own[other] = log_odds
    return {row: sorted(own.items()) for row, own in sorted(found.items())}
