from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.training.corpora.made_up import ID, write_archive, write_litbank
from training.corpora.litbank import LitBankDocument, document_ids, read_document
from training.corpora.litbank_text import find_quote_words, rebuild_text

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[4] / "shared" / "data"))
real = pytest.mark.skipif(not (DATA / "litbank").exists(), reason="the corpora are not here (FABULA_DATA)")


def document(folder: Path, words: str) -> LitBankDocument:
    """Without labels."""
    return read_document(write_litbank(folder, words=words, coreference="", quotations=""), ID)


def quotations(found: LitBankDocument) -> list[list[str]]:
    words = found.alignment.words()
    return [[" ".join(words[start:end]) for start, end in parts] for parts in find_quote_words(found)]


def test_a_quotation_is_its_words_with_its_marks(tmp_path: Path) -> None:
    """She sat. “Go,” he said, “now.” He went."""
    found = document(tmp_path, "She sat . / “ Go , ” he said , “ now . ” / He went . / And they all went home in the rain .")
    assert [part for parts in quotations(found) for part in parts] == ["“ Go , ”", "“ now . ”"]


def test_gold_quotations_are_not_asked(tmp_path: Path) -> None:
    """Anna, the baker, ran: gold calls it a quotation, and no mark does"""
    words = "The old miller ’s daughter laughed . / Oh Anna , the baker , ran off so she said to th’ smith-boy ."
    found = read_document(write_litbank(tmp_path, words=words), ID)
    assert found.quotations
    assert not quotations(found)


def test_without_the_novel_the_text_is_one_paragraph_with_the_corpus_s_sentences(tmp_path: Path) -> None:
    """The old miller’s daughter laughed. / "Anna, the baker, ran," she said to th’ smith-boy."""
    found = read_document(write_litbank(tmp_path), ID)
    text = rebuild_text(found)
    assert [found.alignment.string[start:end] for start, end in text.sentences] == [
        "The old miller’s daughter laughed.",
        '"Anna, the baker, ran," she said to th’ smith-boy.',
    ]
    [paragraph] = text.paragraphs
    assert paragraph.span == text.chapters[0].span == (0, len(text.string))


def test_the_paragraphs_of_the_text_are_the_novel_s(tmp_path: Path) -> None:
    """The old miller’s daughter laughed. ¶ "Anna, the baker, ran," she said to th’ smith-boy."""
    found = read_document(write_archive(write_litbank(tmp_path)), ID)
    text = rebuild_text(found)
    assert [text.quote(paragraph.span) for paragraph in text.paragraphs] == [
        "The old miller’s daughter laughed.",
        '"Anna, the baker, ran," she said to th’ smith-boy.',
    ]
    assert text.chapters[0].span == (0, len(text.string))
    assert quotations(found) == [['" Anna , the baker , ran , "']]


def test_a_quotation_left_open_runs_on_where_the_paragraphs_are_known(tmp_path: Path) -> None:
    """“I went home in the rain. ¶ “Then I slept until the morning.”"""
    words = "“ I went home in the rain . / “ Then I slept until the morning . ” / And they all went home ."
    novel = "“I went home in the rain.\n\n“Then I slept until the morning.” And they all went home."
    parts = ["“ I went home in the rain .", "“ Then I slept until the morning . ”"]
    assert quotations(document(tmp_path / "unparted", words)) == [[part] for part in parts]
    write_archive(tmp_path / "parted", {"1_tale": novel})
    assert quotations(document(tmp_path / "parted", words)) == [parts]


@real
def test_parts_of_quotations_in_a_real_document_are_words_in_order() -> None:
    """litbank, its first document"""
    found = read_document(DATA, document_ids(DATA)[0])
    for parts in find_quote_words(found):
        edges = [edge for part in parts for edge in part]
        assert edges == sorted(set(edges))
        assert edges[0] >= 0 and edges[-1] <= len(found.alignment.ours)
