from __future__ import annotations

import numpy as np
import pytest

from fabula.neural.conversation import (
    MENTION_ITEM,
    N_ATTENTION_CODES,
    N_FAR_CODES,
    N_MENTION_FLAGS,
    N_NEAR_CODES,
    N_PLACES,
    NAME,
    PARAGRAPH_ITEM,
    PRONOUN,
    QUOTE_ITEM,
    QUOTE_SLOTS,
    Mentions,
    attention_codes,
    cut_speaker_windows,
    find_called,
    find_named,
    find_speakable,
    gather_vectors,
    lay_out,
    pair_codes,
)
from fabula.neural.segments import Segment

CALL, BEHIND = 4, 5  # places of flags


def talk(passage: str, *, paragraphs: bool = True) -> tuple[Segment, Mentions]:
    """A segment written with spaces between words; ¶ parts paragraphs, “ and ” open and close quotations, Capitals are names."""
    words: list[str] = []
    starts, quotes, opened = [0], [], 0
    for word in passage.split():
        if word == "¶":
            starts.append(len(words))
            continue
        if word == "“":
            opened = len(words)
        words.append(word)
        if word == "”":
            quotes.append(((opened, len(words)),))
    people = [(at, NAME) for at, word in enumerate(words) if word in ("Tom", "Ann")]
    people += [(at, PRONOUN) for at, word in enumerate(words) if word in ("I", "you", "he", "she")]
    people.sort()
    begin = np.array([at for at, _ in people], np.int64)
    mentions = Mentions(begin, begin + 1, np.array([kind for _, kind in people], np.int64))
    return Segment(tuple(words), (0,), tuple(starts) if paragraphs else (), tuple(quotes)), mentions


def test_items_stand_in_text_order_the_outer_first() -> None:
    """“Ann, go,” said Tom. ¶ Ann left."""
    found = lay_out(*talk("“ Ann , go , ” said Tom . ¶ Ann left ."))
    kinds = [PARAGRAPH_ITEM, QUOTE_ITEM, MENTION_ITEM, MENTION_ITEM, PARAGRAPH_ITEM, MENTION_ITEM]
    assert found.types.tolist() == kinds
    assert found.indices.tolist() == [0, 0, 0, 1, 1, 2]
    assert found.same.tolist() == [-1, -1, 0, 1, -1, 0]


def test_one_who_is_called_is_told_from_one_who_speaks() -> None:
    """“Ann, go,” said Tom."""
    flags = lay_out(*talk("“ Ann , go , ” said Tom .")).mention_flags
    assert flags.shape == (2, N_MENTION_FLAGS)
    assert flags[:, CALL].tolist() == [1, 0]
    assert flags[:, BEHIND].tolist() == [0, 1]


def test_i_and_you_in_a_quotation_may_not_speak() -> None:
    """“I see you and he,” I said."""
    segment, mentions = talk("“ I see you and he , ” I said .")
    assert find_speakable(segment, mentions).tolist() == [False, False, True, True]


def called(passage: str) -> list[str]:
    segment, mentions = talk(passage)
    return [
        segment.words[start] for start, is_called in zip(mentions.starts, find_called(segment, mentions), strict=True) if is_called
    ]


@pytest.mark.parametrize(
    ("passage", "names"),
    [
        ("“ Go , Tom ! ”", ["Tom"]),
        ("“ Tom , go ! ”", ["Tom"]),
        ("“ Oh Tom , go ! ”", ["Tom"]),
        ("“ Tom ! Ann ! ”", ["Tom", "Ann"]),
        ("“ I saw Tom . ”", []),
        ("“ Tom saw Ann , you see . ”", []),
        ("He looked at them , Tom , and wept .", []),
        ("Tom , “ Go ! ”", []),
    ],
)
def test_who_is_called_stands_between_marks_in_a_quotation(passage: str, names: list[str]) -> None:
    """(the passage)"""
    assert called(passage) == names


