from __future__ import annotations

from pathlib import Path

import numpy as np

from evaluation.gold_speakers import add_up, count_speakers, give_novel, make_turns, score_novel, word_mentions
from evaluation.pdnc_novels import CueKind, GoldCharacter, GoldNovel, GoldPart
from fabula.neural.conversation import Mentions
from fabula.neural.segments import Links, Segment

PASSAGE = '"Go away,"\nsaid Tom. "Now."\n\n"Tom, I shall stay," said Miss Ann\nLee.\n\n"Well," she said.\n'
TOM, ANN = 0, 1


def part(words: str, speaker: str, cue: CueKind, quote: str) -> GoldPart:
    start = PASSAGE.index(words)
    return GoldPart(start, start + len(words), speaker, frozenset(), cue, quote)


def novel() -> GoldNovel:
    people = (
        GoldCharacter("Tom", "major", ("Tom",)),
        GoldCharacter("Ann Lee", "major", ("Ann Lee", "Ann", "Miss Ann Lee")),
        GoldCharacter("_group", "minor", ("_group",)),
    )
    parts = (
        part("Go away,", "Tom", CueKind.EXPLICIT, "Q0"),
        part("Now.", "Tom", CueKind.EXPLICIT, "Q0"),
        part("Tom, I shall stay,", "Ann Lee", CueKind.EXPLICIT, "Q1"),
        part("Well,", "Ann Lee", CueKind.ANAPHORIC, "Q2"),
    )
    return GoldNovel("Passage", Path("novel_text.txt"), PASSAGE, people, None, parts)


def nearest(segment: Segment, mentions: Mentions) -> Links:
    """A scorer that finds everybody as likely."""
    n, m = len(segment.quotes), len(mentions.starts)
    return Links(
        np.repeat(np.arange(n), m).astype(np.int32), np.tile(np.arange(m), n).astype(np.int32), np.zeros(n * m, np.float32)
    )


def test_quotations_have_their_marks_and_parts() -> None:
    """PASSAGE"""
    given = give_novel(novel())
    words = given.segment.words
    assert [[" ".join(words[a:b]) for a, b in parts] for parts in given.segment.quotes] == [
        ['" Go away , "', '" Now . "'],
        ['" Tom , I shall stay , "'],
        ['" Well , "'],
    ]


def test_the_longest_name_is_found_over_the_end_of_a_line() -> None:
    """said Miss Ann ¶ Lee"""
    given = give_novel(novel())
    names = [given.text.quote(m.span) for m in given.mentions]
    assert names == ["Tom", "Tom", "Miss Ann\nLee"]
    assert given.people == (TOM, TOM, ANN)


def test_cues_decide_and_a_call_is_no_answer() -> None:
    """PASSAGE"""
    given = give_novel(novel())
    mentions = word_mentions(given)
    turns = make_turns(given, nearest(given.segment, mentions), mentions)
    assert [turn.known for turn in turns] == [TOM, ANN, None]
    assert [turn.called for turn in turns] == [frozenset(), frozenset({TOM}), frozenset()]
    _, decided = score_novel(given, nearest)
    assert decided.accuracy(CueKind.EXPLICIT) == 100


def test_every_part_counts() -> None:
    """PASSAGE, Tom said to speak everything"""
    counts = count_speakers(give_novel(novel()), [TOM, TOM, TOM])
    assert dict(counts.known) == {CueKind.EXPLICIT: 3, CueKind.ANAPHORIC: 1}
    assert dict(counts.right)[CueKind.EXPLICIT] == 2
    assert counts.accuracy() == 50


def test_the_mentions_of_a_person_add_up() -> None:
    """two mentions of Tom, one of Ann, each as likely as nobody"""
    links = Links(np.zeros(3, np.int32), np.arange(3, dtype=np.int32), np.zeros(3, np.float32))
    (people,) = add_up(1, links, (TOM, ANN, TOM))
    assert people == {TOM: 0.5, ANN: 0.25}
