"""Who says a quotation, and to whom, by mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from fabula.readers.attributions import attribute_heard
from fabula.readers.conversations import Heard
from fabula.readers.cues import Cue
from fabula.readers.speakers import attribute_quotes
from fabula.records import Attribution, Mention, QuoteKind
from tests.marked import Marked, mark

TOM, ANN = range(2)


def attribute(
    marked: Marked, heard: Mapping[int, Heard], said: Sequence[Attribution] = (), leader: Mapping[int, int] | None = None
) -> tuple[Attribution, ...]:
    return attribute_heard(marked.text, marked.quotes, marked.tags, marked.mentions, said, heard, leader or {})


def meaning(marked: Marked, **people: int) -> Marked:
    """With the characters whom pronouns and nominals mean, by their words (`_` is a space)."""

    def meant(mention: Mention) -> Mention:
        who = people.get(marked.words(mention.id).replace(" ", "_").lower())
        return mention if who is None else replace(mention, character=who)

    return marked._replace(mentions=tuple(map(meant, marked.mentions)))


def cue(marked: Marked, verb: str, subject: str) -> Cue:
    words = [marked.text.quote(token) for token in marked.text.tokens]
    return Cue(words.index(verb), words.index(subject))


def test_a_speaker_whom_no_words_name_is_the_last_mention_before_the_words() -> None:
    """Tom came. Tom and Ann sat. “Go.” Tom left."""
    marked = mark("[0 Tom] came. [0 Tom] and [1 Ann] sat. “Go.” [0 Tom] left.")
    [said] = attribute(marked, {0: Heard(TOM, 0.6543, None)})
    assert (said.speaker, said.cue, said.manner, said.addressees) == (1, None, "", ())
    assert said.evidence.spans == (marked.mentions[1].span, marked.quotes[0].span)
    assert said.evidence.probability == 0.654


def test_a_name_among_the_last_mentions_is_rather_taken_than_a_pronoun() -> None:
    """Tom came. He saw him. “Go.”; and after so many of him that no name is near"""
    near = meaning(mark("[0 Tom] came. [He] saw [himself]. “Go.”"), he=TOM, himself=TOM)
    [said] = attribute(near, {0: Heard(TOM, 0.6, None)})
    assert near.words(said.speaker) == "Tom"
    far = meaning(mark("[0 Tom] came. [He] [he] [he] [himself]. “Go.”"), he=TOM, himself=TOM)
    [said] = attribute(far, {0: Heard(TOM, 0.6, None)})
    assert far.words(said.speaker) == "himself"


def test_a_speaker_who_has_not_been_mentioned_is_the_first_mention_after_the_words() -> None:
    """“Go.” Tom left. Tom ran."""
    [said] = attribute(mark("“Go.” [0 Tom] left. [0 Tom] ran."), {0: Heard(TOM, 0.6, None)})
    assert said.speaker == 0
    assert said.evidence.told_at == len("“Go.” Tom")


def test_the_verb_and_its_subject_are_the_cue_where_the_subject_means_the_speaker() -> None:
    """Ann sat. “Go,” whispered the old woman."""
    marked = meaning(mark("[1 Ann] sat. “Go,” whispered [the old woman]."), the_old_woman=ANN)
    [said] = attribute(marked, {0: Heard(ANN, 0.9, None, cue(marked, "whispered", "woman"))})
    assert marked.words(said.speaker) == "the old woman"
    assert said.cue is not None
    assert (marked.text.quote(said.cue), said.manner) == ("whispered the old woman", "whisper")
    assert said.evidence.told_at == len(marked.text.string) - 1


def test_the_verb_is_no_cue_where_its_subject_means_somebody_else() -> None:
    """Tom sat. “Go,” whispered Ann: the turns say Tom"""
    marked = mark("[0 Tom] sat. “Go,” whispered [1 Ann].")
    [said] = attribute(marked, {0: Heard(TOM, 0.9, None, cue(marked, "whispered", "Ann"))})
    assert (marked.words(said.speaker), said.cue, said.manner) == ("Tom", None, "")


def test_what_a_cue_tells_by_name_stays_and_gets_who_is_spoken_to() -> None:
    """Ann sat. “Go,” whispered Tom."""
    marked = mark("[1 Ann] sat. “Go,” whispered [0 Tom].")
    known = attribute_quotes(marked.text, marked.quotes, marked.mentions)
    [said] = attribute(marked, {0: Heard(TOM, 0.5, ANN)}, known)
    assert said == replace(known[0], addressees=(0,))
    assert attribute(marked, {0: Heard(None, 0.0, None)}, known) == known


def test_who_is_spoken_to_may_be_mentioned_only_later() -> None:
    """“Go,” said Tom. ¶ Ann left."""
    [said] = attribute(mark("“Go,” said [0 Tom]. ¶ [1 Ann] left."), {0: Heard(TOM, 0.5, ANN)})
    assert said.addressees == (1,)


@pytest.mark.parametrize(
    ("kind", "n"), [(QuoteKind.SPEECH, 1), (QuoteKind.THOUGHT, 1), (QuoteKind.WRITING, 0)], ids=lambda kind: str(kind)
)
def test_speeches_and_thoughts_have_speakers_and_writings_none(kind: QuoteKind, n: int) -> None:
    """Tom sat. “Go.”"""
    assert len(attribute(mark("[0 Tom] sat. “Go.”", kind=kind), {0: Heard(TOM, 0.5, None)})) == n


def test_a_quotation_whose_speaker_is_not_known_has_no_attribution() -> None:
    """Tom sat. “Go, Ann.”"""
    marked = mark("[0 Tom] sat. “Go, [1 Ann].”")
    assert attribute(marked, {0: Heard(None, 0.0, ANN)}) == ()
    assert attribute(marked, {}) == ()


# --- what a statement may say before its end (docs/concepts/story-model.md: until)


def test_who_answers_is_spoken_to_no_sooner_than_she_answers() -> None:
    """Ann sat. “Go,” said Tom. ¶ “No,” said Ann."""
    marked = mark("[1 Ann] sat. “Go,” said [0 Tom]. ¶ “No,” said [1 Ann].")
    said = attribute(marked, {0: Heard(TOM, 0.9, ANN, beside=1), 1: Heard(ANN, 0.9, TOM, beside=0)})
    answer = marked.quotes[1].span
    first = said[0]
    last = max([first.evidence.told_at, *(marked.mentions[m].span.end for m in first.addressees)])
    assert last >= answer.start


def test_a_speaker_is_the_nearest_of_all_names_that_are_one_person_s() -> None:
    """Tom Hale came. It rained. Mr. Hale sat. “Go.”: the two are one by an identity, and heard by the first one's number"""
    marked = mark("[0 Tom Hale] came. It rained. [5 Mr. Hale] sat. “Go.”")
    [said] = attribute(marked, {0: Heard(TOM, 0.9, None)}, leader={TOM: TOM, 5: TOM})
    assert marked.words(said.speaker) == "Mr. Hale"
