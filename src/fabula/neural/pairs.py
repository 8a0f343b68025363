"""What a pair of mentions looks like from outside: the features of the antecedent scores, as bins. Training and product share them.

A feature is a small number that says into which bin a pair falls; each bin has a vector of its own, which is learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fabula.lexicons.gender import FEMALE_NOUNS, MALE_NOUNS, PRONOUN_PERSONS, Person
from fabula.lexicons.titles import TITLES
from fabula.records import Gender, MentionKind

Ints = NDArray[np.int64]

KINDS = tuple(MentionKind)
PERSONS = tuple(Person)
MENTION_BINS = (2, 3, 4, 5, 8, 16, 32, 64, 128)  # mentions apart
SENTENCE_BINS = (1, 2, 3, 4, 7, 13, 26)  # sentences apart
PARAGRAPH_BINS = (1, 2, 4)  # paragraphs apart
COUNT_BINS = (1, 2, 4, 8)  # mentions of the same words before the earlier one
KEY_WORDS = 8  # words of a mention that are compared

# The kinds of pair that have output weights of their own (after Kantor and Globerson's six experts; ANCHORS 7).
PRONOUNS, CLASHING_PRONOUNS, PRONOUN_AND_NOUN, SAME_WORDS, SHARED_WORDS, OTHER = range(6)
N_PAIR_KINDS = 6

FEATURES = {
    "kind": N_PAIR_KINDS,
    "mentions": len(MENTION_BINS) + 1,
    "sentences": len(SENTENCE_BINS) + 1,
    "quotes": 5,
    "nested": 3,
    "types": len(KINDS) ** 2 * 2,
    "persons": len(PERSONS) ** 2,
    "count": len(COUNT_BINS) + 1,
    "words": 5,
    "paragraphs": len(PARAGRAPH_BINS) + 2,
}
"""The name of each feature and how many bins it has, in the order of the columns of `find_features`."""


@dataclass(frozen=True, slots=True)
class MentionTable:
    """Mentions as arrays, [n_mentions], in text order, the outer before the inner.

    starts, ends: words, half-open. heads: the word whose head lies outside. kinds: index of MentionKind. types: any numbering.
    keys: [n_mentions, KEY_WORDS] numbers of its words without function words, -1 where it has fewer; strings: equal where the
    words are. head_words: equal where the words of the heads are. persons: index of Person. sentences, paragraphs, quotes: in which
    it stands; quote -1 is narration, paragraph -1 not known. counts: how many mentions before it have the same words.
    """

    starts: Ints
    ends: Ints
    heads: Ints
    kinds: Ints
    types: Ints
    keys: Ints
    strings: Ints
    head_words: Ints
    persons: Ints
    sentences: Ints
    paragraphs: Ints
    quotes: Ints
    counts: Ints


def describe_mentions(
    words: Sequence[str],
    sentences: Sequence[int],
    paragraphs: Sequence[int],
    quotes: Sequence[Sequence[tuple[int, int]]],
    starts: Ints,
    ends: Ints,
    heads: Ints,
    kinds: Ints,
    types: Ints,
) -> MentionTable:
    """Look up what the features need of each mention of a segment.

    words, sentences, paragraphs, quotes: as in Segment. heads: of the mentions, numbers of words.
    """
    numbers: dict[str, int] = {}
    lowered = [word.lower() for word in words]
    n = len(starts)
    keys = np.full((n, KEY_WORDS), -1, np.int64)
    strings, head_words, persons, counts = (np.zeros(n, np.int64) for _ in range(4))
    seen: dict[int, int] = {}
    for at in range(n):
        start, end = int(starts[at]), int(ends[at])
        inside = lowered[start:end]
        content = [word for word in inside if word[:1].isalnum() and word not in _LIGHT] or inside
        for column, word in enumerate(content[-KEY_WORDS:]):
            keys[at, column] = numbers.setdefault(word, len(numbers))
        strings[at] = numbers.setdefault("\t".join(content), len(numbers))
        head_words[at] = numbers.setdefault(lowered[int(heads[at])], len(numbers))
        persons[at] = PERSONS.index(_person_of(words[start:end], lowered[int(heads[at])], KINDS[int(kinds[at])]))
        counts[at] = seen.get(int(strings[at]), 0)
        seen[int(strings[at])] = counts[at] + 1
    in_quote = np.full(len(words), -1, np.int64)
    for number, parts in enumerate(quotes):
        for start, end in parts:
            in_quote[start:end] = number
    in_sentence = np.searchsorted(np.asarray(sentences), starts, side="right") - 1
    in_paragraph = np.searchsorted(np.asarray(paragraphs, np.int64), starts, side="right") - 1  # -1 where none is known
    return MentionTable(
        starts,
        ends,
        heads,
        kinds,
        types,
        keys,
        strings,
        head_words,
        persons,
        in_sentence,
        in_paragraph,
        in_quote[starts] if n else np.zeros(0, np.int64),
        counts,
    )


def find_features(table: MentionTable, later: Ints, earlier: Ints) -> Ints:
    """The bins of pairs of mentions: int64 [n_pairs, n_features], columns as in FEATURES. later, earlier: rows of the table."""
    kinds_later, kinds_earlier = table.kinds[later], table.kinds[earlier]
    pronoun = KINDS.index(MentionKind.PRONOUN)
    n_pronouns = (kinds_later == pronoun).astype(np.int64) + (kinds_earlier == pronoun)
    persons_later, persons_earlier = table.persons[later], table.persons[earlier]
    same_string = table.strings[later] == table.strings[earlier]
    n_words = (table.keys >= 0).sum(1)
    n_shared = _count_shared(table.keys, later, earlier)
    contained = (n_shared > 0) & ((n_shared == n_words[later]) | (n_shared == n_words[earlier]))
    same_head = table.head_words[later] == table.head_words[earlier]
    words = np.select([same_string, same_head, contained, n_shared > 0], [1, 2, 3, 4], 0)
    kind = np.select(
        [
            (n_pronouns == 2) & (persons_later == persons_earlier),
            n_pronouns == 2,
            n_pronouns == 1,
            same_string,
            words > 0,
        ],
        [PRONOUNS, CLASHING_PRONOUNS, PRONOUN_AND_NOUN, SAME_WORDS, SHARED_WORDS],
        OTHER,
    )
    quotes_later, quotes_earlier = table.quotes[later], table.quotes[earlier]
    quotes = np.select(
        [
            (quotes_later < 0) & (quotes_earlier < 0),
            quotes_later == quotes_earlier,
            (quotes_later >= 0) & (quotes_earlier >= 0),
            quotes_later >= 0,
        ],
        [0, 1, 2, 3],
        4,
    )
    nested = np.select(
        [table.ends[earlier] > table.starts[later]],  # the earlier one starts first or is the outer
        [np.where(table.ends[earlier] >= table.ends[later], 1, 2)],
        0,
    )
    types = (kinds_later * len(KINDS) + kinds_earlier) * 2 + (table.types[later] == table.types[earlier])
    return np.stack(
        [
            kind,
            np.searchsorted(MENTION_BINS, later - earlier, side="right"),
            np.searchsorted(SENTENCE_BINS, table.sentences[later] - table.sentences[earlier], side="right"),
            quotes,
            nested,
            types,
            persons_later * len(PERSONS) + persons_earlier,
            np.searchsorted(COUNT_BINS, table.counts[earlier], side="right"),
            words,
            np.where(
                table.paragraphs[later] < 0,
                len(PARAGRAPH_BINS) + 1,
                np.searchsorted(PARAGRAPH_BINS, table.paragraphs[later] - table.paragraphs[earlier], side="right"),
            ),
        ],
        1,
    )


def _count_shared(keys: Ints, later: Ints, earlier: Ints) -> Ints:
    """How many words of the later mention the earlier one has too; compared only where a bit says that there may be one."""
    bits = np.bitwise_or.reduce(np.where(keys >= 0, np.int64(1) << (keys % 63), 0), axis=1)
    n_shared = np.zeros(len(later), np.int64)
    maybe = np.flatnonzero(bits[later] & bits[earlier])
    one, other = keys[later[maybe]], keys[earlier[maybe]]
    n_shared[maybe] = ((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]).any(2).sum(1)
    return n_shared


_LIGHT = frozenset("the a an my your his her its our their this that these those 's ’s of and".split())


def _person_of(words: Sequence[str], head: str, kind: MentionKind) -> Person:
    """What the words alone say of number, gender and person."""
    if kind is MentionKind.PRONOUN:
        return PRONOUN_PERSONS.get(head, Person.UNKNOWN)
    title = TITLES.get(words[0].rstrip("."), Gender.UNKNOWN) if len(words) > 1 else Gender.UNKNOWN
    if title is Gender.MALE or head in MALE_NOUNS:
        return Person.HE
    if title is Gender.FEMALE or head in FEMALE_NOUNS:
        return Person.SHE
    return Person.UNKNOWN
