"""Laws of the variants: words change or go, and every label stays on its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.lexicons.titles import TITLES
from tests.training.made_up import (
    NAME,
    NOMINAL,
    PLACE,
    PRONOUN,
    Eager,
    find_starts,
    make_fiction,
    make_mentions,
    make_syntax,
    make_treebank,
)
from training.augment import leave_out, vary
from training.examples import IGNORED, Example
from training.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, PLACE_NAMES

COMMAS = (",", ";")
NAMES = ("Anna", "Grey", "Leeds", "GREY", "Tom")
WORDS = (*NAMES, *COMMAS, *COMMAS, *". “ ” ' Mrs. she her didn't ’tis o’clock ran Yes a children".split())


@st.composite
def spans(draw: st.DrawFn, n: int) -> tuple[int, int]:
    start = draw(st.integers(0, n - 1))
    return start, draw(st.integers(start + 1, n))


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """With every kind of label, or without some; labels may lie on commas too."""
    words = tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30)))
    n = len(words)
    found = sorted(set(draw(st.lists(spans(n), max_size=8))), key=lambda span: (span[0], -span[1]))
    kinds = st.sampled_from((NAME, PLACE, NOMINAL, PRONOUN))
    mentions = make_mentions([(*span, draw(kinds), draw(st.integers(-1, 3))) for span in found])
    heads = draw(st.lists(st.sampled_from((-1, IGNORED, *range(n))), min_size=n, max_size=n))
    edges = sorted(draw(st.sets(st.integers(0, n), max_size=6)))
    parts = list(zip(edges[::2], edges[1::2], strict=False))
    return Example(
        "made up",
        words,
        find_starts(words),
        tuple((part,) for part in parts) if draw(st.booleans()) else (tuple(parts),) if parts else (),
        make_syntax(heads) if draw(st.booleans()) else None,
        mentions if draw(st.booleans()) else None,
        np.array(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), np.int64) if draw(st.booleans()) else None,
        tuple(sorted({0, *draw(st.sets(st.integers(0, n - 1), max_size=4))})) if draw(st.booleans()) else (),
    )


class Labelled(NamedTuple):
    """Which words each label lies on; a word is told by how many of those that stay come before it, or by itself."""

    sentences: list[frozenset[object]]
    paragraphs: list[frozenset[object]]
    mentions: list[frozenset[object]]
    quotes: list[list[frozenset[object]]]
    heads: dict[object, object]
    events: frozenset[object]


def look(example: Example, keys: list[object]) -> Labelled:
    """keys: what each word is called, None for one of which nothing is asked."""

    def inside(start: int, end: int) -> frozenset[object]:
        return frozenset(keys[start:end]) - {None}

    def between(starts: Sequence[int]) -> list[frozenset[object]]:
        return [inside(*bounds) for bounds in zip(starts, [*starts[1:], len(example.words)], strict=True)] if starts else []

    mentions, syntax, events = example.mentions, example.syntax, example.events
    return Labelled(
        between(example.sentences),
        between(example.paragraphs),
        [] if mentions is None else [inside(*bounds) for bounds in zip(mentions.starts, mentions.ends, strict=True)],
        [[inside(*part) for part in parts] for parts in example.quotes],
        {}
        if syntax is None
        else {
            key: keys[head] if head >= 0 else int(head)
            for key, head in zip(keys, syntax.heads, strict=True)
            if key is not None and (head < 0 or keys[head] is not None)
        },
        frozenset() if events is None else frozenset(key for key, event in zip(keys, events, strict=True) if event) - {None},
    )


def without_commas(example: Example) -> list[object]:
    """Words by their number among those that are no commas; commas have none."""
    stay = np.array([word not in COMMAS for word in example.words])
    return [int(number) if stays else None for number, stays in zip(np.cumsum(stay), stay, strict=True)]


def shown(example: Example) -> tuple[object, ...]:
    """All that an example holds, to be compared."""
    arrays = [example.events]
    for labels in (example.syntax, example.mentions):
        arrays += [] if labels is None else [getattr(labels, name) for name in labels.__slots__]
    plain = [array.tolist() if isinstance(array, np.ndarray) else array for array in arrays]
    return (example.id, example.words, example.sentences, example.paragraphs, example.quotes, *plain)


@settings(deadline=None)
@given(examples(), st.integers(0, 999), st.sampled_from((Random, Eager)))
def test_labels_of_a_variant_lie_on_the_same_words(example: Example, seed: int, kind: type[Random]) -> None:
    """any words, with any labels"""
    varied = vary(example, kind(seed))
    hidden = replace(example, paragraphs=()) if not varied.paragraphs else example
    assert look(varied, without_commas(varied)) == look(hidden, without_commas(example))
    if varied.syntax is not None:
        assert {len(getattr(varied.syntax, name)) for name in varied.syntax.__slots__} == {len(varied.words)}
    if varied.events is not None:
        assert len(varied.events) == len(varied.words)


@settings(deadline=None)
@given(examples(), st.integers(0, 999), st.sampled_from((Random, Eager)))
def test_a_variant_has_the_same_words_but_for_names_and_commas(example: Example, seed: int, kind: type[Random]) -> None:
    """any words: what is called no name keeps its first letter, and a mark stays a mark"""
    marks = str.maketrans("“”’", '""\'')

    def first(word: str) -> str:
        return next((char for char in word.lower() if char.isalnum()), word.translate(marks))

    named: set[str] = set()
    if example.mentions is not None:
        for start, end in zip(example.mentions.starts, example.mentions.ends, strict=True):
            named.update(example.words[start:end])
    old = [word for word in example.words if word not in COMMAS]
    new = [word for word in vary(example, kind(seed)).words if word not in COMMAS]
    for one, other in zip(old, new, strict=True):
        assert one in NAMES or one in named or first(one) == first(other), (one, other)


@settings(deadline=None)
@given(examples(), st.integers(0, 999), st.sampled_from((Random, Eager)))
def test_a_seed_gives_one_variant_and_the_document_is_left_alone(example: Example, seed: int, kind: type[Random]) -> None:
    """any words, with any labels"""
    before = shown(example)
    assert shown(vary(example, kind(seed))) == shown(vary(example, kind(seed)))
    assert shown(example) == before


@settings(deadline=None)
@given(examples(), st.data())
def test_labels_lie_on_the_same_words_when_some_are_left_out(example: Example, data: st.DataObject) -> None:
    """any words, each another; any of them left out"""
    n = len(example.words)
    example = replace(example, words=tuple(f"w{at}" for at in range(n)))
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), np.bool_)
    asked = kept.tolist()
    left = leave_out(example, kept)
    assert kept.tolist() == asked
    assert {word for word, stays in zip(example.words, kept, strict=True) if stays} <= set(left.words) <= set(example.words)
    names = [word if word in set(left.words) else None for word in example.words]
    assert look(left, list(left.words)) == look(example, list(names))
    if example.events is not None:
        triggers = {word for word, event in zip(example.words, example.events, strict=True) if event}
        assert triggers <= set(left.words)


def test_paragraphs_are_sometimes_hidden_and_else_begin_with_the_same_words() -> None:
    """[Anna] came . ¶ " [She] ran , " said [[her] brother] ."""
    fiction = replace(make_fiction(), paragraphs=(0, 3))
    n_hidden = 0
    for seed in range(200):
        varied = vary(fiction, Random(seed))
        n_hidden += not varied.paragraphs
        assert varied.paragraphs in ((), (0, 3)) and varied.words[3] == '"'
    assert 0.1 < n_hidden / 200 < 0.3
    assert not any(vary(make_fiction(), Random(seed)).paragraphs for seed in range(20))


def test_a_word_that_opens_a_paragraph_stays() -> None:
    """, he ran ¶ , and ¶ she ran: the first comma opens the first paragraph, the second the next one"""
    example = Example("x", (",", "he", "ran", ",", "and", "she", "ran"), (0,), paragraphs=(0, 3, 5))
    left = leave_out(example, np.array([word not in (",", "and", "he") for word in example.words]))
    assert left.words == (",", "ran", ",", "she", "ran")
    assert left.paragraphs == (0, 2, 3)


def test_words_on_which_nothing_hangs_go() -> None:
    """Pigs ran(,) (fast) . Ann left ."""
    example = make_treebank()
    left = leave_out(example, np.array([word not in (",", "fast") for word in example.words]))
    assert " ".join(left.words) == "Pigs ran . Ann left ."
    assert left.syntax is not None
    assert left.syntax.heads.tolist() == [1, -1, 1, 4, -1, 4]


def test_a_word_that_is_spelled_in_another_way_teaches_no_lemma() -> None:
    """Pigs ran , fast . Ann left ."""
    example = make_treebank()
    seen = 0
    for seed in range(40):
        varied = vary(example, Random(seed))
        if len(varied.words) < len(example.words):
            continue
        assert varied.syntax is not None
        changed = [one != other for one, other in zip(example.words, varied.words, strict=True)]
        assert (varied.syntax.lemmas == IGNORED).tolist() == changed
        seen += any(changed)
    assert seen > 3


class Renaming(Random):
    """Names are swapped, and nothing else happens."""

    n_asked = 0

    def random(self) -> float:
        self.n_asked += 1
        return 0.0 if self.n_asked == 1 else 0.999

    def getrandbits(self, k: int, /) -> int:
        """As it was; without it, choices would be made by `random`."""
        return super().getrandbits(k)


def renamed(*mentions: tuple[int, int, int, int], seed: int = 0) -> tuple[str, ...]:
    """Mrs. Grey met Tom Grey in Leeds . GREY saw her . Said Will : Tom will"""
    words = tuple("Mrs. Grey met Tom Grey in Leeds . GREY saw her . Said Will : Tom will".split())
    return vary(Example("x", words, find_starts(words), mentions=make_mentions(mentions)), Renaming(seed)).words


def test_a_name_becomes_another_one_everywhere_and_a_title_stays() -> None:
    """[Mrs. Grey] met [Tom Grey] in [Leeds]"""
    words = renamed((0, 2, NAME, 0), (3, 5, NAME, 1), (6, 7, PLACE, 2))
    assert words[0] == "Mrs." and words[0].rstrip(".") in TITLES
    assert words[1] == words[4] and words[1] in FAMILY_NAMES
    assert words[8] == words[1].upper()
    assert words[3] == words[15] and words[3] in MALE_NAMES
    assert words[6] in PLACE_NAMES
    assert [words[at] for at in (2, 5, 7, 9, 10, 12, 13, 14, 16)] == ["met", "in", ".", "saw", "her", "Said", "Will", ":", "will"]


def test_who_is_called_she_gets_a_name_of_a_woman() -> None:
    """[Tom] ... [her], of one chain"""
    for seed in range(10):
        assert renamed((3, 4, NAME, 1), (10, 11, PRONOUN, 1), seed=seed)[3] in FEMALE_NAMES
        assert renamed((3, 4, NAME, 1), (10, 11, PRONOUN, 2), seed=seed)[3] in MALE_NAMES


def test_what_is_no_name_is_not_renamed() -> None:
    """[Mrs. Grey] as a nominal"""
    assert renamed((0, 2, NOMINAL, 0)) == renamed()
