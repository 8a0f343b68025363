from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import MentionKind, MentionType
from tests.training.corpora.made_up import ID, conllu, write_archive, write_gum, write_litbank
from tests.training.made_up import make_fiction, make_syntax, make_treebank
from training.corpora.gum import GumDocument, read_gum_entities
from training.corpora.litbank import read_document
from training.corpora.universal_dependencies import ParsedDocument, read_gum
from training.examples import (
    CLASSES,
    GUM_CLASSES,
    IGNORED,
    STEP_WORDS,
    Example,
    Inventories,
    example_of_gum,
    example_of_litbank,
    example_of_treebank,
    group,
    join,
    take_inventories,
)


def parsed(folder: Path, *sentences: str) -> ParsedDocument:
    [document] = read_gum(write_gum(folder, conllu(*sentences)))
    return document


def gum(folder: Path, *sentences: str) -> GumDocument:
    [document] = read_gum_entities(write_gum(folder, conllu(*sentences)))
    return document


def inventories_of(*documents: ParsedDocument) -> Inventories:
    """Each document three times, so that nothing is rare."""
    return take_inventories([*documents] * 3)


def mentions_of(example: Example) -> list[str]:
    labels = example.mentions
    assert labels is not None
    return [" ".join(example.words[start:end]) for start, end in zip(labels.starts, labels.ends, strict=True)]


def test_a_document_of_fiction_has_its_mentions_events_and_quotations(tmp_path: Path) -> None:
    """The old miller’s daughter laughed. "Anna, the baker, ran," she said to th’ smith-boy."""
    example = example_of_litbank(read_document(write_litbank(tmp_path), ID))
    labels = example.mentions
    assert labels is not None and example.events is not None
    assert mentions_of(example) == ["The old miller ’s daughter", "The old miller ’s", "Anna", "the baker", "she", "th ’ smith-boy"]
    assert [CLASSES[number - 1] for number in labels.classes[2:5]] == [
        (MentionKind.NAME, MentionType.PERSON),
        (MentionKind.NOMINAL, MentionType.PERSON),
        (MentionKind.PRONOUN, MentionType.PERSON),
    ]
    assert [example.words[at] for at in np.flatnonzero(example.events)] == ["laughed", "ran", "said"]
    assert [example.words[start] for start in example.sentences] == ["The", '"']
    [[(start, end)]] = example.quotes
    assert " ".join(example.words[start:end]) == '" Anna , the baker , ran , "'


def test_a_document_of_fiction_has_the_paragraphs_of_its_novel(tmp_path: Path) -> None:
    """... laughed. ¶ "Anna, the baker, ran," she said ...; without the novel, none is known"""
    assert example_of_litbank(read_document(write_litbank(tmp_path / "one"), ID)).paragraphs == ()
    example = example_of_litbank(read_document(write_archive(write_litbank(tmp_path / "other")), ID))
    assert [example.words[start] for start in example.paragraphs] == ["The", '"']


def test_a_chain_is_a_number_and_an_attribute_has_none(tmp_path: Path) -> None:
    """[the daughter] ... [Anna], [the baker] ... [she]"""
    labels = example_of_litbank(read_document(write_litbank(tmp_path), ID)).mentions
    assert labels is not None
    assert labels.chains[0] == labels.chains[4]
    assert labels.chains[3] == -1
    assert len({*labels.chains.tolist()}) == 5
    assert labels.attributes == ((3, 2),)


def test_a_document_of_a_treebank_has_its_heads_and_labels(tmp_path: Path) -> None:
    """She ran / Pigs sat"""
    document = parsed(tmp_path, "She/she/PRON/2/nsubj ran/run/VERB/0/root", "Pigs/pig/NOUN/2/nsubj sat/sit/VERB/0/root")
    inventories = inventories_of(document)
    example = example_of_treebank(document, inventories)
    syntax = example.syntax
    assert syntax is not None
    assert (example.words, example.sentences) == (("She", "ran", "Pigs", "sat"), (0, 2))
    assert syntax.heads.tolist() == [1, -1, 3, -1]
    assert [inventories.upos[at] for at in syntax.upos] == ["PRON", "VERB", "NOUN", "VERB"]
    assert [inventories.relations[at] for at in syntax.relations] == ["nsubj", "root"] * 2


