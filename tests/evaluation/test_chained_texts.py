from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluation.chained_texts import (
    ANDERSEN,
    GRIMM,
    ChainedText,
    only_somebody,
    read_fantasy,
    read_gum_fiction,
    rebuild_tale,
)
from fabula.records import Span
from tests.training.corpora.made_up import conllu, write_gum
from training.corpora.errors import CorpusMissingError, DamagedCorpusError

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))

SENTENCES = (
    "Pigs/pig/NOUN/0/root/Entity=(3-animal-new-nn-cf3-1-sgl)",
    "Ann/Ann/PROPN/2/nsubj/Entity=(1-person-new-sn-cf1-1-coref-Ann-Lee) fed/feed/VERB/0/root"
    " her/her/PRON/4/nmod:poss/Entity=(2-animal-new-nn-cf2-2-sgl(1-person-giv:act-sn-cf1-1-ana-Ann-Lee)"
    " pig/pig/NOUN/2/obj/Entity=2)",
    "She/she/PRON/2/nsubj/Entity=(1-person-giv:act-sn-cf1-1-ana) ran/run/VERB/0/root",
    "Tom/Tom/PROPN/2/nsubj/Entity=(4-person-new-sn-cf1-1-sgl) slept/sleep/VERB/0/root",
)


def shown(text: ChainedText) -> list[list[str]]:
    return [[text.text[slice(*span)] for span in chain] for chain in text.chains]


def write_fiction(data: Path) -> Path:
    """GUM with one tale, paragraphs before its first, second and fourth sentence."""
    write_gum(data, conllu(*SENTENCES, document="GUM_fiction_pig"), document="GUM_fiction_pig", split="test")
    path = data / "gum/dep/GUM_fiction_pig.conllu"
    head, *sentences = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
    if not head.startswith("# newdoc"):
        raise AssertionError(head)
    begun, _, first = head.partition("\n")
    parts = [f"{begun}\n# newpar\n# newpar_block = head (1 s)\n{first}"]
    parts += [f"# newpar\n{one}" if number in (0, 2) else one for number, one in enumerate(sentences)]
    path.write_text("\n\n".join(parts) + "\n\n", encoding="utf-8")
    return data


def test_fiction_has_its_paragraphs_and_its_chains_of_persons(tmp_path: Path) -> None:
    """Pigs ¶ Ann fed her pig She ran ¶ Tom slept"""
    [text] = read_gum_fiction(write_fiction(tmp_path))
    assert text.text == "Pigs\n\nAnn fed her pig She ran\n\nTom slept"
    assert shown(text) == [["Ann", "her", "She"], ["Tom"]]


def test_a_document_that_is_no_fiction_is_left_out(tmp_path: Path) -> None:
    """a life"""
    write_gum(tmp_path, conllu(*SENTENCES, document="GUM_bio_pig"), document="GUM_bio_pig", split="test")
    assert read_gum_fiction(tmp_path) == []


def tale(words: str, cells: str) -> ChainedText:
    return rebuild_tale("a tale", words.split(), cells.split())


def test_a_tale_is_one_paragraph_of_prose() -> None:
    """`` Do it to - day , '' said the cat ’ s aunt . / `` I will . ''"""
    text = tale("`` Do it to - day , '' said the cat ’ s aunt . `` I will . ''", "- " * 20)
    assert text.text == '"Do it to-day," said the cat’s aunt. "I will."'


def test_marks_are_taken_in_turns() -> None:
    """a closing mark that the corpus put before the next sentence, as an opening one"""
    text = tale("`` Go away . `` She went . `` Yes . ''", "- " * 11)
    assert text.text == '"Go away." She went. "Yes."'


def test_mentions_nest_and_one_word_may_end_two() -> None:
    """[The [cat] ’s aunt] saw [[her] tail]; two of chain 1, one in the other"""
    text = tale("The cat ’s aunt saw her tail", "(0 (1) - 0) - (2|(1) 2)")
    assert shown(text) == [["cat", "her"], ["The cat’s aunt"], ["her tail"]]
    nested = tale("you , little mouse", "(1 - (1 1)|1)")
    assert shown(nested) == [["you, little mouse", "little mouse"]]


@pytest.mark.parametrize("cells", ["(0 - -", "- 0) -"])
def test_half_a_mention_is_a_damaged_corpus(cells: str) -> None:
    """(the cat ran"""
    with pytest.raises(DamagedCorpusError, match="`a tale` is damaged"):
        tale("the cat ran", cells)


def test_somebody_is_called_by_a_pronoun_of_persons() -> None:
    """the cat, She; the pot, it; the mice, they"""
    text = "She, the cat, saw it, the pot, and they, the mice, ran."
    spans = [tuple(Span(text.index(words), text.index(words) + len(words)) for words in chain.split("|")) for chain in
             ("She|the cat", "it|the pot", "they|the mice")]  # fmt: skip
    assert shown(only_somebody(ChainedText("a", text, tuple(spans)))) == [["She", "the cat"]]


def test_tales_are_read_file_by_file(tmp_path: Path) -> None:
    """two tales; the other collection is not there; then nothing is"""
    path = tmp_path / "fantasycoref/data/GFT_split1/dev.english.v4_gold_conll"
    path.parent.mkdir(parents=True)
    lines = [["Cats", "(0)"], ["ran", "-"]]
    body = "\n".join("\t".join(["x", "0", str(n), form, *"-" * 6, "*", cell]) for n, (form, cell) in enumerate(lines))
    tales = [f"#begin document ({name}); part 000\n{body}\n\n#end document\n" for name in ("1_Cats", "2_More_(Cats)")]
    path.write_text("".join(tales), encoding="utf-8")
    assert [(text.id, text.text, shown(text)) for text in read_fantasy(tmp_path, GRIMM)] == [
        ("1_Cats", "Cats ran", [["Cats"]]),
        ("2_More_(Cats)", "Cats ran", [["Cats"]]),
    ]
    assert read_fantasy(tmp_path, ANDERSEN) == []
    with pytest.raises(CorpusMissingError):
        read_fantasy(tmp_path / "nowhere", GRIMM)


@pytest.mark.skipif(not (DATA / "fantasycoref").exists(), reason="the corpora are not here (FABULA_DATA)")
def test_no_chain_of_the_tales_has_one_mention() -> None:
    """GFT_split1/dev"""
    tales = read_fantasy(DATA, GRIMM)
    assert len(tales) == 20
    assert min(len(chain) for text in tales for chain in text.chains) == 2


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gum").exists(), reason="the corpora are not here (FABULA_DATA)")
def test_mentions_of_fiction_lie_on_words() -> None:
    """GUM's nineteen"""
    texts = read_gum_fiction(DATA)
    words = [words for text in texts for chain in shown(text) for words in chain]
    assert len(texts) == 19
    assert all(one == one.strip() and one[0].isalnum() for one in words if one[0] not in "“‘’'(\"")
    beast = next(text for text in texts if text.id == "GUM_fiction_beast")
    assert beast.text.startswith("The Beast\n\nI was thirteen. ")
