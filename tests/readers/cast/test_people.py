"""Whom every mention means, over a whole book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from fabula.readers.cast.adoption import ADOPTED, READER
from fabula.readers.cast.ground import lay_ground
from fabula.readers.cast.hearing import FEW_SPEAK, SETTLED
from fabula.readers.cast.introductions import Introduction
from fabula.readers.cast.people import People, resolve_people
from fabula.readers.conversations import Voices
from fabula.readers.cues import read_cues
from fabula.readers.speakers import attribute_quotes
from fabula.readers.turns import find_pronoun_cues
from fabula.records import Evidence, Gender, GenderCue, Identity, Mention, MentionKind, NameKind
from tests.marked import Marked, mark

TOM, ANN = range(2)
PIP = 1  # where there is no Ann
NARRATOR = 2  # the number after Ann's
Link = tuple[int, int, float]  # a later mention or a quotation, a mention, log-odds


def by_row(links: Sequence[Link]) -> dict[int, list[tuple[int, float]]]:
    rows: dict[int, list[tuple[int, float]]] = {}
    for row, column, log_odds in sorted(links):
        rows.setdefault(row, []).append((column, log_odds))
    return rows


def resolve(
    marked: Marked,
    *antecedents: Link,
    attributes: Sequence[Link] = (),
    speakers: Sequence[Link] = (),
    identities: Sequence[Identity] = (),
    cues: Sequence[GenderCue] = (),
    introductions: Sequence[Introduction] = (),
) -> People:
    text, quotes, mentions = marked.text, marked.quotes, marked.mentions
    said = attribute_quotes(text, quotes, [m for m in mentions if m.character is not None])
    voices = Voices(by_row(speakers), {}, said, read_cues(text, quotes, marked.tags), find_pronoun_cues(text, quotes))
    ground = lay_ground(text, quotes, mentions, by_row(antecedents), by_row(attributes))
    return resolve_people(ground, mentions, identities, cues, voices, introductions)


def meant(marked: Marked, people: People) -> list[int | None]:
    assert [m.id for m in people.mentions] == [m.id for m in marked.mentions]
    return [m.character for m in people.mentions]


def whom(passage: str, *antecedents: Link, speakers: Sequence[Link] = (), attributes: Sequence[Link] = ()) -> list[int | None]:
    """The character of each mention of a passage."""
    marked = mark(passage)
    return meant(marked, resolve(marked, *antecedents, speakers=speakers, attributes=attributes))


def both(ones: Sequence[int | None]) -> set[tuple[int, int]]:
    """The pairs of mentions that mean one person."""
    return {(one, other) for one, other in combinations(range(len(ones)), 2) if ones[one] == ones[other] is not None}


# --- names, and what refers to them


def test_a_pronoun_means_whom_its_likeliest_antecedent_means() -> None:
    """Tom saw Ann. He waved."""
    assert whom("[0 Tom] saw [1 Ann]. [He] waved.", (2, 0, 3.0), (2, 1, 0.0)) == [TOM, ANN, TOM]


def test_a_chain_of_pronouns_leads_to_the_name_and_a_thing_does_not() -> None:
    """Tom came. He waved. He left."""
    assert whom("[0 Tom] came. [He] waved. [He] left.", (1, 0, 3.0), (2, 1, 3.0)) == [TOM] * 3
    assert whom("[0 Tom] came. [It] rained.") == [TOM, None]


def test_a_noun_that_describes_somebody_named_means_him() -> None:
    """Tom was a thief."""
    assert whom("[0 Tom] was [a thief].", attributes=[(1, 0, 4.0)]) == [TOM, TOM]


def test_he_is_no_woman() -> None:
    """Mrs. Reed, Miss Ann, Mrs. Reed ... Tom ... he, likelier she by the links"""
    marked = mark("[1 Ann] saw [1 Ann] and [1 Ann]. [0 Tom] sat. [He] waved.")
    cues = [GenderCue(ANN, Gender.FEMALE, m.span) for m in marked.mentions[:3]]
    links = ((4, 2, 2.0), (4, 3, 0.5))
    assert meant(marked, resolve(marked, *links))[4] == ANN
    assert meant(marked, resolve(marked, *links, cues=cues))[4] == TOM


def test_nobody_is_forced_upon_a_mention() -> None:
    """Tom came. It rained on him, who is hardly Tom; You never know."""
    assert whom("[0 Tom] came. It rained on [him].", (1, 0, -3.0)) == [TOM, None]
    assert whom("[0 Tom] came. [You] never know.") == [TOM, None]


# --- somebody new


def test_a_noun_without_antecedent_is_somebody_new_who_recurs() -> None:
    """Tom saw an old woman. She wept."""
    assert both(whom("[0 Tom] saw [an old woman]. [She] wept.", (2, 1, 3.0))) == {(1, 2)}


def test_somebody_new_of_whom_nothing_more_is_said_is_no_character() -> None:
    """Tom saw an old woman."""
    assert whom("[0 Tom] saw [an old woman].") == [TOM, None]


def test_somebody_new_who_speaks_is_one() -> None:
    """“Go,” winked an old woman."""
    marked = mark("[0 Tom] sat. “Go,” winked [an old woman].")
    people = resolve(marked, speakers=[(0, 1, 3.0)])
    assert people.mentions[1].character is not None
    assert people.heard[0].speaker == people.mentions[1].character


def test_a_new_one_has_a_number_of_her_own() -> None:
    """Tom saw an old woman and an old man. She wept. He wept."""
    found = whom("[0 Tom] saw [an old woman] and [an old man]. [She] wept. [He] wept.", (3, 1, 3.0), (4, 2, 3.0))
    assert both(found) == {(1, 3), (2, 4)}
    assert found[1] not in (TOM, ANN)


def test_somebody_new_is_adopted_by_the_name_that_follows() -> None:
    """A young man came. He sat. It was Tom. Tom waved."""
    marked = mark("[A young man] came. [He] sat. It was [0 Tom]. [0 Tom] waved.")
    people = resolve(marked, (1, 0, 3.0), (2, 1, 3.0), (3, 2, 3.0))
    [link] = people.identities
    assert {link.one, link.other} == {TOM, people.mentions[0].character}
    assert link.evidence == Evidence((marked.mentions[0].span, marked.mentions[2].span), READER, ADOPTED)
    assert link.evidence.told_at == marked.mentions[2].span.end


def test_a_name_that_has_been_told_before_adopts_nobody() -> None:
    """Tom sat. A young man came. Tom waved."""
    people = resolve(mark("[0 Tom] sat. [A young man] came. [0 Tom] waved."), (2, 1, 3.0))
    assert people.identities == ()


def test_a_link_that_is_hardly_likely_adopts_nobody() -> None:
    """A young man came. Tom waved."""
    assert resolve(mark("[A young man] came. [0 Tom] waved."), (1, 0, 0.4)).identities == ()
    assert len(resolve(mark("[A young man] came. [0 Tom] waved."), (1, 0, 3.0)).identities) == 1


def test_a_new_one_who_may_be_two_is_adopted_by_none() -> None:
    """A young man came. Tom, or Ann?"""
    passage = mark("[A young man] came. [0 Tom] waved. [1 Ann] waved.")
    assert resolve(passage, (1, 0, 3.0), (2, 0, 3.0)).identities == ()
    [link] = resolve(passage, (1, 0, 3.0), (2, 0, -1.0)).identities
    assert TOM in (link.one, link.other)


def test_nobody_is_whose_father_he_is() -> None:
    """Tom sat. His father came. He wept."""
    found = whom("[0 Tom] sat. [[His] father] came. [He] wept.", (1, 0, 2.0), (2, 0, 4.0), (3, 1, 3.0))
    assert found[2] == TOM
    assert found[1] == found[3]
    assert found[1] not in (TOM, None)


def test_nobody_is_adopted_by_whose_father_he_is() -> None:
    """His father came. Tom waved."""
    marked = mark("[[His] father] came. [0 Tom] waved.")
    assert resolve(marked, (2, 0, 3.0)).identities != ()
    assert resolve(marked, (1, 0, -9.0), (2, 0, 3.0), (2, 1, 3.0)).identities == ()


def test_who_are_several_are_nobody_with_a_name() -> None:
    """Some men came. They sat. Tom waved.: linked with Tom"""
    for pronoun, n in (("They", 0), ("He", 1)):
        people = resolve(mark(f"[The guest] came. [{pronoun}] sat. [0 Tom] waved."), (1, 0, 9.0), (2, 0, 9.0))
        assert len(people.identities) == n


def test_a_family_is_nobody_with_a_name() -> None:
    """The family came. The family sat. Tom waved.: linked with Tom"""
    for noun, n in (("family", 0), ("guest", 1)):
        people = resolve(mark(f"[The {noun}] came. [The {noun}] sat. [0 Tom] waved."), (1, 0, 9.0), (2, 0, 9.0))
        assert len(people.identities) == n


def test_a_link_of_one_mention_of_very_many_adopts_nobody() -> None:
    """A young man came. He sat. He sat. ... Tom waved."""
    for n, adopted in ((5, 1), (60, 0)):
        he = [(at, at - 1, 9.0) for at in range(1, n)]
        assert (
            len(resolve(mark("[A young man] came." + " [He] sat." * (n - 1) + " [0 Tom] waved."), *he, (n, 0, 3.0)).identities)
            == adopted
        )


def test_who_goes_by_a_noun_is_adopted_only_where_the_links_say_it_of_the_noun() -> None:
    """The doctor came. The doctor came. ... Tom waved."""
    for n, adopted in ((2, 1), (5, 0)):
        same = [(at, at - 1, 9.0) for at in range(1, n)]
        assert len(resolve(mark("[The doctor] came. " * n + "[0 Tom] waved."), *same, (n, 0, 3.0)).identities) == adopted


def test_a_name_that_is_nobody_s_in_the_cast_means_nobody_of_another_name() -> None:
    """Tom rode to Egdon."""
    marked = mark("[0 Tom] rode to [Egdon].")
    tom, egdon = marked.mentions
    assert meant(marked, resolve(marked, (1, 0, 9.0))) == [TOM, TOM]
    marked = marked._replace(mentions=(tom, replace(egdon, kind=MentionKind.NAME)))
    assert meant(marked, resolve(marked, (1, 0, 9.0))) == [TOM, None]


def test_somebody_new_is_adopted_by_the_name_that_the_text_says_is_his() -> None:
    """A young man came. He sat. They called him Tom. Ann saw him.: the links say nothing of Tom"""
    marked = mark("[A young man] came. [He] sat. They called [him] [0 Tom]. [1 Ann] saw [him].")
    links = ((1, 0, 9.0), (2, 1, 9.0), (5, 2, 9.0))
    assert resolve(marked, *links).identities == ()
    [link] = resolve(marked, *links, introductions=[Introduction(2, 3, is_sure=False)]).identities
    assert {link.one, link.other} == {TOM, marked.mentions[0].id + NARRATOR + 1}
    assert link.evidence.told_at == marked.mentions[3].span.end


def test_a_phrase_that_holds_a_name_means_whom_it_names() -> None:
    """A man called Tom came. He sat."""
    marked = mark("[A man] called [0 Tom] came. [He] sat.")
    people = resolve(marked, (2, 0, 3.0), introductions=[Introduction(0, 1, is_sure=True)])
    assert meant(marked, people) == [TOM] * 3


def test_a_narrator_has_the_name_that_i_says_is_mine() -> None:
    """I came. ... ¶ “My name is Pip,” winked I."""
    marked = mark("[I] came. [I] sat. [I] slept. [My] boat was there. ¶ “[My] name is [1 Pip],” winked [I].")
    mine = Introduction(4, 5, is_sure=False)
    [link] = resolve(marked, introductions=[mine]).identities
    assert {link.one, link.other} == {1, NARRATOR}
    assert resolve(marked).identities == ()


OPENS = "[He] sat. [0 Tom] came. [1 Pip] rose. [He] wept."


def test_who_opens_a_chapter_as_a_pronoun_is_rather_who_is_named_first() -> None:
    """He sat. Tom came. Pip rose."""
    [link] = resolve(mark(OPENS), (1, 0, 0.5), (2, 0, 0.5)).identities
    assert link.one == TOM


@pytest.mark.parametrize("passage", ["“" + OPENS.replace(" [0", "” [0"), "[A man] came. " + OPENS], ids=["said", "not first"])
def test_a_pronoun_that_does_not_open_a_chapter_is_nobody_named_first(passage: str) -> None:
    """“He sat.” Tom came. Pip rose. And: A man came. He sat. Tom came. Pip rose."""
    at = 1 if "man" in passage else 0
    assert resolve(mark(passage), (1 + at, at, 0.5), (2 + at, at, 0.5)).identities == ()


PROTAGONIST = "[They] rang. [He] sat. [0 Tom] rose. [He] slept. [0 Tom] ran. [1 Pip] knew. [He] sang. [He] left."


def test_a_protagonist_who_comes_before_all_names_is_who_is_seldom_named() -> None:
    """They rang. He sat. Tom rose. He slept. Tom ran. Pip knew. He sang. He left."""
    links = [(2, 1, -0.2), (3, 1, 3.0), (4, 3, -0.2), (5, 3, 0.2), (6, 3, 3.0), (7, 6, 3.0)]
    [link] = resolve(mark(PROTAGONIST), *links).identities
    assert link.one == PIP
    behind = [(one + 1, other + 1, odds) for one, other, odds in links]
    [link] = resolve(mark("[0 Tom] came. " + PROTAGONIST), *behind).identities
    assert link.one == TOM


# --- what is said


def test_i_in_a_speech_is_whoever_speaks_and_you_who_is_spoken_to() -> None:
    """“I see you,” said Tom. ¶ “No,” said Ann."""
    assert whom("“[I] see [you],” said [0 Tom]. ¶ “No,” said [1 Ann].") == [TOM, ANN, TOM, ANN]


def test_who_was_new_before_the_talk_was_heard_is_who_she_turns_out_to_be_and_so_is_her_i() -> None:
    """Ann sat. “You go,” said Tom. ¶ “I know,” winked she.: by what is said she may be Ann, by the narration nobody knows"""
    marked = mark("[1 Ann] sat. “[You] go,” said [0 Tom]. ¶ “[I] know,” winked [she].")
    people = resolve(marked, (1, 0, 9.0), (4, 0, -0.1), (4, 1, 6.0), speakers=[(1, 4, 5.0)])
    assert people.mentions[4].character == people.mentions[3].character == people.heard[1].speaker


def test_i_in_a_speech_is_not_who_is_linked() -> None:
    """Ann sat. “I go,” said Tom."""
    assert whom("[1 Ann] sat. “[I] go,” said [0 Tom].", (1, 0, 9.0)) == [ANN, TOM, TOM]


def test_narration_is_resolved_before_who_speaks() -> None:
    """Tom rose. He sighed. “I go,” winked he."""
    assert whom("[0 Tom] rose. [He] sighed. “[I] go,” winked [he].", (1, 0, 3.0), (3, 1, 3.0)) == [TOM] * 4


def test_who_speaks_is_not_the_he_of_his_own_words() -> None:
    """Tom rose. Pip came. “He is late,” said Tom."""
    passage = "[0 Tom] rose. [1 Pip] came. “[He] is late,” said [0 Tom]."
    assert whom(passage, (2, 0, 2.0), (2, 1, 0.5)) == [TOM, 1, 1, TOM]
    assert whom(passage.replace("said [0", "said [1"), (2, 0, 2.0), (2, 1, 0.5)) == [TOM, 1, TOM, 1]


def test_whom_one_calls_is_somebody_else() -> None:
    """Tom rose. Pip came. “Yes, sir,” said Tom."""
    passage = "[0 Tom] rose. [1 Pip] came. “Yes, [sir],” said [0 Tom]."
    assert whom(passage, (2, 0, 2.0), (2, 1, 0.5)) == [TOM, PIP, PIP, TOM]


TALK = "[0 Tom] saw [1 Pip]. “It rains,” winked [he]."


def test_the_pronoun_of_a_cue_means_who_likely_speaks() -> None:
    """Tom saw Pip. “It rains,” winked he."""
    assert whom(TALK, (2, 0, 0.3), (2, 1, 0.0), speakers=[(0, 1, 9.0), (0, 0, -9.0)])[2] == TOM
    marked = mark(TALK)
    people = resolve(marked, (2, 0, 6.0), (2, 1, -6.0), speakers=[(0, 0, 9.0)])
    assert people.heard[0].speaker == people.mentions[2].character == TOM
    assert people.heard[0].probability > SETTLED


def test_who_speaks_is_whom_the_pronoun_of_the_cue_means_where_nothing_is_sure() -> None:
    """Ann saw Meg. “Go, Ann,” winked she. / “It rains,” winked she."""
    for odds in ((0.3, 0.0), (0.0, 0.3)):
        people = resolve(mark(TALK), (2, 0, odds[0]), (2, 1, odds[1]))
        assert people.heard[0].probability <= SETTLED
        assert people.heard[0].speaker == people.mentions[2].character


@pytest.mark.parametrize(("n", "speaks"), [(FEW_SPEAK, True), (FEW_SPEAK - 1, False)])
def test_who_speaks_more_than_once_under_a_noun_is_somebody_by_himself(n: int, speaks: bool) -> None:
    """Tom saw Pip. “It rains,” winked the cook. ¶ “It snows,” winked the cook."""
    said = " ¶ ".join("“It rains,” winked [the cook]." for _ in range(n))
    links = [(2, 0, -0.4), *((at, at - 1, 6.0) for at in range(3, 2 + n))]
    people = resolve(mark(f"[0 Tom] saw [1 Pip]. {said}"), *links, speakers=[(at, 0, 1.0) for at in range(n)])
    assert TOM not in {people.heard[at].speaker for at in range(n)} if speaks else people.heard[0].speaker == TOM


def test_the_third_person_in_a_speech_means_whom_its_links_do() -> None:
    """Ann left. “She goes,” said Tom."""
    assert whom("[1 Ann] left. “[She] goes,” said [0 Tom].", (1, 0, 3.0)) == [ANN, ANN, TOM]


# --- who tells

TOLD = "[I] came. [0 Tom] saw [1 Ann]. [I] sat. [I] slept. [My] boat was there."


def test_the_i_of_a_chapter_that_is_told_so_is_the_narrator() -> None:
    """I came. Tom saw Ann. I sat. I slept. My boat was there."""
    marked = mark(TOLD)
    people = resolve(marked)
    assert meant(marked, people) == [NARRATOR, TOM, ANN, NARRATOR, NARRATOR, NARRATOR]
    [told] = people.narrators
    assert (told.character, told.evidence.spans) == (NARRATOR, (marked.mentions[0].span,))


def test_i_in_a_speech_is_not_the_narrator() -> None:
    """“I go,” said Tom."""
    marked = mark(f"{TOLD} “[I] go,” said [0 Tom].")
    assert meant(marked, resolve(marked))[-2:] == [TOM, TOM]


def test_a_narrator_may_speak() -> None:
    """“I go,” said I."""
    marked = mark(f"{TOLD} “[I] go,” winked [I].")
    people = resolve(marked)
    assert meant(marked, people)[-2:] == [NARRATOR, NARRATOR]
    assert people.heard[0].speaker == NARRATOR


def test_a_story_with_an_i_or_two_has_no_narrator() -> None:
    """I came. Tom saw Ann. I sat."""
    people = resolve(mark("[I] came. [0 Tom] saw [1 Ann]. [I] sat."))
    assert people.narrators == ()
    assert NARRATOR not in [m.character for m in people.mentions]


def test_a_chapter_that_is_not_told_by_i_has_no_narrator_beside_one_that_is() -> None:
    """# I ¶ I came. ... ¶ # II ¶ Tom sat. I, he said, ..."""
    marked = mark(f"# I ¶ {TOLD} ¶ # II ¶ [0 Tom] wrote [I]. [1 Ann] sat.")
    people = resolve(marked)
    assert [n.character for n in people.narrators] == [NARRATOR]
    assert people.mentions[7].character != NARRATOR


