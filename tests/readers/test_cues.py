"""The verb that takes a quotation, and who does it, by hand-made parses."""

from __future__ import annotations

import pytest

from fabula.neural.segments import NO_HEAD, Segment
from fabula.readers.cues import find_cues
from fabula.readers.subjects import MOST_STEPS, REACH, Grammar


def read(
    table: str, *, quotes: tuple[tuple[tuple[int, int], ...], ...] | None = None, paragraphs: tuple[int, ...] = ()
) -> list[tuple[str, str] | None]:
    """The verb and the subject of each quotation's cue, None where it has none.

    table: a word a line, `form UPOS head relation`, the head counted from 1 over the whole passage, 0 at a root.
    quotes: None for what stands between “ and ”, each a quotation of its own.
    """
    forms, upos, above, relations = zip(*(line.split() for line in table.splitlines() if line.strip()), strict=True)
    opened = [at for at, form in enumerate(forms) if form == "“"]
    closed = [at + 1 for at, form in enumerate(forms) if form == "”"]
    found = tuple((part,) for part in zip(opened, closed, strict=True)) if quotes is None else quotes
    heads = [int(head) - 1 if head != "0" else NO_HEAD for head in above]
    cues = find_cues(Segment(forms, (0,), paragraphs, found), Grammar(upos, relations, heads))
    assert set(cues) <= set(range(len(found)))
    named = [cues.get(number) for number in range(len(found))]
    return [None if cue is None else (forms[cue.verb], forms[cue.subject]) for cue in named]


def test_a_verb_behind_the_words() -> None:
    """“Go,” said Tom."""
    table = """
        “    PUNCT 2 punct
        Go   VERB  5 ccomp
        ,    PUNCT 2 punct
        ”    PUNCT 2 punct
        said VERB  0 root
        Tom  PROPN 5 nsubj
        .    PUNCT 5 punct
    """
    assert read(table) == [("said", "Tom")]


def test_a_verb_in_the_middle_of_the_words() -> None:
    """“Go,” said Tom, “now.”"""
    table = """
        “    PUNCT 2 punct
        Go   VERB  5 ccomp
        ,    PUNCT 2 punct
        ”    PUNCT 2 punct
        said VERB  0 root
        Tom  PROPN 5 nsubj
        ,    PUNCT 5 punct
        “    PUNCT 9 punct
        now  ADV   5 advmod
        .    PUNCT 5 punct
        ”    PUNCT 9 punct
    """
    assert read(table, quotes=(((0, 4), (7, 11)),)) == [("said", "Tom")]


def test_a_verb_that_the_parse_hangs_on_the_words() -> None:
    """“Go,” Tom muttered."""
    table = """
        “        PUNCT 2 punct
        Go       VERB  0 root
        ,        PUNCT 2 punct
        ”        PUNCT 2 punct
        Tom      PROPN 6 nsubj
        muttered VERB  2 parataxis
        .        PUNCT 2 punct
    """
    assert read(table) == [("muttered", "Tom")]


def test_a_verb_before_the_words_has_the_subject_of_the_clause_above() -> None:
    """She turned and asked, “Where?”"""
    table = """
        She    PRON  2 nsubj
        turned VERB  0 root
        and    CCONJ 4 cc
        asked  VERB  2 conj
        ,      PUNCT 7 punct
        “      PUNCT 7 punct
        Where  ADV   4 ccomp
        ?      PUNCT 7 punct
        ”      PUNCT 7 punct
    """
    assert read(table) == [("asked", "She")]


@pytest.mark.parametrize(("n_between", "subject"), [(MOST_STEPS - 1, "She"), (MOST_STEPS, None)])
def test_a_subject_is_not_sought_through_many_clauses(n_between: int, subject: str | None) -> None:
    """She rose, turned, looked, ... wept, “Where?”"""
    between = [f"turned VERB {at + 2} conj" for at in range(n_between)]
    last = 3 + n_between
    rows = ["She PRON 2 nsubj", "rose VERB 0 root", *between, f"wept VERB {last - 1} conj"]
    rows += [f"“ PUNCT {last + 2} punct", f"Where ADV {last} ccomp", f"” PUNCT {last + 2} punct"]
    assert read("\n".join(rows)) == [None if subject is None else ("wept", subject)]


