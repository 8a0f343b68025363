"""Who "the general" is: whoever is named with that title, the one named last if there are several."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from fabula.lexicons.titles import OFFICES
from fabula.readers.cast.name_words import parse_name
from fabula.records import Mention, MentionKind, MentionType, Text

MORE = 5  # times as often "the general" as his name, at most, for the only one who is named so to be meant wherever he is
CHAPTERS = 1  # back in which he or she was named, of several with one title, or one who is seldom named
_LONGEST = max(map(len, OFFICES)) + len("the ")  # characters
AS_A_RULE = 0.1  # of somebody's names those with the title, from which it is what he or she is called by


def find_holders(text: Text, mentions: Sequence[Mention], known: Sequence[int | None]) -> dict[int, int]:
    """Mention -> whom it means, of those that say no more than the title of somebody who is named with it somewhere in the book.

    known: whom a mention names.
    """
    titled: Counter[tuple[str, int]] = Counter()
    n_named: Counter[int] = Counter()
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            n_named[who] += 1
            title, _ = parse_name(text.quote(mention.span))
            if (office := OFFICES.get(title.lower())) is not None:
                titled[office, who] += 1
    if not titled:
        return {}
    holders: dict[str, set[int]] = defaultdict(set)
    as_a_rule: dict[int, list[str]] = defaultdict(list)
    for (office, who), n in titled.items():
        holders[office].add(who)
        if n >= AS_A_RULE * n_named[who]:
            as_a_rule[who].append(office)
    called = Counter(_office_of(text.quote(m.span)) for m in mentions if _may_be_office(m))
    meant: dict[int, int] = {}
    last: dict[str, tuple[int, int]] = {}  # who, and the chapter
    chapters = [chapter.span.end for chapter in text.chapters]
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            # Natasha is a countess, too, but where she is called Natasha, "the countess" is her mother.
            chapter = bisect_right(chapters, mention.span.start)
            last |= dict.fromkeys(as_a_rule[who], (who, chapter))
            if (office := OFFICES.get(parse_name(text.quote(mention.span))[0].lower())) is not None:
                last[office] = who, chapter
        elif who is None and _may_be_office(mention):
            office = _office_of(text.quote(mention.span))
            if office in holders:
                only = next(iter(holders[office])) if len(holders[office]) == 1 else None
                if only is not None and MORE * n_named[only] >= called[office]:
                    meant[mention.id] = only
                elif office in last and bisect_right(chapters, mention.span.start) - last[office][1] <= CHAPTERS:
                    meant[mention.id] = last[office][0]
    return meant


def _may_be_office(mention: Mention) -> bool:
    return (
        mention.kind is MentionKind.NOMINAL
        and mention.type is MentionType.PERSON
        and mention.span.end - mention.span.start <= _LONGEST
    )


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