def test_a_chapter_is_told_by_whose_it_is_by_its_heading() -> None:
    """# Tom’s Narrative ¶ I came. ... ¶ # Ann’s Narrative ¶ I came. ..."""
    told = "[I] came. [I] sat. [I] slept. [My] boat was there."
    marked = mark(f"# Tom’s Narrative ¶ [0 Tom] {told} ¶ # Ann’s Narrative ¶ [1 Ann] {told}")
    titles = ("Tom’s Narrative", "Ann’s Narrative")
    chapters = tuple(replace(c, title=title) for c, title in zip(marked.text.chapters, titles, strict=True))
    people = resolve(marked._replace(text=replace(marked.text, chapters=chapters)))
    assert meant(marked, people) == [TOM] * 5 + [ANN] * 5
    assert [n.character for n in people.narrators] == [TOM, ANN]


DOCUMENTS = " ¶ ".join(
    [
        "[0 Tom Hale] met [1 Ann Lee].",
        "Tom Hale's Diary",
        "[I] came. [I] sat. [I] slept. [My] boat was there.",
        "Letter, Ann Lee to Tom Hale",
        "[I] went. [I] ate. [I] slept. [My] house was there.",
    ]
)


def test_the_documents_in_a_chapter_are_told_by_whose_they_are() -> None:
    """Tom Hale's Diary ¶ I came. ... ¶ Letter, Ann Lee to Tom Hale ¶ I went. ..."""
    marked = mark(DOCUMENTS)
    people = resolve(marked)
    assert meant(marked, people) == [TOM, ANN] + [TOM] * 4 + [ANN] * 4
    assert [n.character for n in people.narrators] == [TOM, ANN]


