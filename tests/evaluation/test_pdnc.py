from __future__ import annotations

import csv
import importlib.util
import math
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Protocol, cast

import pytest

import fabula
from evaluation.pdnc import (
    IN_LITBANK,
    NOT_IN_LITBANK,
    Counts,
    CueKind,
    GoldCharacter,
    GoldNovel,
    GoldPart,
    ScoredStory,
    from_story,
    read_novel,
    read_novels,
    score_story,
)
from fabula.records import Character, CharacterName, Gender, NameKind, Quote, QuoteKind, Span

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))
REFERENCE = DATA.parent / "tools" / "score_speakers.py"

PASSAGE = '"Go away," said Tom. "Now." She laughed at him. "I shall stay," said Miss Ann Lee.'
TOM, ANN = 0, 1


def part(words: str, speaker: str, *addressees: str, cue: CueKind = CueKind.EXPLICIT) -> GoldPart:
    start = PASSAGE.index(words)
    return GoldPart(start, start + len(words), speaker, frozenset(addressees), cue)


def novel(*parts: GoldPart, narrator: str | None = None) -> GoldNovel:
    people = (
        GoldCharacter("Tom", "major", ("Tom",)),
        GoldCharacter("Ann Lee", "intermediate", ("Ann Lee", "Ann")),
        GoldCharacter("the maid", "minor", ("the maid",)),
        GoldCharacter("_group", "minor", ("_group",)),
    )
    return GoldNovel("Passage", Path("novel_text.txt"), PASSAGE, people, narrator, parts)


def quote(*parts: str, by: int | None = None, to: tuple[int, ...] = (), probability: float = 0.9) -> Quote:
    spans = tuple(Span(PASSAGE.index(words), PASSAGE.index(words) + len(words)) for words in parts)
    return Quote(spans[0].start, spans, QuoteKind.SPEECH, speaker=by, addressees=to, probability=probability)


def character(id_: int, narrator: bool = False, **names: int) -> Character:
    listed = tuple(CharacterName(name.replace("_", " "), count, NameKind.SINGLE, Span(0, 0)) for name, count in names.items())
    return Character(id_, "", listed, Gender.UNKNOWN, 0, narrator, False, (), sum(names.values()), 0, 0)


CAST = (character(TOM, Tom=6), character(ANN, Miss_Ann_Lee=4, Ann=2))
PARTS = (part("Go away,", "Tom", "Ann Lee"), part("Now.", "Tom", "Ann Lee", cue=CueKind.IMPLICIT), part("I shall stay,", "Ann Lee"))


def score(*quotes: Quote, people: tuple[Character, ...] = CAST, gold: GoldNovel | None = None) -> Counts:
    return score_story(gold or novel(*PARTS), ScoredStory(PASSAGE, quotes, people))


def test_a_perfect_story_scores_one_everywhere() -> None:
    """PASSAGE, both its quotations with speaker and addressee"""
    counts = score(quote('"Go away,"', '"Now."', by=TOM, to=(ANN,)), quote('"I shall stay,"', by=ANN))
    wanted = dict.fromkeys(["speaker", "explicit", "implicit", "sure_accuracy", "sure_share", "addressee"], 1.0)
    wanted |= dict.fromkeys(["chars_precision", "chars_recall", "found", "cast", "purity", "pieces", "aligned"], 1.0)
    wanted |= dict.fromkeys(["unsaid", "extra", "swallowed", "false"], 0.0)
    assert {name: getattr(counts, name) for name in wanted} == wanted


def test_a_ratio_of_nothing_is_nan() -> None:
    """PASSAGE has no anaphoric quotation"""
    assert math.isnan(score().anaphoric)


def test_a_wrong_speaker_counts_for_its_kind_alone() -> None:
    """PASSAGE, the second part given to Ann"""
    counts = score(quote('"Go away,"', by=TOM), quote('"Now."', by=ANN), quote('"I shall stay,"', by=ANN))
    assert (counts.speaker, counts.explicit, counts.implicit) == (2 / 3, 1.0, 0.0)