def test_a_clause_of_another_kind_does_not_lend_its_subject() -> None:
    """She knew who asked, “Where?”, with nobody who asked: the subject of "knew" is not the one of "asked" """
    table = """
        She   PRON  2 nsubj
        knew  VERB  0 root
        asked VERB  2 ccomp
        “     PUNCT 5 punct
        Where ADV   3 ccomp
        ”     PUNCT 5 punct
    """
    assert read(table) == [None]


def test_an_inversion_that_the_parse_took_for_a_sentence() -> None:
    """“Go!” / said he."""
    table = """
        “    PUNCT 2 punct
        Go   VERB  0 root
        !    PUNCT 2 punct
        ”    PUNCT 2 punct
        said VERB  0 root
        he   PRON  5 nsubj
        .    PUNCT 5 punct
    """
    assert read(table) == [("said", "he")]


def test_a_new_sentence_behind_the_words_says_nothing_of_them() -> None:
    """“Go!” / He left."""
    table = """
        “    PUNCT 2 punct
        Go   VERB  0 root
        !    PUNCT 2 punct
        ”    PUNCT 2 punct
        He   PRON  6 nsubj
        left VERB  0 root
        .    PUNCT 6 punct
    """
    assert read(table) == [None]


def test_what_stands_behind_a_stop_is_not_beside_the_words() -> None:
    """“Go!” / so. / He left."""
    table = """
        “    PUNCT 2 punct
        Go   VERB  0 root
        ”    PUNCT 2 punct
        so   ADV   0 root
        .    PUNCT 4 punct
        he   PRON  7 nsubj
        left VERB  0 root
    """
    assert read(table) == [None]


@pytest.mark.parametrize(("whose", "cue"), [("his PRON 7 nmod:poss", ("answer", "his")), ("the DET 7 det", None)])
def test_words_that_are_what_something_is_are_whose_that_is(whose: str, cue: tuple[str, str] | None) -> None:
    """“Go,” was his answer. / “Go,” was the answer."""
    table = f"""
        “      PUNCT 2 punct
        Go     VERB  7 csubj
        ,      PUNCT 2 punct
        ”      PUNCT 2 punct
        was    AUX   7 cop
        {whose}
        answer NOUN  0 root
        .      PUNCT 7 punct
    """
    assert read(table) == [cue]


MISPLACED = """
    “    PUNCT 2 punct
    Go   VERB  5 ccomp
    ,    PUNCT 2 punct
    ”    PUNCT 2 punct
    said VERB  0 root
    {subject}
    .    PUNCT 5 punct
"""


@pytest.mark.parametrize(
    ("subject", "cue"),
    [
        ("the DET 8 det\nold ADJ 8 amod\nman NOUN 2 nsubj", ("said", "man")),  # hung on the words
        ("in ADP 7 case\nTom PROPN 5 obl", ("said", "Tom")),  # “Go,” put in Tom
        ("the DET 7 det\npainter NOUN 5 iobj", ("said", "painter")),
        ("to ADP 7 case\nTom PROPN 5 obl", None),  # he is spoken to
        ("so ADV 5 advmod\nand CCONJ 8 cc\nTom PROPN 5 conj", None),
    ],
)
def test_a_subject_that_the_parse_has_hung_on_another_word(subject: str, cue: tuple[str, str] | None) -> None:
    """“Go,” said the old man."""
    assert read(MISPLACED.format(subject=subject)) == [cue]


def test_a_subject_before_its_verb_that_the_parse_has_hung_on_the_words() -> None:
    """“Go,” Tom said."""
    table = """
        “    PUNCT 2 punct
        Go   VERB  6 ccomp
        ,    PUNCT 2 punct
        ”    PUNCT 2 punct
        Tom  PROPN 2 nsubj
        said VERB  0 root
        .    PUNCT 6 punct
    """
    assert read(table) == [("said", "Tom")]


