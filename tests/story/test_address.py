"""What people are called to their faces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fabula.records import Mention, MentionKind, MentionType, Quote, QuoteKind
from fabula.story.address import count_addresses, find_calls
from fabula.story.story import Story
from tests.stories import make_inn, make_records

PEOPLE = dict.fromkeys(("Tom", "Mr. Hale", "Jane", "Mary"), ())


def calls(passage: str, *nominals: str) -> list[str]:
    """The calls of a passage; nominals: words for a person of his own, where they stand first."""
    records = make_records(passage, people=PEOPLE)
    string = records.text.string
    mentions = list(records.mentions)
    for number, words in enumerate(nominals, 10):
        start = string.index(words)
        span = records.quotes[0].span._replace(start=start, end=start + len(words))
        mentions.append(Mention(100 + number, span, MentionKind.NOMINAL, MentionType.PERSON, number))
    mentions.sort(key=lambda m: (m.span.start, -m.span.end))
    return [string[slice(*call.span)] for call in find_calls(string, mentions, records.quotes)]


@pytest.mark.parametrize(
    ("passage", "called"),
    [
        ("“Tom, come here,” said Ann.", ["Tom"]),
        ("“Come here, Tom!” said Ann.", ["Tom"]),
        ("“Come here, Tom,” said Ann.", ["Tom"]),
        ("“Are you there, Mr. Hale?” said Ann.", ["Mr. Hale"]),
        ("“But you, Tom, must stay.”", ["Tom"]),
        ("“Tom! Tom!” cried Ann.", ["Tom", "Tom"]),
        ("“Stay. Jane, the boat is here.”", []),
        ("“It is late. Jane, come.”", ["Jane"]),
        ("“Oh Tom, how could you?”", ["Tom"]),
        ("“I am sorry, my dear Jane.”", ["my dear Jane"]),
        ("“Dearest Jane, come.”", ["Dearest Jane"]),
        ("“Come, Tom—quick!”", ["Tom"]),
        ("“Listen to me, Jane’s ill.”", []),
        ("Come, Tom, he thought.", []),
        ("“Tom is here,” said Ann.", []),
        ("“I love my Jane.”", []),
        ("“I, Tom, owe you a pound.”", []),
        ("“Who was it?” ¶ “Tom.”", []),
        ("“Tom, who is ill, sleeps.”", []),
        ("“Tom, Jane and Mary are here.”", []),
        ("“I saw Tom, Jane, and Mary.”", []),
        ("“It was Tom, and he ran.”", []),
        ("“Mr. Hale--the clerk--is here.”", []),
        ("“Mr. Hale, the clerk, is here.”", []),
    ],
)
def test_a_name_that_is_set_off_is_a_call(passage: str, called: list[str]) -> None:
    """The passage, and the names called in it"""
    assert calls(passage) == called


@pytest.mark.parametrize(
    ("passage", "words", "called"),
    [
        ("“Yes, sir,” said Ann.", "sir", ["sir"]),
        ("“My dear boy, you are wet!”", "My dear boy", ["My dear boy"]),
        ("“The boy, you know, is wet.”", "The boy", []),
        ("“It is his brother, you see.”", "his brother", []),
        ("“Ask your father, Tom.”", "your father", ["Tom"]),
    ],
)
def test_bare_and_fond_words_may_be_calls_too(passage: str, words: str, called: list[str]) -> None:
    """The passage, and the nominal in it"""
    assert calls(passage, words) == called


def test_a_name_after_a_word_for_the_same_person_is_no_call() -> None:
    """“My brother, Tom, is ill.”"""
    records = make_records("“My brother, Tom, is ill.”", people=PEOPLE)
    (tom,) = records.mentions
    span = tom.span._replace(start=1, end=11)
    brother = Mention(9, span, MentionKind.NOMINAL, MentionType.PERSON, tom.character)
    assert list(find_calls(records.text.string, (brother, tom), records.quotes)) == []


def test_nobody_calls_himself_and_a_thought_calls_nobody() -> None:
    """“Tom, come,” said Tom."""
    story = Story.from_records(make_records("“Tom, come,” said Tom.", people={"Tom": ()}, speakers=("Tom",)))
    assert not count_addresses(story)
    records = make_records("“Tom, come,” said Ann.", people={"Tom": (), "Ann": ()}, speakers=("Ann",))
    assert count_addresses(Story.from_records(records))
    thought = tuple(Quote(q.id, q.parts, QuoteKind.THOUGHT) for q in records.quotes)
    assert not count_addresses(Story.from_records(replace(records, quotes=thought)))


def test_forms_of_address_are_counted_with_who_uses_them() -> None:
    """“Good evening, mother,” said Tom. ... “Mother, wake!” cried Tom"""
    story = Story.from_records(make_inn())
    ((woman, (form,)),) = count_addresses(story).items()
    assert (story.cast.by_id(woman).name, form.text, form.count) == ("the old woman", "mother", 2)
    assert form.speakers == ((story.cast["Tom"].id, 2),)
    ((_, (form,)),) = count_addresses(story.until(1)).items()
    assert (form.text, form.count) == ("mother", 1)
