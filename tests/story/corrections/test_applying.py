"""What corrections make of the people of a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.records import (
    NOTHING_GIVEN,
    Character,
    Evidence,
    Gender,
    GivenName,
    Grouping,
    Identity,
    Mention,
    MentionKind,
    MentionType,
    Merge,
    NotAPerson,
    PeopleCorrection,
    Place,
    Rename,
    SetGender,
    Span,
    Split,
    StoryRecords,
    Who,
)
from fabula.story.corrections.applying import Corrected, correct_names, correct_people, outcomes_of
from fabula.story.corrections.places import quote_place
from fabula.story.story import Story, StoryView
from tests.stories import make_records, make_weir
from tests.story.told import check_told

MILL = (
    "# Chapter 1 ¶ Tom ran. Mr. Hale sat. Mrs. Reed saw Tom. ¶ # Chapter 2 ¶ The Keeper came. Mrs. Reed wept. ¶ # Chapter 3 ¶ "
    "It was Tom Hale. Heaven knew it, and so did Ann. Mr. Hale left with Tom."
)
MILL_PEOPLE = {"Tom Hale": ("Tom", "Mr. Hale"), "Mrs. Reed": (), "Keeper": (), "Heaven": (), "Ann": ()}


def mill() -> StoryRecords:
    return numbered(make_records(MILL, people=MILL_PEOPLE))


def numbered(records: StoryRecords) -> StoryRecords:
    """With characters counted in the order in which they are read, as the readers give them."""
    new: dict[int, int] = {}
    for mention in records.mentions:
        new.setdefault(mention.character or 0, len(new))
    return replace(
        records,
        mentions=tuple(replace(m, character=new[m.character or 0]) for m in records.mentions),
        identities=tuple(
            Identity(min(new[i.one], new[i.other]), max(new[i.one], new[i.other]), i.evidence) for i in records.identities
        ),
        gender_cues=tuple(replace(c, character=new[c.character]) for c in records.gender_cues),
    )


def apply(records: StoryRecords, *corrections: PeopleCorrection) -> tuple[StoryRecords, Corrected]:
    names = correct_names(records.text, records.mentions, records.identities, records.gender_cues, corrections)
    people = correct_people(records.text, names.mentions, names.identities, names.gender_cues, names.given, names.left)
    outcomes = outcomes_of(corrections, (*names.unmatched, *people.unmatched))
    corrected = replace(
        records,
        mentions=people.mentions,
        identities=people.identities,
        gender_cues=people.gender_cues,
        given=people.given,
        corrections=outcomes,
    )
    return corrected, people


def corrected(records: StoryRecords, *corrections: PeopleCorrection) -> Story:
    """The story with corrections that all fit."""
    found, _ = apply(records, *corrections)
    assert [o.why for o in found.corrections] == [""] * len(corrections)
    return Story.from_records(found)


def why(records: StoryRecords, *corrections: PeopleCorrection) -> str:
    """Why the last one does not fit; then it has changed nothing."""
    found, _ = apply(records, *corrections)
    before, _ = apply(records, *corrections[:-1])
    assert replace(found, corrections=()) == replace(before, corrections=())
    return found.corrections[-1].why


def quoted(records: StoryRecords, name: str, nth: int = 0) -> Place:
    spans = [m.span for m in records.mentions if records.text.quote(m.span) == name]
    return quote_place(records.text.string, records.text.chapters, spans[nth])


def names(view: StoryView) -> list[tuple[str, int]]:
    return sorted((c.name, c.n_mentions) for c in view.cast)


def find(story: StoryView, name: str) -> Character:
    return story.cast[name]


# --- merge


def test_two_who_are_one_are_one_as_soon_as_both_have_been_read() -> None:
    """Mrs. Reed ... The Keeper"""
    story = corrected(mill(), Merge(Who("Mrs. Reed"), Who("Keeper")))
    assert ("Mrs. Reed", 3) in names(story)
    assert ("Mrs. Reed", 1) in names(story.until(1))
    assert ("Mrs. Reed", 3) in names(story.until(2))
    (identity,) = (i for i in story.identities if i.evidence.reader == "corrections")
    assert identity.evidence.probability == 1.0
    assert [story.quote(s) for s in identity.evidence.spans] == ["Mrs. Reed", "Keeper"]


def test_a_merge_joins_by_whichever_of_the_open_names_is_read_first() -> None:
    """Tom ... Mr. Hale ... and `Tom Hale` in the last chapter: he is the Keeper of chapter 2"""
    story = corrected(mill(), Merge(Who("Tom Hale"), Who("Keeper")))
    assert ("Tom", 3) in names(story.until(2))  # Tom twice, the Keeper
    assert ("Mr. Hale", 1) in names(story.until(2))  # that he is Tom Hale has not been told


def test_a_merge_does_not_give_away_what_the_text_tells_later() -> None:
    """Tom, who as is told in chapter 3 is the Keeper; Ann is Tom"""
    records = mill()
    late = Span(records.text.string.index("Heaven"), records.text.string.index("Heaven") + 6)
    ids = {records.text.quote(m.span): m.character or 0 for m in records.mentions}
    secret = Identity(ids["Tom"], ids["Keeper"], Evidence((late,), "test", 0.9))
    story = corrected(replace(records, identities=(secret,)), Merge(Who("Keeper"), Who("Mrs. Reed")))
    assert ("Tom", 2) in names(story.until(2))
    assert ("Mrs. Reed", 3) in names(story.until(2))
    assert ("Mrs. Reed", 6) in names(story) or ("Tom", 6) in names(story)


def test_who_are_one_already_are_left_as_they_are() -> None:
    """Tom Hale is Tom"""
    records = mill()
    found, _ = apply(records, Merge(Who("Tom Hale"), Who("Tom")))
    assert found.identities == records.identities


# --- split


def test_names_that_are_somebody_else_s_are_parted_and_the_rest_stays_one() -> None:
    """Tom Hale, who had joined Tom and Mr. Hale, is another"""
    story = corrected(mill(), Split(Who("Tom"), ("Tom Hale",), name="Old Hale"))
    assert names(story) == [("Ann", 1), ("Heaven", 1), ("Keeper", 1), ("Mr. Hale", 5), ("Mrs. Reed", 2), ("Old Hale", 1)]


def test_the_rest_is_one_from_where_it_was() -> None:
    """That Mr. Hale is Tom was told in chapter 3"""
    story = corrected(mill(), Split(Who("Tom"), ("Tom Hale",)))
    assert ("Tom", 2) in names(story.until(2))
    assert find(story, "Mr. Hale").n_mentions == 5


def test_mentions_that_are_somebody_else_s_are_parted() -> None:
    """Mr. Hale left with Tom: not that Tom"""
    records = mill()
    story = corrected(records, Split(Who("Tom Hale"), (), (quoted(records, "Tom", 2),), "Little Tom"))
    assert find(story, "Little Tom").n_mentions == 1
    assert find(story, "Tom Hale").n_mentions == 5
    assert [c.id for c in sorted(story.cast, key=lambda c: c.first)] == [0, 2, 3, 5, 6, 7]  # counted where they are read first


def test_names_and_mentions_that_are_parted_together_are_one_person() -> None:
    """Mr. Hale, and the last Tom"""
    records = mill()
    story = corrected(records, Split(Who("Tom Hale"), ("Mr. Hale",), (quoted(records, "Tom", 2),)))
    assert find(story, "Mr. Hale").n_mentions == 3
    assert find(story, "Tom Hale").n_mentions == 3


def test_cues_go_with_their_names() -> None:
    """Mr. Hale"""
    story = corrected(mill(), Split(Who("Tom"), ("Mr. Hale",)))
    assert (find(story, "Mr. Hale").gender, find(story, "Tom Hale").gender) == (Gender.MALE, Gender.UNKNOWN)


def test_a_split_and_a_merge_move_a_name_to_somebody_else() -> None:
    """Mr. Hale is the Keeper, not Tom"""
    story = corrected(mill(), Split(Who("Tom"), ("Mr. Hale",)), Merge(Who("Mr. Hale"), Who("Keeper")))
    assert {n.text for n in find(story, "Keeper").names} == {"Mr. Hale", "Keeper"}


def test_nobody_can_be_parted_from_all_names() -> None:
    """Tom, Tom Hale and Mr. Hale"""
    assert "nothing would be left" in why(mill(), Split(Who("Tom"), ("Tom", "Mr. Hale", "Tom Hale")))
    assert "nobody is called `Zoë`" in why(mill(), Split(Who("Tom"), ("Zoë",)))


def test_a_name_that_is_somebody_else_s_already_needs_no_split() -> None:
    """Ann is not one of Tom's names"""
    records = mill()
    assert apply(records, Split(Who("Tom"), ("Ann",)))[0].mentions == records.mentions