@pytest.mark.parametrize(
    "heading", ["Letter 2. Tom Hale to his sister", "From the Diary of Tom Hale", "Extract from Tom Hale's Log"]
)
def test_a_document_may_be_headed_otherwise(heading: str) -> None:
    """From the Diary of Tom Hale ¶ I came. ..."""
    marked = mark(DOCUMENTS.replace("Tom Hale's Diary", heading))
    assert meant(marked, resolve(marked)) == [TOM, ANN] + [TOM] * 4 + [ANN] * 4


def test_a_chapter_that_is_a_letter_is_told_by_its_writer() -> None:
    """# Letter 1. Tom to his sister ¶ I came. ..."""
    told = "[I] came. [I] sat. [I] slept. [My] boat was there."
    marked = mark(f"# Letter 1 ¶ [0 Tom] {told} ¶ # Letter 2 ¶ [1 Ann] {told}")
    headings = (("Tom to his sister", "Letter 1. Tom to his sister"), ("Ann to her brother", "Letter 2. Ann to her brother"))
    chapters = tuple(replace(c, title=t, heading=h) for c, (t, h) in zip(marked.text.chapters, headings, strict=True))
    people = resolve(marked._replace(text=replace(marked.text, chapters=chapters)))
    assert [n.character for n in people.narrators] == [TOM, ANN]


