from __future__ import annotations

import random

import pytest

pytest.importorskip("torch")

from tests.passages import make_text
from training.speakers import edits
from training.speakers.books import SpokenBook, read_spoken_book
from training.speakers.edits import edit_passage
from training.speakers.hints import find_beat, find_only_one, pronoun_cue
from training.speakers.passages import UNKNOWN, Label, Passage
from training.speakers.silver import _may_train
from training.speakers.stretches import cut_stretches, tell_turns

# Names need company before the rules take them for names.
INTRODUCED = (
    "Mr. Tom Hale laughed. He sat down. Miss Ann Bell smiled. She rose. ¶ Tom said that he was glad. ¶ Ann said that she was. ¶ "
)
KNOWN = "“Yes,” said Tom. ¶ “No,” said Ann. ¶ "


def book(passage: str) -> SpokenBook:
    return read_spoken_book(make_text(INTRODUCED + KNOWN * 4 + passage))


def made(passage: str, monkeypatch: pytest.MonkeyPatch, *, delete: float, replace: float) -> Passage:
    monkeypatch.setattr(edits, "DELETE", delete)
    monkeypatch.setattr(edits, "REPLACE", replace)
    whole = book(passage)
    (stretch,) = cut_stretches(whole)
    return edit_passage("made up", whole, stretch, random.Random(1))


def words_of(passage: Passage, quote: int) -> list[str]:
    return [" ".join(passage.words[start:end]) for start, end in passage.quotes[quote]]


@pytest.mark.parametrize(
    ("passage", "words", "rest"),
    [
        ("“Go,” said Tom.", ["“ Go . ”"], ""),
        ("“Go!” said Tom, laughing.", ["“ Go ! ”"], ""),
        ("“Go,” said Tom, “now.”", ["“ Go , now . ”"], ""),
        ("“Go,” said Tom. “Now.”", ["“ Go . Now . ”"], ""),
        ("Tom said, “Go.”", ["“ Go . ”"], ""),
        ("“Go,” said Tom. They went.", ["“ Go . ”"], "They went ."),
    ],
)
def test_a_cue_is_taken_out_whole(passage: str, words: list[str], rest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """(the passage)"""
    found = made(passage, monkeypatch, delete=1.0, replace=0.0)
    assert found.labels[-1] is Label.DELETED
    assert words_of(found, -1) == words
    assert " ".join(found.words[found.quotes[-1][-1][1] :]) == rest


def test_a_long_clause_goes_with_no_cue(monkeypatch: pytest.MonkeyPatch) -> None:
    """“Go,” said Tom, who had ..."""
    clause = "who had been looking out of the window of the old house at the rain and the road"
    found = made(f"“Go,” said Tom, {clause}.", monkeypatch, delete=1.0, replace=0.0)
    assert found.labels[-1] is Label.EXPLICIT
    assert found.words[-1] == "."


@pytest.mark.parametrize("passage", ["“Go,” said Ann.", "“Go,” Ann said."])
def test_a_name_becomes_a_pronoun_that_means_the_speaker(passage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """(the passage)"""
    found = made(passage, monkeypatch, delete=0.0, replace=1.0)
    assert found.labels[-1] is Label.REPLACED
    end = found.quotes[-1][-1][1]
    assert sorted(found.words[end : end + 2]) == ["said", "she"]
    (new,) = [at for at, start in enumerate(found.starts) if start >= end]
    assert found.words[found.starts[new]] == "she"
    assert found.people[new] == found.speakers[-1] != UNKNOWN


def test_the_speaker_is_among_the_mentions_after_every_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """cues left, taken out and replaced by chance"""
    found = made(KNOWN * 5, monkeypatch, delete=0.4, replace=0.3)
    for speaker, label in zip(found.speakers, found.labels, strict=True):
        assert label is Label.NONE or speaker in found.people
    for quote in found.quotes:
        for start, end in quote:
            assert found.words[start] == "“" and found.words[end - 1] == "”"


def test_two_take_turns() -> None:
    """“...,” said Tom. ¶ “...” ¶ “...” ¶ “...,” said Ann."""
    quotes = book("“Go,” said Tom. ¶ “Why?” ¶ “It rains.” ¶ “Well,” said Ann.").quotes[-4:]
    told = tell_turns(quotes, {0: 7, 3: 8}, {})
    assert told == {1: (8, Label.TURN), 2: (7, Label.TURN)}


def test_turns_that_do_not_fit_tell_nothing() -> None:
    """“...,” said Tom. ¶ “...” ¶ “...” ¶ “...,” said Tom."""
    quotes = book("“Go,” said Tom. ¶ “Why?” ¶ “It rains.” ¶ “Well,” said Tom.").quotes[-4:]
    assert tell_turns(quotes, {0: 7, 3: 7}, {}) == {}


@pytest.mark.parametrize(
    ("passage", "person"),
    [
        ("“Well,” and Tom sat down again.", "Tom"),
        ("Tom sat down again. “Well!”", "Tom"),
        ("“Well.” ¶ Tom sat down again.", None),
        ("Tom looked at Ann. “Well!”", None),
        ("“Well,” and Tom's hat fell.", None),
    ],
)
def test_one_who_acts_beside_the_words_speaks_them(passage: str, person: str | None) -> None:
    """(the passage)"""
    whole = book(passage)
    found = find_beat(whole, whole.quotes[-1])
    tom = next(m.person for m in whole.mentions if whole.words[m.start : m.end] == ("Tom",))
    assert found == (None if person is None else tom)


def test_she_is_the_only_woman_around() -> None:
    """“So,” she said."""
    whole = book("“So,” she said.")
    pronoun = pronoun_cue(whole, whole.quotes[-1])
    assert pronoun is not None and whole.words[pronoun] == "she"
    ann = next(m.person for m in whole.mentions if whole.words[m.start : m.end] == ("Ann",))
    assert find_only_one(whole, pronoun) == ann


@pytest.mark.parametrize("name", ["1342_pride_and_prejudice", "pride", "alice", "158_emma", "basker", "120_treasure_island"])
def test_works_of_the_evaluation_train_nothing(name: str) -> None:
    """(file names)"""
    assert not _may_train(name)


@pytest.mark.parametrize(
    "name", ["12677_personality_plus_some_experiences_of_emma_mcchesney_and_her_son_jock", "princess", "514_little_women"]
)
def test_others_may_train(name: str) -> None:
    """(file names)"""
    assert _may_train(name)
