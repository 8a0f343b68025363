"""Who speaks and to whom, where it is known which mentions are one person."""

from __future__ import annotations

import pytest

from fabula.neural.conversation import Mentions
from fabula.neural.segments import Segment
from fabula.readers.voices import NOBODY, Voice, add_up, find_innermost, find_voices
from tests.evaluation.models import Link, links
from tests.neural.test_conversation import talk

TOM, ANN = range(2)
PEOPLE = {"Tom": TOM, "Ann": ANN, "he": TOM, "she": ANN}
EVEN = 0.0  # log-odds


def people_of(segment: Segment, mentions: Mentions) -> list[int]:
    """Names and "he" and "she" mean Tom and Ann; "I" and "you" nobody yet."""
    return [PEOPLE.get(segment.words[start], NOBODY) for start in mentions.starts.tolist()]


def voices(passage: str, *scores: Link, paragraphs: bool = True) -> list[Voice]:
    """scores: quotation, mention (counted as in `talk`), log-odds."""
    segment, mentions = talk(passage, paragraphs=paragraphs)
    return find_voices(segment, mentions, links(*scores), people_of(segment, mentions))


def speakers(passage: str, *scores: Link, paragraphs: bool = True) -> list[int | None]:
    return [voice.person for voice in voices(passage, *scores, paragraphs=paragraphs)]


def test_the_likeliest_speaks_and_is_no_surer_than_the_scores() -> None:
    """“Go,” said Tom to Ann."""
    [voice] = voices("“ Go , ” said Tom to Ann .", (0, 0, 1.0), (0, 1, EVEN))
    assert voice.person == TOM
    assert 0.5 < voice.probability < 2.718 / (1 + 2.718)


def test_mentions_of_one_person_speak_together() -> None:
    """Ann saw Tom. She rose. “Go.”, where either mention of Ann is less likely than the one of Tom"""
    passage = "Ann saw Tom . she rose . “ Go . ”"
    assert speakers(passage, (0, 0, 0.8), (0, 1, 1.0), (0, 2, 0.8)) == [ANN]
    assert speakers(passage, (0, 0, 0.8), (0, 1, 1.0)) == [TOM]


TALK = "“ Go , ” said Tom . ¶ “ Why ? ” ¶ “ It rains . ” ¶ “ Well , ” said Ann ."
SURE = [(0, 0, 5.0), (3, 1, 5.0)]


def test_two_take_turns() -> None:
    """“Go,” said Tom. ¶ “Why?” ¶ “It rains.” ¶ “Well,” said Ann."""
    even = [(quote, mention, EVEN) for quote in (1, 2) for mention in (0, 1)]
    assert speakers(TALK, *SURE, *even) == [TOM, ANN, TOM, ANN]


def test_one_speaks_in_a_paragraph() -> None:
    """“Go,” said Tom. “Now.”"""
    assert speakers("“ Go , ” said Tom . “ Now . ” ¶ Ann left .", (0, 0, 3.0), (1, 0, EVEN), (1, 1, 0.1)) == [TOM, TOM]


def test_two_who_speak_in_one_paragraph_are_two() -> None:
    """“Go,” said Tom. “No,” said Ann."""
    passage = "“ Go , ” said Tom . “ No , ” said Ann ."
    assert speakers(passage, (0, 0, 6.0), (0, 1, -3.0), (1, 0, -3.0), (1, 1, 6.0)) == [TOM, ANN]


def test_what_is_quoted_within_a_speech_is_another_ones() -> None:
    """“Ann said, ‘Go!’” said Tom."""
    words = tuple("“ Ann said , ‘ Go ! ’ ” said Tom .".split())
    segment = Segment(words, (0,), (0,), (((0, 9),), ((4, 8),)))
    _, mentions = talk(" ".join(words))
    found = find_voices(segment, mentions, links((0, 0, -3.0), (0, 1, 6.0), (1, 0, 6.0), (1, 1, -3.0)), [ANN, TOM])
    assert [voice.person for voice in found] == [TOM, ANN]


def test_where_paragraphs_are_not_known_nobody_takes_turns() -> None:
    """“Go,” said Tom. “Why?”, a little likelier Tom's"""
    scores = [(0, 0, 5.0), (1, 0, 0.2), (1, 1, EVEN)]
    passage = "“ Go , ” said Tom . ¶ “ Why ? ” ¶ Ann left ."
    assert speakers(passage, *scores) == [TOM, ANN]
    assert speakers(passage, *scores, paragraphs=False) == [TOM, TOM]


def test_who_is_called_does_not_speak() -> None:
    """“Go, Tom!” Ann left: the words are scored as Tom's rather than Ann's"""
    [voice] = voices("“ Go , Tom ! ” Ann left .", (0, 0, 1.0), (0, 1, EVEN))
    assert (voice.person, voice.to) == (ANN, TOM)


def test_who_is_spoken_of_may_speak() -> None:
    """“Tom went.” Ann left: the words are scored as Tom's"""
    [voice] = voices("“ Tom went . ” Ann left .", (0, 0, 1.0), (0, 1, EVEN))
    assert (voice.person, voice.to) == (TOM, None)


def test_whoever_answers_is_spoken_to() -> None:
    """“Go,” said Tom. ¶ “Why?” said Ann."""
    found = voices("“ Go , ” said Tom . ¶ “ Why ? ” said Ann .", (0, 0, 5.0), (1, 1, 5.0))
    assert [voice.to for voice in found] == [ANN, TOM]


