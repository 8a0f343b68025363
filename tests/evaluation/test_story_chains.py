from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.chained_texts import ChainedText
from evaluation.story_chains import Places, count_story, place_chains, story_chains
from fabula import Story
from fabula.records import Evidence, Identity, Mention, MentionKind, MentionType, Span
from tests.evaluation.told import make_told
from tests.stories import make_records
from training.corpora.alignment import TokenSpan

PASSAGE = "Tom met Ann. He gave her the boat."


def gold(*chains: str, text: str = PASSAGE) -> ChainedText:
    """Chains of words, parted by strokes; each where it stands first."""
    return ChainedText("a", text, tuple(tuple(_find(words, text) for words in chain.split("|")) for chain in chains))


def _find(words: str, text: str = PASSAGE) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_every_kind_of_mention_is_in_its_characters_chain() -> None:
    """[Tom] met [Ann]. [He] gave [her] the boat."""
    story = make_told("[0 Tom] met [1 Ann]. [0 He] gave [1 her] [* the boat].")
    assert story_chains(story) == [[_find("Tom"), _find("He")], [_find("Ann"), _find("her")]]
    counts = count_story(gold("Tom|He", "Ann|her"), story, singletons=True)
    assert counts.conll == counts.mentions.f1 == 1.0


def test_a_mention_without_a_character_is_a_chain_by_itself_and_a_thing_is_none() -> None:
    """[He] is nobody's, [the boat] a vehicle"""
    counts = count_story(
        gold("Tom|He", "Ann|her"), make_told("[0 Tom] met [1 Ann]. [- He] gave [1 her] [* the boat]."), singletons=True
    )
    assert (counts.mentions.recall, counts.mentions.precision) == (1.0, 1.0)
    assert (counts.muc.recall, counts.b3.precision, counts.b3.recall) == (1 / 2, 1.0, 3 / 4)


def test_characters_known_to_be_one_are_one_chain() -> None:
    """Tom and Hale, two before folding"""
    records = make_records("Tom Hale came. Hale left.", people={"Tom Hale": ("Hale",)})
    assert len(story_chains(Story.from_records(records))) == 1
    assert len(story_chains(Story.from_records(replace(records, identities=())))) == 2


def test_chains_of_one_mention_count_only_where_they_are_asked_for() -> None:
    """Tom, He; Ann alone; her alone, and nobody's; the boat in none"""
    story = make_told("[0 Tom] met [1 Ann]. [0 He] gave [- her] the boat.")
    kept = count_story(gold("Tom|He", "Ann", "her"), story, singletons=True)
    assert (kept.mentions.gold.total, kept.mentions.predicted.total) == (4, 4)
    assert kept.conll == 1.0
    left_out = count_story(gold("Tom|He", "Ann", "her"), story, singletons=False)
    assert (left_out.mentions.gold.total, left_out.mentions.predicted.total) == (2, 2)
    assert left_out.conll == 1.0


def test_a_fused_character_costs_precision() -> None:
    """one character for both"""
    counts = count_story(
        gold("Tom|He", "Ann|her"), make_told("[0 Tom] met [0 Ann]. [0 He] gave [0 her] the boat."), singletons=True
    )
    assert (counts.b3.precision, counts.b3.recall) == (1 / 2, 1.0)


def test_places_are_tokens_whatever_the_marks_and_spaces() -> None:
    """“Tom’s” in the story, 'Tom 's' in the corpus; the quotation mark is no part of a mention"""
    story = make_told("“[0 Tom]’s boat,” said she.")
    text = '"Tom \'s boat , " said she .'
    places = Places(text, story)
    assert places.of_text(_find("Tom", text)) == places.of_story(Span(1, 4)) == TokenSpan(1, 2)
    assert places.of_text(_find("said she", text)) == places.of_story(_find(" said she.", story.text)) == TokenSpan(6, 8)


def test_part_of_a_word_is_the_whole_word() -> None:
    """[well]-known"""
    assert Places("a well-known man", make_told("a well-known man")).of_text(Span(2, 6)) == TokenSpan(1, 2)


def test_what_the_story_has_not_is_a_mention_that_is_missed() -> None:
    """a title that was cut off: forty letters and more must be alike"""
    body = "Tom met the others by the old weir before it was quite light, and they all went home."
    text = f"A Boat of Ann Hale’s, or the Weir, in One Chapter\n\n{body}"
    story = make_told(body.replace("Tom", "[0 Tom]"))
    counts = count_story(gold("Ann Hale", "Tom", text=text), story, singletons=True)
    assert (counts.mentions.recall, counts.mentions.precision) == (1 / 2, 1.0)


def test_two_mentions_in_one_place_are_one() -> None:
    """a rule and the model found Tom, for two characters; a word of no letters has no place, and is none of the other side's"""
    chains = place_chains([[Span(0, 3)], [Span(0, 3), Span(4, 5)]], {Span(0, 3): TokenSpan(0, 1)}.get, "ours")
    assert chains == [[TokenSpan(0, 1)], [("ours", Span(4, 5))]]


@pytest.mark.parametrize("span", [Span(0, 0), Span(3, 4)])
def test_a_stretch_without_letters_has_no_place(span: Span) -> None:
    """the space after Tom"""
    assert Places(PASSAGE, make_told(PASSAGE)).of_story(span) is None


def test_a_late_reveal_folds_at_the_storys_end() -> None:
    """the stranger is Tom, told by the last word"""
    text = "Tom went. The stranger came. He was Tom."
    records = make_records(text)
    spans = [_find("Tom", text), _find("The stranger", text)]
    mentions = tuple(Mention(n, span, MentionKind.NAME, MentionType.PERSON, n) for n, span in enumerate(spans))
    told = Identity(0, 1, Evidence((_find("was Tom", text),), "test", 0.9))
    story = Story.from_records(replace(records, mentions=mentions, identities=(told,)))
    assert story_chains(story) == [spans]
