"""Where people are named."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from fabula.readers.mentions import OFTEN_SPEAKS, find_mentions
from fabula.readers.quotes import find_quotes
from fabula.records import Mention, MentionKind, MentionType, Span
from tests.passages import make_text


def named(passage: str) -> list[str]:
    """The mentions in a passage, as printed."""
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    return [text.quote(m.span) for m in find_mentions(text, quotes)]


def test_names_with_titles_and_initials_are_mentions() -> None:
    """Mr. J. St. John Hale bowed to Mrs. Hale."""
    assert named("Then Mr. J. St. John Hale bowed to Mrs. Hale.") == ["Mr. J. St. John Hale", "Mrs. Hale"]


def test_the_possessive_is_left_out() -> None:
    """Mrs. Hale's hat, Mr. Thomas’ coat"""
    assert named("It was Mrs. Hale's hat, and Mr. Bell’s coat.") == ["Mrs. Hale", "Mr. Bell"]


def test_a_heading_names_nobody() -> None:
    """# Chapter of Mrs. Hale ¶ It rained."""
    assert named("# The Return of Mrs. Hale ¶ It rained.") == []


def test_months_peoples_and_places_are_nobody() -> None:
    """In March the English went to Paris"""
    assert named("In March the English went to Paris by the Thames. ¶ On Monday he was in Paris again. ¶ He lived in Paris.") == []


def test_a_month_is_a_family_where_somebody_bears_it_with_a_title() -> None:
    """Mrs. March ... Aunt March ... in March"""
    march = "Then Mrs. March rose. ¶ “Go,” said Mrs. March. ¶ “No,” said Aunt March, in March."
    assert named(march) == ["Mrs. March", "Mrs. March", "Aunt March"]


def test_a_place_that_is_gone_to_is_nobody() -> None:
    """He went to Selford ... She lived in Selford."""
    assert named("He went to Selford. ¶ She lived in Selford. ¶ It was far from Selford. ¶ They stayed at Selford.") == []


def test_a_word_that_begins_sentences_is_no_name() -> None:
    """Although ... Although he knew"""
    assert named("Although he knew, he went. ¶ Although it rained, although it snowed, he went. ¶ “Although,” he said.") == []


def test_a_name_that_is_also_a_word_is_a_name_where_people_use_it_so() -> None:
    """“I will,” said Will ... Will laughed."""
    passage = (
        "“I will go,” said Will. ¶ “Will you?” asked Ann. ¶ Then Will laughed, and Will’s dog barked. "
        "¶ She looked at Will. “No, Will,” said Ann."
    )
    assert named(passage).count("Will") >= 4


def test_somebody_who_speaks_once_is_a_person() -> None:
    """“Go,” said Brackenbury. ¶ Brackenbury nodded."""
    assert named("“Go,” said Brackenbury. ¶ “No,” replied Brackenbury.") == ["Brackenbury", "Brackenbury"]


def test_a_common_word_before_a_name_falls_off() -> None:
    """But Tom, Although Miss Quested"""
    passage = "“Go,” said Tom. ¶ But Tom stayed. ¶ Although Tom knew, although it was late, he stayed. ¶ “Well,” said Tom."
    assert set(named(passage)) == {"Tom"}


# --- what the reading model takes a word for

PERSON, NOUN = (MentionKind.NAME, MentionType.PERSON), (MentionKind.NOMINAL, MentionType.PERSON)
PLACE = (MentionKind.NAME, MentionType.GEOPOLITICAL)


Verdict = tuple[MentionKind, MentionType]


def read(passage: str, patterns: Mapping[str, Verdict] | None = None, *, probability: float = 0.9, **said: Verdict) -> list[str]:
    """The mentions of a passage in which the model has read these words so, wherever they stand; `_` is a space."""
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    found = [
        (Span(*match.span()), verdict)
        for words, verdict in {**(patterns or {}), **said}.items()
        for match in re.finditer(rf"\b{words.replace('_', ' ')}\b", text.string)
    ]
    found.sort()
    given = [Mention(number, span, *verdict, None, None, 0, probability) for number, (span, verdict) in enumerate(found)]
    return [text.quote(m.span) for m in find_mentions(text, quotes, given)]


TOWN = "Now Selford was quiet. ¶ It was known that Selford had a mayor. ¶ Then Selford waited. ¶ At last Selford was dark."


def test_a_place_that_the_words_around_take_for_a_person_is_none_where_the_model_knows_better() -> None:
    """Now Selford was quiet."""
    assert named(TOWN) == ["Selford"] * 4
    assert read(TOWN, Selford=PLACE) == []
    assert read(TOWN, Selford=PERSON) == ["Selford"] * 4


