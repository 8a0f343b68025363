"""Events: what happens and what does not, by hand-made parses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from fabula.readers.events import KnownEvents, find_events
from fabula.records import (
    Event,
    Mention,
    MentionKind,
    MentionType,
    Quote,
    QuoteKind,
    Reality,
    Role,
    Scope,
    Span,
    Text,
)
from tests.parses import make_parse

PAST, INF, PART = "Mood=Ind|Tense=Past|VerbForm=Fin", "VerbForm=Inf", "Tense=Past|VerbForm=Part"


def read(
    *tables: str, actual: Sequence[str] = (), people: Sequence[str] = (), quotes: Sequence[Quote] = ()
) -> tuple[Text, list[Event]]:
    """The events of a parse; actual: the words that the model says happen; people: one-word mentions."""
    text, tags = make_parse(*tables)
    words = [text.quote(t) for t in text.tokens]
    mentions = [
        Mention(i, text.tokens[n], MentionKind.NAME, MentionType.PERSON, i, None, n, 0.9)
        for i, n in enumerate(n for n, w in enumerate(words) if w in people)
    ]
    log_odds = [3.0 if word in actual else -3.0 for word in words]
    return text, list(find_events(text, quotes, tags, log_odds, mentions))


def realities(table: str, *, actual: Sequence[str] = ()) -> dict[str, Reality]:
    text, events = read(table, actual=actual)
    return {text.quote(e.trigger): e.reality for e in events}


def parts(text: Text, event: Event) -> list[tuple[Role, str]]:
    return [(p.role, text.quote(p.span)) for p in event.participants]


# --- reality


def test_what_the_model_says_happens_is_actual_whatever_it_is() -> None:
    """Her arrival woke Tom."""
    table = f"""
        Her PRON 2 nmod:poss
        arrival NOUN 3 nsubj
        woke VERB 0 root wake {PAST}
        Tom PROPN 3 obj Tom
        . PUNCT 3 punct"""
    text, events = read(table, actual=["arrival", "woke"], people=["Her", "Tom"])
    assert [(e.lemma, e.reality, parts(text, e)) for e in events] == [
        ("arrival", Reality.ACTUAL, [(Role.AGENT, "Her")]),
        ("wake", Reality.ACTUAL, [(Role.AGENT, "Her arrival"), (Role.PATIENT, "Tom")]),
    ]
    assert events[0].evidence.probability == 0.953


def test_a_state_that_neither_model_nor_parse_speaks_of_is_no_event() -> None:
    """He knew."""
    assert realities(f"He PRON 2 nsubj\nknew VERB 0 root know {PAST}\n. PUNCT 2 punct") == {}


CASES = [
    ("He did not come.", f"""
        He PRON 4 nsubj
        did AUX 4 aux do {PAST}
        not PART 4 advmod not Polarity=Neg
        come VERB 0 root come {INF}
        . PUNCT 4 punct""", {"come": Reality.NEGATED}),
    ("No bird sang.", f"""
        No DET 2 det
        bird NOUN 3 nsubj
        sang VERB 0 root sing {PAST}
        . PUNCT 3 punct""", {"sang": Reality.NEGATED}),
    ("He would go.", f"""
        He PRON 3 nsubj
        would AUX 3 aux
        go VERB 0 root go {INF}
        . PUNCT 3 punct""", {"go": Reality.HYPOTHETICAL}),
    ("He would often rise and sing.", f"""
        He PRON 4 nsubj
        would AUX 4 aux
        often ADV 4 advmod
        rise VERB 0 root rise {INF}
        and CCONJ 6 cc
        sing VERB 4 conj sing {INF}
        . PUNCT 4 punct""", {"rise": Reality.HABITUAL, "sing": Reality.HABITUAL}),
    ("If he did not come, she left.", f"""
        If SCONJ 5 mark
        he PRON 5 nsubj
        did AUX 5 aux do {PAST}
        not PART 5 advmod not Polarity=Neg
        come VERB 8 advcl come {INF}
        , PUNCT 5 punct
        she PRON 8 nsubj
        left VERB 0 root leave {PAST}
        . PUNCT 8 punct""", {"come": Reality.HYPOTHETICAL}),
    ("Did he come?", f"""
        Did AUX 3 aux do {PAST}
        he PRON 3 nsubj
        come VERB 0 root come {INF}
        ? PUNCT 3 punct""", {"come": Reality.HYPOTHETICAL}),
    ("Go home!", """
        Go VERB 0 root go Mood=Imp|VerbForm=Fin
        home ADV 1 advmod
        ! PUNCT 1 punct""", {"Go": Reality.HYPOTHETICAL}),
    ("He wanted to run.", f"""
        He PRON 2 nsubj
        wanted VERB 0 root want {PAST}
        to PART 4 mark
        run VERB 2 xcomp run {INF}
        . PUNCT 2 punct""", {"run": Reality.INTENDED}),
    ("He did not want to run.", f"""
        He PRON 4 nsubj
        did AUX 4 aux do {PAST}
        not PART 4 advmod not Polarity=Neg
        want VERB 0 root want {INF}
        to PART 6 mark
        run VERB 4 xcomp run {INF}
        . PUNCT 4 punct""", {"want": Reality.NEGATED, "run": Reality.NEGATED}),
    ("He failed to run.", f"""
        He PRON 2 nsubj
        failed VERB 0 root fail {PAST}
        to PART 4 mark
        run VERB 2 xcomp run {INF}
        . PUNCT 2 punct""", {"run": Reality.NEGATED}),
    ("He managed to run.", f"""
        He PRON 2 nsubj
        managed VERB 0 root manage {PAST}
        to PART 4 mark
        run VERB 2 xcomp run {INF}
        . PUNCT 2 punct""", {}),
    ("I will go.", f"""
        I PRON 3 nsubj
        will AUX 3 aux
        go VERB 0 root go {INF}
        . PUNCT 3 punct""", {"go": Reality.INTENDED}),
    ("He was going to sing.", f"""
        He PRON 3 nsubj
        was AUX 3 aux be {PAST}
        going VERB 0 root go Tense=Pres|VerbForm=Part
        to PART 5 mark
        sing VERB 3 xcomp sing {INF}
        . PUNCT 3 punct""", {"sing": Reality.INTENDED}),
    ("He rose to sing.", f"""
        He PRON 2 nsubj
        rose VERB 0 root rise {PAST}
        to PART 4 mark
        sing VERB 2 advcl sing {INF}
        . PUNCT 2 punct""", {"sing": Reality.INTENDED}),
    ("He used to sing.", f"""
        He PRON 2 nsubj
        used VERB 0 root use {PAST}
        to PART 4 mark
        sing VERB 2 xcomp sing {INF}
        . PUNCT 2 punct""", {"sing": Reality.HABITUAL}),
    ("He came every day.", f"""
        He PRON 2 nsubj
        came VERB 0 root come {PAST}
        every DET 4 det
        day NOUN 2 obl:tmod
        . PUNCT 2 punct""", {"came": Reality.HABITUAL}),
    ("He walks to the mill.", """
        He PRON 2 nsubj
        walks VERB 0 root walk Mood=Ind|Tense=Pres|VerbForm=Fin
        to ADP 5 case
        the DET 5 det
        mill NOUN 2 obl
        . PUNCT 2 punct""", {"walks": Reality.HABITUAL}),
    ("He had gone.", f"""
        He PRON 3 nsubj
        had AUX 3 aux have {PAST}
        gone VERB 0 root go {PART}
        . PUNCT 3 punct""", {"gone": Reality.RECALLED}),
    ("He would have gone.", f"""
        He PRON 4 nsubj
        would AUX 4 aux would {PAST}
        have AUX 4 aux have {INF}
        gone VERB 0 root go {PART}
        . PUNCT 4 punct""", {"gone": Reality.HYPOTHETICAL}),
    ("She remembered running.", f"""
        She PRON 2 nsubj
        remembered VERB 0 root remember {PAST}
        running VERB 2 xcomp run VerbForm=Ger
        . PUNCT 2 punct""", {"running": Reality.RECALLED}),
    ("She hoped he came.", f"""
        She PRON 2 nsubj
        hoped VERB 0 root hope {PAST}
        he PRON 4 nsubj
        came VERB 2 ccomp come {PAST}
        . PUNCT 2 punct""", {"came": Reality.HYPOTHETICAL}),
    ("He ran, as if pushed.", f"""
        He PRON 2 nsubj
        ran VERB 0 root run {PAST}
        , PUNCT 6 punct
        as SCONJ 6 mark
        if SCONJ 6 mark
        pushed VERB 2 advcl push {PART}
        . PUNCT 2 punct""", {"pushed": Reality.HYPOTHETICAL}),
    ("He slept, though she sang.", f"""
        He PRON 2 nsubj
        slept VERB 0 root sleep {PAST}
        , PUNCT 6 punct
        though SCONJ 6 mark
        she PRON 6 nsubj
        sang VERB 2 advcl sing {PAST}
        . PUNCT 2 punct""", {}),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "table", "expected"), CASES, ids=[c[0] for c in CASES])
def test_the_parse_says_why_a_verb_tells_nothing_that_happens(passage: str, table: str, expected: dict[str, Reality]) -> None:
    """The passages of CASES: the words that are events, and their reality."""
    text, _ = read(table)
    assert text.string == passage
    assert realities(table) == expected


def test_what_a_verb_does_not_say_again_holds_for_it_all_the_same_but_a_new_tense_is_a_new_start() -> None:
    """He had risen and gone, and she slept."""
    table = f"""
        He PRON 3 nsubj
        had AUX 3 aux have {PAST}
        risen VERB 0 root rise {PART}
        and CCONJ 5 cc
        gone VERB 3 conj go {PART}
        , PUNCT 9 punct
        and CCONJ 9 cc
        she PRON 9 nsubj
        slept VERB 3 conj sleep {PAST}
        . PUNCT 3 punct"""
    assert realities(table) == {"risen": Reality.RECALLED, "gone": Reality.RECALLED}


def test_the_words_that_decide_are_evidence() -> None:
    """He did not come."""
    text, (event,) = read(CASES[0][1], people=["He"])
    assert [text.quote(s) for s in event.evidence.spans] == ["He", "not", "come"]
    assert event.evidence.probability == 0.953
    assert event.evidence.told_at == event.trigger.end


# --- participants

GIVING = f"""
    Tom PROPN 4 nsubj Tom
    and CCONJ 3 cc
    Ann PROPN 1 conj Ann
    gave VERB 0 root give {PAST}
    the DET 7 det
    old ADJ 7 amod
    boat NOUN 4 obj
    to ADP 9 case
    Reed PROPN 4 obl Reed
    at ADP 12 case
    the DET 12 det
    mill NOUN 4 obl
    . PUNCT 4 punct"""


def test_participants_have_their_roles_and_are_mentions_where_there_is_one() -> None:
    """Tom and Ann gave the old boat to Reed at the mill."""
    text, (event,) = read(GIVING, actual=["gave"], people=["Tom", "Ann", "Reed"])
    assert parts(text, event) == [
        (Role.AGENT, "Tom"),
        (Role.AGENT, "Ann"),
        (Role.PATIENT, "the old boat"),
        (Role.RECIPIENT, "Reed"),
        (Role.OTHER, "the mill"),
    ]
    assert [p.mention for p in event.participants] == [0, 1, None, 2, None]


def test_to_a_place_is_no_recipient() -> None:
    """Tom and Ann gave the old boat to Reed: who is no mention of a person here."""
    text, (event,) = read(GIVING, actual=["gave"])
    assert (Role.OTHER, "Reed") in parts(text, event)


def test_of_mentions_with_the_same_head_one_with_a_character_is_meant_else_the_longest() -> None:
    """the old boat: "boat" and "the old boat" """
    text, tags = make_parse(GIVING)
    boat = Span(text.string.index("boat"), text.string.index("boat") + 4)
    whole = Span(boat.start - 8, boat.end)
    kind = (MentionKind.NOMINAL, MentionType.VEHICLE)
    for character, meant in ((7, 0), (None, 1)):
        mentions = [Mention(0, boat, *kind, character, None, 6, 0.9), Mention(1, whole, *kind, None, None, 6, 0.9)]
        (event,) = find_events(text, (), tags, [3.0 if w == 3 else -3.0 for w in range(len(tags))], mentions)
        assert next(p for p in event.participants if p.role is Role.PATIENT).mention == meant


def test_what_is_known_of_the_same_words_is_found_again_whatever_mentions_have_changed() -> None:
    """the old boat: "boat" has a character, then nobody has, then it is no mention"""
    text, tags = make_parse(GIVING, GIVING)
    at = [m.start() for m in re.finditer("boat", text.string)]
    kind = (MentionKind.NOMINAL, MentionType.VEHICLE)
    heads = [n for n, token in enumerate(text.tokens) if text.quote(token) == "boat"]
    boats = [Mention(n, Span(s, s + 4), *kind, 7, None, h, 0.9) for n, (s, h) in enumerate(zip(at, heads, strict=True))]
    wholes = [Mention(n + 2, Span(s - 8, s + 4), *kind, None, None, h, 0.9) for n, (s, h) in enumerate(zip(at, heads, strict=True))]
    log_odds = [3.0 if w == 3 else -3.0 for w in range(len(tags))]
    casts = [
        (*boats, *wholes),
        (boats[0], replace(boats[1], character=None), *wholes),
        (replace(boats[0], character=9), boats[1], *wholes),
        (boats[1], *wholes),
        (),
    ]
    for before in casts:
        known = KnownEvents(find_events(text, (), tags, log_odds, before), before)
        for after in casts:
            assert find_events(text, (), tags, log_odds, after, known=known) == find_events(text, (), tags, log_odds, after)
    assert find_events(text, (), tags, [-3.0] * len(tags), casts[0], known=known._replace(mentions=casts[0])) == known.events


def test_a_passive_turns_the_roles_about() -> None:
    """Tom was seen by Ann."""
    table = f"""
        Tom PROPN 3 nsubj:pass Tom
        was AUX 3 aux:pass be {PAST}
        seen VERB 0 root see {PART}
        by ADP 5 case
        Ann PROPN 3 obl Ann
        . PUNCT 3 punct"""
    text, (event,) = read(table, actual=["seen"])
    assert parts(text, event) == [(Role.AGENT, "Ann"), (Role.PATIENT, "Tom")]


def test_a_subject_that_is_not_said_again_is_that_of_the_clause_above() -> None:
    """Tom rose, singing, and told Ann to go."""
    table = f"""
        Tom PROPN 2 nsubj Tom
        rose VERB 0 root rise {PAST}
        , PUNCT 4 punct
        singing VERB 2 advcl sing Tense=Pres|VerbForm=Part
        , PUNCT 7 punct
        and CCONJ 7 cc
        told VERB 2 conj tell {PAST}
        Ann PROPN 7 obj Ann
        to PART 10 mark
        go VERB 7 xcomp go {INF}
        . PUNCT 2 punct"""
    text, events = read(table, actual=["rose", "singing", "told"])
    agents = {e.lemma: [s for role, s in parts(text, e) if role is Role.AGENT] for e in events}
    assert agents == {"rise": ["Tom"], "sing": ["Tom"], "tell": ["Tom"], "go": ["Ann"]}
    assert events[-1].reality is Reality.INTENDED


def test_a_relative_pronoun_is_whom_it_stands_for() -> None:
    """The man who sang slept."""
    table = f"""
        The DET 2 det
        man NOUN 5 nsubj
        who PRON 4 nsubj who PronType=Rel
        sang VERB 2 acl:relcl sing {PAST}
        slept VERB 0 root sleep {PAST}
        . PUNCT 5 punct"""
    text, events = read(table, actual=["sang", "slept"])
    assert [parts(text, e) for e in events] == [[(Role.AGENT, "The man")]] * 2


# --- scope


def test_the_innermost_quotation_is_the_scope() -> None:
    """“Tom wrote ‘I ran’ once.” Ann slept."""
    speech = f"""
        “ PUNCT 3 punct
        Tom PROPN 3 nsubj Tom
        wrote VERB 0 root write {PAST}
        I PRON 5 nsubj
        ran VERB 3 ccomp run {PAST}
        once ADV 3 advmod
        .” PUNCT 3 punct"""
    text, tags = make_parse(speech, f"Ann PROPN 2 nsubj Ann\nslept VERB 0 root sleep {PAST}\n. PUNCT 2 punct")
    said, written = Span(0, text.string.index("”") + 1), Span(text.string.index("I ran"), text.string.index(" once"))
    quotes = (Quote(0, (written,), QuoteKind.WRITING), Quote(1, (said,), QuoteKind.SPEECH))
    events = find_events(text, quotes, tags, [3.0 if tags.word(i, "").upos == "VERB" else -3.0 for i in range(len(tags))], ())
    assert [e.scope for e in events] == [Scope.SPEECH, Scope.WRITING, Scope.NARRATION]
