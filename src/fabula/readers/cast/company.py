"""What company names keep over a book: which stand together, which call each other, which answer each other.

Two names of one person take turns: the narration seldom has both in one sentence, never joins them by "and", and where they are
called in speech, the other one answers. So names that nothing in their words connects can be told to be one person's, or two's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from types import MappingProxyType

from fabula.records import Mention, Quote, Span, Text

JOINED = 2  # places side by side, from which two names are two people's
TOGETHER, TOGETHER_SHARE = 2, 0.15  # sentences with both, and of those with both around, from which they are
NEAR = 2  # paragraphs apart in which the narration has both names
EXCHANGED = 3  # times that the one speaks right behind the other, from which they are
SAME_TALK = 2  # paragraphs apart in which one who is called may answer
_JOINING = frozenset("and or nor to with from than like 's ’s of".split())  # between two names of two people
_BEFORE_CALL, _AFTER_CALL = frozenset("“\"‘'"), frozenset(",.!?;—")

NOBODY: Mapping[int, int] = MappingProxyType({})

Pairs = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Company:
    """Counts of pairs of names, by any numbering; all but those of calls are of unordered pairs, the smaller number first.

    near: sentences of narration with one of them and the other around. together: sentences of narration with both; near_at_all,
    together_at_all: the same, in speech as well. joined: places where they stand side by side ("Tom and Jane"). answered: times
    that the first is called by name and the second speaks next, or has just spoken, by its cue, and likely_answered where it need
    not have a cue; n_called: times that each is called at all. called_by: times that the second speaks and calls the first.
    exchanged: times that one speaks, by its cue, in the paragraph behind the other's.
    """

    near: Pairs
    together: Pairs
    joined: Pairs
    answered: Pairs
    likely_answered: Pairs
    called_by: Pairs
    near_at_all: Pairs
    together_at_all: Pairs
    exchanged: Pairs
    n_called: Mapping[int, int]

    def count(self, pairs: Pairs, ones: Iterable[int], others: Iterable[int]) -> int:
        """Of all names of one person with all of another's."""
        right = tuple(others)
        if pairs is self.answered or pairs is self.likely_answered or pairs is self.called_by:
            return sum(pairs.get((one, other), 0) for one in ones for other in right)
        return sum(pairs.get((min(one, other), max(one, other)), 0) for one in ones for other in right)

    def are_two(self, ones: Iterable[int], others: Iterable[int], *, least: int = TOGETHER) -> bool:
        """Whether the names of one and of another stand together as those of two people do. least: sentences with both."""
        left, right = tuple(ones), tuple(others)
        counts = self.joined, self.exchanged, self.together, self.near
        joined, exchanged, together, near = (self.count(pairs, left, right) for pairs in counts)
        return joined >= JOINED or exchanged >= EXCHANGED or together >= max(least, TOGETHER_SHARE * near)


NO_COMPANY = Company({}, {}, {}, {}, {}, {}, {}, {}, {}, {})


def find_company(
    text: Text,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    names: Sequence[int],
    speakers: Mapping[int, int],
    likely_speakers: Mapping[int, int] = NOBODY,
    listed: Iterable[Sequence[int]] = (),
) -> Company:
    """Count the company that names keep.

    mentions: by name, in text order; names: the number of each one's name. speakers: quotation's id -> the name that its cue gives;
    likely_speakers: the name of who likely speaks one without such a cue. listed: the names that each heading lists, of people who
    are as much two as if they stood side by side again and again.
    """
    placed = _place(text, quotes, mentions)
    told = [(name, place) for name, place in zip(names, placed, strict=True) if not place.quoted]
    together, near = _count_sentences(told)
    together_at_all, near_at_all = _count_sentences(list(zip(names, placed, strict=True)))
    joined: Counter[tuple[int, int]] = Counter()
    for at in range(1, len(mentions)):
        between = text.string[mentions[at - 1].span.end : mentions[at].span.start].strip(" ,")
        if between in _JOINING and names[at] != names[at - 1]:
            joined[_pair(names[at - 1], names[at])] += 1
    for people in listed:
        for one, other in combinations(dict.fromkeys(people), 2):
            joined[_pair(one, other)] += JOINED
    answered, called_by, n_called = _count_calls(text, quotes, mentions, names, speakers)
    likely_answered = answered
    if likely_speakers:
        likely_answered, _, _ = _count_calls(text, quotes, mentions, names, {**likely_speakers, **speakers})
    exchanged = _count_exchanges(text, quotes, speakers)
    return Company(near, together, joined, answered, likely_answered, called_by, near_at_all, together_at_all, exchanged, n_called)


