"""Which mentions of a segment are one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.neural.conversation import Mentions
from fabula.neural.segments import NO_LINKS, Links, Segment
from fabula.readers.cast.coreference import find_chains
from tests.evaluation.models import Link, links
from tests.neural.test_conversation import talk


def chains(
    passage: str, *, antecedents: tuple[Link, ...] = (), speakers: tuple[Link, ...] = (), paragraphs: bool = True
) -> list[list[int]]:
    """Mentions are counted in text order: Tom, Ann, I, you, he, she."""
    segment, mentions = talk(passage, paragraphs=paragraphs)
    return find_chains(segment, mentions, links(*antecedents), links(*speakers))


def test_the_best_antecedent_that_is_likelier_than_none_is_taken() -> None:
    """Tom Ann he she: he after Tom rather than Ann, she after nobody"""
    assert chains("Tom Ann he she", antecedents=((2, 0, 3.0), (2, 1, 2.0), (3, 2, -0.1))) == [[0, 2], [1], [3]]


def test_i_in_a_quotation_is_whoever_speaks() -> None:
    """Ann left. “I go,” said Tom: by the scores of pairs, I is Ann"""
    passage = "Ann left . “ I go , ” said Tom ."
    assert chains(passage, antecedents=((1, 0, 4.0),), speakers=((0, 2, 3.0),)) == [[0], [1, 2]]


def test_i_does_not_say_who_speaks() -> None:
    """“I go,” said Tom: by the scores, I speaks rather than Tom"""
    assert chains("“ I go , ” said Tom .", speakers=((0, 0, 9.0), (0, 1, -1.0))) == [[0, 1]]


def test_i_joins_all_that_its_speaker_is() -> None:
    """Tom rose. He sighed. “I go,” he said."""
    passage = "Tom rose . he sighed . “ I go , ” he said ."
    assert chains(passage, antecedents=((1, 0, 2.0), (3, 1, 2.0)), speakers=((0, 3, 3.0),)) == [[0, 1, 2, 3]]


def test_you_is_whoever_is_spoken_to() -> None:
    """“Do you go?” said Tom. ¶ “I go,” said Ann."""
    passage = "“ Do you go ? ” said Tom . ¶ “ I go , ” said Ann ."
    assert chains(passage, speakers=((0, 1, 3.0), (1, 3, 3.0))) == [[0, 2, 3], [1]]


def test_you_is_whoever_is_called() -> None:
    """“Tom, do you go?” said Ann. By the scores of pairs, you is she"""
    passage = "“ Tom , do you go ? ” said Ann ."
    assert chains(passage, antecedents=((1, 0, -3.0),), speakers=((0, 2, 3.0),)) == [[0, 1], [2]]


def test_the_third_person_in_a_quotation_is_linked_as_scored() -> None:
    """Tom left. “He goes,” said Ann."""
    passage = "Tom left . “ he goes , ” said Ann ."
    assert chains(passage, antecedents=((1, 0, 2.0),), speakers=((0, 2, 3.0),)) == [[0, 1], [2]]


def test_every_i_of_narration_is_one() -> None:
    """I saw Tom. I left. I ... of which no pair is scored"""
    assert chains("I saw Tom . I left . I wept .") == [[0, 2, 3], [1]]


def test_what_is_linked_to_an_i_of_narration_is_the_narrator() -> None:
    """Ann wrote: I saw Tom. I left, she wrote; "she" after the second I, the first one after Ann"""
    passage = "Ann wrote : I saw Tom . I left , she wrote ."
    assert chains(passage, antecedents=((1, 0, 2.0), (4, 3, 2.0))) == [[0, 1, 3, 4], [2]]


def test_i_in_a_quotation_is_not_the_narrator() -> None:
    """I rose. “I go,” said Tom. I left."""
    passage = "I rose . “ I go , ” said Tom . I left ."
    assert chains(passage, antecedents=((1, 0, 4.0),), speakers=((0, 2, 3.0),)) == [[0, 3], [1, 2]]


def test_a_narrator_may_speak() -> None:
    """I rose. “I go,” I said to Tom."""
    assert chains("I rose . “ I go , ” I said to Tom .", speakers=((0, 2, 3.0), (0, 3, -2.0))) == [[0, 1, 2], [3]]


def test_where_nobody_is_known_to_speak_pairs_are_linked_as_scored() -> None:
    """“I go.” ¶ “I stay. You go.”"""
    passage = "“ I go . ” ¶ “ I stay . you go . ”"
    assert chains(passage) == [[0], [1], [2]]
    assert chains(passage, antecedents=((1, 0, 1.0), (2, 1, -1.0))) == [[0, 1], [2]]


def test_you_without_an_answer_is_linked_as_scored() -> None:
    """Ann left. “Do you go?” said Tom."""
    passage = "Ann left . “ Do you go ? ” said Tom ."
    assert chains(passage, antecedents=((1, 0, 1.0),), speakers=((0, 2, 3.0),)) == [[0, 1], [2]]


def test_you_of_narration_is_linked_as_scored() -> None:
    """Tom, you left. “Go,” said Ann."""
    assert chains("Tom , you left . “ Go , ” said Ann .", antecedents=((1, 0, 1.0),), speakers=((0, 2, 3.0),)) == [[0, 1], [2]]


def test_narration_is_not_linked_through_what_is_spoken() -> None:
    """“I go.” He left. Tom wept: by the scores both are that I; then Tom is rather "he", if not so likely"""
    passage = "“ I go . ” he left . Tom wept ."
    through_i = ((1, 0, 5.0), (2, 0, 5.0))
    assert chains(passage, antecedents=through_i) == [[0], [1], [2]]
    assert chains(passage, antecedents=(*through_i, (2, 1, 0.5))) == [[0], [1, 2]]


def test_paragraphs_need_not_be_known() -> None:
    """“Do you go?” said Tom. “I go,” said Ann. “So?” said Tom: whoever speaks next is spoken to, not the next but one"""
    passage = "“ Do you go ? ” said Tom . “ I go , ” said Ann ."
    assert chains(passage, speakers=((0, 1, 3.0), (1, 3, 3.0)), paragraphs=False) == [[0, 2, 3], [1]]


def test_words_that_stand_alone_are_pronouns_and_longer_mentions_are_not() -> None:
    """“[I who go] am Tom,” said Ann."""
    segment, mentions = talk("“ I who go am Tom , ” said Ann .")
    longer = mentions._replace(ends=mentions.ends + np.array([2, 0, 0]))
    assert find_chains(segment, mentions, NO_LINKS, links((0, 2, 3.0))) == [[0, 2], [1]]
    assert find_chains(segment, longer, NO_LINKS, links((0, 2, 3.0))) == [[0], [1], [2]]


def test_without_mentions_there_is_no_chain() -> None:
    """“Go.” / (nothing)"""
    assert chains("“ Go . ”") == []
    assert chains("") == []


def test_without_quotations_pairs_are_linked_as_scored() -> None:
    """Tom rose. He left."""
    assert chains("Tom rose . he left .", antecedents=((1, 0, 1.0),)) == [[0, 1]]


@st.composite
def segments(draw: st.DrawFn) -> tuple[Segment, Mentions, Links, Links]:
    """Any words; quotations in parts and within one another; mentions that overlap; scores of any pairs."""
    words = tuple(draw(st.lists(st.sampled_from("I you he she my Tom Ann “ ” , . ! said".split()), min_size=1, max_size=24)))
    n = len(words)
    edges = sorted(draw(st.sets(st.integers(0, n), max_size=8)))
    parts = list(pairwise(edges))[::2]
    quotes = [tuple(parts[:2])] * bool(parts) + [(part,) for part in parts[2:]]
    quotes += [((start, end - 1),) for start, end in parts if end - start > 2 and draw(st.booleans())]
    paragraphs = sorted({0, *draw(st.sets(st.integers(0, n - 1), max_size=4))}) if draw(st.booleans()) else []
    spans = st.tuples(st.integers(0, n - 1), st.integers(1, 3)).map(lambda span: (span[0], min(n, sum(span))))
    found = sorted(draw(st.sets(spans, max_size=10)), key=lambda span: (span[0], -span[1]))
    m = len(found)
    odds = st.floats(-4, 4, width=32)
    pairs = draw(st.dictionaries(st.tuples(st.integers(0, m), st.integers(0, m)), odds, max_size=12))
    antecedents = [(later, earlier, value) for (later, earlier), value in pairs.items() if earlier < later < m]
    voices = draw(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, m)), odds, max_size=12))
    speakers = [(quote, mention, value) for (quote, mention), value in voices.items() if quote < len(quotes) and mention < m]
    starts, ends = (np.array(column, np.int64) for column in (zip(*found, strict=True) if found else ((), ())))
    segment = Segment(words, (0,), tuple(paragraphs), tuple(quotes))
    return segment, Mentions(starts, ends, np.zeros(m, np.int64)), links(*antecedents), links(*speakers)


@settings(deadline=None)
@given(segments())
def test_every_mention_is_in_one_chain(made: tuple[Segment, Mentions, Links, Links]) -> None:
    """any words, any scores; chains come by their first mentions"""
    segment, mentions, antecedents, speakers = made
    found = find_chains(segment, mentions, antecedents, speakers)
    assert sorted(mention for chain in found for mention in chain) == list(range(len(mentions.starts)))
    assert all(chain == sorted(chain) for chain in found)
    assert [chain[0] for chain in found] == sorted(chain[0] for chain in found)
    quoted = {word for parts in segment.quotes for start, end in parts for word in range(start, end)}
    telling = {
        mention
        for mention, (start, end) in enumerate(zip(mentions.starts.tolist(), mentions.ends.tolist(), strict=True))
        if end == start + 1 and start not in quoted and segment.words[start] in ("I", "my")
    }
    assert sum(bool(telling & set(chain)) for chain in found) <= 1
