"""Who is who by the grammar of a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.readers.cast.binding import Binding, bind_mentions
from fabula.records import Mention, MentionKind, MentionType, Span
from tests.parses import make_parse

THINGS = frozenset({"snuffer", "watch", "bread", "who"})


def bind(*sentences: str) -> tuple[Binding, list[str]]:
    """The binding of parsed sentences and the words of their mentions: all PRON, PROPN and NOUN are of people, but for `THINGS`."""
    text, tags = make_parse(*sentences)
    mentions: list[Mention] = []
    for token in range(len(tags)):
        word = text.quote(text.tokens[token])
        upos = tags.inventory.upos[tags.upos[token]]
        if upos in ("PRON", "PROPN", "NOUN") and word not in THINGS:
            kind = MentionKind.PRONOUN if word.lower() in PRONOUN_PERSONS else MentionKind.NAME
            kind = MentionKind.NOMINAL if upos == "NOUN" else kind
            mentions.append(Mention(len(mentions), text.tokens[token], kind, MentionType.PERSON, None, None, token))
    return bind_mentions(text, tags, mentions), [text.quote(m.span) for m in mentions]


def pairs(of: Mapping[int, tuple[int, ...]], words: list[str]) -> set[tuple[str, str]]:
    return {(words[other], words[one]) for one, others in of.items() for other in others}


def apart(*sentences: str) -> set[tuple[str, str]]:
    binding, words = bind(*sentences)
    return pairs(binding.apart, words)


HIT = """
    She     PRON 2 nsubj she Case=Nom
    hit     VERB 0 root
    her     PRON 2 obj
    .       PUNCT 2 punct
"""


def test_subject_and_object_are_two() -> None:
    """She hit her."""
    assert apart(HIT) == {("She", "her")}


@pytest.mark.parametrize("word", ["herself", "ourselves"])
def test_a_reflexive_is_nobody_else(word: str) -> None:
    """She hit herself."""
    assert apart(HIT.replace("    her ", f"    {word} ")) == set()


def test_her_before_a_noun_is_no_object_for_sure() -> None:
    """She hit her sister."""
    assert apart(HIT.replace("    .       PUNCT 2 punct", "    sister NOUN 2 obj")) == {("She", "sister"), ("her", "sister")}


WENT_AND_TOLD = """
    He      PRON  2 nsubj he Case=Nom
    went    VERB  0 root  go
    and     CCONJ 4 cc
    told    VERB  2 conj  tell
    him     PRON  4 obj
    to      PART  7 mark
    help    VERB  4 xcomp help VerbForm=Inf
    them    PRON  7 obj
    .       PUNCT 2 punct
"""


def test_a_verb_without_a_subject_has_that_of_the_clause_above_or_its_object() -> None:
    """He went and told him to help them."""
    assert apart(WENT_AND_TOLD) == {("He", "him"), ("him", "them")}


LOOKED = """
    He     PRON  2 nsubj he Case=Nom
    looked VERB  0 root  look
    at     ADP   4 case
    him    PRON  2 obl
    .      PUNCT 2 punct
"""


def test_who_is_looked_at_is_somebody_else_and_who_is_looked_about_is_not() -> None:
    """He looked at him. He looked about him."""
    assert apart(LOOKED) == {("He", "him")}
    assert apart(LOOKED.replace(" at ", " about ")) == set()


SISTER = """
    She    PRON  4 nsubj she Case=Nom
    was    AUX   4 cop   be
    his    PRON  4 nmod:poss
    sister NOUN  0 root
    .      PUNCT 4 punct
"""


def test_nobody_is_whose_sister_she_is_and_the_noun_is_said_of_her() -> None:
    """She was his sister."""
    binding, words = bind(SISTER)
    assert pairs(binding.apart, words) == {("She", "his")}
    assert pairs(binding.said_of, words) == {("She", "sister")}


@pytest.mark.parametrize(
    "sentence",
    [SISTER.replace("She ", "It "), SISTER.replace("his    PRON  4 nmod:poss", "no DET 4 det _ Polarity=Neg")],
    ids=["it", "denied"],
)
def test_what_is_said_of_it_or_denied_is_said_of_nobody(sentence: str) -> None:
    """It was his sister. She was no sister."""
    binding, _ = bind(sentence)
    assert binding.said_of == {}


JOINED = """
    Tom  PROPN 4 nsubj
    and  CCONJ 3 cc
    Ann  PROPN 1 conj
    came VERB  0 root  come
    .    PUNCT 4 punct
"""


def test_whom_and_joins_are_two_and_whom_a_comma_joins_may_be_one() -> None:
    """Tom and Ann came. Tom, Ann came."""
    assert apart(JOINED) == {("Tom", "Ann")}
    assert apart(JOINED.replace("and  CCONJ 3 cc", ",    PUNCT 3 punct")) == set()


WATCH = """
    Tom   PROPN 2 nsubj
    took  VERB  0 root  take
    his   PRON  4 nmod:poss
    watch NOUN  2 obj
    .     PUNCT 2 punct
"""


def test_a_pronoun_likely_means_the_subject_of_its_clause() -> None:
    """Tom took his watch."""
    binding, words = bind(WATCH)
    assert pairs(binding.subjects, words) == {("Tom", "his")}
    assert binding.apart == {}


def test_an_object_does_not_mean_its_subject() -> None:
    """She hit her."""
    binding, _ = bind(HIT)
    assert binding.subjects == {}


BESIDE = """
    Enoch    PROPN 5 nsubj
    ,        PUNCT 4 punct
    the      DET   4 det
    chandler NOUN  1 appos
    came     VERB  0 root  come
    .        PUNCT 5 punct
"""


def test_an_apposition_stands_beside_whom_it_describes() -> None:
    """Enoch, the chandler came."""
    binding, words = bind(BESIDE)
    assert pairs(binding.beside, words) == {("Enoch", "chandler")}


COMES = """
    {} DET   2 det
    man    NOUN  3 nsubj
    came   VERB  0 root  come
    to     ADP   5 case
    Tom    PROPN 3 obl
    .      PUNCT 3 punct
"""


@pytest.mark.parametrize(("article", "relation", "new"), [("A", "nsubj", {0}), ("The", "nsubj", set()), ("A", "nmod", set())])
def test_a_subject_with_a_is_somebody_new(article: str, relation: str, new: set[int]) -> None:
    """A man came to Tom."""
    text, tags = make_parse(COMES.format(article).replace("nsubj", relation))
    span = Span(text.tokens[0].start, text.tokens[1].end)
    mentions = [
        Mention(0, span, MentionKind.NOMINAL, MentionType.PERSON, None, None, 1),
        Mention(1, text.tokens[4], MentionKind.NAME, MentionType.PERSON, None, None, 4),
    ]
    assert bind_mentions(text, tags, mentions).new == new
