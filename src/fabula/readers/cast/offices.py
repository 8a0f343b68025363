"""Who "the general" is: whoever is named with that title, the one named last if there are several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from fabula.lexicons.titles import OFFICES
from fabula.readers.cast.names import parse_name
from fabula.records import Mention, MentionKind, MentionType, Text


def find_holders(text: Text, mentions: Sequence[Mention], known: Sequence[int | None]) -> dict[int, int]:
    """Mention -> whom it means, of those that say no more than the title of somebody who is named with it somewhere in the book.

    known: whom a mention names.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            title, _ = parse_name(text.quote(mention.span))
            if (office := OFFICES.get(title.lower())) is not None:
                holders[office].add(who)
    if not holders:
        return {}
    meant: dict[int, int] = {}
    last: dict[str, int] = {}
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            last |= {office: who for office, own in holders.items() if who in own}
        elif who is None and mention.kind is MentionKind.NOMINAL and mention.type is MentionType.PERSON:
            office = _office_of(text.quote(mention.span))
            if office in holders:
                holder = last.get(office) if len(holders[office]) > 1 else next(iter(holders[office]))
                if holder is not None:
                    meant[mention.id] = holder
    return meant


@lru_cache(maxsize=1 << 16)
def _office_of(string: str) -> str:
    """
    >>> _office_of("the General"), _office_of("Captain"), _office_of("a general"), _office_of("the old general")
    ('General', 'Captain', '', '')
    """
    words = string.lower().split()
    if words[:1] == ["the"]:
        words = words[1:]
    return OFFICES.get(words[0], "") if len(words) == 1 else ""