def test_somebody_whom_the_words_around_do_not_show_is_one_where_the_model_knows_better() -> None:
    """He thought of Brackenbury."""
    passage = "He thought of Brackenbury. ¶ The letter from Brackenbury lay there."
    assert named(passage) == []
    assert read(passage, Brackenbury=PERSON) == ["Brackenbury"] * 2


def test_the_place_of_a_name_that_is_something_else_there_is_left_out() -> None:
    """“Go,” said Rose. ... Rose Cottage"""
    passage = "“Go,” said Rose. ¶ “No,” said Rose. ¶ “Come,” said Rose. ¶ He lived at Rose."
    assert read(passage, Rose=PERSON) == ["Rose"] * 4
    text = make_text(passage)
    places = [m.start() for m in re.finditer("Rose", text.string)]
    kinds = [PERSON] * 3 + [PLACE]
    given = [Mention(n, Span(at, at + 4), *kind, None) for n, (at, kind) in enumerate(zip(places, kinds, strict=True))]
    assert [m.span.start for m in find_mentions(text, find_quotes(text)[0], given)] == places[:3]


DODGER = "“Go,” said the Dodger. ¶ Then the Dodger ran. ¶ He saw the Dodger."


def test_a_word_that_is_seldom_a_name_is_one_where_somebody_so_called_speaks() -> None:
    """Then Christian sat."""
    passage = "Then Christian sat. ¶ “No,” said Christian. ¶ At last Christian spoke."
    assert named(passage) == []
    assert read(passage, Christian=PERSON) == ["Christian"] * 3
    assert read(passage.replace("said Christian", "so Christian"), Christian=PERSON) == []
    assert read(passage + " ¶ It was a Christian duty." * 5, said_Christian=PERSON, Then_Christian=PERSON) == []


@pytest.mark.parametrize(("n", "is_found"), [(OFTEN_SPEAKS, True), (OFTEN_SPEAKS - 1, False)])
def test_no_word_that_speaks_time_and_again_is_a_day(n: int, is_found: bool) -> None:
    """“No,” said Sunday. (five times) It was Sunday. (eight times)"""
    passage = "“No,” said Sunday. ¶ " * n + " ¶ ".join(["It was Sunday."] * 8)
    assert bool(read(passage, {"(?<=said_)Sunday": PERSON})) is is_found


MAY: Mapping[str, Verdict] = {"May(?!_Welland)": PERSON, "May_Welland": PERSON}


def test_a_word_that_is_seldom_a_name_is_one_also_in_longer_names() -> None:
    """May said; May Welland came, again and again"""
    passage = "Then May sat. ¶ “No,” said May. ¶ At last May spoke." + " ¶ Then May Welland came." * 4
    found = read(passage, MAY)
    assert found == ["May"] * 3 + ["May Welland"] * 4
    assert read(passage.replace("said May", "so May"), MAY).count("May") == 0


def test_a_name_that_goes_with_an_article_has_it() -> None:
    """said the Dodger"""
    assert read(DODGER, the_Dodger=PERSON) == ["the Dodger"] * 3


def test_who_speaks_often_is_a_person_whatever_is_said_of_places() -> None:
    """They went to the Lamb. “Go,” said the Lamb."""
    went, said = "They went to the Lamb. ¶ ", "“Go,” said the Lamb. ¶ "
    assert read(went * 9 + said * 2, Tom=PERSON) == []
    assert read(went * 9 + said * 5, Tom=PERSON) == ["the Lamb"] * 14


def test_somebody_is_called_like_a_town() -> None:
    """“Go,” said Selford. He met Selford, went to Selford: ten places read as a person's, nine as a town's"""
    came, went = "Then he met Selford. ¶ ", "At last he went to Selford. ¶ "
    kinds: Mapping[str, Verdict] = {"(?<=met_)Selford": PERSON, "(?<=said_)Selford": PERSON, "(?<=to_)Selford": PLACE}
    assert read("“Go,” said Selford. ¶ " + came * 9 + went * 9, kinds) == ["Selford"] * 10
    assert read("“Go,” so Selford. ¶ " + came * 9 + went * 9, kinds) == []
    assert read("“Go,” said Selford. ¶ " + came * 9 + went * 10, kinds) == []


def test_a_name_that_seldom_has_an_article_goes_without() -> None:
    """Tom, once the Tom that I knew"""
    passage = "“Go,” said Tom. ¶ Then Tom ran. ¶ He was the Tom that I knew."
    assert read(passage, Tom=PERSON) == ["Tom"] * 3