# --- rename, gender, group, not a person


def test_a_name_is_shown_from_the_first_mention_on_and_finds_the_character() -> None:
    """Mrs. Reed is Margaret"""
    story = corrected(mill(), Rename(Who("Mrs. Reed"), "Margaret Reed"))
    assert find(story.until(1), "Margaret").n_mentions == 1
    assert find(story, "mrs reed").name == "Margaret Reed"
    assert [n.text for n in find(story, "Margaret Reed").names] == ["Mrs. Reed"]


def test_a_shown_name_is_one_s_alone_while_it_is_not_told_who_is_one() -> None:
    """Tom ... Mr. Hale: Thomas"""
    story = corrected(mill(), Rename(Who("Tom Hale"), "Thomas"))
    assert [c.name for c in story.until(1).cast] == ["Thomas", "Mr. Hale", "Mrs. Reed"]


def test_the_last_of_two_names_holds() -> None:
    """Thomas; no, Old Tom"""
    story = corrected(mill(), Rename(Who("Tom"), "Thomas"), Rename(Who("Thomas"), "Old Tom"))
    assert find(story, "Old Tom").n_mentions == 6
    assert "Thomas" not in {c.name for c in story.cast}


def test_a_gender_holds_against_all_cues_and_takes_them_back() -> None:
    """Mrs. Reed is a man"""
    story = corrected(mill(), SetGender(Who("Mrs. Reed"), Gender.MALE))
    assert find(story, "Mrs. Reed").gender is Gender.MALE
    assert not story.gender_cues_of(find(story, "Mrs. Reed"))
    assert find(story.until(1), "Mrs. Reed").gender is Gender.MALE


