from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.expectations import Expectations, read_expectations
from evaluation.pages import PageMention, PagePrediction, count_page, evaluate, find_protagonist, predict_page, tell_kind
from fabula.records import MentionKind, MentionType
from fabula.source import read_manuscript
from fabula.text.compose import compose_text
from tests.evaluation.models import FakeModel, reading

ANNOTATED = (
    "{tom|Tom} told {anna|{tom|his} sister} that {tom|he} was off. {q1|“Go!”} said {anna|Anna}. {tom+anna|They} shook hands."
)
STORY = "Tom told his sister that he was off. “Go!” said Anna. They shook hands."
WORDS = "Tom told his sister that he was off . “ Go ! ” said Anna . They shook hands .".split()
FILE = f"""annotated = '''{ANNOTATED}'''
[story]
file = "page-z.txt"
use = "development"
[[characters]]
id = "tom"
names = ["Tom"]
[[characters]]
id = "anna"
names = ["Anna"]
[quotes.q1]
kind = "speech"
by = "anna"
"""
GOLD = [(0, 1, "name"), (2, 4, "nominal"), (2, 3, "pronoun"), (5, 6, "pronoun"), (14, 15, "name"), (16, 17, "pronoun")]
MENTIONS = [(start, end, f"{kind}:person") for start, end, kind in GOLD]


@pytest.fixture
def example(tmp_path: Path) -> Expectations:
    (tmp_path / "page-z.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "page-z.expected.toml").write_text(FILE, encoding="utf-8")
    return read_expectations(tmp_path / "page-z.expected.toml")


def predicted(example: Expectations, said: FakeModel) -> PagePrediction:
    text = compose_text(read_manuscript(example.path.parent / "page-z.txt"))
    return predict_page(said, text, example.text)


def test_a_page_is_read_as_users_read_it(example: Expectations) -> None:
    """words, sentences, its paragraph, its quotation"""
    model = FakeModel(reading(len(WORDS)))
    predicted(example, model)
    [(segment, _)] = model.asked
    assert list(segment.words) == WORDS
    assert (segment.sentences[0], segment.paragraphs, segment.quotes) == (0, (0,), (((9, 13),),))


def test_gold_as_the_reading_is_all_right(example: Expectations) -> None:
    """every mention; his and he are Tom's, they are both"""
    said = reading(len(WORDS), MENTIONS, antecedents=[(2, 0, 1.0), (3, 2, 1.0), (4, 1, 1.0)])
    counts = count_page(example, predicted(example, FakeModel(said)))
    assert counts.persons.f1 == counts.found_names.value == counts.found_nominals.value == counts.found_pronouns.value == 1.0
    assert (counts.pronouns.hit, counts.pronouns.total) == (3, 3)
    assert (counts.third.hit, counts.third.total) == (2, 2)


def test_the_protagonist_is_the_base_line(example: Expectations) -> None:
    """Tom is mentioned most, and they are not Tom"""
    counts = count_page(example, PagePrediction((), ()))
    assert find_protagonist(example) == "tom"
    assert (counts.pronouns.hit, counts.pronouns_always.hit, counts.third_always.hit) == (0, 2, 2)


def test_a_chain_stands_for_whom_its_names_mean(example: Expectations) -> None:
    """he is linked to Anna, more pronouns than names in the chain"""
    said = reading(len(WORDS), MENTIONS, antecedents=[(3, 2, 1.0), (4, 3, 1.0)])
    counts = count_page(example, predicted(example, FakeModel(said)))
    assert counts.third.hit == 0


def test_a_mention_of_a_thing_is_none_of_a_person(example: Expectations) -> None:
    """Tom, a place; hands, a person"""
    said = reading(len(WORDS), [(0, 1, "name:location"), (18, 19, "nominal:person")])
    counts = count_page(example, predicted(example, FakeModel(said)))
    assert (counts.persons.predicted.hit, counts.persons.predicted.total) == (0, 1)
    assert counts.calibration.error == pytest.approx(0.9, abs=1e-3)


def test_words_that_the_example_has_not_are_wrong_mentions(example: Expectations) -> None:
    """two of them"""
    lost = PageMention(None, MentionType.PERSON, 0.5)
    counts = count_page(example, PagePrediction((lost, lost), ((0,), (1,))))
    assert (counts.persons.predicted.hit, counts.persons.predicted.total) == (0, 2)


def test_kinds_are_told_by_the_words(example: Expectations) -> None:
    """Tom, his sister, his, he, Anna, They"""
    kinds = [tell_kind(example, mark) for mark in example.mentions]
    assert kinds == [MentionKind(kind) for _, _, kind in GOLD]


def test_pages_and_longer_examples_development_and_scored_are_apart(example: Expectations) -> None:
    """one page that may be looked at, one that may not"""
    folder = example.path.parent
    (folder / "page-y.expected.toml").write_text(FILE.replace("development", "scored"), encoding="utf-8")
    table = evaluate(FakeModel(reading(len(WORDS), MENTIONS)), folder, folder / "none")
    assert "| figure | six pages (2) | development (1) | scored (1) | bar |" in table
    assert "| persons: F1 | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] | 90.0 |" in table
