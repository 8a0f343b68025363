"""A segment as the speaker head sees it: quotations, mentions and paragraphs in text order, in windows of about thirty quotations.

Training and product share what is here: which words stand for an item, its flags, how two items lie to one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.neural.segments import Segment

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NAME, NOMINAL, PRONOUN = range(3)  # kinds of mention
PARAGRAPH_ITEM, QUOTE_ITEM, MENTION_ITEM = range(3)

N_QUOTES = 30  # of a window
OVERLAP = 12  # quotations that two windows share
LONGEST_GAP = 60  # items between two quotations of a window
ITEMS_BEFORE, ITEMS_AFTER = 30, 12  # of a window, around its quotations
MOST_ITEMS = 240  # of a window, from its first quotation to its last

QUOTE_SLOTS, MENTION_SLOTS, PARAGRAPH_SLOTS = 8, 4, 2  # vectors of words that stand for one
N_QUOTE_FLAGS, N_MENTION_FLAGS, N_PARAGRAPH_FLAGS = 16, 18, 2
NEAR = 3  # words, of what is directly beside a quotation
LONGEST_BEAT = 40  # words of narration that a paragraph's mean takes

_OPENING, _CLOSING = frozenset("“‘«\"'`„"), frozenset("”’»\"'“")
_PERSONS = (
    frozenset("he him his himself".split()),
    frozenset("she her hers herself".split()),
    frozenset("i me my mine myself we us our ours ourselves".split()),
    frozenset("you your yours yourself ye thou thee thy".split()),
)
_FIRST, _SECOND = 2, 3
_BEFORE_CALL, _AFTER_CALL = frozenset(", “ ‘ \" ' ! ? . … — -- oh o dear my".split()), frozenset(", ” ’ \" ' ! ? . … — --".split())

# Signed distances fall into bins: 0 for none, then outwards; before is negative.
_WORD_BINS = np.array([1, 2, 3, 4, 6, 9, 13, 21, 41, 81, 161])
_MENTION_BINS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 22, 32])
_ITEM_BINS = np.array([1, 2, 3, 5, 8, 13, 21, 34, 55])
N_WORD_BINS, N_MENTION_BINS, N_ITEM_BINS = (2 * len(bins) + 1 for bins in (_WORD_BINS, _MENTION_BINS, _ITEM_BINS))
_PARAGRAPHS_BEFORE, _PARAGRAPHS_AFTER = 7, 3
N_PARAGRAPH_BINS = _PARAGRAPHS_BEFORE + _PARAGRAPHS_AFTER + 2  # the last: unknown
_QUOTES_BEFORE, _QUOTES_AFTER = 6, 3
N_QUOTE_BINS = _QUOTES_BEFORE + _QUOTES_AFTER + 1
OWN, INTERRUPTION, OTHER_BEFORE, OTHER_AFTER, NARRATION_BEFORE, NARRATION_AFTER = range(6)
N_PLACES = 6
_TURNS = 8
N_TURN_BINS = 2 * _TURNS + 1
_ITEM_PARAGRAPHS = 5
N_ITEM_PARAGRAPH_BINS = 2 * _ITEM_PARAGRAPHS + 2

N_NEAR_CODES = N_WORD_BINS * N_MENTION_BINS
N_FAR_CODES = N_PARAGRAPH_BINS * N_QUOTE_BINS * N_PLACES
N_ATTENTION_CODES = (N_ITEM_BINS, N_TURN_BINS, N_ITEM_PARAGRAPH_BINS, 2)


class Mentions(NamedTuple):
    """Mentions of people in text order, outer before inner: words `[starts, ends)`; kinds: NAME, NOMINAL or PRONOUN."""

    starts: Ints
    ends: Ints
    kinds: Ints


class SpeakerWindow(NamedTuple):
    """quotes from `start` to `end` are read together, those from `first` to `last` taken from here; items: places in the order."""

    start: int
    end: int
    first: int
    last: int
    items: slice


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Everything about a segment but its vectors.

    types, indices [items]: what each item is, and which, in text order. turns, paragraphs: how many have begun.
    quote_words [q, 2], mention_words [m, 2]: half-open. inside [n]: the quotation that each word is in, -1 none.
    quote_flags [q, N_QUOTE_FLAGS], mention_flags [m, N_MENTION_FLAGS], paragraph_flags [p, N_PARAGRAPH_FLAGS]: 0 or 1.
    same [items]: a number for each string that names somebody; -1 for other items.
    """

    segment: Segment
    quote_words: Ints
    mention_words: Ints
    inside: Ints
    paragraph_starts: Ints
    knows_paragraphs: bool
    types: Ints
    indices: Ints
    turns: Ints
    paragraphs: Ints
    same: Ints
    quote_flags: Floats
    mention_flags: Floats
    paragraph_flags: Floats