def test_the_commonest_label_is_first_and_a_rare_one_is_not_learnt(tmp_path: Path) -> None:
    """ran ran ran ran she she she oh"""
    words = ["ran/run/VERB/0/root"] * 4 + ["she/she/PRON/1/nsubj"] * 3 + ["oh/oh/INTJ/1/discourse"]
    document = parsed(tmp_path, *words[:1], *(word.replace("/1/", "/0/") for word in words[1:]))
    inventories = take_inventories([document])
    assert inventories.upos == ("VERB", "PRON")
    syntax = example_of_treebank(document, inventories).syntax
    assert syntax is not None
    assert syntax.upos.tolist() == [0] * 4 + [1] * 3 + [IGNORED]


def test_the_smaller_part_of_a_split_word_teaches_nothing(tmp_path: Path) -> None:
    """and—or, one word of the treebank and three of ours"""
    document = parsed(tmp_path, "this/this/PRON/0/root and—or/and/CCONJ/3/cc that/that/PRON/1/conj")
    example = example_of_treebank(document, inventories_of(document))
    assert example.syntax is not None
    assert example.words == ("this", "and", "—", "or", "that")
    assert (example.syntax.upos == IGNORED).tolist() == [False, False, True, True, False]
    assert example.syntax.heads[2:4].tolist() == [IGNORED] * 2


def test_gum_has_mentions_of_its_own_classes(tmp_path: Path) -> None:
    """[Ann] fed [[her] pig]"""
    document = gum(
        tmp_path,
        "Ann/Ann/PROPN/2/nsubj/Entity=(1-person-new-sn-cf1-1-coref) fed/feed/VERB/0/root"
        " her/her/PRON/4/nmod:poss/Entity=(2-animal-new-nn-cf2-2-sgl(1-person-giv:act-sn-cf1-1-ana)"
        " pig/pig/NOUN/2/obj/Entity=2)",
    )
    example = example_of_gum(document, inventories_of(document.parsed))
    assert example.mentions is not None and example.syntax is not None
    assert mentions_of(example) == ["Ann", "her pig", "her"]
    assert [GUM_CLASSES[number - 1][1] for number in example.mentions.classes] == ["person", "animal", "person"]
    assert example.mentions.chains.tolist() == [1, 2, 1]


def test_two_labels_of_one_stretch_become_the_inner(tmp_path: Path) -> None:
    """[[Crab]-like], one word of ours: the treebank has a mention of the whole and one of its first part"""
    hyphen = "/".join(("-", "-", "PUNCT", "3", "punct", "SpaceAfter=No"))
    document = gum(
        tmp_path,
        "Crab/crab/NOUN/3/compound/SpaceAfter=No/Entity=(1-abstract-new-nn-cf1-1-sgl(2-animal-new-nn-cf1-1-sgl)"
        f" {hyphen} like/like/ADJ/0/root/Entity=1)",
    )
    assert len(document.mentions) == 2
    labels = example_of_gum(document, inventories_of(document.parsed)).mentions
    assert labels is not None
    assert [GUM_CLASSES[number - 1][1] for number in labels.classes] == ["animal"]


def test_joined_documents_keep_each_head_on_its_word() -> None:
    """two messages, and a tale that has no syntax"""
    one, other = make_treebank("one"), make_treebank("other")
    joined = join([one, make_fiction(), other])
    assert joined.words == one.words + other.words
    assert [joined.words[start] for start in joined.sentences] == ["Pigs", "Ann"] * 2
    assert joined.syntax is not None and one.syntax is not None
    n = len(one.words)
    assert joined.syntax.heads[:n].tolist() == one.syntax.heads.tolist()
    assert joined.syntax.heads[n:].tolist() == [head + n if head >= 0 else head for head in one.syntax.heads]


def test_a_word_without_a_head_has_none_in_the_joined_document() -> None:
    """a part of a word"""
    unknown = Example("x", ("a", "b"), (0,), syntax=make_syntax((-1, IGNORED)))
    joined = join([unknown, unknown]).syntax
    assert joined is not None
    assert joined.heads.tolist() == [-1, IGNORED, -1, IGNORED]


@given(st.lists(st.integers(1, 2 * STEP_WORDS)))
def test_groups_hold_every_document_once_and_are_no_longer_than_they_must(lengths: list[int]) -> None:
    """documents of one to 1,400 words"""
    documents = [Example(f"{at}", ("a",) * length, (0,)) for at, length in enumerate(lengths)]
    groups = group(documents)
    assert [document for group_ in groups for document in group_] == documents
    for group_ in groups:
        before, last = group_[:-1], group_[-1]
        assert not before or sum(len(document.words) for document in before) + len(last.words) / 2 <= STEP_WORDS