def test_a_quotation_without_a_speaker_is_unsaid_and_not_sure() -> None:
    """PASSAGE, nobody speaks"""
    counts = score(quote('"Go away,"', '"Now."'), quote('"I shall stay,"'))
    assert (counts.unsaid, counts.sure_share, counts.found) == (1.0, 0.0, 1.0)


def test_an_unsure_answer_counts_as_an_answer_but_not_as_sure() -> None:
    """PASSAGE, a guess"""
    counts = score(quote('"I shall stay,"', by=ANN, probability=0.5))
    assert (counts.n_right, counts.n_sure) == (1, 0)


def test_a_quotation_that_gold_lacks_is_extra() -> None:
    """PASSAGE, narration taken for speech"""
    counts = score(quote("laughed"), quote('"Now."'))
    assert (counts.extra, counts.swallowed) == (0.5, 0.0)
    assert counts.chars_precision == len("Now") / len("laughedNow")


def test_narration_within_a_quotation_that_touches_gold_is_swallowed() -> None:
    """PASSAGE, its first quotation never closed"""
    counts = score(quote('"Go away," said Tom. "Now."'))
    assert counts.swallowed == len("saidTom") / len("GoawaysaidTomNow")
    assert counts.found == 2 / 3


def test_a_part_is_found_where_half_its_letters_are() -> None:
    """Go away, in two quotations of two and four letters; Now. in two of one and two"""
    assert score(quote("Go"), quote("Now")).n_found == 1
    assert score(quote("Go"), quote("away")).n_found == 1
    assert score(quote("Go")).n_found == 0


def test_parts_of_unknown_speakers_do_not_count_for_speakers() -> None:
    """PASSAGE, said by a group"""
    counts = score(quote('"Now."', by=TOM), gold=novel(part("Now.", "_group", "_group"), part("Go away,", "Nobody of the cast")))
    assert (counts.n_parts, counts.n_known, counts.n_addressed) == (2, 0, 0)


def test_addressees_are_compared_as_sets() -> None:
    """PASSAGE, said to Ann; the story says to Ann, whom it has twice, and to somebody who is nobody"""
    people = (*CAST, character(2, Ann=1), character(3, Beelzebub=1))
    counts = score(quote('"Now."', to=(ANN, 2)), quote('"Go away,"', to=(ANN, 3)), people=people)
    assert counts.addressee_f1_sum == 1.0 + 2 / 3


def test_a_name_counts_by_its_longest_covered_end() -> None:
    """poor dear Ann Lee, Ann's own Tom"""
    counts = score(people=(character(ANN, poor_dear_Ann_Lee=3),))
    assert (counts.n_named, counts.n_pure, counts.n_cast_hit) == (3, 3, 1)


def test_a_word_that_only_one_of_the_cast_has_covers_a_name() -> None:
    """Lee of Leeds: no alias, but nobody else is called Lee"""
    assert score(people=(character(ANN, Mistress_Lee_Esq=1),)).n_pure == 1


def test_a_character_of_nobodys_name_is_false_from_five_mentions_on() -> None:
    """London four times, Paris five times"""
    counts = score(people=(*CAST, character(2, London=4), character(3, Paris=5)))
    assert (counts.n_big, counts.n_false) == (3, 1)


def test_two_people_in_one_character_are_impure_and_one_of_them_is_missed() -> None:
    """Tom and Ann as one"""
    counts = score(people=(character(TOM, Tom=6, Ann=2),))
    assert (counts.purity, counts.cast) == (6 / 8, 0.5)


def test_one_person_in_two_characters_is_in_pieces() -> None:
    """Ann three times and Miss Ann Lee three times, apart"""
    counts = score(people=(character(TOM, Tom=6), character(ANN, Ann=3), character(2, Ann_Lee=3)))
    assert (counts.pieces, counts.cast) == (1.5, 1.0)  # the mean of 1 and 2; either half of Ann is a half