def test_the_members_of_a_group_are_told_as_they_are_read() -> None:
    """Heaven: Tom, Ann and the Keeper"""
    story = corrected(mill(), Grouping(Who("Mrs. Reed"), (Who("Tom"), Who("Tom Hale"), Who("Keeper"))))
    for view, members in ((story.until(1), ["Tom"]), (story, ["Tom Hale", "Keeper"])):
        reed = find(view, "Mrs. Reed")
        assert reed.group
        assert [view.cast.by_id(id_).name for id_ in reed.members] == members
    undone = corrected(mill(), Grouping(Who("Mrs. Reed"), (Who("Tom"),)), Grouping(Who("Mrs. Reed"), is_group=False))
    assert (find(undone, "Mrs. Reed").group, find(undone, "Mrs. Reed").members) == (False, ())


def test_a_group_is_no_member_of_itself() -> None:
    """Tom: Mr. Hale and Ann"""
    assert "is the group itself" in why(mill(), Grouping(Who("Tom"), (Who("Mr. Hale"), Who("Ann"))))


def test_what_is_no_person_is_in_no_cast_and_its_words_stay_mentions() -> None:
    """Heaven knew it"""
    records = mill()
    found, people = apply(records, NotAPerson(Who("Heaven")))
    assert "Heaven" not in {c.name for c in Story.from_records(found).cast}
    assert [m.id for m in found.mentions] == [m.id for m in records.mentions]
    assert [records.text.quote(s) for s in people.given.struck] == ["Heaven"]
    assert "nobody is called" in why(records, NotAPerson(Who("Heaven")), Rename(Who("Heaven"), "x"))
    place = quoted(records, "Heaven")
    assert "is no person" in why(records, NotAPerson(Who("Heaven")), Rename(Who("Heaven", place), "x"))


