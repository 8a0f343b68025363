"""What people are called to their faces: the words in speech that are set off as a call ("Go, *Tom*!")."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fabula.records import Mention, MentionKind, MentionType, Quote, QuoteKind, Span
from fabula.story.cast import count_strings
from fabula.story.story import StoryView
from fabula.text.scopes import Scopes

REACH = 60  # code points before a name in which what stands before the call is looked for
MOST_WORDS = 4  # of a call that is no name ("my dear sir")


class Call(NamedTuple):
    """A call to somebody: the words, fond ones before a name among them ("my dear Jane"); who is called; who calls, if known."""

    span: Span
    character: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class Address:
    """One form of address: how often it is used, where first, and by whom how often (None: it is not known by whom)."""

    text: str
    count: int
    first: Span
    speakers: tuple[tuple[int | None, int], ...]


def count_addresses(view: StoryView) -> Mapping[int, tuple[Address, ...]]:
    """For each character that is called by others in speech the forms of address, by falling count."""
    calls: dict[int, list[Call]] = defaultdict(list)
    for call in find_calls(view.text, view.mentions, view.quotes):
        calls[call.character].append(call)
    return {character: _count(found, view.text) for character, found in calls.items()}


def _count(calls: Sequence[Call], text: str) -> tuple[Address, ...]:
    speakers: dict[str, Counter[int | None]] = defaultdict(Counter)
    for call in calls:
        speakers[text[slice(*call.span)].casefold()][call.speaker] += 1
    return tuple(
        Address(counted.text, counted.count, counted.first, tuple(speakers[counted.text.casefold()].most_common()))
        for counted in count_strings((call.span for call in calls), text)
    )


def find_calls(text: str, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> Iterator[Call]:
    """The calls in speech, in text order; mentions: of all kinds, in text order.

    A call is a name that marks or commas set off from what is said: at the beginning ("*Tom*, come here"), inside ("Come, *Tom*,
    come here") or at the end ("Come here, *Tom*!"). A name in a list, in apposition ("my brother, Tom, is ill") or before a clause
    of its own ("Tom, who is ill") is none; nor is one that answers ("Who was it?" "Tom."), or the speaker's own ("I, Tom, ...").
    Other words for a person are taken where they stand bare or with fond words ("sir", "my dear boy").
    """
    people = [m for m in mentions if m.type is MentionType.PERSON and m.kind is not MentionKind.PRONOUN]
    starts = {m.span.start: m for m in people if m.kind is MentionKind.NAME}
    ends = {m.span.end: m for m in people}
    scopes = Scopes(quotes)
    taken = 0
    for mention in people:
        if mention.character is None or mention.span.end <= taken or not _AFTER.match(text, mention.span.end):
            continue
        if mention.kind is MentionKind.NOMINAL and not _may_call(text[slice(*mention.span)]):
            continue
        found = scopes.innermost(mention.span)
        if found is None or found.quote.kind is not QuoteKind.SPEECH or found.quote.speaker == mention.character:
            continue
        span = _find_call(text, mention, found.part, starts, ends)
        if span is not None:
            taken = span.end
            yield Call(span, mention.character, found.quote.speaker)


def _find_call(text: str, mention: Mention, part: Span, starts: Mapping[int, Mention], ends: Mapping[int, Mention]) -> Span | None:
    """The words of the call that a mention is, if it is one; starts, ends: where the mentions of people start and end."""
    reach = max(part.start, mention.span.start - REACH)
    before = _BEFORE.search(text[reach : mention.span.start])
    after = _AFTER.match(text, mention.span.end, part.end)
    if before is None or after is None or (before["begin"] is not None and reach > part.start):
        return None
    mark = after["mark"]
    if mark == ",":
        following = starts.get(after.end())
        again = following is None or (mention.kind is MentionKind.NAME and following.character == mention.character)
        if not again or _GOES_ON.match(text, after.end(), part.end):
            return None
    if before["comma"] is None:
        # "Tom." answers, "Tom?" may wonder, "Tom--" is told more of, and so is "Tom, the ...".
        if mark not in (",", "!") or _TELLS_OF.match(text, after.end(), part.end):
            return None
    elif _SELF.search(text, part.start, reach + before.start("comma")) or _goes_with(
        ends.get(reach + before.start("comma")), mention, listed=mark == ","
    ):
        return None
    return Span(reach + before.start("fond"), mention.span.end)


def _goes_with(before: Mention | None, mention: Mention, *, listed: bool) -> bool:
    """Whether a person before the comma and the one after it are one in two words, or two of a list."""
    if before is None:
        return False
    if before.kind is MentionKind.NAME:
        return listed or before.character == mention.character
    return before.character in (None, mention.character)


def _may_call(words: str) -> bool:
    """Whether words that are no name can be a call: "sir", "my dear boy", not "the boy"."""
    first, *rest = words.lower().split()
    return len(rest) < MOST_WORDS and (first in _FOND if rest else first.isalpha())


_FOND = tuple("my dear dearest darling sweet good old little".split())
# Before a call: a comma, or the end of a sentence, or nothing but marks since the part began; then perhaps fond words.
_BEFORE = re.compile(
    rf"""(?: (?P<comma>,) [^\w,]* | (?P<stop> [.!?…—–;:] | -- ) [^\w,]* | (?P<begin> \A \W* ) )
    (?: (?: oh? | ah | well | yes | no | hallo | hello | hey | hi ) \s+ )?
    (?P<fond> (?: (?: {" | ".join(_FOND)} ) \s+ )* ) \Z""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(r"""\s?(?P<mark>[,!?.;:…—–”"»]|--|[’'](?!\w)|\n|\Z)\s*""")
_GOES_ON = re.compile(r"(?:and|or|who|whom|whose|which|that)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:I|we)\Z", re.IGNORECASE)
_TELLS_OF = re.compile(r"(?:the|an?|his|her|their|as|at least)\b", re.IGNORECASE)