def test_a_name_that_opens_one_sentence_is_one_where_the_model_is_sure_of_it() -> None:
    """Nine years. Craig went there for a summer."""
    passage = "Nine years. Craig minded a lot."
    assert read(passage, Craig=PERSON, probability=0.97) == ["Craig"]
    assert read(passage, Craig=PERSON, probability=0.9) == []
    assert read(passage + " He would craig a lot.", Craig=PERSON, probability=0.97) == []


def test_a_name_that_is_written_small_is_one_where_the_model_reads_it_so_again_and_again() -> None:
    """lyndsey rings sundays"""
    passage = "lyndsey rings sundays. ¶ then lyndsey laughs."
    assert named(passage) == []
    assert read(passage, lyndsey=PERSON) == ["lyndsey"] * 2
    assert read("then lyndsey laughs.", lyndsey=PERSON) == []
    assert read(passage, lyndsey=NOUN) == []


def test_a_name_that_is_written_small_once_is_one_also_where_it_has_its_capital() -> None:
    """queen orsolind; the plan was Orsolind"""
    passage = "so queen orsolind signed. ¶ So the plan was Orsolind, and it was Orsolind again."
    assert read(passage, queen_orsolind=PERSON, Orsolind=PERSON)[-2:] == ["Orsolind"] * 2
    assert read(passage.replace("queen", "the blue"), Orsolind=PERSON) == []


def test_a_name_that_is_written_small_is_none_in_a_book_that_writes_none_so() -> None:
    """Tom laughed. ... "I did it masel and masel again." """
    passage = "Then Tom laughed. ¶ " * 98 + "I did it masel. ¶ Then masel ran."
    assert read(passage, Tom=PERSON, masel=PERSON) == ["Tom"] * 98 + ["masel"] * 2
    assert read("Then Tom laughed. ¶ " + passage, Tom=PERSON, masel=PERSON) == ["Tom"] * 99


def test_a_slip_of_a_name_is_one_where_the_model_reads_it_so() -> None:
    """jossa ... josa"""
    passage = "then jossa laughs. ¶ then jossa rose. ¶ then josa left."
    assert read(passage, jossa=PERSON, josa=PERSON) == ["jossa", "jossa", "josa"]
    assert read(passage, jossa=PERSON) == ["jossa", "jossa"]


BLADDER = "Now all called him the Bladder, for he leaked. ¶ They stood near the Bladder. ¶ It was near the Bladder."


def test_what_somebody_is_called_is_a_name_whatever_else_it_may_be() -> None:
    """Everyone called him the Bladder."""
    assert read(BLADDER, Bladder=PLACE) == ["the Bladder"] * 3
    assert read(BLADDER.replace("called him", "went to"), Bladder=PLACE) == []


def test_a_place_of_which_somebody_has_a_title_is_no_name() -> None:
    """the Duke of Strelsau; in Strelsau"""
    passage = "Then the Duke of Strelsau rose. ¶ “Go,” said the Duke of Strelsau. ¶ They lived in Strelsau, not near Strelsau."
    assert named(passage) == ["Duke of Strelsau"] * 2
    assert read(passage, Strelsau=PLACE) == ["Duke of Strelsau"] * 2


def test_a_word_that_is_seldom_a_name_is_one_where_somebody_bears_it_with_a_title() -> None:
    """Mr. Hall ... Hall"""
    hall = "“Go,” said Mr. Hall. ¶ “No,” said Mr. Hall. ¶ Then Mr. Hall rose. ¶ “Come,” said Hall, and Hall laughed."
    assert named(hall) == ["Mr. Hall"] * 3 + ["Hall"] * 2
    assert named(hall.replace("Mr. Hall", "Mr. Bell")) == ["Mr. Bell"] * 3


def test_a_title_that_ends_a_sentence_stands_before_no_name() -> None:
    """He bowed to the Count. He ... (case: war-and-peace)"""
    passage = "They bowed to the Count. He sat. Anna asked the Count. He rose. Anna told the Count. He wept. Mr. Hale said no. "
    assert not {"Count. He", "He"} & set(named(passage * 3))
    assert "Mr. Hale" in named(passage)


def test_a_title_that_is_written_small_belongs_to_the_name() -> None:
    """her aunt Norris"""
    passage = "She saw her aunt Norris. Her aunt Norris said no. Mrs. Norris rose. She told uncle Tom. “Go,” said Tom. "
    assert named(passage) == ["aunt Norris", "aunt Norris", "Mrs. Norris", "uncle Tom", "Tom"]