def test_whose_voice_speaks() -> None:
    """“Go,” said the voice of Tom."""
    forms, upos = (
        ("“", "Go", "”", "said", "the", "voice", "of", "Tom"),
        ("PUNCT", "VERB", "PUNCT", "VERB", "DET", "NOUN", "ADP", "PROPN"),
    )
    relations = ("punct", "ccomp", "punct", "root", "det", "nsubj", "case", "nmod")
    [cue] = find_cues(Segment(forms, (0,), (), (((0, 3),),)), Grammar(upos, relations, (1, 3, 1, NO_HEAD, 5, 3, 7, 5))).values()
    assert (forms[cue.subject], cue.owner) == ("voice", 7)


def test_who_speaks_in_a_relative_clause_is_whom_it_is_about() -> None:
    """Tom, who said, “Go.”"""
    table = """
        Tom  PROPN 0 root
        ,    PUNCT 4 punct
        who  PRON  4 nsubj
        said VERB  1 acl:relcl
        ,    PUNCT 7 punct
        “    PUNCT 7 punct
        Go   VERB  4 ccomp
        ”    PUNCT 7 punct
    """
    assert read(table) == [("said", "Tom")]


@pytest.mark.parametrize(
    ("verb", "end", "paragraphs", "found"),
    [
        ("said", "", (0, 2), True),  # a paragraph that no mark ends
        ("said", "", (0,), False),  # no paragraph
        ("said", ". PUNCT 2 punct", (0, 3), False),
        ("Came", "", (0, 2), False),  # a title
    ],
)
def test_a_paragraph_without_a_mark_leads_up_to_the_next(verb: str, end: str, paragraphs: tuple[int, ...], found: bool) -> None:
    """Tom said ¶ “Go.”"""
    rows = ["Tom PROPN 2 nsubj", f"{verb} VERB 0 root", *([end] if end else ())]
    go = len(rows) + 2
    table = "\n".join([*rows, f"“ PUNCT {go} punct", "Go VERB 0 root", f"” PUNCT {go} punct"])
    assert read(table, paragraphs=paragraphs) == [(verb, "Tom") if found else None]


def test_a_mark_alone_is_not_what_is_said() -> None:
    """“ Go. ” Tom left: the parse hangs the closing mark on the next verb"""
    table = """
        “    PUNCT 2 punct
        Go   VERB  0 root
        .    PUNCT 2 punct
        ”    PUNCT 6 punct
        Tom  PROPN 6 nsubj
        left VERB  0 root
    """
    assert read(table) == [None]


RELATIVE = """
    “     PUNCT 3 punct
    A     DET   3 det
    boat  NOUN  0 root
    {inside}
    ”     PUNCT 3 punct
    {outside}
    which PRON  8 obj
    Tom   PROPN 8 nsubj
    built VERB  3 acl:relcl
"""


def test_a_relative_clause_is_about_a_word_and_not_about_the_words() -> None:
    """“A boat”, which Tom built"""
    assert read(RELATIVE.format(inside="", outside=", PUNCT 3 punct")) == [None]


def test_a_relative_clause_right_behind_is_no_inversion() -> None:
    """“A boat,” which Tom built"""
    assert read(RELATIVE.format(inside=", PUNCT 3 punct", outside="")) == [None]


def test_verbs_within_the_words_say_nothing() -> None:
    """“Tom said no.”"""
    table = """
        “    PUNCT 3 punct
        Tom  PROPN 3 nsubj
        said VERB  0 root
        no   INTJ  3 ccomp
        .    PUNCT 3 punct
        ”    PUNCT 3 punct
    """
    assert read(table) == [None]


def test_a_subject_within_the_words_does_not_speak_them() -> None:
    """“Tom,” said: the parse takes who is called for the subject"""
    table = """
        “    PUNCT 2 punct
        Tom  PROPN 4 nsubj
        ”    PUNCT 2 punct
        said VERB  0 root
    """
    assert read(table) == [None]


