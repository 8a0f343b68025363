from __future__ import annotations

from dataclasses import replace

import pytest

from fabula.errors import NoSuchCharacterError
from fabula.records import Gender, GenderCue, Mention, MentionKind, MentionType, NameKind, Span
from fabula.story.cast import Cast, fold_character
from fabula.story.story import Story
from tests.stories import make_inn, make_records, make_weir


def cast(passage: str, **people: tuple[str, ...]) -> Cast:
    return Story.from_records(make_records(passage, people={k.replace("_", " "): v for k, v in people.items()})).cast


def test_the_cast_stands_by_how_often_each_is_mentioned() -> None:
    """Ann. Tom. Tom. Eve. Tom. Eve."""
    assert [(c.name, c.n_mentions) for c in cast("Ann. Tom. Tom. Eve. Tom. Eve.", Ann=(), Tom=(), Eve=())] == [
        ("Tom", 3),
        ("Eve", 2),
        ("Ann", 1),
    ]


def test_two_who_are_mentioned_alike_stand_in_the_order_in_which_they_are_met() -> None:
    """Tom. Ann."""
    assert [c.name for c in cast("Tom. Ann.", Tom=(), Ann=())] == ["Tom", "Ann"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Tom Hale", "Tom Hale"),
        ("tom hale", "Tom Hale"),
        ("TOM", "Tom Hale"),
        ("Mr Hale", "Tom Hale"),
        ("mr.  hale", "Tom Hale"),
        ("reed", None),
    ],
)
def test_somebody_is_found_by_any_of_her_names_without_case_and_marks(asked: str, found: str | None) -> None:
    """Tom Hale, Tom, Mr. Hale; Mrs. Reed; Ann, Ann Reed"""
    people = Story.from_records(make_weir()).cast
    if found is None:
        with pytest.raises(NoSuchCharacterError, match="several people go by"):
            people.find(asked)
    else:
        assert people.find(asked).name == found
        assert people[asked] == people.find(asked)


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_an_apostrophe_may_be_typed_either_way(apostrophe: str) -> None:
    """Miles O’Brien"""
    assert cast("Miles O’Brien sat.", **{"Miles O’Brien": ()})[f"o{apostrophe}brien"].name == "Miles O’Brien"


def test_part_of_a_name_finds_the_only_one_who_has_it_and_part_of_a_word_nobody() -> None:
    """Tom Hale"""
    people = cast("Tom Hale sat.", Tom_Hale=())
    assert people["hale"].name == "Tom Hale"
    with pytest.raises(NoSuchCharacterError, match="nobody goes by `hal`"):
        people["hal"]


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    """Catherine"""
    with pytest.raises(NoSuchCharacterError) as failed:
        cast("Catherine wept.", Catherine=())["Katherine"]
    assert failed.value.hint == "did you mean Catherine?"


def test_somebody_without_a_name_is_called_by_the_foremost_description() -> None:
    """The old woman ... mother ... Mother ... the old woman ... the hostess"""
    woman, tom, boy, *_ = Story.from_records(make_inn()).cast
    assert (woman.name, woman.names) == ("the old woman", ())
    assert [(d.text, d.count) for d in woman.descriptions] == [("the old woman", 2), ("mother", 2), ("the hostess", 1)]
    assert (tom.name, tom.descriptions) == ("Tom", ())
    assert boy.name == "a boy"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (["sir", "sir", "The stranger"], "the stranger"),
        (["An old lady with a basket, who, very reluctantly, paid", "an old lady with a basket"], "an old lady with a basket"),
        (["the man who came first", "the man who came last", "a visitor"], "the man"),
        (["Mother", "Mother", "the poor thing"], "Mother"),
        (["sir"], "sir"),
        (["-- thing"], "-- thing"),
    ],
)
def test_a_description_is_shown_without_what_is_told_in_passing(said: list[str], shown: str) -> None:
    """An old lady with a basket, who, very reluctantly, ..."""
    text, mentions = "", []
    for number, words in enumerate(said):
        span = Span(len(text), len(text) + len(words))
        mentions.append(Mention(number, span, MentionKind.NOMINAL, MentionType.PERSON, 0))
        text += f"{words}. "
    assert fold_character(0, mentions, (), text).name == shown


def test_somebody_of_whom_only_pronouns_speak_is_called_by_the_first() -> None:
    """She sat."""
    she = Mention(0, Span(0, 3), MentionKind.PRONOUN, MentionType.PERSON, 0)
    character = fold_character(0, [she], (), "She sat.")
    assert (character.name, character.names, character.descriptions) == ("She", (), ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("the old woman", "the old woman"),
        ("HOSTESS", "the old woman"),
        ("the hostess", "the old woman"),
        ("boy", "a boy"),
        ("#2", "a boy"),
        ("a boy #2", "a boy"),
        ("the stranger #4", "the stranger"),
        ("woman in black", None),
        ("#17", None),
        ("the stranger", None),
    ],
)
def test_somebody_without_a_name_is_found_by_a_description_or_the_id(asked: str, found: str | None) -> None:
    """the old woman, the hostess; a boy; the stranger, and another"""
    people = Story.from_records(make_inn()).cast
    assert (asked in people) == (found is not None)  # type: ignore[comparison-overlap]
    if found is not None:
        assert people[asked].name == found


