from __future__ import annotations

from pathlib import Path

from evaluation.litbank_predictions import predict
from evaluation.readings import find_mentions, find_words, link_mentions, make_segment, mentions_of
from fabula.neural.conversation import NAME, NOMINAL, PRONOUN
from fabula.neural.segments import Segment
from fabula.readers.quotes import find_quotes
from fabula.records import MentionKind, MentionType, Span
from tests.evaluation.models import FakeModel, reading
from tests.neural.made_up import make_model
from tests.passages import make_text
from tests.training.corpora.made_up import ID, write_litbank
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import read_document


def test_a_chapter_is_a_segment_with_its_own_sentences_paragraphs_and_quotations() -> None:
    """# One ¶ Tom ran. ¶ # Two ¶ “No,” he said, “no.” He sat. ¶ * * * ¶ So."""
    text = make_text("# One ¶ Tom ran. ¶ # Two ¶ “No,” he said, “no.” He sat. ¶ * * * ¶ So.")
    quotes, _ = find_quotes(text)
    segment, first = make_segment(text, text.chapters[1].span, [quote.parts for quote in quotes])
    words = "Two “ No , ” he said , “ no . ” He sat . So .".split()
    assert (list(segment.words), first) == (words, 4)
    assert [words[start] for start in segment.sentences] == ["Two", "“", "He", "So"]
    assert [words[start] for start in segment.paragraphs] == ["Two", "“", "So"]
    assert segment.quotes == (((1, 5), (8, 12)),)


def test_quotations_of_other_chapters_are_left_out() -> None:
    """# One ¶ “Run!” ¶ # Two ¶ He sat."""
    text = make_text("# One ¶ “Run!” ¶ # Two ¶ He sat.")
    quotes, _ = find_quotes(text)
    assert make_segment(text, text.chapters[1].span, [quote.parts for quote in quotes])[0].quotes == ()


def test_paragraphs_that_are_not_known_are_none() -> None:
    """Tom ran. ¶ He sat."""
    text = make_text("Tom ran. ¶ He sat.")
    assert make_segment(text, Span(0, len(text.string)), [], paragraphs=False)[0].paragraphs == ()


def test_mentions_have_kind_and_type() -> None:
    """[York]"""
    said = reading(1, [(0, 1, "name:geopolitical")], probability=0.5)
    [mention] = find_mentions(FakeModel(said), said)
    assert (mention.span, mention.kind, mention.type) == (TokenSpan(0, 1), MentionKind.NAME, MentionType.GEOPOLITICAL)
    assert mention.probability == 0.5


def test_mentions_are_told_as_those_who_look_at_quotations_take_them() -> None:
    """[York] [the town] [it]: the same kind whatever the type"""
    classes = ("name:geopolitical", "nominal:person", "nominal:organization", "pronoun:location")
    found = mentions_of(reading(5, [(at, at + 1, name) for at, name in enumerate(classes)]))
    assert found.kinds.tolist() == [NAME, NOMINAL, NOMINAL, PRONOUN]
    assert (found.starts.tolist(), found.ends.tolist()) == ([0, 1, 2, 3], [1, 2, 3, 4])


def test_chains_are_those_of_the_product() -> None:
    """Ann left. “I go,” said Tom: "I" is whoever speaks, and not Ann, to whom the pair is linked"""
    words = tuple("Ann left . “ I go , ” said Tom .".split())
    mentions = [(0, 1, "name:person"), (4, 5, "pronoun:person"), (9, 10, "name:person")]
    said = reading(len(words), mentions, antecedents=[(1, 0, 4.0)], speakers=[(0, 2, 3.0)])
    assert link_mentions(Segment(words, (0, 3), (), (((3, 8),),)), said) == [[0], [1, 2]]


def test_a_model_in_earnest_is_asked_and_answers_as_the_fakes_do(tmp_path: Path) -> None:
    """the tale, by a model of random numbers: it keeps to the gold mentions, and says something of every word"""
    document, model = read_document(write_litbank(tmp_path), ID), make_model()
    prediction = predict(model, document, gold_mentions=True)
    assert len(prediction.events) == len(document.alignment.ours)
    assert prediction.given is not None
    assert sorted(at for chain in prediction.given.chains for at in chain) == list(range(len(document.mentions)))
    segment, _ = make_segment(make_text("Tom ran."), Span(0, 8), [])
    assert len(find_words(model, segment, model.read(segment))) == 3
