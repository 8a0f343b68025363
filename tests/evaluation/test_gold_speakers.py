from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.given_novels import give_novel
from evaluation.gold_speakers import add_found, count_speakers, make_turns, read_novel, score_novel
from evaluation.pdnc_novels import CueKind, GoldCharacter, GoldNovel, GoldPart
from fabula.neural.segments import Reading, Segment
from fabula.neural.session import Config
from fabula.records import Gender
from tests.evaluation.models import CONFIG, links, reading

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


@dataclass(slots=True)
class PronounModel:
    """Finds "she" to be a person; given mentions, links each pronoun to the `antecedent`-th mention, and has pronouns speak."""

    antecedent: int
    config: Config = CONFIG

    def read(self, segment: Segment, mentions: Sequence[tuple[int, int]] | None = None) -> Reading:
        n = len(segment.words)
        if mentions is None:
            at = segment.words.index("she")
            return reading(n, [(at, at + 1, "pronoun:person"), (at - 1, at + 1, "nominal:location")])
        pronouns = [number for number, (start, _) in enumerate(mentions) if segment.words[start] == "she"]
        classes = ["pronoun:person" if number in pronouns else "name:person" for number in range(len(mentions))]
        said = reading(
            n,
            [(start, end, class_) for (start, end), class_ in zip(mentions, classes, strict=True)],
            antecedents=[(number, self.antecedent, 3.0) for number in pronouns],
            speakers=[(quote, number, 3.0) for quote in range(len(segment.quotes)) for number in pronouns],
        )
        everybody = [(quote, number, 0.0) for quote in range(len(segment.quotes)) for number in range(len(mentions))]
        return replace(said, named=links(*everybody))


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
    turns, _ = make_turns(given, read_novel(given, PronounModel(2)))
    assert [turn.known for turn in turns] == [TOM, ANN, None]
    assert [turn.called for turn in turns] == [frozenset(), frozenset({TOM}), frozenset()]
    assert turns[2].gender is Gender.FEMALE
    _, decided = score_novel(given, PronounModel(2))
    assert decided.accuracy(CueKind.EXPLICIT) == 100


def test_a_found_pronoun_leads_to_who_it_means() -> None:
    """ "Well," she said."""
    given = give_novel(novel())
    read = read_novel(given, PronounModel(2))
    words = given.segment.words
    assert [(words[start], person) for start, person in zip(read.mentions.starts.tolist(), read.known, strict=True)] == [
        ("Tom", TOM),
        ("Tom", TOM),
        ("Miss", ANN),
        ("she", None),
    ]
    assert list(read.antecedents.rows) == [3]
    turns, _ = make_turns(given, read)
    assert turns[2].people[ANN] > turns[2].people[TOM]


def test_what_overlaps_with_a_given_name_is_not_found_besides() -> None:
    """Miss Ann Lee given; Miss Ann, Ann Lee's friend, he found"""
    segment = Segment(tuple("Miss Ann Lee 's friend and he".split()), (0,))
    found = reading(7, [(0, 2, "name:person"), (0, 5, "nominal:person"), (1, 2, "nominal:person"), (6, 7, "pronoun:person")])
    model = PronounModel(0)
    assert add_found({(0, 3): ANN}, segment, found, model) == [(0, 5), (0, 3), (6, 7)]


def test_every_part_counts() -> None:
    """PASSAGE, Tom said to speak everything"""
    counts = count_speakers(give_novel(novel()), [TOM, TOM, TOM])
    assert dict(counts.known) == {CueKind.EXPLICIT: 3, CueKind.ANAPHORIC: 1}
    assert dict(counts.right)[CueKind.EXPLICIT] == 2
    assert counts.accuracy() == 50