def find_speakable(segment: Segment, mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions may say who speaks: all but "I" and "you" in quotations, who are found through their speakers."""
    inside = find_inside(segment)
    own = _PERSONS[_FIRST] | _PERSONS[_SECOND]
    return np.asarray(
        [
            not (kind == PRONOUN and inside[start] >= 0 and segment.words[start].lower() in own)
            for start, kind in zip(mentions.starts.tolist(), mentions.kinds.tolist(), strict=True)
        ],
        np.bool_,
    )


def find_named(segment: Segment, mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions say who it is: names, and the "I" of narration."""
    inside = find_inside(segment)
    return np.asarray(
        [
            kind == NAME or (kind == PRONOUN and inside[start] < 0 and segment.words[start].lower() == "i")
            for start, kind in zip(mentions.starts.tolist(), mentions.kinds.tolist(), strict=True)
        ],
        np.bool_,
    )


def find_called(segment: Segment, mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions are called in a quotation: "Go, *Tom*!"."""
    inside, lower = find_inside(segment), [word.lower() for word in segment.words]
    bounds = zip(mentions.starts.tolist(), mentions.ends.tolist(), strict=True)
    return np.asarray([inside[start] >= 0 and _is_called(lower, start, end) for start, end in bounds], np.bool_)


def _is_called(lower: Sequence[str], start: int, end: int) -> bool:
    before, after = lower[start - 1] if start else "", lower[end] if end < len(lower) else ""
    return before in _BEFORE_CALL and after in _AFTER_CALL


def find_inside(segment: Segment) -> Ints:
    """The quotation that each word is in, -1 outside."""
    inside = np.full(len(segment.words), -1, np.int64)
    for number, parts in enumerate(segment.quotes):
        for start, end in parts:
            inside[start:end] = number
    return inside


def lay_out(segment: Segment, mentions: Mentions, *, knows_paragraphs: bool = True) -> Conversation:
    """Put a segment's quotations, the mentions that may speak and its paragraphs in order. knows_paragraphs: False hides them."""
    words, lower = segment.words, [word.lower() for word in segment.words]
    n = len(words)
    knows = knows_paragraphs and bool(segment.paragraphs)
    inside = find_inside(segment)
    starts = np.asarray([start for start in segment.paragraphs if start < n] if knows else (0,), np.int64)
    quote_words = np.asarray([(parts[0][0], parts[-1][1]) for parts in segment.quotes], np.int64).reshape(-1, 2)
    mention_words = np.stack([mentions.starts, mentions.ends], 1).astype(np.int64).reshape(-1, 2)
    places = np.concatenate([starts, quote_words[:, 0], mention_words[:, 0]])
    sizes = (len(starts), len(quote_words), len(mention_words))
    types = np.repeat(np.arange(3), sizes)
    order = np.lexsort((types, places))
    indices = np.concatenate([np.arange(size) for size in sizes])[order]
    types, places = types[order], places[order]
    quote_flags = _flag_quotes(segment, words, starts, inside, knows)
    mention_flags = _flag_mentions(lower, segment, mentions, inside)
    outside = np.concatenate([[0], np.cumsum(inside < 0)])
    bounds = np.append(starts, n)
    narration = outside[bounds[1:]] - outside[bounds[:-1]]
    paragraph_flags = np.stack([narration > 0, narration > LONGEST_BEAT], 1).astype(np.float32)
    strings: dict[str, int] = {}
    names = [
        strings.setdefault(lower[end - 1], len(strings)) if kind == NAME else -1
        for end, kind in zip(mentions.ends.tolist(), mentions.kinds.tolist(), strict=True)
    ]
    same = np.where(types == MENTION_ITEM, np.asarray([*names, -1])[np.where(types == MENTION_ITEM, indices, -1)], -1)
    return Conversation(
        segment,
        quote_words,
        mention_words,
        inside,
        starts,
        knows,
        types,
        indices,
        np.cumsum(types == QUOTE_ITEM),
        np.searchsorted(starts, places, side="right"),
        same,
        quote_flags,
        mention_flags,
        paragraph_flags,
    )


def _flag_quotes(segment: Segment, words: Sequence[str], paragraphs: Ints, inside: Ints, knows: bool) -> Floats:
    flags = np.zeros((len(segment.quotes), N_QUOTE_FLAGS), np.float32)
    n = len(words)
    bounds = np.append(paragraphs, n)
    for number, parts in enumerate(segment.quotes):
        row = flags[number]
        first, last = parts[0][0], parts[-1][1]
        stop = last - 1
        while stop > first and words[stop] in _CLOSING:
            stop -= 1
        end = words[stop]
        n_words = sum(b - a for a, b in parts)
        row[0] = len(parts) > 1
        row[1:5] = n_words <= 5, 5 < n_words <= 14, 14 < n_words <= 40, n_words > 40
        row[5:9] = end == ",", end[0] in "?!", end[0] == ".", end[0] in "-—–…"
        row[9] = any(words[i] == "?" for a, b in parts for i in range(a, b))
        after, before = last < n and inside[last] < 0, first > 0 and inside[first - 1] < 0
        row[10] = after and words[last][0].islower()
        row[11] = before and words[first - 1] in ",:"
        if knows:
            paragraph = int(np.searchsorted(paragraphs, first, side="right")) - 1
            row[12] = first == paragraphs[paragraph]
            row[13] = last >= bounds[paragraph + 1]
            row[14] = number > 0 and segment.quotes[number - 1][-1][1] > paragraphs[paragraph]
            row[15] = 1
    return flags


def _flag_mentions(lower: Sequence[str], segment: Segment, mentions: Mentions, inside: Ints) -> Floats:
    m, n = len(mentions.starts), len(lower)
    flags = np.zeros((m, N_MENTION_FLAGS), np.float32)
    ends = {part[1] for parts in segment.quotes for part in parts}
    begins = {part[0] for parts in segment.quotes for part in parts}
    sentences = frozenset(segment.sentences)
    for number, (start, end, kind) in enumerate(
        zip(mentions.starts.tolist(), mentions.ends.tolist(), mentions.kinds.tolist(), strict=True)
    ):
        row = flags[number]
        row[kind] = 1
        spoken = inside[start] >= 0
        row[3] = spoken
        before, after = lower[start - 1] if start else "", lower[end] if end < n else ""
        row[4] = spoken and _is_called(lower, start, end)
        row[5] = any(start - back in ends for back in range(NEAR))
        row[6] = any(end + ahead in begins for ahead in range(NEAR))
        row[7] = start in sentences
        row[8] = after in ("'s", "’s", "'", "’") and not spoken
        row[9] = not spoken and before == "and"
        row[10] = not spoken and after == "and"
        row[11] = before in ("to", "at", "of", "with", "from", "by", "for")
        if kind == PRONOUN:
            person = next((p for p, forms in enumerate(_PERSONS) if lower[start] in forms), len(_PERSONS))
            row[12 + person] = 1
        row[17] = end - start > 1
    return flags


def cut_speaker_windows(conversation: Conversation) -> list[SpeakerWindow]:
    """The windows of a segment; each quotation is taken from one of them, where it has most quotations around it."""
    at = np.flatnonzero(conversation.types == QUOTE_ITEM)
    n, n_items = len(at), len(conversation.types)
    windows: list[SpeakerWindow] = []
    start = 0
    taken = 0
    while start < n:
        end = start + 1
        while end < n and end - start < N_QUOTES and at[end] - at[end - 1] <= LONGEST_GAP and at[end] - at[start] <= MOST_ITEMS:
            end += 1
        goes_on = end < n and at[end] - at[end - 1] <= LONGEST_GAP
        following = max(start + 1, end - OVERLAP) if goes_on else end
        last = following + (end - following) // 2 if goes_on else end
        items = slice(max(0, int(at[start]) - ITEMS_BEFORE), min(n_items, int(at[end - 1]) + 1 + ITEMS_AFTER))
        if last > taken:
            windows.append(SpeakerWindow(start, end, taken, last, items))
            taken = last
        start = following
    return windows


def gather_vectors(h: Floats, conversation: Conversation) -> tuple[Floats, Floats, Floats]:
    """The word vectors that stand for the quotations, the mentions and the paragraphs; zeros where there is no such word.

    Returns float32 [q, QUOTE_SLOTS, width], [m, MENTION_SLOTS, width], [p, PARAGRAPH_SLOTS, width].
    """
    n, width = h.shape
    quotes = np.zeros((len(conversation.quote_words), QUOTE_SLOTS, width), np.float32)
    inside, starts = conversation.inside, conversation.paragraph_starts
    for number, parts in enumerate(conversation.segment.quotes):
        n_words = sum(end - start for start, end in parts)
        for start, end in parts:
            quotes[number, 0] += h[start:end].sum(0)
        quotes[number, 0] /= max(1, n_words)
        first, last = parts[0][0], parts[-1][1]
        inner_first, inner_last = min(first + 1, last - 1), max(first, last - 2)  # without the marks
        paragraph = int(np.searchsorted(starts, first, side="right")) - 1
        floor = int(starts[paragraph])
        before = _free(inside, range(first - 1, max(floor, first - 5) - 1, -1))
        end = next((end for _, end in parts if end < n and inside[end] < 0 and _same_paragraph(starts, end)), n)
        after = _free(inside, range(end, min(n, end + 5))) if end < n else []
        after = [word for word in after if word == end or _same_paragraph(starts, word)]
        single = [inner_first, inner_last, *before[:1], *[n] * (not before), *after[:2], *[n] * (2 - min(2, len(after)))]
        quotes[number, 1:6] = _take(h, single)
        if len(before) > 1:
            quotes[number, 6] = h[before[1:]].mean(0)
        if len(after) > 2:
            quotes[number, 7] = h[after[2:]].mean(0)
    opens, ends = conversation.mention_words[:, 0], conversation.mention_words[:, 1]
    beside = np.stack([opens, ends - 1, np.where(opens > 0, opens - 1, n), np.minimum(ends, n)], 1)
    bounds = np.append(starts, n)
    paragraphs = np.zeros((len(starts), PARAGRAPH_SLOTS, width), np.float32)
    paragraphs[:, 0] = h[starts]
    for number, (begin_, end_) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        if conversation.paragraph_flags[number, 0]:
            told = np.flatnonzero(inside[begin_:end_] < 0)[:LONGEST_BEAT]
            paragraphs[number, 1] = h[told + begin_].mean(0)
    return quotes, _take(h, beside), paragraphs


def _take(h: Floats, words: Sequence[int] | Ints) -> Floats:
    """The vectors of words; zeros for a word past the end."""
    numbers = np.asarray(words, np.int64)
    taken: Floats = h[np.minimum(numbers, len(h) - 1)]
    taken[numbers >= len(h)] = 0
    return taken


def _free(inside: Ints, words: range) -> list[int]:
    """The words of a range up to the first that is in a quotation."""
    free: list[int] = []
    for word in words:
        if inside[word] >= 0:
            break
        free.append(word)
    return free


def _same_paragraph(starts: Ints, word: int) -> bool:
    """Whether a word goes on in the paragraph of the one before it."""
    at = int(np.searchsorted(starts, word))
    return not (at < len(starts) and starts[at] == word)


def pair_codes(conversation: Conversation, quotes: Ints, mentions: Ints) -> tuple[Ints, Ints]:
    """How mentions lie to quotations: two codes [quotes, mentions], below N_NEAR_CODES and N_FAR_CODES."""
    first, last = conversation.quote_words[quotes, 0, None], conversation.quote_words[quotes, 1, None]
    start, end = conversation.mention_words[mentions, 0], conversation.mention_words[mentions, 1]
    before, after = (start < first), (start >= last)
    word = np.where(before, -np.maximum(1, first - end + 1), np.where(after, start - last + 1, 0))
    all_starts = conversation.mention_words[:, 0]
    n_before, n_upto = np.searchsorted(all_starts, first), np.searchsorted(all_starts, last)
    count = np.where(before, mentions - n_before, np.where(after, mentions - n_upto + 1, 0))
    near = _signed(word, _WORD_BINS) * N_MENTION_BINS + _signed(count, _MENTION_BINS)
    if conversation.knows_paragraphs:
        own = np.searchsorted(conversation.paragraph_starts, first, side="right")
        theirs = np.searchsorted(conversation.paragraph_starts, start, side="right")
        paragraph = np.clip(theirs - own, -_PARAGRAPHS_BEFORE, _PARAGRAPHS_AFTER) + _PARAGRAPHS_BEFORE
    else:
        paragraph = np.full(word.shape, N_PARAGRAPH_BINS - 1)
    begun = np.searchsorted(conversation.quote_words[:, 0], start, side="right")
    between = np.where(before, begun - quotes[:, None], np.where(after, begun - quotes[:, None] - 1, 0))
    between = np.clip(between, -_QUOTES_BEFORE, _QUOTES_AFTER) + _QUOTES_BEFORE
    holder = conversation.inside[start]
    place = np.where(
        holder == quotes[:, None],
        OWN,
        np.where(
            holder >= 0,
            np.where(before, OTHER_BEFORE, OTHER_AFTER),
            np.where(before, NARRATION_BEFORE, np.where(after, NARRATION_AFTER, INTERRUPTION)),
        ),
    )
    return near, (paragraph * N_QUOTE_BINS + between) * N_PLACES + place


def attention_codes(conversation: Conversation, items: slice) -> tuple[Ints, Ints, Ints, Ints]:
    """How the items of a window lie to one another, four codes [items, items]: apart, quotations, paragraphs, the same name."""
    at = np.arange(items.stop - items.start)
    turns, paragraphs, same = conversation.turns[items], conversation.paragraphs[items], conversation.same[items]
    apart = _signed(at[None, :] - at[:, None], _ITEM_BINS)
    turn = np.clip(turns[None, :] - turns[:, None], -_TURNS, _TURNS) + _TURNS
    if conversation.knows_paragraphs:
        paragraph = np.clip(paragraphs[None, :] - paragraphs[:, None], -_ITEM_PARAGRAPHS, _ITEM_PARAGRAPHS) + _ITEM_PARAGRAPHS
    else:
        paragraph = np.full(apart.shape, N_ITEM_PARAGRAPH_BINS - 1)
    named = (same[None, :] == same[:, None]) & (same[:, None] >= 0)
    return apart, turn, paragraph, named.astype(np.int64)


def _signed(distance: Ints, bins: Ints) -> Ints:
    """Bins of signed distances: 0 in the middle."""
    size = np.searchsorted(bins, np.abs(distance), side="right")
    return np.asarray(np.where(distance < 0, -size, size) + len(bins), np.int64)