@pytest.mark.parametrize("heading", ["Tom Hale's heart sank.", "The Narrative of the Stone", "Tom Hale"])
def test_other_short_paragraphs_are_no_headings_of_documents(heading: str) -> None:
    """Tom Hale's heart sank. ¶ I came. ..."""
    marked = mark(DOCUMENTS.replace("Tom Hale's Diary", heading).replace("Letter, Ann", "Ann"))
    people = resolve(marked)
    assert meant(marked, people)[2:] == [NARRATOR] * 8


CALLED = "[I] came. [I] sat. [I] slept. [My] boat was there." + " ¶ “[1 Pip], come!” said [0 Tom]. ¶ “Yes,” winked [I]." * 3


def test_a_narrator_is_who_is_called_where_i_answers() -> None:
    """I came. ... ¶ “Pip, come!” said Tom. ¶ “Yes,” said I."""
    marked = mark(CALLED)
    [link] = resolve(marked).identities
    assert (link.one, link.other) == (1, NARRATOR)
    assert [marked.text.quote(span) for span in link.evidence.spans] == ["I", "Pip", "“Yes,”"]


def test_a_narrator_who_is_often_called_is_nobody_whose_letter_is_read_out() -> None:
    """My name is Ann. ... ¶ “Pip, come!” said Tom. ¶ “Yes,” said I. Nine times, and ten"""
    told = "[I] came. [I] sat. [My] name is [2 Ann]. [My] boat was there."
    called = " ¶ “[1 Pip], come!” said [0 Tom]. ¶ “Yes,” winked [I]."
    mine = Introduction(2, 3, is_sure=False)
    [link] = resolve(mark(told + called * 9), introductions=[mine]).identities
    assert link.one == 2
    [link] = resolve(mark(told + called * 10), introductions=[mine]).identities
    assert link.one == 1