@dataclass(frozen=True, slots=True)
class _Place:
    sentence: int
    paragraph: int
    quoted: bool


def _place(text: Text, quotes: Sequence[Quote], mentions: Sequence[Mention]) -> list[_Place]:
    paragraphs = [p.span.start for p in text.paragraphs]
    parts = sorted(part for quote in quotes for part in quote.parts)
    starts = [part.start for part in parts]
    placed = []
    for mention in mentions:
        start = mention.span.start
        at = bisect_right(starts, start) - 1
        quoted = at >= 0 and start < parts[at].end
        placed.append(_Place(bisect_right(text.sentences.starts, start), bisect_right(paragraphs, start), quoted))
    return placed


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _count_sentences(named: Sequence[tuple[int, _Place]]) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """In how many sentences two names stand, and in how many one of them with the other at most NEAR paragraphs away."""
    by_sentence: dict[int, set[int]] = defaultdict(set)
    by_paragraph: dict[int, set[int]] = defaultdict(set)
    at: dict[int, int] = {}
    for name, place in named:
        by_sentence[place.sentence].add(name)
        by_paragraph[place.paragraph].add(name)
        at[place.sentence] = place.paragraph
    together: Counter[tuple[int, int]] = Counter()
    near: Counter[tuple[int, int]] = Counter()
    around = {
        paragraph: set().union(*(by_paragraph.get(p, ()) for p in range(paragraph - NEAR, paragraph + NEAR + 1)))
        for paragraph in by_paragraph
    }
    for sentence, own in by_sentence.items():
        together.update(_pair(one, other) for one in own for other in own if one < other)
        near.update({_pair(one, other) for one in own for other in around[at[sentence]] if one != other})
    return together, near


def _count_calls(
    text: Text, quotes: Sequence[Quote], mentions: Sequence[Mention], names: Sequence[int], speakers: Mapping[int, int]
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]], Counter[int]]:
    paragraphs = [p.span.start for p in text.paragraphs]
    order = sorted(quotes, key=lambda quote: quote.span.start)
    at = [bisect_right(paragraphs, quote.span.start) for quote in order]
    starts = [mention.span.start for mention in mentions]
    answered: Counter[tuple[int, int]] = Counter()
    called_by: Counter[tuple[int, int]] = Counter()
    n_called: Counter[int] = Counter()
    for number, quote in enumerate(order):
        called = {
            names[m]
            for part in quote.parts
            for m in range(bisect_left(starts, part.start), bisect_left(starts, part.end))
            if _is_called(text.string, mentions[m].span)
        }
        if not called:
            continue
        speaker = speakers.get(quote.id)
        if speaker is not None:
            called_by.update((name, speaker) for name in called)
        other = None
        for step in (1, -1, 2, -2):
            near = number + step
            if 0 <= near < len(order) and abs(at[near] - at[number]) <= SAME_TALK:
                said = speakers.get(order[near].id)
                if said is not None and said != speaker:
                    other = said
                    break
        for name in called:
            n_called[name] += 1
            if other is not None and other != name:
                answered[name, other] += 1
    return answered, called_by, n_called


def _count_exchanges(text: Text, quotes: Sequence[Quote], speakers: Mapping[int, int]) -> Counter[tuple[int, int]]:
    """How often two speak by turns, each by its own cue: who answers is somebody else."""
    paragraphs = [p.span.start for p in text.paragraphs]
    exchanged: Counter[tuple[int, int]] = Counter()
    for quote, following in pairwise(sorted(quotes, key=lambda quote: quote.span.start)):
        said, answered = speakers.get(quote.id), speakers.get(following.id)
        if said is not None and answered is not None and said != answered:
            ends, begins = (bisect_right(paragraphs, at) for at in (quote.span.end - 1, following.span.start))
            exchanged[_pair(said, answered)] += begins == ends + 1
    return exchanged


def _is_called(string: str, span: Span) -> bool:
    """Whether a name in speech is set off by marks, as one that is called: “Tom, come.”"""
    before, after = string[max(0, span.start - 2) : span.start], string[span.end : span.end + 1]
    return (before[-1:] in _BEFORE_CALL or before == ", ") and after in _AFTER_CALL
