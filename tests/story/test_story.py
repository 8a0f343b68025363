from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import NoSuchCharacterError, NoSuchPlaceInTextError, StoryFileError
from fabula.records import (
    AsideKind,
    Attribution,
    Evidence,
    Gender,
    Group,
    Identity,
    NameKind,
    Narrator,
    Note,
    Notice,
    ParagraphKind,
    Span,
    StoryRecords,
)
from fabula.story.story import Story, StoryView
from tests.stories import make_marked, make_records, make_weir
from tests.story.made_up import splice, stories
from tests.story.told import check_told, describe

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


def until(story: Story, end: int) -> StoryView:
    """The view to an offset that no chapter or paragraph need end at."""
    return StoryView(story._layers, min(end, story.end))


# --- the law of views


@given(stories(), st.integers(0, 500))
@settings(deadline=None)
def test_a_view_of_any_story_gives_nothing_from_after_its_end(records: StoryRecords, end: int) -> None:
    """A made-up story."""
    story = Story.from_records(records)
    check_told(until(story, end), records)
    check_told(story, records)


@given(stories(least=1), st.data())
@settings(deadline=None)
def test_a_view_is_the_same_whatever_comes_after_it(records: StoryRecords, data: st.DataObject) -> None:
    """Two made-up stories that are one story up to an offset."""
    if not records.text.string:
        return
    end = data.draw(st.integers(0, len(records.text.string) - 1))
    other = splice(records, end, data.draw(stories(least=2)))
    assert describe(until(Story.from_records(records), end)) == describe(until(Story.from_records(other), end))


@given(stories(), st.integers(0, 200), st.integers(0, 200))
@settings(deadline=None)
def test_a_view_of_a_view_ends_with_the_earlier_of_both(records: StoryRecords, one: int, other: int) -> None:
    """A made-up story."""
    story = Story.from_records(records)
    places = [f"{min(share, 100)}%" for share in (one, other)]
    ends = [story.until(place).end for place in places]
    assert describe(story.until(places[0]).until(places[1])) == describe(until(story, min(ends)))


@given(stories())
@settings(deadline=None)
def test_the_view_to_a_hundred_per_cent_is_the_whole_story(records: StoryRecords) -> None:
    """A made-up story."""
    story = Story.from_records(records)
    assert describe(story.until("100%")) == describe(story)


@cache
def _read(path: Path) -> tuple[StoryRecords, Story]:
    from fabula.story.build import read_records

    records = read_records(path)
    return records, Story.from_records(records)