def test_the_narrator_stands_for_the_gold_narrator_whatever_the_names_say() -> None:
    """PASSAGE, told by Tom, whom nobody names"""
    counts = score(quote('"Now."', by=7), people=(character(7, narrator=True),), gold=novel(*PARTS, narrator="Tom"))
    assert (counts.n_right, counts.n_cast_hit) == (1, 1)


def test_counts_add_up() -> None:
    """PASSAGE twice: once with nothing found, once whole"""
    one, other = score(), score(quote('"I shall stay,"', by=ANN))
    both = one + other
    assert all(getattr(both, f.name) == getattr(one, f.name) + getattr(other, f.name) for f in fields(Counts))
    assert both.speaker == 1 / 6


def test_a_thought_counts_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """“Go,” said Tom. A letter: “Come.”"""
    path = tmp_path / "book.txt"
    path.write_text("“Go,” said Tom to the others.\n\n“I will,” said Ann, and went.\n", encoding="utf-8")
    story = fabula.read(path)
    assert len(from_story(story).quotes) == 2
    assert from_story(story, kinds=(QuoteKind.THOUGHT,)).quotes == ()


def write_csv(path: Path, *rows: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_novel_is_read_with_aliases_resolved_and_line_ends_kept(tmp_path: Path) -> None:
    """a folder of PDNC's shape, with \\r\\n in the text"""
    (tmp_path / "novel_text.txt").write_bytes(b'I spoke.\r\n"Yes," said Tom.')
    write_csv(
        tmp_path / "character_info.csv",
        ("Character ID", "Main Name", "Aliases", "Gender", "Category"),
        ("0", "Mr. Tom", "{'Tom'}", "M", "major"),
        ("1", "Ann", "['Ann', '_narr']", "F", "minor"),
    )
    write_csv(
        tmp_path / "quotation_info.csv",
        ("quoteID", "quoteByteSpans", "speaker", "addressees", "quoteType"),
        ("Q0", "[[11, 15]]", "Tom", "['_narr']", "Explicit"),
        ("Q1", "[[0, 1]]", "_unknowable", "nan", "nan"),
    )
    gold = read_novel(tmp_path)
    assert gold.parts == (
        GoldPart(0, 1, "_unknowable", frozenset(), None, "Q1"),
        GoldPart(11, 15, "Mr. Tom", frozenset({"Ann"}), CueKind.EXPLICIT, "Q0"),
    )
    assert gold.text[11:15] == "Yes,"
    assert (gold.narrator, gold.cast[0].aliases) == ("Ann", ("Mr. Tom", "Tom"))


def test_no_novel_is_on_both_sides_of_the_split() -> None:
    """the constants"""
    assert (len(IN_LITBANK), len(NOT_IN_LITBANK), len({*IN_LITBANK, *NOT_IN_LITBANK})) == (13, 8, 21)


@pytest.mark.skipif(not (DATA / "pdnc").exists(), reason="the corpora are not here (FABULA_DATA)")
def test_every_novel_of_the_corpus_is_on_one_side_of_the_split() -> None:
    """pdnc/data/*"""
    assert [gold.name for gold in read_novels(DATA / "pdnc")] == sorted(IN_LITBANK + NOT_IN_LITBANK)


Tally = Mapping[str | tuple[str, str], float]


class Reference(Protocol):
    """score_speakers.py, the reference of these metrics."""

    def score_novel(self, folder: Path, story: Mapping[str, object]) -> Tally: ...


REFERENCE_KEYS: dict[str, str | tuple[str, str]] = {
    "n_gold_letters": "letters",
    "n_aligned": "aligned",
    "n_parts": "parts",
    "n_found": "found",
    "n_speech_letters": "gold letters",
    "n_quoted_letters": "pred letters",
    "n_hit_letters": "hit letters",
    "n_quotes": "quotes",
    "n_extra": "extra",
    "n_touching_letters": "touched letters",
    "n_swallowed": "swallowed",
    "n_known": "speaker",
    "n_known_explicit": ("speaker", "Explicit"),
    "n_known_anaphoric": ("speaker", "Anaphoric"),
    "n_known_implicit": ("speaker", "Implicit"),
    "n_right": "right",
    "n_right_explicit": ("right", "Explicit"),
    "n_right_anaphoric": ("right", "Anaphoric"),
    "n_right_implicit": ("right", "Implicit"),
    "n_unsaid": "unsaid",
    "n_sure": "sure",
    "n_sure_right": "sure right",
    "n_addressed": "addressed",
    "addressee_f1_sum": "addressee",
    "n_cast": "cast",
    "n_cast_hit": "cast hit",
    "n_cast_named": "cast held",
    "pieces_sum": "pieces",
    "n_named": "named",
    "n_pure": "pure",
    "n_big": "big",
    "n_false": "false",
}


def for_reference(story: ScoredStory) -> dict[str, object]:
    people = [
        {"id": c.id, "names": [{"text": n.text, "count": n.count} for n in c.names], "narrator": c.narrator} for c in story.cast
    ]
    quotes = [
        {"parts": q.parts, "kind": "speech", "speaker": q.speaker, "addressees": q.addressees, "probability": q.probability}
        for q in story.quotes
    ]
    return {"text": story.text, "characters": people, "quotes": quotes}


def without(story: ScoredStory, start: int, end: int) -> ScoredStory:
    """The story without a stretch of its text and the quotations that touch it."""

    def moved(span: Span) -> Span:
        return span if span.end <= start else Span(span.start - (end - start), span.end - (end - start))

    kept = [q for q in story.quotes if not any(p.overlaps(Span(start, end)) for p in q.parts)]
    return replace(
        story, text=story.text[:start] + story.text[end:], quotes=tuple(replace(q, parts=tuple(map(moved, q.parts))) for q in kept)
    )


def deform(story: ScoredStory, seed: int) -> ScoredStory:
    """The story cut, with quotations in others, speakers and addressees at random, a narrator: whatever a reading seldom has."""
    dice = random.Random(seed)
    ids = [c.id for c in story.cast]
    unheard_of = max(ids) + 1
    quotes: list[Quote] = []
    for q in story.quotes:
        speaker = dice.choice([None, q.speaker, *ids[:9], unheard_of])
        addressees = (*dice.sample(ids, dice.randrange(4)), *(unheard_of,) * dice.randrange(2))
        quotes.append(replace(q, speaker=speaker, addressees=addressees, probability=dice.random()))
        if dice.random() < 0.2:
            start, end = q.parts[0]
            middle, beyond = (start + end) // 2, min(end + dice.randrange(400), len(story.text))
            quotes.append(replace(quotes[-1], parts=(Span(start, middle), Span(middle, beyond))))
    people = list(story.cast)
    people[3] = replace(people[3], narrator=True)
    people[5] = replace(people[5], names=people[5].names + people[1].names)
    deformed = ScoredStory(story.text, tuple(quotes), tuple(people))
    for share, size in ((0.8, 9_000), (0.5, 300), (0.2, 70_000)):
        start = int(len(deformed.text) * share)
        deformed = without(deformed, start, start + size)
    return deformed


@pytest.mark.slow
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not here (beside FABULA_DATA)")
@pytest.mark.parametrize("name", ["TheSignOfTheFour", "Persuasion"])
def test_every_count_is_the_reference_scorers(name: str) -> None:
    """two novels of PDNC as fabula reads them, and the same deformed"""
    spec = importlib.util.spec_from_file_location("score_speakers", REFERENCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    reference = cast(Reference, module)
    gold = read_novel(DATA / "pdnc" / "data" / name)
    as_read = from_story(fabula.read(gold.path))
    stories: Sequence[ScoredStory] = [as_read, deform(as_read, 1), deform(as_read, 2)]
    for story in stories:
        counts, wanted = score_story(gold, story), reference.score_novel(gold.path.parent, for_reference(story))
        got = {f.name: getattr(counts, f.name) for f in fields(Counts)}
        assert got == pytest.approx({field: wanted[key] for field, key in REFERENCE_KEYS.items()}, rel=1e-12)