def test_a_name_goes_before_a_description_and_before_the_id() -> None:
    """Robot #1; Boy, a boy"""
    people = cast("Robot #1 and Ann and Boy.", **{"Robot #1": (), "Ann": (), "Boy": ()})
    assert people["robot #1"].name == "Robot #1"
    named, described = people["Boy"], replace(people["Ann"], names=(), descriptions=people["Boy"].names)
    assert Cast((named, described))["boy"] is named


@pytest.mark.parametrize("asked", ["natasha", "NATÁSHA", "natasha rostova"])
def test_accents_may_be_left_out(asked: str) -> None:
    """Natásha Rostóva"""
    people = cast("Natásha Rostóva sat.", **{"Natásha Rostóva": ()})
    assert people[asked].name == "Natásha Rostóva"


def test_an_accent_that_is_typed_tells_two_apart() -> None:
    """André, Andre"""
    people = cast("André. Andre.", André=(), Andre=())
    assert [people[name].name for name in ("andré", "andre")] == ["André", "Andre"]


def test_those_who_share_a_description_have_the_id_behind_it() -> None:
    """the stranger, and another"""
    people = Story.from_records(make_inn()).cast
    assert [people.label(c) for c in people] == ["the old woman", "Tom", "a boy", "the stranger #3", "the stranger #4"]
    with pytest.raises(NoSuchCharacterError) as failed:
        people["stranger"]
    assert failed.value.hint == "name one of the stranger #3, the stranger #4"


@pytest.mark.parametrize("name", ["", " ", "…", "\0"])
def test_nothing_is_nobody(name: str) -> None:
    """Tom"""
    with pytest.raises(NoSuchCharacterError):
        cast("Tom.", Tom=())[name]


def test_a_cast_is_a_sequence_that_also_knows_names() -> None:
    """Tom. Ann."""
    people = cast("Tom. Ann.", Tom=(), Ann=())
    assert people[0] in people
    assert [name in people for name in ("tom", "Eve", 1)] == [True, False, False]  # type: ignore[comparison-overlap]
    assert [c.name for c in people[:1]] == ["Tom"]
    assert people.by_id(people[1].id) is people[1]
    assert len(people) == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tom Tom Tom Tom_Hale", "Tom_Hale"),
        ("Hale Hale Hale Hale Mr._Hale", "Mr._Hale"),
        ("Hale Hale Hale Hale Hale Mr._Hale", "Hale"),
        ("TOM TOM Tom", "Tom"),
        ("TOM TOM", "TOM"),
    ],
)
def test_the_name_that_is_shown_is_full_or_common_and_not_shouted(text: str, shown: str) -> None:
    """Names of one person, words parted by spaces"""
    kinds = {"Tom_Hale": NameKind.FULL, "Mr._Hale": NameKind.TITLED}
    mentions: list[Mention] = []
    at = 0
    for word in text.split():
        kind = kinds.get(word, NameKind.FIRST)
        mentions.append(Mention(len(mentions), Span(at, at + len(word)), MentionKind.NAME, MentionType.PERSON, 0, kind))
        at += len(word) + 1
    assert fold_character(0, mentions, (), text).name == shown


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("", Gender.UNKNOWN),
        ("he his", Gender.UNKNOWN),
        ("he his Him", Gender.MALE),
        ("Mrs.", Gender.FEMALE),
        ("Mr. she her", Gender.UNKNOWN),
        ("she she she she he he", Gender.FEMALE),
        ("she she she he he", Gender.UNKNOWN),
    ],
)
def test_a_gender_needs_a_title_or_three_pronouns_and_twice_as_much_as_the_other(words: str, gender: Gender) -> None:
    """The words that speak for it"""
    text = f"Tom {words}"
    cues, at = [], 4
    for word in words.split():
        female = word.lower() in ("she", "her", "mrs.")
        cues.append(GenderCue(0, Gender.FEMALE if female else Gender.MALE, Span(at, at + len(word))))
        at += len(word) + 1
    tom = Mention(0, Span(0, 3), MentionKind.NAME, MentionType.PERSON, 0, NameKind.FIRST)
    character = fold_character(0, [tom], cues, text)
    assert (character.gender, character.gender_cues) == (gender, len(cues))


def test_the_names_of_one_person_stand_by_how_often_each_is_used() -> None:
    """Tom Hale. Tom. Mr. Hale. Tom. Mr. Hale. Tom."""
    people = cast("Tom Hale. Tom. Mr. Hale. Tom. Mr. Hale. Tom.", Tom_Hale=("Tom", "Mr. Hale"))
    assert [(n.text, n.count, n.first.start) for n in people[0].names] == [("Tom", 3, 10), ("Mr. Hale", 2, 15), ("Tom Hale", 1, 0)]


def test_links_in_any_order_make_the_same_people() -> None:
    """Tom Hale, Tom, Mr. Hale"""
    records = make_weir()
    other = replace(records, identities=tuple(replace(i, one=i.other, other=i.one) for i in reversed(records.identities)))
    assert list(Story.from_records(records).cast) == list(Story.from_records(other).cast)
