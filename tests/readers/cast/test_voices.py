"""What who speaks says of "I" and "you"."""

from __future__ import annotations

from fabula.lexicons.gender import Person
from fabula.readers.cast.voices import ANSWERED, OTHER_SPEAKER, find_speech_pairs

ME, YOU, NOBODY = Person.I, Person.YOU, Person.UNKNOWN


def test_i_in_a_quotation_is_its_speaker() -> None:
    """Tom said, “I saw her.”"""
    [(later, earlier, log_odds)] = find_speech_pairs([NOBODY, ME], [-1, 0], [(0, 0, 4.0)], [])
    assert (later, earlier) == (1, 0)
    assert log_odds > 2


def test_the_speaker_may_follow() -> None:
    """“I saw her,” said Tom."""
    [(later, earlier, _)] = find_speech_pairs([ME, NOBODY], [0, -1], [(0, 1, 4.0)], [])
    assert (later, earlier) == (1, 0)


def test_the_i_of_two_speakers_are_two_and_each_answers_the_other() -> None:
    """“I saw you,” said Tom. “I was out,” said Ann."""
    persons, quotes = [ME, YOU, NOBODY, ME, NOBODY], [0, 0, -1, 1, -1]
    pairs = {(a, b): p for a, b, p in find_speech_pairs(persons, quotes, [(0, 2, 4.0), (1, 4, 4.0)], [])}
    assert pairs[3, 0] == OTHER_SPEAKER
    assert pairs[3, 1] == ANSWERED


def test_the_mentions_of_one_speaker_count_together() -> None:
    """Tom rose. “I saw her,” he said: each of the two is half as likely as both."""
    speakers = [(0, 0, 1.0), (0, 1, 1.0)]
    assert list(find_speech_pairs([NOBODY, NOBODY, ME], [-1, -1, 0], speakers, [(1, 0, 3.0)]))
    assert not list(find_speech_pairs([NOBODY, NOBODY, ME], [-1, -1, 0], speakers, []))


def test_an_unsure_speaker_says_nothing() -> None:
    """“I saw her.” Tom? Ned?"""
    assert not list(find_speech_pairs([NOBODY, NOBODY, ME], [-1, -1, 0], [(0, 0, 0.1), (0, 1, 0.0)], []))


def test_i_in_narration_is_left_alone() -> None:
    """I saw Tom. “Go!”"""
    assert not list(find_speech_pairs([ME, NOBODY], [-1, -1], [(0, 1, 4.0)], []))