def test_what_later_readers_make_of_a_struck_mention_is_struck_again() -> None:
    """Heaven, taken for Ann by the coreference"""
    records = mill()
    given = apply(records, NotAPerson(Who("Heaven")))[1].given
    again = correct_people(records.text, records.mentions, records.identities, (), given, ())
    assert [m.character for m in again.mentions if records.text.quote(m.span) == "Heaven"] == [None]


# --- what does not fit


def test_a_place_that_is_gone_or_stands_twice_is_unmatched_with_why() -> None:
    """A sentence that is not there; one that is there twice"""
    records = mill()
    assert "does not stand in the text" in why(records, Rename(Who("Tom", Place("Tom", "poor ")), "x"))
    assert "more than once" in why(records, Rename(Who("Tom", Place("Tom")), "x"))
    assert "nobody is known to be meant" in why(records, Rename(Who("it", Place("knew")), "x"))


def test_a_name_of_several_is_not_guessed() -> None:
    """Tom, and another Tom"""
    records = mill()
    split = Split(Who("Tom Hale"), (), (quoted(records, "Tom", 2),))
    assert "several people are called `Tom`" in why(records, split, Rename(Who("Tom"), "x"))


# --- people without a name


@pytest.fixture
def unnamed() -> StoryRecords:
    """An old woman came. She sat. Ann saw her; then the old woman left. Mrs. Reed came."""
    records = numbered(
        make_records(
            "An old woman came. She sat. Ann saw her. The old woman left. Mrs. Reed came.", people={"Ann": (), "Mrs. Reed": ()}
        )
    )
    string = records.text.string
    others = [
        (string.index(words), words, kind, who)
        for words, kind, who in (
            ("An old woman", MentionKind.NOMINAL, 2),
            ("She", MentionKind.PRONOUN, 2),
            ("her", MentionKind.PRONOUN, 2),
            ("The old woman", MentionKind.NOMINAL, 2),
        )
    ]
    plain = [Mention(0, Span(at, at + len(w)), kind, MentionType.PERSON, who) for at, w, kind, who in others]
    every = sorted([*records.mentions, *plain], key=lambda m: m.span)
    return replace(records, mentions=tuple(replace(m, id=n) for n, m in enumerate(every)))


def correct_all(records: StoryRecords, *corrections: PeopleCorrection) -> Corrected:
    """As THE ORDER has it: names first, and then all."""
    only_names = [m for m in records.mentions if m.kind is MentionKind.NAME]
    named = correct_names(records.text, only_names, records.identities, records.gender_cues, corrections)
    assert named.left == corrections
    return correct_people(records.text, records.mentions, named.identities, named.gender_cues, named.given, named.left)


def test_people_without_a_name_are_corrected_by_a_mention(unnamed: StoryRecords) -> None:
    """She sat."""
    she = Who("An old woman", quote_place(unnamed.text.string, (), Span(19, 22)))
    assert correct_all(unnamed, Rename(she, "Keziah")).given.names == (GivenName(2, "Keziah"),)
    assert correct_all(unnamed, Merge(she, Who("Mrs. Reed"))).identities[-1].other == 2
    assert {m.character for m in correct_all(unnamed, NotAPerson(she)).mentions} == {0, 1, None}
    group = correct_all(unnamed, Grouping(she, (Who("Ann"),))).given.groups[0]
    assert (group.character, group.members) == (2, (0,))