def test_a_name_at_either_end_of_a_segment_is_not_called_for_want_of_marks() -> None:
    """Tom! Go, Ann, cut out of a quotation"""
    segment, mentions = talk("Tom ! Go , Ann")
    assert find_called(Segment(segment.words, (0,), (), (((0, 5),),)), mentions).tolist() == [False, False]
    assert called("") == []


def test_names_and_the_narrator_say_who_they_are() -> None:
    """“I see you and Tom,” I said. He left."""
    segment, mentions = talk("“ I see you and Tom , ” I said . he left .")
    named = find_named(segment, mentions)
    assert [segment.words[start] for start in mentions.starts[named]] == ["Tom", "I"]
    assert named.tolist() == [False, False, True, True, False]


@pytest.mark.parametrize("n_quotes", [1, 29, 31, 47, 100])
def test_each_quotation_is_taken_from_one_window_that_holds_it(n_quotes: int) -> None:
    """“Go,” said Tom. “Go,” said Tom. ..."""
    found = lay_out(*talk("“ Go , ” said Tom . ¶ " * n_quotes + "Ann left ."))
    windows = cut_speaker_windows(found)
    taken = [number for window in windows for number in range(window.first, window.last)]
    assert taken == list(range(n_quotes))
    for window in windows:
        own = found.indices[window.items][found.types[window.items] == QUOTE_ITEM]
        assert set(range(window.first, window.last)) <= set(own.tolist())


def test_a_long_stretch_without_speech_parts_two_windows() -> None:
    """“Go,” said Tom. Ann Ann Ann ... “Go,” said Tom."""
    windows = cut_speaker_windows(lay_out(*talk("“ Go , ” said Tom . " + "Ann " * 80 + "“ Go , ” said Tom .")))
    assert [(window.first, window.last) for window in windows] == [(0, 1), (1, 2)]


@pytest.mark.parametrize("paragraphs", [True, False])
def test_codes_are_places_in_their_tables(paragraphs: bool) -> None:
    """“Go, Ann,” said Tom. ¶ ..., with paragraphs and without"""
    segment, mentions = talk("“ Go , Ann , ” said Tom . ¶ " * 40, paragraphs=paragraphs)
    found = lay_out(segment, mentions)
    near, far = pair_codes(found, np.arange(len(segment.quotes)), np.arange(len(mentions.starts)))
    assert near.min() >= 0 and near.max() < N_NEAR_CODES
    assert far.min() >= 0 and far.max() < N_FAR_CODES
    for codes, n in zip(attention_codes(found, slice(0, len(found.types))), N_ATTENTION_CODES, strict=True):
        assert codes.min() >= 0 and codes.max() < n


def test_a_name_in_the_words_lies_otherwise_than_one_behind_them() -> None:
    """“Ann, go,” said Tom."""
    found = lay_out(*talk("“ Ann , go , ” said Tom ."))
    _, far = pair_codes(found, np.array([0]), np.array([0, 1]))
    assert far[0, 0] % N_PLACES != far[0, 1] % N_PLACES


def test_vectors_are_of_the_words_around() -> None:
    """“Go,” said Tom."""
    segment, mentions = talk("“ Go , ” said Tom .")
    h = np.repeat(np.arange(7, dtype=np.float32)[:, None], 384, 1)
    quotes, people, paragraphs = gather_vectors(h, lay_out(segment, mentions))
    assert quotes.shape == (1, QUOTE_SLOTS, 384)
    assert quotes[0, :, 0].tolist() == [1.5, 1, 2, 0, 4, 5, 0, 6]  # mean, first, last, before, behind, next, -, the rest behind
    assert people[0, :, 0].tolist() == [5, 5, 4, 6]
    assert paragraphs[0, :, 0].tolist() == [0, 5]


def test_the_next_paragraph_is_not_beside_a_quotation() -> None:
    """“Go.” ¶ Tom left."""
    segment, mentions = talk("“ Go . ” ¶ Tom left .")
    h = np.ones((7, 384), np.float32)
    quotes, _, _ = gather_vectors(h, lay_out(segment, mentions))
    assert quotes[0, 4:, 0].tolist() == [0, 0, 0, 0]