@given(st.sampled_from(EXAMPLES), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_a_view_of_a_real_story_gives_nothing_from_after_its_end(path: Path, share: float) -> None:
    """The examples, read by the real readers."""
    records, story = _read(path)
    check_told(until(story, round(share * story.end)), records)


@given(st.sampled_from(EXAMPLES), st.floats(0, 1), stories(least=1))
@settings(max_examples=40, deadline=None)
def test_a_view_of_a_real_story_is_the_same_whatever_comes_after_it(path: Path, share: float, other: StoryRecords) -> None:
    """The examples, continued by a made-up story."""
    records, story = _read(path)
    end = min(round(share * story.end), story.end - 1)
    assert describe(until(story, end)) == describe(until(Story.from_records(splice(records, end, other)), end))


# --- what a view tells, and when


def test_two_names_are_two_people_until_it_is_told_that_they_are_one() -> None:
    """Tom ... ¶ Mr. Hale ..., and `Tom Hale` only in the second chapter."""
    records = make_records(
        "# Chapter 1 ¶ Tom ran. Mr. Hale sat. ¶ # Chapter 2 ¶ It was Tom Hale.", people={"Tom Hale": ("Tom", "Mr. Hale")}
    )
    story = Story.from_records(records)
    assert sorted(c.name for c in story.until(1).cast) == ["Mr. Hale", "Tom"]
    assert [(c.name, c.n_mentions) for c in story.cast] == [("Tom Hale", 3)]


def test_a_name_is_called_a_first_name_only_where_a_fuller_one_has_been_told() -> None:
    """Ann, and in the last chapter Ann Reed."""
    story = Story.from_records(make_weir())
    assert story.until("90%").cast["Ann"].names[0].kind is NameKind.SINGLE
    assert [n.kind for n in story.cast["Ann Reed"].names] == [NameKind.FIRST, NameKind.FULL]


def test_a_group_has_the_members_that_have_been_read() -> None:
    """The Hales came with Tom. Ann saw Tom."""
    records = make_records("The Hales came with Tom. Ann saw Tom.", people={"Hales": (), "Tom": (), "Ann": ()})
    spans = {m.character: m.span for m in reversed(records.mentions)}
    groups = tuple(Group(0, who, Evidence((spans[0], spans[who]), "test", 0.9)) for who in (1, 2))
    story = Story.from_records(replace(records, groups=groups))
    told = [[(c.group, c.members) for c in until(story, end).cast if c.name == "Hales"] for end in (10, 24, 36)]
    assert told == [[(False, ())], [(True, (1,))], [(True, (1, 2))]]


def test_a_gender_is_unknown_before_the_words_that_tell_it() -> None:
    """Tom ..., and in the second chapter Mr. Hale."""
    story = Story.from_records(make_weir())
    assert story.until(1).cast["Tom Hale"].gender is Gender.UNKNOWN
    assert story.cast["Tom Hale"].gender is Gender.MALE


def test_a_quotation_whose_speaker_is_named_later_has_none_before() -> None:
    """“At the weir,” whispered Mr. Hale."""
    records = make_weir()
    story = Story.from_records(records)
    view = until(story, records.quotes[3].span.end)
    assert view.quotes[3].speaker is None
    assert view.evidence_for(view.quotes[3]) is None
    said = story.quotes[3]
    assert said.speaker == story.cast["Tom Hale"].id
    assert said.manner == "whisper"


def at(records: StoryRecords, words: str) -> Span:
    start = records.text.string.index(words)
    return Span(start, start + len(words))


def people(view: StoryView) -> dict[str, int]:
    """How often each is mentioned, by the name that is shown."""
    return {c.name: c.n_mentions for c in view.cast}


def said_by_tom() -> StoryRecords:
    """Tom came. Ann sat. “I see you,” said Tom to Ann. Ann wept."""
    records = make_marked("[0 Tom] came. [1 Ann] sat. “[0 I] see [1 you],” said [0 Tom] to [1 Ann]. [1 Ann] wept.")
    cue = at(records, "said Tom")
    said = Attribution(0, 4, cue, "", Evidence((records.quotes[0].span, cue), "test", 0.9), addressees=(5,))
    return replace(records, attributions=(said,))


def test_whose_i_it_is_is_told_with_who_speaks_and_whose_you_with_who_is_spoken_to() -> None:
    """“I see you,” ... said Tom ... to Ann"""
    records = said_by_tom()
    story = Story.from_records(records)
    before = until(story, records.quotes[0].span.end)
    assert people(before) == {"Tom": 1, "Ann": 1}
    assert [before.quote(m.span) for m in before.mentions if m.character is None] == ["I", "you"]
    assert before.quotes[0].speaker is None
    after = until(story, at(records, "said Tom").end)
    assert people(after) == {"Tom": 3, "Ann": 1}
    assert after.quotes[0].speaker == 0
    assert people(until(story, at(records, "to Ann").end)) == {"Tom": 3, "Ann": 3}


def test_whose_i_it_is_in_words_that_nobody_is_known_to_say_is_as_the_readers_have_it() -> None:
    """“I see you,” ... said Tom"""
    records = replace(said_by_tom(), attributions=())
    assert people(until(Story.from_records(records), records.quotes[0].span.end)) == {"Tom": 2, "Ann": 2}


def said_within() -> StoryRecords:
    """“Ann said, ‘I go,’ to me,” said Tom."""
    records = make_marked("[0 Tom] sat. “[1 Ann] said, ‘[1 I] go,’ to [0 me],” said [0 Tom].")
    (inner, outer), (cue, last) = records.quotes, (at(records, "Ann said"), at(records, "said Tom"))
    said = (
        Attribution(inner.id, 1, cue, "", Evidence((inner.span, cue), "test", 0.9)),
        Attribution(outer.id, 4, last, "", Evidence((outer.span, last), "test", 0.9)),
    )
    return replace(records, attributions=said)


def test_the_i_of_words_within_words_is_told_with_who_says_the_inner_ones() -> None:
    """“Ann said, ‘I go,’ to me,” said Tom."""
    records = said_within()
    view = until(Story.from_records(records), records.quotes[1].span.end)
    assert {view.quote(m.span): m.character for m in view.mentions} == {"Tom": 0, "Ann": 1, "I": 1, "me": None}


def test_somebody_who_is_spoken_to_and_comes_later_is_not_told_before() -> None:
    """“I see you,” said Tom to Ann"""
    records = said_by_tom()
    story = Story.from_records(records)
    assert until(story, at(records, "said Tom").end).quotes[0].addressees == ()
    assert until(story, at(records, "to Ann").end).quotes[0].addressees == (1,)


def test_a_speaker_without_words_that_say_so_is_told_by_the_evidence() -> None:
    """“I see you.” Tom nodded."""
    records = make_marked("“[0 I] see [you].” [0 Tom] nodded.")
    tom = at(records, "Tom")
    said = Attribution(0, 2, None, "", Evidence((records.quotes[0].span, tom), "test", 0.6))
    story = Story.from_records(replace(records, attributions=(said,)))
    assert until(story, tom.start).quotes[0].speaker is None
    assert (until(story, tom.end).quotes[0].speaker, story.quotes[0].cue) == (0, None)


def adopted() -> StoryRecords:
    """An old woman is named, and becomes one of two who have been met."""
    records = make_marked("[7 An old woman] sat. [7 She] wept. [7 An old woman] wept. [1 Ann] came. [7 She] was [3 Mrs. Reed].")
    told = Evidence((at(records, "An old woman"), at(records, "Mrs. Reed")), "people", 0.8)
    return replace(records, identities=(Identity(3, 7, told),))


def test_somebody_without_a_name_is_a_character_by_what_she_is_called() -> None:
    """An old woman sat. She wept. An old woman wept."""
    records = adopted()
    view = until(Story.from_records(records), at(records, "Ann").start)
    [woman] = view.cast
    assert (woman.name, woman.names, woman.n_mentions) == ("an old woman", (), 3)
    assert [(d.text, d.count, d.first.start) for d in woman.descriptions] == [("An old woman", 2, 0)]


def test_a_name_is_told_where_it_is_read_and_the_descriptions_stay() -> None:
    """She was Mrs. Reed."""
    records = adopted()
    story = Story.from_records(records)
    assert people(until(story, at(records, "Mrs. Reed").start)) == {"an old woman": 4, "Ann": 1}
    assert people(story) == {"Mrs. Reed": 5, "Ann": 1}
    assert [d.text for d in story.cast["Mrs. Reed"].descriptions] == ["An old woman"]


def test_a_description_that_comes_later_is_not_told_before() -> None:
    """Tom sat. The thief ran."""
    records = make_marked("[0 Tom] sat. [0 The thief] ran.")
    story = Story.from_records(records)
    assert until(story, at(records, "thief").start).cast["Tom"].descriptions == ()
    assert [d.text for d in story.cast["Tom"].descriptions] == ["The thief"]


def test_the_pronouns_of_somebody_tell_the_gender_as_they_are_read() -> None:
    """An old woman sat. She wept. ... She ... She"""
    records = make_marked("[0 Ash] sat. [0 She] wept. [0 Her] hat fell. [0 She] ran.")
    story = Story.from_records(records)
    assert until(story, at(records, "ran").start - 5).cast["Ash"].gender is Gender.UNKNOWN
    whole = story.cast["Ash"]
    assert (whole.gender, whole.gender_cues) == (Gender.FEMALE, 3)
    assert [story.quote(c.span) for c in story.gender_cues_of(whole)] == ["She", "Her", "She"]


def told_by_pip() -> StoryRecords:
    """Tom sat. My boat was there. I ran. “Pip!”"""
    records = make_marked("[0 Tom] sat. [5 My] boat was there. [5 I] ran. “[1 Pip]!”")
    first, pip = at(records, "My"), at(records, "Pip")
    return replace(
        records,
        narrators=(Narrator(5, Evidence((first,), "narrators", 1.0)),),
        identities=(Identity(1, 5, Evidence((first, pip), "narrators", 0.9)),),
    )


def test_the_narrator_tells_from_the_first_i_on_and_has_the_name_when_it_has_been_told() -> None:
    """Tom sat. My boat was there. I ran. “Pip!”"""
    records = told_by_pip()
    story, first = Story.from_records(records), at(records, "My")
    assert [c.narrator for c in until(story, first.start).cast] == [False]
    assert until(story, first.start).narrators == ()
    assert people(until(story, at(records, "Pip").start)) == {"the narrator": 2, "Tom": 1}
    assert [(c.name, c.narrator) for c in story.cast] == [("Pip", True), ("Tom", False)]


@pytest.mark.parametrize("make", [said_by_tom, said_within, adopted, told_by_pip])
def test_every_view_of_people_without_names_and_of_what_is_said_keeps_the_law(make: Callable[[], StoryRecords]) -> None:
    """The passages above, cut at every place, and continued by another story"""
    records = make()
    story = Story.from_records(records)
    for end in range(len(records.text.string)):
        check_told(until(story, end), records)
        assert describe(until(story, end)) == describe(until(Story.from_records(splice(records, end, make_weir())), end))
    check_told(story, records)


def test_a_quotation_that_has_not_ended_is_not_told() -> None:
    """“Have you seen the boat?”"""
    records = make_weir()
    assert until(Story.from_records(records), records.quotes[0].span.end - 1).quotes == ()


def test_a_chapter_begins_for_the_reader_when_its_title_has_been_read() -> None:
    """# Chapter 2. Night"""
    records = make_weir()
    story = Story.from_records(records)
    second = story.chapters[1]
    title_end = second.span.start + len(second.heading)
    assert [c.number for c in until(story, title_end - 1).chapters] == [1]
    assert [c.title for c in until(story, title_end).chapters] == ["The Weir", "Night"]
    assert until(story, title_end - 1).chapter_at(title_end - 2).number == 1


def test_a_bookseller_between_a_volume_and_its_first_chapter_does_not_give_the_chapter_away() -> None:
    """# VOL. II. ¶ London: Printed for T. Egerton. ¶ # Chapter 2. Death"""
    records = make_records(
        "# Chapter 1 ¶ Tom. ¶ # VOL. II. ¶ London: T. Egerton. ¶ Chapter 2. Death ¶ Anna died.", people={"Anna": ()}
    )
    chapters = (
        records.text.chapters[0],
        replace(records.text.chapters[1], heading="Chapter 2. Death", title="Death", part_title="VOL. II."),
    )
    story = Story.from_records(replace(records, text=replace(records.text, chapters=chapters)))
    end = story.text.index("Death")
    assert len(until(story, end).chapters) == 1
    assert until(story, end + len("Death")).chapters[1].title == "Death"


def test_the_words_of_a_view_are_counted_to_its_end() -> None:
    """One two. ¶ Three, four five."""
    story = Story.from_records(make_records("# I ¶ One two. ¶ # II ¶ Three, four five."))
    assert story.until(1).book.n_words == 3
    assert story.book.n_words == 7


@given(stories(), st.integers(0, 500))
@settings(deadline=None)
def test_the_words_of_the_chapters_are_all_words(records: StoryRecords, end: int) -> None:
    """A made-up story; a token lies in one chapter."""
    view = until(Story.from_records(records), end)
    if view.chapters and not records.text.chapters[0].span.start:
        assert sum(view.count_words(c.span) for c in view.chapters) == view.book.n_words


def test_front_and_back_matter_come_with_the_whole_story_and_a_footnote_where_it_is_called() -> None:
    """A table of contents, a footnote in chapter 2, an afterword."""
    records = make_records("# Chapter 1 ¶ Tom. ¶ # Chapter 2 ¶ Anna.")
    end = len(records.text.string)
    notes = (
        Note(AsideKind.FRONT, "Contents", "I. A birth. II. A death.", 0),
        Note(AsideKind.PREFACE, "Preface", "Dear reader", 0),
        Note(AsideKind.FOOTNOTE, "", "Late.", end - 2),
        Note(AsideKind.BACK, "Afterword", "He dies.", end),
    )
    story = Story.from_records(replace(records, text=replace(records.text, notes=notes)))
    assert [n.title for n in story.until(1).notes] == ["Preface"]
    assert until(story, end - 1).notes == notes[1:3]
    assert story.notes == notes


def test_a_notice_of_a_file_left_out_is_for_those_who_have_read_all() -> None:
    """`37 - The Funeral.pdf` was left out"""
    notices = (
        Notice("encoding", "read as cp1252", Span(0, 3)),
        Notice("skipped file", "`37 - The Funeral.pdf` was left out", Span(0, 3)),
    )
    story = Story.from_records(make_records("Tom ran. ¶ Tom fell.", notices=notices))
    assert [n.kind for n in story.until("50%").notices] == ["encoding"]
    assert len(story.notices) == 2


def test_nobody_is_suggested_who_has_not_been_met() -> None:
    """Anna in chapter 1, Annabel in chapter 2."""
    story = Story.from_records(make_records("# Chapter 1 ¶ Anna. ¶ # Chapter 2 ¶ Annabel.", people={"Anna": (), "Annabel": ()}))
    with pytest.raises(NoSuchCharacterError) as failed:
        story.until(1).cast["Annabel"]
    assert "Annabel?" not in str(failed.value)
    assert failed.value.hint == "did you mean Anna?"
    assert story.cast["Annabel"].name == "Annabel"


# --- asking


def test_passages_are_found_by_all_words_and_by_phrases_in_the_order_of_the_text() -> None:
    """A red coat. ¶ The coat was red. ¶ Red. ¶ RED COAT, red coat!"""
    story = Story.from_records(make_records("A red coat. ¶ The coat was red. ¶ Red. ¶ RED COAT, red coat!"))
    assert [story.quote(p.span) for p in story.search("coat red")] == ["A red coat.", "The coat was red.", "RED COAT, red coat!"]
    assert [story.quote(p.span) for p in story.search("“red coat”")] == ["A red coat.", "RED COAT, red coat!"]
    assert [p.span.start for p in story.until("40%").search("coat red")] == [0]


def test_passages_far_apart_are_found_in_the_order_of_the_text() -> None:
    """The second and the ninth of ten paragraphs"""
    story = Story.from_records(make_records(" ¶ ".join("A red coat." if n in (1, 8) else "Nothing." for n in range(10))))
    starts = [p.span.start for p in story.search("red")]
    assert len(starts) == 2
    assert starts == sorted(starts)


def test_accents_and_case_make_no_difference_to_a_search() -> None:
    """Madame de Crécy."""
    assert len(Story.from_records(make_records("Madame de Crécy.")).search("CRECY")) == 1


@given(st.text())
def test_no_query_is_an_error(query: str) -> None:
    """A red coat."""
    assert len(Story.from_records(make_records("A red coat.")).search(query)) <= 1


@pytest.mark.parametrize(
    "query", ['"', '""', "NEAR(", "a:b", "*", "^red", "-red", "red" * 9000, "red " * 9000, "\0red", "\ud800", "red AND"]
)
def test_what_is_syntax_elsewhere_is_only_words_here(query: str) -> None:
    """A red coat."""
    Story.from_records(make_records("A red coat.")).search(query)


def test_a_view_before_the_first_chapter_is_empty_and_says_so() -> None:
    """Tom."""
    view = Story.from_records(make_records("Tom ran.", people={"Tom": ()})).until("0%")
    assert (view.text, view.chapters, list(view.cast), view.quotes, view.book.n_words) == ("", (), [], (), 0)
    with pytest.raises(NoSuchPlaceInTextError):
        view.chapter_at(0)


def test_a_place_without_anchors_is_counted_from_the_start_of_the_source() -> None:
    """Tom ran."""
    at = Story.from_records(make_records("Tom ran.")).locate(4)
    assert (at.file, at.line, at.column) == ("test.txt", 0, 5)


def test_a_story_that_has_been_closed_says_so(tmp_path: Path) -> None:
    """Tom ran."""
    story = Story.from_records(make_records("Tom ran."))
    story.save(tmp_path / "tom.fabula")
    with Story.open(tmp_path / "tom.fabula") as opened:
        assert opened.text == "Tom ran."
    with pytest.raises(StoryFileError, match="has been closed"):
        opened.quotes  # noqa: B018


def test_what_a_break_is_made_of_does_not_end_a_share() -> None:
    """A share ends with prose, never between a heading and its chapter."""
    story = Story.from_records(make_records("Tom ran on. ¶ * * * ¶ # Chapter 2 ¶ He fell."))
    view = story.until("75%")
    assert view.text == "Tom ran on."
    assert all(p.kind is ParagraphKind.PROSE for p in view.paragraphs)
