from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.training.corpora.made_up import conllu, write_gum
from training.corpora.conllu import read_conllu
from training.corpora.errors import CorpusMissingError, DamagedCorpusError
from training.corpora.universal_dependencies import Fit, ParsedDocument, Split, parse, read_ewt, read_gum

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[4] / "shared" / "data"))
NO = "SpaceAfter=No"


def parsed(folder: Path, *sentences: str) -> ParsedDocument:
    path = folder / "sample.conllu"
    path.write_text(conllu(*sentences), encoding="utf-8")
    [document] = read_conllu(path)
    return parse(document, genre="bio", split=Split.TRAIN)


def test_a_joined_word_takes_the_labels_of_the_piece_whose_head_lies_outside(tmp_path: Path) -> None:
    """her mothers-in-law slept"""
    document = parsed(
        tmp_path,
        f"her/her/PRON/2/nmod:poss mothers/mother/NOUN/7/nsubj/{NO} -/-/PUNCT/6/punct/{NO} in/in/ADP/6/case/{NO}"
        f" -/-/PUNCT/6/punct/{NO} law/law/NOUN/2/nmod slept/sleep/VERB/0/root",
    )
    word = document.words[1]
    assert document.alignment.words() == ["her", "mothers-in-law", "slept"]
    assert (word.upos, word.lemma, word.head, word.deprel, word.fit) == ("NOUN", "mother-in-law", 2, "nsubj", Fit.JOINED)
    assert [other.head for other in document.words] == [1, 2, None]


def test_of_several_heads_outside_the_highest_counts_and_the_word_is_marked(tmp_path: Path) -> None:
    """its me"""
    document = parsed(tmp_path, f"it/it/PRON/3/nsubj/{NO} s/be/AUX/3/cop me/I/PRON/0/root")
    assert document.alignment.words() == ["its", "me"]
    assert (document.words[0].upos, document.words[0].head, document.words[0].fit) == ("PRON", 1, Fit.MIXED)


def test_a_word_that_ours_part_gives_its_labels_to_the_longest_part(tmp_path: Path) -> None:
    """go b&cd stay"""
    document = parsed(tmp_path, "go/go/VERB/0/root b&cd/b&cd/CCONJ/3/cc stay/stay/VERB/1/conj")
    assert document.alignment.words() == ["go", "b", "&", "cd", "stay"]
    assert [(word.deprel, word.head, word.fit) for word in document.words] == [
        ("root", None, Fit.SAME),
        ("flat", 3, Fit.REST),
        ("punct", 3, Fit.REST),
        ("cc", 4, Fit.PART),
        ("conj", 0, Fit.SAME),
    ]


def test_words_written_as_one_are_not_parted_by_a_space(tmp_path: Path) -> None:
    """I don't."""
    path = tmp_path / "sample.conllu"
    lines = conllu("I/I/PRON/3/nsubj do/do/AUX/4/aux n't/not/PART/4/advmod go/go/VERB/0/root").split("\n")
    lines = [line.replace("\t3\tnsubj", "\t4\tnsubj") for line in lines]
    lines.insert(2, "2-3\tdon't" + "\t_" * 8)
    lines.insert(5, "3.1\tgo" + "\t_" * 8)
    path.write_text("\n".join(lines), encoding="utf-8")
    [document] = read_conllu(path)
    moved = parse(document, genre="bio", split=Split.TRAIN)
    assert moved.alignment.string == "I don't go"
    assert [word.lemma for word in moved.words] == ["I", "do", "not", "go"]


def test_heads_are_numbered_through_the_document(tmp_path: Path) -> None:
    """He slept / She woke"""
    document = parsed(tmp_path, "He/he/PRON/2/nsubj slept/sleep/VERB/0/root", "She/she/PRON/2/nsubj woke/wake/VERB/0/root")
    assert [word.head for word in document.words] == [1, None, 3, None]


def test_the_split_and_the_genre_say_what_may_train(tmp_path: Path) -> None:
    """two documents of the training part, one of them fiction"""
    sentence = "Go/go/VERB/0/root"
    for document, may_train in (("GUM_bio_x", True), ("GUM_fiction_x", False)):
        folder = write_gum(tmp_path / document, conllu(sentence, document=document), document=document, split="train")
        [read] = read_gum(folder)
        assert (read.split, read.genre, read.may_train) == (Split.TRAIN, document.split("_")[1], may_train)


def test_a_document_listed_for_development_may_not_train(tmp_path: Path) -> None:
    """one document, dev"""
    [read] = read_gum(write_gum(tmp_path, conllu("Go/go/VERB/0/root")))
    assert read.split is Split.DEV
    assert not read.may_train


def test_a_sentence_with_two_roots_is_refused(tmp_path: Path) -> None:
    """Go / Go, both roots of one sentence"""
    with pytest.raises(DamagedCorpusError, match="one root"):
        parsed(tmp_path, "Go/go/VERB/0/root go/go/VERB/0/root")


def test_a_missing_corpus_is_said_with_its_path(tmp_path: Path) -> None:
    """(nothing)"""
    with pytest.raises(CorpusMissingError, match="ud_ewt"):
        next(read_ewt(tmp_path))


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gum").exists(), reason="the corpora are not here (FABULA_DATA)")
def test_every_sentence_of_gum_stays_a_tree_with_one_root() -> None:
    """gum/dep"""
    n_sentences = 0
    for document in read_gum(DATA):
        assert len(document.words) == len(document.alignment.ours)
        for sentence in document.alignment.our_sentences:
            heads = {token: document.words[token].head for token in range(*sentence)}
            assert list(heads.values()).count(None) == 1
            reached = {token for token, head in heads.items() if head is None}
            while len(reached) < len(heads):
                below = {token for token, head in heads.items() if head in reached} - reached
                assert below, document.id
                reached |= below
            n_sentences += 1
    assert n_sentences > 5000