@pytest.mark.parametrize(
    "passage",
    [CALLED.replace("winked [I]", "said [0 Tom]"), CALLED[: CALLED.rindex(" ¶ “[1")], CALLED + " ¶ [1 Pip] sat." * 2],
    ids=["another one answers", "twice", "the narration names him"],
)
def test_a_narrator_is_nobody_else(passage: str) -> None:
    """I came. ... ¶ “Pip, come!” said Tom."""
    assert resolve(mark(passage)).identities == ()


UNSEEN = "[I] came. [I] sat. [I] slept. [My] boat was there." + " ¶ “Come, [1 Pip], come!” said [0 Tom]. ¶ [I] rose." * 3


def test_a_narrator_is_whom_others_call_and_the_narration_never_names() -> None:
    """I came. ... ¶ “Come, Pip, come!” said Tom. ¶ I rose."""
    [link] = resolve(mark(UNSEEN)).identities
    assert (link.one, link.other) == (1, NARRATOR)


@pytest.mark.parametrize(
    "passage",
    [
        UNSEEN[: UNSEEN.rindex(" ¶ “Come")],
        UNSEEN + " ¶ [1 Pip] sat.",
        UNSEEN.replace("[I] rose", "It rained. ¶ It snowed. ¶ It hailed"),
        UNSEEN.replace("said [0 Tom]", "winked [I]"),
    ],
    ids=["twice", "the narration names him", "I is not around", "I calls"],
)
def test_whom_others_call_is_not_always_the_narrator(passage: str) -> None:
    """I came. ... ¶ “Come, Pip, come!” said Tom."""
    assert resolve(mark(passage)).identities == ()