def test_each_quotation_has_its_own_verb() -> None:
    """“Go,” said Tom. “No,” she cried."""
    table = """
        “     PUNCT 2 punct
        Go    VERB  4 ccomp
        ”     PUNCT 2 punct
        said  VERB  0 root
        Tom   PROPN 4 nsubj
        .     PUNCT 4 punct
        “     PUNCT 8 punct
        No    INTJ  11 ccomp
        ”     PUNCT 8 punct
        she   PRON  11 nsubj
        cried VERB  0 root
        .     PUNCT 11 punct
    """
    assert read(table) == [("said", "Tom"), ("cried", "she")]


def test_a_verb_far_from_the_words_does_not_take_them() -> None:
    """Tom said, (forty words) “Go.”"""
    between = "\n".join(["so ADV 2 advmod"] * REACH)
    table = f"Tom PROPN 2 nsubj\nsaid VERB 0 root\n{between}\n“ PUNCT {REACH + 4} punct\nGo VERB 2 ccomp\n” PUNCT {REACH + 4} punct"
    assert read(table) == [None]


def test_a_verb_behind_a_long_speech_is_near_its_end() -> None:
    """“Go, (forty words),” Tom said."""
    last = REACH + 4
    more = "\n".join(["so ADV 2 advmod"] * REACH)
    table = f"“ PUNCT 2 punct\nGo VERB {last + 1} ccomp\n{more}\n” PUNCT 2 punct\nTom PROPN {last + 1} nsubj\nsaid VERB 0 root"
    assert read(table) == [("said", "Tom")]


def test_without_quotations_or_words_nothing_is_found() -> None:
    """Tom said so. / (nothing)"""
    assert read("Tom PROPN 2 nsubj\nsaid VERB 0 root\nso ADV 2 advmod") == []
    assert find_cues(Segment((), ()), Grammar((), (), ())) == {}


def test_an_aside_does_not_lead_up_to_the_words() -> None:
    """She added when Tom had gone: / “Go!”"""
    table = """
        She   PRON  2 nsubj
        added VERB  0 root
        when  ADV   6 advmod
        Tom   PROPN 6 nsubj
        had   AUX   6 aux
        gone  VERB  2 advcl
        :     PUNCT 2 punct
        “     PUNCT 9 punct
        Go    VERB  0 root
        !     PUNCT 9 punct
        ”     PUNCT 9 punct
    """
    assert read(table) == [("added", "She")]


def test_an_aside_that_says_something_does() -> None:
    """He rose when Tom said: / “Go!”"""
    table = """
        He    PRON  2 nsubj
        rose  VERB  0 root
        when  ADV   5 advmod
        Tom   PROPN 5 nsubj
        said  VERB  2 advcl
        :     PUNCT 2 punct
        “     PUNCT 8 punct
        Go    VERB  0 root
        !     PUNCT 8 punct
        ”     PUNCT 8 punct
    """
    assert read(table) == [("said", "Tom")]


def test_a_relative_clause_beside_another_s_name_does_not() -> None:
    """He spoke to Tom, who followed them: / “Go!”"""
    table = """
        He       PRON  2 nsubj
        spoke    VERB  0 root
        to       ADP   4 case
        Tom      PROPN 2 obl
        ,        PUNCT 7 punct
        who      PRON  7 nsubj
        followed VERB  4 acl:relcl
        them     PRON  7 obj
        :        PUNCT 2 punct
        “        PUNCT 11 punct
        Go       VERB  0 root
        !        PUNCT 11 punct
        ”        PUNCT 11 punct
    """
    assert read(table) == [("spoke", "He")]


def test_a_relative_pronoun_means_the_name_before_it_where_the_parse_took_its_clause_for_a_sentence() -> None:
    """This pleased Tom, who said: / “Go!”"""
    table = """
        This    PRON  2 nsubj
        pleased VERB  6 advcl
        Tom     PROPN 2 obj
        ,       PUNCT 6 punct
        who     PRON  6 nsubj
        said    VERB  0 root
        :       PUNCT 6 punct
        “       PUNCT 9 punct
        Go      VERB  0 root
        !       PUNCT 9 punct
        ”       PUNCT 9 punct
    """
    assert read(table) == [("said", "Tom")]


