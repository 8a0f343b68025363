from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fabula.records import MentionKind
from tests.training.corpora.made_up import conllu, write_gum
from training.corpora.alignment import TokenSpan
from training.corpora.errors import DamagedCorpusError
from training.corpora.gum import GumDocument, read_gum_entities

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[4] / "shared" / "data"))
# Its conll file makes one chain of two that its CoNLL-U file keeps apart.
OTHERWISE_IN_CONLL = {"GUM_news_questionnaire"}

SENTENCES = (
    "Ann/Ann/PROPN/2/nsubj/Entity=(1-person-new-sn-cf1-1-coref-Ann-Lee) fed/feed/VERB/0/root"
    " her/her/PRON/4/nmod:poss/Entity=(2-animal-new-nn-cf2-2-sgl(1-person-giv:act-sn-cf1-1-ana-Ann-Lee)"
    " pig/pig/NOUN/2/obj/Entity=2)",
    "She/she/PRON/2/nsubj/Entity=(1-person-giv:act-sn-cf1-1-ana) ran/run/VERB/0/root",
)


def gum(folder: Path, *sentences: str) -> GumDocument:
    [document] = read_gum_entities(write_gum(folder, conllu(*sentences)))
    return document


def test_nested_mentions_are_read_with_kind_type_and_chain(tmp_path: Path) -> None:
    """[Ann] fed [[her] pig] / [She] ran"""
    document = gum(tmp_path, *SENTENCES)
    assert [(m.span, m.kind, m.type, m.chain) for m in document.mentions] == [
        (TokenSpan(0, 1), MentionKind.NAME, "person", 1),
        (TokenSpan(2, 4), MentionKind.NOMINAL, "animal", 2),
        (TokenSpan(2, 3), MentionKind.PRONOUN, "person", 1),
        (TokenSpan(4, 5), MentionKind.PRONOUN, "person", 1),
    ]
    assert document.chains() == [(0, 2, 3), (1,)]


def test_the_fields_of_a_mention_are_told_apart(tmp_path: Path) -> None:
    """[Ann] fed: the identity holds a hyphen itself"""
    first, pig, *_ = gum(tmp_path, *SENTENCES).mentions
    assert (first.status, first.link, first.identity) == ("new", "coref", "Ann-Lee")
    assert (pig.head, pig.link, pig.identity) == (3, "sgl", "")


def test_a_mention_within_one_of_our_words_takes_the_whole(tmp_path: Path) -> None:
    """[crab]-like"""
    crab = "crab/crab/NOUN/3/compound/SpaceAfter=No/Entity=(1-animal-new-nn-cf1-1-sgl)"
    document = gum(tmp_path, f"{crab} -/-/PUNCT/3/punct/SpaceAfter=No like/like/ADJ/0/root")
    [mention] = document.mentions
    assert mention.span == TokenSpan(0, 1)
    assert document.moves.widened == (("crab", "crab-like"),)


@pytest.mark.parametrize("entity", ["(1-person-new-sn-cf1-1-sgl", "1)", "(1-person)"])
def test_a_bracket_without_its_half_or_its_fields_is_refused(tmp_path: Path, entity: str) -> None:
    """[Ann"""
    with pytest.raises(DamagedCorpusError):
        gum(tmp_path, "/".join(("Ann", "Ann", "PROPN", "0", "root", f"Entity={entity}")))


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gum").exists(), reason="the corpora are not here (FABULA_DATA)")
def test_chains_agree_with_gum_s_own_conll_files() -> None:
    """gum, all documents: the chains of `coref/gum/conll`, whose numbers may be others"""
    for document in read_gum_entities(DATA):
        id_ = document.parsed.id
        rows = (DATA / "gum/coref/gum/conll" / f"{id_}.conll").read_text(encoding="utf-8").split("\n")
        open_: dict[str, list[int]] = {}
        chains: dict[str, set[TokenSpan]] = {}
        cells = [row.split("\t")[-1] for row in rows if row and not row.startswith("#")]
        for token, cell in enumerate(cells):
            for opened, number, closed in re.findall(r"(\(?)[a-z]+-(\d+)[^()]*(\)?)", cell):
                if opened:
                    open_.setdefault(number, []).append(token)
                if closed:
                    chains.setdefault(number, set()).add(TokenSpan(open_[number].pop(), token + 1))
        mine = {frozenset(document.mentions[at].theirs for at in chain) for chain in document.chains()}
        assert (mine == {frozenset(chain) for chain in chains.values()}) == (id_ not in OTHERWISE_IN_CONLL), id_
