"""Who says each quotation, and to whom, where it is known whom mentions may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fabula.lexicons.gender import Person
from fabula.readers.cast.beliefs import Belief, find_owners
from fabula.readers.conversations import Heard, Voices, find_subjects, hear_conversations, place_mentions
from fabula.readers.cues import Cue, read_cues
from fabula.readers.speakers import attribute_quotes
from fabula.readers.turns import find_pronoun_cues
from fabula.records import Gender
from tests.marked import mark

TOM, ANN, MEG, NARRATOR = range(4)
GENDERS = {TOM: Gender.MALE, ANN: Gender.FEMALE, MEG: Gender.FEMALE}
Scores = Mapping[int, Sequence[tuple[int, float]]]


def hear(passage: str, scores: Scores | None = None, *, said: bool = False, **beliefs: Belief) -> list[Heard]:
    """scores: of quotations the mentions that may speak, both in text order. said: whether rules look for cues, too.

    beliefs: whom other words than names mean, `_` for a space: the_woman={ANN: 0.9}.
    """
    marked = mark(passage)
    text, quotes, mentions = marked.text, marked.quotes, marked.mentions
    places = place_mentions(text, quotes, mentions)
    known = [m.character for m in mentions]
    believed = [
        {m.character: 1.0} if m.character is not None else beliefs.get(text.quote(m.span).replace(" ", "_").lower(), {})
        for m in mentions
    ]
    names = [m for m in mentions if m.character is not None]
    told = attribute_quotes(text, quotes, names) if said else ()
    voices = Voices(scores or {}, {}, told, read_cues(text, quotes, marked.tags), find_pronoun_cues(text, quotes))
    heard = hear_conversations(places, known, believed, GENDERS, NARRATOR, voices, find_owners(mentions))
    return [heard[quote.id] for quote in sorted(quotes, key=lambda quote: quote.span)]


def speakers(heard: Sequence[Heard]) -> list[int | None]:
    return [voice.speaker for voice in heard]


def test_whom_the_verb_names_speaks_whatever_the_scores_say() -> None:
    """“Go,” winked Tom. Ann left."""
    [voice] = hear("“Go,” winked [0 Tom]. [1 Ann] left.", {0: [(0, -3.0), (1, 9.0)]})
    assert voice.speaker == TOM
    assert voice.cue is not None


def test_whom_the_subject_of_the_verb_may_mean_is_more_than_the_scores() -> None:
    """Ann saw Meg. “Go,” winked the woman."""
    passage = "[1 Ann] saw [2 Meg]. “Go,” winked [the woman]."
    scores = {0: [(0, 3.0), (1, 1.0)]}
    assert speakers(hear(passage, scores)) == [ANN]
    assert speakers(hear(passage, scores, the_woman={MEG: 0.9, ANN: 0.05})) == [MEG]


def test_the_noun_of_the_subject_tells_the_gender() -> None:
    """Tom saw Ann. “Go,” winked the woman."""
    assert speakers(hear("[0 Tom] saw [1 Ann]. “Go,” winked [the woman].", {0: [(0, 3.0), (1, 2.0)]})) == [ANN]
    assert speakers(hear("[0 Tom] saw [1 Ann]. “Go,” winked [the other].", {0: [(0, 3.0), (1, 2.0)]})) == [TOM]


def test_mentions_that_may_mean_somebody_speak_for_them_by_their_share() -> None:
    """Tom saw Ann. He waved. “Go.”"""
    passage = "[0 Tom] saw [1 Ann]. [He] waved. “Go.”"
    scores = {0: [(1, 1.0), (2, 2.0)]}
    assert speakers(hear(passage, scores, he={TOM: 0.9, ANN: 0.1})) == [TOM]
    assert speakers(hear(passage, scores, he={TOM: 0.1, ANN: 0.9})) == [ANN]


def test_who_is_called_by_name_is_spoken_to_and_does_not_speak() -> None:
    """“Go, Tom!” Ann left."""
    [voice] = hear("“Go, [0 Tom]!” [1 Ann] left.", {0: [(0, 1.0), (1, 0.0)]})
    assert (voice.speaker, voice.to) == (ANN, TOM)


def test_who_is_spoken_of_may_speak_and_is_not_spoken_to() -> None:
    """“Tom went.” Ann left."""
    [voice] = hear("“[0 Tom] went.” [1 Ann] left.", {0: [(0, 1.0), (1, 0.0)]})
    assert (voice.speaker, voice.to) == (TOM, None)


def test_two_take_turns_and_speak_to_each_other() -> None:
    """“Go,” said Tom. ¶ “Why?” ¶ “Well.” ¶ “No,” said Ann."""
    even = {quote: [(0, 0.0), (1, 0.0)] for quote in (1, 2)}
    found = hear("“Go,” said [0 Tom]. ¶ “Why?” ¶ “Well.” ¶ “No,” said [1 Ann].", even, said=True)
    assert speakers(found) == [TOM, ANN, TOM, ANN]
    assert [voice.to for voice in found] == [ANN, TOM, ANN, TOM]


def test_one_who_is_called_is_spoken_to_though_another_one_answers() -> None:
    """“Go, Tom,” said Meg. ¶ “Why?” said Ann."""
    found = hear("“Go, [0 Tom],” said [2 Meg]. ¶ “Why?” said [1 Ann].")
    assert (speakers(found), [voice.to for voice in found]) == ([MEG, ANN], [TOM, MEG])


@pytest.mark.parametrize(("n", "to"), [(1, TOM), (2, None)])
def test_nobody_is_spoken_to_from_far_off(n: int, to: int | None) -> None:
    """“Go,” said Tom. ¶ It rained. ¶ ... “Why?” said Ann."""
    assert hear("“Go,” said [0 Tom]. ¶ " + "It rained. ¶ " * n + "“Why?” said [1 Ann].")[1].to == to


def test_a_narrator_is_not_she() -> None:
    """I saw Ann. “Go,” winked she; by the scores "I" is likeliest"""
    passage = "[I] saw [1 Ann]. “Go,” winked [{}]."
    scores = {0: [(0, 3.0), (1, 1.0)]}
    assert speakers(hear(passage.format("she"), scores, i={NARRATOR: 1.0})) == [ANN]
    assert speakers(hear(passage.format("the other"), scores, i={NARRATOR: 1.0})) == [NARRATOR]


def test_without_scores_and_words_that_say_so_nobody_speaks() -> None:
    """“Go.” Ann left."""
    assert hear("“Go.” [1 Ann] left.")[0][:3] == (None, 0.0, None)
    assert hear("[1 Ann] left.") == []


def test_each_mention_has_its_place_among_the_words() -> None:
    """“I met the old lady,” said Tom, “and she me.”"""
    marked = mark("“[I] met [the old lady],” said [0 Tom], “and [she] [me].”")
    places = place_mentions(marked.text, marked.quotes, marked.mentions)
    words = [marked.text.quote(token) for token in marked.text.tokens]
    spans = [" ".join(words[start:end]) for start, end in zip(places.starts, places.ends, strict=True)]
    assert spans == ["I", "the old lady", "Tom", "she", "me"]
    assert places.quotes == (0, 0, -1, 0, 0)
    assert places.persons == (Person.I, Person.UNKNOWN, Person.UNKNOWN, Person.SHE, Person.I)
    assert places.genders == (Gender.UNKNOWN, Gender.FEMALE, Gender.UNKNOWN, Gender.FEMALE, Gender.UNKNOWN)
    assert [places.is_spoken(at) for at in range(5)] == [True, False, False, False, True]


def test_whose_voice_it_is_speaks() -> None:
    """“Go,” said Tom’s voice."""
    places = ((0, 1), (5, 6))
    cue = Cue(3, 6, owner=5)
    assert find_subjects({0: cue}, *zip(*places, strict=True)) == {0: 1}
    assert find_subjects({0: cue}, (0, 5, 5), (1, 6, 7)) == {0: 2}  # Tom’s wife is somebody by herself
    assert find_subjects({0: cue._replace(owner=None)}, *zip(*places, strict=True)) == {}


def test_a_decision_is_as_sure_as_the_scores_of_who_is_decided_upon() -> None:
    """Tom saw Ann. “Go.”"""
    likely, unlikely = (hear("[0 Tom] saw [1 Ann]. “Go.”", {0: [(0, score), (1, -9.0)]})[0] for score in (4.0, -2.0))
    assert likely.speaker == unlikely.speaker == TOM
    assert 0.0 < unlikely.probability < likely.probability < 1.0


def test_a_man_is_seldom_somebody_who_has_a_name() -> None:
    """Tom saw Ann. “Go,” winked a man. / the man."""
    stranger = NARRATOR + 1
    scores = {0: [(0, 5.0), (2, 2.0)]}
    for noun, who in (("a man", stranger), ("the man", TOM)):
        passage = f"[0 Tom] saw [1 Ann]. “Go,” winked [{noun}]."
        assert speakers(hear(passage, scores, a_man={stranger: 0.6, TOM: 0.3}, the_man={stranger: 0.6, TOM: 0.3})) == [who]


MOTHER = "[2 Meg] saw [1 Ann]. “Go,” winked [[her] mother]."


def test_whom_a_noun_surely_means_speaks_if_it_has_a_name() -> None:
    """Meg saw Ann. “Go,” winked her mother."""
    scores = {0: [(1, 9.0)]}
    assert speakers(hear(MOTHER, scores, her_mother={MEG: 1.0})) == [MEG]
    assert speakers(hear(MOTHER, scores, her_mother={MEG: 0.5, ANN: 0.5})) == [ANN]


def test_whose_mother_she_is_does_not_speak() -> None:
    """Meg saw Ann. “Go,” winked her mother."""
    scores = {0: [(1, 9.0), (0, 1.0)]}
    assert speakers(hear(MOTHER, scores, her_mother={MEG: 0.5, ANN: 0.5}, her={ANN: 1.0})) == [MEG]
