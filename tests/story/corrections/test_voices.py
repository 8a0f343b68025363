"""What corrections make of who speaks, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.records import (
    Evidence,
    Identity,
    Place,
    Quote,
    QuoteSide,
    SetAddressees,
    SetSpeaker,
    Span,
    StoryRecords,
    VoiceCorrection,
    Who,
)
from fabula.story.corrections.applying import outcomes_of
from fabula.story.corrections.places import quote_place
from fabula.story.corrections.voices import correct_voices
from fabula.story.story import Story, StoryView
from tests.stories import make_records, make_weir
from tests.story.told import check_told

WEIR = make_weir()
TOM, REED, ANN = Who("Tom Hale"), Who("Mrs. Reed"), Who("Ann Reed")


def place(records: StoryRecords, nth: int) -> Place:
    """The nth quotation, quoted."""
    return quote_place(records.text.string, records.text.chapters, records.quotes[nth].parts[0])


def apply(records: StoryRecords, *corrections: VoiceCorrection) -> StoryRecords:
    voices = correct_voices(records.text, records.quotes, records.mentions, records.identities, records.given, corrections)
    given = replace(records.given, speakers=voices.speakers, addressees=voices.addressees)
    return replace(records, given=given, corrections=outcomes_of(corrections, voices.unmatched))


def corrected(records: StoryRecords, *corrections: VoiceCorrection) -> Story:
    """The story with corrections that all fit."""
    found = apply(records, *corrections)
    assert [o.why for o in found.corrections] == [""] * len(corrections)
    return Story.from_records(found)


def why(records: StoryRecords, correction: VoiceCorrection) -> str:
    """Why it does not fit; then it has changed nothing."""
    found = apply(records, correction)
    assert found.given == records.given
    return found.corrections[0].why


def voice(view: StoryView, quote: Quote) -> tuple[str, list[str]]:
    """Who says it, and to whom."""
    speaker = "?" if quote.speaker is None else view.cast.by_id(quote.speaker).name
    return speaker, [view.cast.by_id(id_).name for id_ in quote.addressees]


def test_a_speaker_is_certain_and_of_that_quotation_alone() -> None:
    """“It is gone,” answered Mrs. Reed: it was Tom"""
    plain, story = Story.from_records(WEIR), corrected(WEIR, SetSpeaker(place(WEIR, 1), TOM))
    assert voice(story, story.quotes[1]) == ("Tom Hale", [])
    assert (story.quotes[1].probability, story.quotes[1].corrected, story.quotes[1].is_sure) == (1.0, (QuoteSide.SPEAKER,), True)
    evidence = story.evidence_for(story.quotes[1])
    assert evidence is not None
    assert evidence.reader == "corrections"
    assert [story.quote(s) for s in evidence.spans] == ["Tom Hale", story.quote(story.quotes[1].span)]
    assert [q for q in story.quotes if q.id != 1] == [q for q in plain.quotes if q.id != 1]
    assert story.mentions == plain.mentions
    assert len(story.quotes_of(story.cast["Tom Hale"])) == len(plain.quotes_of(plain.cast["Tom Hale"])) + 1


def test_the_words_that_say_how_it_is_said_stay() -> None:
    """whispered Mr. Hale"""
    story = corrected(WEIR, SetSpeaker(place(WEIR, 3), ANN))
    quote = story.quotes[3]
    assert quote.manner == "whisper"
    assert quote.cue is not None and story.quote(quote.cue) == "whispered Mr. Hale"


def test_that_nobody_is_known_to_speak_is_certain_too() -> None:
    """“At the weir,” whispered Mr. Hale"""
    story = corrected(WEIR, SetSpeaker(place(WEIR, 3), None))
    quote = story.quotes[3]
    assert (quote.speaker, quote.probability, quote.corrected, quote.is_sure) == (None, 0.0, (QuoteSide.SPEAKER,), True)
    evidence = story.evidence_for(quote)
    assert evidence is not None and evidence.spans == (quote.span,)


def test_who_is_spoken_to_is_corrected_without_the_speaker() -> None:
    """“Have you seen the boat?” said Tom Hale; “Where were you?”"""
    story = corrected(WEIR, SetAddressees(place(WEIR, 0), (REED, ANN)), SetAddressees(place(WEIR, 2), (TOM,)))
    assert voice(story, story.quotes[0]) == ("Tom Hale", ["Mrs. Reed", "Ann Reed"])
    assert story.quotes[0].probability == Story.from_records(WEIR).quotes[0].probability
    assert story.quotes[0].corrected == (QuoteSide.ADDRESSEES,)
    assert voice(story, story.quotes[2]) == ("?", ["Tom Hale"])
    assert story.evidence_for(story.quotes[2]) is None


def test_that_nobody_is_known_to_be_spoken_to_takes_back_what_was_read() -> None:
    """“Have you seen the boat?” said Tom Hale, to Ann as somebody read it"""
    ann = next(m.id for m in WEIR.mentions if WEIR.text.quote(m.span) == "Ann")
    records = replace(WEIR, attributions=(replace(WEIR.attributions[0], addressees=(ann,)), *WEIR.attributions[1:]))
    assert voice(Story.from_records(records), Story.from_records(records).quotes[0])[1] == ["Ann Reed"]
    story = corrected(records, SetAddressees(place(records, 0), ()))
    assert story.quotes[0].addressees == ()


def test_of_two_corrections_the_later_one_holds() -> None:
    """“Where were you?”"""
    story = corrected(WEIR, SetSpeaker(place(WEIR, 2), TOM), SetSpeaker(place(WEIR, 2), ANN), SetSpeaker(place(WEIR, 0), None))
    assert voice(story, story.quotes[2])[0] == "Ann Reed"


def test_a_speaker_who_comes_later_is_not_told_before() -> None:
    """“It is gone,” in chapter 1: it was Ann, of chapter 2"""
    story = corrected(WEIR, SetSpeaker(place(WEIR, 1), ANN), SetAddressees(place(WEIR, 0), (REED, ANN)))
    view = story.until(1)
    assert (view.quotes[1].speaker, view.quotes[1].probability) == (None, 0.0)
    assert voice(view, view.quotes[0]) == ("Tom Hale", ["Mrs. Reed"])
    assert voice(story, story.quotes[1])[0] == "Ann Reed"


def test_who_is_known_only_later_speaks_as_the_stranger_that_he_is() -> None:
    """“Go,” said the Keeper. He is Tom Hale, as is told in chapter 2; the user knows it."""
    passage = "# Chapter 1 ¶ Tom Hale ran. The Keeper came. “Go.” ¶ # Chapter 2 ¶ Then Tom Hale took off the hat. Ann saw it."
    records = make_records(passage, people={"Tom Hale": (), "Keeper": (), "Ann": ()})
    ids = {records.text.quote(m.span): m.character or 0 for m in reversed(records.mentions)}
    told = Span(len(records.text.string) - 12, len(records.text.string))
    records = replace(records, identities=(Identity(ids["Tom Hale"], ids["Keeper"], Evidence((told,), "test", 0.9)),))
    story = corrected(records, SetSpeaker(place(records, 0), TOM))
    assert voice(story.until(1), story.until(1).quotes[0])[0] == "Keeper"
    assert voice(story, story.quotes[0])[0] == "Tom Hale"


def test_what_no_longer_fits_says_why() -> None:
    """Words that are gone, that stand twice, that nobody quotes; people who are not there"""
    assert "does not stand in the text" in why(WEIR, SetSpeaker(Place("“Never!”"), TOM))
    assert "stands in the text more than once" in why(WEIR, SetSpeaker(Place("the"), TOM))
    assert "is no longer a quotation" in why(WEIR, SetSpeaker(Place("She wept."), TOM))
    assert "nobody is called `Keziah`" in why(WEIR, SetSpeaker(place(WEIR, 0), Who("Keziah")))
    assert "nobody is called `Keziah`" in why(WEIR, SetAddressees(place(WEIR, 0), (TOM, Who("Keziah"))))


WHO = st.sampled_from([TOM, REED, ANN, Who("Mr. Hale"), Who("Zoë"), Who("Ann", Place("Ann", "home to "))])
PLACES = st.sampled_from([*(place(WEIR, n) for n in range(4)), Place("She wept.")])
CORRECTIONS = st.builds(SetSpeaker, PLACES, st.none() | WHO) | st.builds(
    SetAddressees, PLACES, st.lists(WHO, max_size=2).map(tuple)
)


@given(st.lists(CORRECTIONS, max_size=4))
@settings(deadline=None)
def test_corrected_voices_hold_the_law_of_views(corrections: Sequence[VoiceCorrection]) -> None:
    """Two chapters, four quotations, any corrections"""
    records = apply(WEIR, *corrections)
    story = Story.from_records(records)
    for end in range(0, story.end + 1, 11):
        check_told(StoryView(story._layers, end), records)
    check_told(story, records)
