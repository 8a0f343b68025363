"""Corrections made by a program: tried, then kept."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.errors import CorrectionsError, NoSuchQuoteError, UnfitCorrectionError
from fabula.records import Correction, Gender, Merge, NotAPerson, Place, Rename, SetGender, SetSpeaker, Who
from fabula.story.corrections.file import corrections_beside, read_corrections
from fabula.story.corrections.keeping import Corrector
from fabula.story.corrections.pointing import find_quote, point_at, point_at_quote, set_addressees, set_speaker
from fabula.story.story import Story
from tests.stories import make_records, make_weir


@pytest.fixture
def weir(tmp_path: Path) -> Path:
    path = tmp_path / "weir.fabula"
    Story.from_records(make_weir()).save(path)
    return path


def test_nothing_is_written_before_it_is_kept(weir: Path) -> None:
    """“Where were you?”, by Ann to Tom"""
    before = weir.read_bytes()
    with Story.open(weir) as story:
        ann, tom = story.cast["Ann"], story.cast["Tom"]
        quote = find_quote(story, 2)
        new: list[Correction] = [set_speaker(story, quote, ann), set_addressees(story, quote, [tom])]
    corrector = Corrector(weir)
    trial = corrector.try_corrections(new)
    assert (trial.story.quotes[2].speaker, trial.story.quotes[2].addressees) == (ann.id, (tom.id,))
    assert (weir.read_bytes(), corrections_beside(weir).exists()) == (before, False)
    corrector.keep(trial)
    assert read_corrections(corrections_beside(weir)) == tuple(new)
    with Story.open(weir) as story:
        assert story.quotes == trial.story.quotes
    back = corrector.try_taking_back()
    assert back.taken_back == new[1]
    corrector.keep(back)
    assert read_corrections(corrections_beside(weir)) == (new[0],)
    with Story.open(weir) as story:
        assert (story.quotes[2].speaker, story.quotes[2].addressees) == (ann.id, ())


def test_a_new_correction_that_does_not_fit_is_refused(weir: Path) -> None:
    """The second of two, of words that stand nowhere"""
    with pytest.raises(UnfitCorrectionError, match="nobody is known to say Never: `Never` does not stand in the text") as failed:
        Corrector(weir).try_corrections([SetSpeaker(Place("“At the weir,”"), None), SetSpeaker(Place("Never"), None)])
    assert failed.value.number == 1


def test_one_that_stands_there_need_not_fit(weir: Path) -> None:
    """As after an edited manuscript"""
    corrections_beside(weir).write_text("[[correction]]\nkind = 'rename'\ncharacter = 'Keziah'\nname = 'Kezzy'\n")
    story = Corrector(weir).try_corrections([SetSpeaker(Place("“At the weir,”"), None)]).story
    assert [bool(o.why) for o in story.corrections] == [True, False]
    assert story.corrections[0].correction == Rename(Who("Keziah"), "Kezzy")


def test_there_may_be_nothing_to_take_back(weir: Path) -> None:
    """No file"""
    with pytest.raises(CorrectionsError, match="no correction to take back"):
        Corrector(weir).try_taking_back()


# --- which quotation


def test_words_find_the_quotation_that_they_stand_in_or_that_stands_in_them() -> None:
    """“It is gone,” answered Mrs. Reed; “the river took it.”"""
    story = Story.from_records(make_weir())
    whole = '"It  is gone," answered Mrs. Reed; "the river'
    parts = "“It is gone,” “the river took it.”"
    for words in ("river took", "“It is gone,” answered", whole, parts, 'gone," "the river', "1", "#1"):
        assert find_quote(story, words).id == 1
    for words in ("She wept", "Never", "the", "44", "“Have you seen the boat?” said Tom Hale. “It is gone"):
        with pytest.raises(NoSuchQuoteError):
            find_quote(story, words)


def test_a_quotation_that_cannot_be_told_from_another_one_is_not_guessed() -> None:
    """“No.” thrice on end"""
    story = Story.from_records(make_records(" ¶ ".join(["“No.” said Tom Hale, and he turned about and went away again."] * 5)))
    with pytest.raises(CorrectionsError, match=r"quotation 2, `“No\.”`, cannot be told from another one"):
        point_at_quote(story, story.quotes[2])


# --- again and again


@pytest.mark.slow
def test_a_story_that_is_corrected_again_and_again_is_what_a_new_reading_gives(tmp_path: Path) -> None:
    """examples/the-tide-clerk.txt: two people made one, a gender, nobody, a speaker; the last two taken back; by one corrector"""
    book = Path(__file__).parents[3] / "examples" / "the-tide-clerk.txt"
    path = tmp_path / "tide.fabula"
    with fabula.read(book, save=path) as story:
        named = [c for c in story.cast if c.names][:4]
        one, other, third, fourth = (point_at(story, c) for c in named)
        speaker = set_speaker(story, story.quotes[3], named[0])
    corrector = Corrector(path)
    corrector.prepare()
    steps: list[Correction | None] = [Merge(one, other), SetGender(third, Gender.FEMALE), NotAPerson(fourth), speaker, None, None]
    for step in steps:
        trial = corrector.try_taking_back() if step is None else corrector.try_corrections([step])
        corrector.keep(trial)
        standing = read_corrections(corrections_beside(path))
        with fabula.read(book, corrections=standing) as again, Story.open(path) as kept:
            assert trial.records == again.records == kept.records
            shown = [(*story.cast, *story.quotes) for story in (trial.story, again, kept)]
            assert shown[0] == shown[1] == shown[2]
    assert len(standing) == 2