@pytest.mark.parametrize(("head", "relation"), [(4, "ccomp"), (2, "ccomp")])
def test_who_is_heard_speaks_not_who_hears(head: int, relation: str) -> None:
    """Ann heard Tom say, “Go!”, the words hung on either verb"""
    table = f"""
        Ann   PROPN 2 nsubj
        heard VERB  0 root
        Tom   PROPN 2 obj
        say   VERB  2 xcomp
        ,     PUNCT 7 punct
        “     PUNCT 7 punct
        Go    VERB  {head} {relation}
        !     PUNCT 7 punct
        ”     PUNCT 7 punct
    """
    assert read(table) == [("say" if head == 4 else "heard", "Tom")]


def test_who_hears_words_of_which_it_is_not_told_whose_they_are_does_not_speak() -> None:
    """Ann heard the words: “Go!”"""
    table = """
        Ann   PROPN 2 nsubj
        heard VERB  0 root
        the   DET   4 det
        words NOUN  2 obj
        :     PUNCT 7 punct
        “     PUNCT 7 punct
        Go    VERB  2 ccomp
        !     PUNCT 7 punct
        ”     PUNCT 7 punct
    """
    assert read(table) == [None]


def test_what_comes_from_somebody_is_his() -> None:
    """“Go!” broke from Tom."""
    table = """
        “     PUNCT 2 punct
        Go    VERB  5 ccomp
        !     PUNCT 2 punct
        ”     PUNCT 2 punct
        broke VERB  0 root
        from  ADP   7 case
        Tom   PROPN 5 obl
        .     PUNCT 5 punct
    """
    assert read(table) == [("broke", "Tom")]


def test_a_verb_without_a_subject_has_the_nearest_one_before_it() -> None:
    """Tom, rising, said: “Go”: the parse has hung Tom on "rising"."""
    table = """
        Tom     PROPN 3 nsubj
        ,       PUNCT 3 punct
        rising  VERB  5 advcl
        ,       PUNCT 3 punct
        said    VERB  0 root
        :       PUNCT 5 punct
        “       PUNCT 8 punct
        Go      VERB  5 ccomp
        ”       PUNCT 8 punct
    """
    assert read(table) == [("said", "Tom")]
    assert read(table.replace("said  ", "saying")) == [None]
    assert read(table.replace("said  ", "opened")) == [None]  # no verb of speech


@pytest.mark.parametrize(("subject", "upos", "cue"), [("he", "PRON", None), ("Ann", "PROPN", ("said", "Ann"))])
def test_a_pronoun_in_a_clause_that_says_when_does_not_speak(subject: str, upos: str, cue: tuple[str, str] | None) -> None:
    """As he came, said: “Go”: a name will do where there is nobody else."""
    table = f"""
        as        SCONJ   3 mark
        {subject} {upos}  3 nsubj
        came      VERB    5 advcl
        ,         PUNCT   3 punct
        said      VERB    0 root
        :         PUNCT   5 punct
        “         PUNCT   8 punct
        Go        VERB    5 ccomp
        ”         PUNCT   8 punct
    """
    assert read(table) == [cue]


def test_the_subject_of_the_clause_before_goes_before_that_of_the_first() -> None:
    """Tom came, and Ann sat and cried, “Go”: Ann cried."""
    table = """
        Tom   PROPN 2 nsubj
        came  VERB  0 root
        ,     PUNCT 6 punct
        and   CCONJ 6 cc
        Ann   PROPN 6 nsubj
        sat   VERB  2 conj
        and   CCONJ 8 cc
        cried VERB  2 conj
        ,     PUNCT 8 punct
        “     PUNCT 11 punct
        Go    VERB  8 ccomp
        ”     PUNCT 11 punct
    """
    assert read(table) == [("cried", "Ann")]


def test_who_is_stopped_by_somebody_s_saying_does_not_speak() -> None:
    """She was stopped by Tom's saying, “Go”."""
    table = """
        She     PRON  3 nsubj:pass
        was     AUX   3 aux:pass
        stopped VERB  0 root
        by      ADP   5 case
        Tom     PROPN 3 obl:agent
        's      PART  7 mark
        saying  VERB  3 advcl
        ,       PUNCT 7 punct
        “       PUNCT 10 punct
        Go      VERB  7 ccomp
        ”       PUNCT 10 punct
    """
    assert read(table) == [("saying", "Tom")]