def test_what_nobody_is_mentioned_in_has_no_people() -> None:
    """It rained."""
    assert resolve(mark("It rained.")) == People((), (), (), {})


# --- what a statement may say before its end (docs/concepts/story-model.md: until)

REVEAL = "[0 Tom] sat. [1 Mr. Hale] came. [He] left. It was [5 Tom Hale]."
"""A reader knows only by the last words that Tom and Mr. Hale are one."""


def revealed(marked: Marked) -> list[Identity]:
    def first(who: int) -> Mention:
        return next(m for m in marked.mentions if m.character == who)

    return [Identity(who, 5, Evidence((first(who).span, first(5).span), "names", 0.9)) for who in (0, 1)]


def test_a_pronoun_has_the_number_of_the_name_that_it_means_before_folding() -> None:
    """Tom sat. Mr. Hale came. He left. It was Tom Hale."""
    marked = mark(REVEAL)
    people = resolve(marked, (2, 1, 9.0), identities=revealed(marked))
    assert people.mentions[2].character == people.mentions[1].character == 1


def test_somebody_new_is_the_name_that_follows_before_folding() -> None:
    """A stranger came. It was Mr. Hale. Tom sat. It was Tom Hale."""
    marked = mark("[A stranger] came. It was [1 Mr. Hale]. [0 Tom] sat. It was [5 Tom Hale].")
    [link] = resolve(marked, (1, 0, 9.0), identities=revealed(marked)).identities
    assert {link.one, link.other} == {1, marked.mentions[0].id + 7}


def test_a_name_keeps_its_number_and_its_kind() -> None:
    """Tom sat. Mr. Hale came. He left. It was Tom Hale."""
    marked = mark(REVEAL)
    people = resolve(marked, (2, 1, 9.0), identities=revealed(marked))
    assert [m.character for m in people.mentions if m.name_kind is NameKind.SINGLE] == [0, 1, 5]


def test_a_narrator_has_no_name_before_answering_to_it() -> None:
    """I came. ... ¶ “Pip, come!” said Tom. ¶ “Yes,” said I."""
    marked = mark(CALLED)
    [link] = resolve(marked).identities
    assert link.evidence.told_at >= marked.quotes[1].span.start