def test_the_answer_tells_more_than_what_was_said_before() -> None:
    """“So?” said Meg. ¶ “Go,” said Tom. ¶ “Why?” said Ann: Meg is a third person"""
    segment, mentions = talk("“ So ? ” said she . ¶ “ Go , ” said Tom . ¶ “ Why ? ” said Ann .")
    meg = 7
    found = find_voices(segment, mentions, links((0, 0, 5.0), (1, 1, 5.0), (2, 2, 5.0)), [meg, TOM, ANN])
    assert [voice.person for voice in found] == [meg, TOM, ANN]
    assert [voice.to for voice in found] == [TOM, ANN, TOM]


def test_one_who_is_called_by_name_is_spoken_to_whoever_answers() -> None:
    """“Tom, go,” said Meg. ¶ “Why?” said Ann."""
    segment, mentions = talk("“ Tom , go , ” said she . ¶ “ Why ? ” said Ann .")
    meg = 7
    found = find_voices(segment, mentions, links((0, 1, 5.0), (1, 2, 5.0)), [TOM, meg, ANN])
    assert [voice.to for voice in found] == [TOM, meg]


def test_nobody_speaks_to_himself() -> None:
    """“Tom!” said Tom: nobody else is there"""
    [voice] = voices("“ Tom ! ” said Tom .", (0, 1, 5.0))
    assert (voice.person, voice.to) == (TOM, None)


def test_two_who_are_called_are_not_one() -> None:
    """“Tom! Ann!” said he: somebody else"""
    segment, mentions = talk("“ Tom ! Ann ! ” said he .")
    [voice] = find_voices(segment, mentions, links((0, 2, 5.0)), [TOM, ANN, 7])
    assert (voice.person, voice.to) == (7, None)


@pytest.mark.parametrize(("n_paragraphs", "to"), [(1, TOM), (2, None)])
def test_far_off_nobody_is_spoken_to(n_paragraphs: int, to: int | None) -> None:
    """“Go,” said Tom. ¶ It rained. ¶ (It rained. ¶) “Why?” said Ann."""
    passage = "“ Go , ” said Tom . ¶ " + "It rained . ¶ " * n_paragraphs + "“ Why ? ” said Ann ."
    assert voices(passage, (0, 0, 5.0), (1, 1, 5.0))[1].to == to


def test_one_who_speaks_alone_speaks_to_nobody() -> None:
    """“Go,” said Tom. ¶ “Go!” he said."""
    found = voices("“ Go , ” said Tom . ¶ “ Go ! ” he said .", (0, 0, 5.0), (1, 1, 5.0))
    assert found == [Voice(TOM, found[0].probability, None), Voice(TOM, found[1].probability, None)]


def test_mentions_that_mean_nobody_are_not_asked() -> None:
    """“I go,” said Tom: by the scores "I" is likeliest"""
    passage = "“ I go , ” said Tom ."
    assert speakers(passage, (0, 0, 9.0), (0, 1, -1.0)) == [TOM]
    assert voices(passage, (0, 0, 9.0)) == [Voice(None, 0.0, None)]


def test_without_scores_nobody_speaks() -> None:
    """“Go,” said Tom."""
    assert voices("“ Go , ” said Tom .") == [Voice(None, 0.0, None)]
    assert voices("Tom left .") == []


def test_each_voice_is_of_its_quotation_however_they_are_numbered() -> None:
    """“Well,” said Ann, the last, is quotation 0, “Go,” said Tom, the first, quotation 3"""
    segment, mentions = talk(TALK)
    turned = Segment(segment.words, segment.sentences, segment.paragraphs, segment.quotes[::-1])
    even = [(quote, mention, EVEN) for quote in (1, 2) for mention in (0, 1)]
    found = find_voices(turned, mentions, links((0, 1, 5.0), (3, 0, 5.0), *even), [TOM, ANN])
    assert [(voice.person, voice.to) for voice in found] == [(ANN, TOM), (TOM, ANN), (ANN, TOM), (TOM, ANN)]


def test_probabilities_leave_nobody_a_share() -> None:
    """two quotations: Tom twice and Ann once, each as likely as nobody; one of which nothing is said"""
    [one, other] = add_up(2, links((0, 0, 0.0), (0, 1, 0.0), (0, 2, 0.0), (0, 3, 0.0)), [TOM, ANN, TOM, NOBODY])
    assert one == pytest.approx({TOM: 2 / 4, ANN: 1 / 4})
    assert other == {}


def test_a_score_that_knows_no_bounds_is_a_probability() -> None:
    """a thousand"""
    [one] = add_up(1, links((0, 0, 1000.0)), [TOM])
    assert one[TOM] == pytest.approx(1.0)


def test_a_word_stands_in_the_shortest_quotation_around_it() -> None:
    """“Ann said, ‘Go!’” said Tom, ... “So.”; the inner one numbered first, and last"""
    words = tuple("“ Ann said , ‘ Go ! ’ ” said Tom , “ So . ”".split())
    outer, inner = ((0, 9), (12, 16)), ((4, 8),)
    assert find_innermost(Segment(words, (0,), (), (outer, inner))) == [0] * 4 + [1] * 4 + [0] + [-1] * 3 + [0] * 4
    assert find_innermost(Segment(words, (0,), (), (inner, outer))) == [1] * 4 + [0] * 4 + [1] + [-1] * 3 + [1] * 4