def test_a_noun_that_is_said_to_speak_does() -> None:
    """A man saying “Go” passed; Tom took the chance of saying “Go”."""
    table = """
        A      DET  2 det
        {noun} NOUN {above} {relation}
        {mark} ADP  4 {kind}
        saying VERB 2 acl
        “      PUNCT 6 punct
        Go     VERB 4 ccomp
        ”      PUNCT 6 punct
        passed VERB 0 root
        Tom    PROPN 8 nsubj
    """
    man = table.format(noun="man", above=8, relation="nsubj", mark="thus", kind="advmod")
    chance = table.format(noun="chance", above=8, relation="obj", mark="of", kind="mark")
    chance_to = table.format(noun="chance", above=8, relation="obj", mark="to", kind="mark")
    assert read(man) == [("saying", "man")]
    assert read(chance) == [("saying", "Tom")]
    assert read(chance_to) == [None]


def test_a_name_that_the_parse_has_made_one_with_the_word_before_it() -> None:
    """“Go,” said dour Major Todd."""
    table = """
        “     PUNCT 2 punct
        Go    VERB  5 ccomp
        ,     PUNCT 2 punct
        ”     PUNCT 2 punct
        said  VERB  0 root
        dour  PROPN 5 nsubj
        Major PROPN 6 flat
        Todd  PROPN 6 flat
    """
    assert read(table) == [("said", "Major")]
    assert read(table.replace("dour ", "Major").replace("Major PROPN 6", "Dour  PROPN 6")) == [("said", "Major")]


@pytest.mark.parametrize(
    "words",
    [
        """
        Ann    PROPN 3 nmod:poss
        's     PART  1 case
        answer NOUN  6 nsubj
        was    AUX   6 cop
        “      PUNCT 6 punct
        Go     VERB  0 root
        ”      PUNCT 6 punct
        """,
        """
        Ann    PROPN 3 nmod:poss
        's     PART  1 case
        answer NOUN  0 root
        of     ADP   6 case
        “      PUNCT 6 punct
        Go     VERB  3 nmod
        ”      PUNCT 6 punct
        """,
    ],
)
def test_words_that_are_what_something_before_them_is(words: str) -> None:
    """Ann's answer was “Go”; Ann's answer of “Go”."""
    assert read(words) == [("answer", "Ann")]
    assert read(words.replace("nmod:poss", "compound")) == [None]


BEAT = """
    Ann  PROPN 0 root
    left VERB  1 acl
    .    PUNCT 1 punct
    {who}  PROPN 5 nsubj
    sat  VERB  0 root
    .    PUNCT 5 punct
    “    PUNCT 8 punct
    Go   VERB  0 root
    ”    PUNCT 8 punct
"""


def test_who_does_something_in_the_sentence_before_the_first_speech_of_a_paragraph() -> None:
    """Tom sat. “Go”."""
    assert read(BEAT.format(who="Tom"), paragraphs=(0,)) == [("sat", "Tom")]
    assert read(BEAT.format(who="Tom"), paragraphs=(0, 3)) == [("sat", "Tom")]
    assert read(BEAT.format(who="Tom"), paragraphs=(0, 6)) == [None]  # in the paragraph before
    assert read(BEAT.format(who="Tom")) == [None]  # nobody knows
    assert read(BEAT.format(who="dog").replace("dog  PROPN", "dog NOUN"), paragraphs=(0,)) == [None]


def test_a_sentence_between_two_speeches_says_nothing_of_the_second() -> None:
    """“Go.” Tom sat. “Go”."""
    said = """
    “    PUNCT 2 punct
    Go   VERB  0 root
    ”    PUNCT 2 punct
    Tom  PROPN 5 nsubj
    sat  VERB  0 root
    .    PUNCT 5 punct
    “    PUNCT 8 punct
    Go   VERB  0 root
    ”    PUNCT 8 punct
    """
    assert read(said, paragraphs=(0,))[1] is None