def test_a_pronoun_that_is_another_s_now_is_not_guessed(unnamed: StoryRecords) -> None:
    """She sat: now said of Ann"""
    records = replace(unnamed, mentions=tuple(replace(m, character=0) if m.span.start == 19 else m for m in unnamed.mentions))
    she = Who("An old woman", quote_place(records.text.string, (), Span(19, 22)))
    assert "is no longer said of `An old woman`" in correct_all(records, Rename(she, "Keziah")).unmatched[0].why


def test_a_pronoun_can_be_parted(unnamed: StoryRecords) -> None:
    """Ann saw her: somebody else"""
    her = Split(Who("The old woman"), (), (Place("her", "Ann saw "),))
    assert [m.character for m in correct_all(unnamed, her).mentions] == [2, 2, 0, 3, 2, 1]


def test_nobody_is_left_of_pronouns_alone(unnamed: StoryRecords) -> None:
    """An old woman, the old woman: then “she” and “her” would be nobody's"""
    places = tuple(quote_place(unnamed.text.string, (), m.span) for m in unnamed.mentions if m.kind is MentionKind.NOMINAL)
    she = quote_place(unnamed.text.string, (), Span(19, 22))
    assert "nothing would be left" in correct_all(unnamed, Split(Who("", she), (), places)).unmatched[0].why
    assert [m.character for m in correct_all(unnamed, Split(Who("", she), (), places[:1])).mentions] == [3, 2, 0, 2, 2, 1]


# --- laws

WEIR = numbered(make_weir())
WHO = st.sampled_from(["Tom Hale", "Tom", "Mr. Hale", "Mrs. Reed", "Ann", "Ann Reed", "Nobody", "X"]).map(Who)
CORRECTIONS = st.one_of(
    st.builds(Merge, WHO, WHO),
    st.builds(
        Split,
        WHO,
        st.lists(st.sampled_from(["Tom", "Mr. Hale", "Ann", "Zoë"]), min_size=1, max_size=2).map(tuple),
        st.sampled_from([(), (quoted(WEIR, "Tom"),)]),
        st.sampled_from(["", "X"]),
    ),
    st.builds(Rename, WHO, st.sampled_from(["X", "Y"])),
    st.builds(NotAPerson, WHO),
    st.builds(Grouping, WHO, st.lists(WHO, max_size=2).map(tuple), st.booleans()),
    st.builds(SetGender, WHO, st.sampled_from(Gender)),
)


@given(st.lists(CORRECTIONS, max_size=4))
@settings(deadline=None)
def test_corrected_records_hold_the_law_of_views(corrections: Sequence[PeopleCorrection]) -> None:
    """Two chapters, three people, any corrections"""
    records, _ = apply(WEIR, *corrections)
    story = Story.from_records(records)
    for end in range(0, story.end + 1, 7):
        check_told(StoryView(story._layers, end), records)
    check_told(story, records)
    firsts = [c.first for c in story.cast]
    assert all(0 <= first < story.end for first in firsts)
    ids = [m.character for m in records.mentions if m.character is not None]
    assert list(dict.fromkeys(ids)) == sorted(set(ids))
    assert all({i.one, i.other} <= set(ids) and i.one < i.other for i in records.identities)


@given(CORRECTIONS)
@settings(deadline=None)
def test_a_correction_that_stands_twice_does_what_it_does_once(correction: PeopleCorrection) -> None:
    """Two chapters, three people, any correction"""
    once, twice = apply(WEIR, correction)[0], apply(WEIR, correction, correction)[0]
    views = [[(c.name, c.names, c.gender, c.group, c.members) for c in Story.from_records(r).cast] for r in (once, twice)]
    assert views[0] == views[1]
    assert (once.mentions, once.given, once.gender_cues) == (twice.mentions, twice.given, twice.gender_cues)


def test_no_corrections_change_nothing() -> None:
    """WEIR"""
    plain = correct_names(WEIR.text, WEIR.mentions, WEIR.identities, WEIR.gender_cues, ())
    assert (plain.mentions, plain.identities, plain.gender_cues, plain.given) == (
        WEIR.mentions,
        WEIR.identities,
        WEIR.gender_cues,
        NOTHING_GIVEN,
    )
