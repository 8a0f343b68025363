"""Quotations, speakers, addressees and cast of whole novels, scored end to end against PDNC.

The reader of a story is given a novel's plain text only. The gold cast is used here alone, to say who of the story is whom
(`pdnc_cast.py`). Quotations are scored part by part.

    novels = read_novels(data / "pdnc")
    print(sum((score_story(gold, from_story(fabula.read(gold.path))) for gold in novels), Counts()).speaker)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.letters import Letters, align
from evaluation.pdnc_cast import count_cast, identify_cast, score_cast
from evaluation.pdnc_counts import Counts
from evaluation.pdnc_novels import (
    IN_LITBANK,
    NOT_IN_LITBANK,
    CueKind,
    GoldCharacter,
    GoldNovel,
    GoldPart,
    is_person,
    read_novel,
    read_novels,
)
from fabula.records import SURE, Character, Quote, QuoteKind
from fabula.story.story import StoryView

__all__ = [
    "IN_LITBANK",
    "NOT_IN_LITBANK",
    "SPEECH_AND_THOUGHT",
    "Counts",
    "CueKind",
    "GoldCharacter",
    "GoldNovel",
    "GoldPart",
    "ScoredStory",
    "from_story",
    "judge_speakers",
    "read_novel",
    "read_novels",
    "score_cast",
    "score_story",
]


@dataclass(frozen=True, slots=True)
class ScoredStory:
    """What of a story is scored: its text, the quotations that it takes for speech, its cast. Without a cast nobody speaks."""

    text: str
    quotes: tuple[Quote, ...]
    cast: tuple[Character, ...] = ()


SPEECH_AND_THOUGHT = (QuoteKind.SPEECH, QuoteKind.THOUGHT)


def from_story(story: StoryView, kinds: Sequence[str] = (QuoteKind.SPEECH,)) -> ScoredStory:
    """What of a story is scored. kinds: the kinds of quotation that count as speech."""
    return ScoredStory(story.text, tuple(q for q in story.quotes if q.kind in kinds), tuple(story.cast))


def score_story(gold: GoldNovel, story: ScoredStory) -> Counts:
    """Score the story that was read from a novel's plain text."""
    people = identify_cast(gold, story.cast)
    quotes, heard = _match_quotes(gold, story)
    return quotes + _count_speakers(gold, heard, people.stands_for) + count_cast(gold, people)


def judge_speakers(gold: GoldNovel, story: ScoredStory) -> list[tuple[float, bool]]:
    """Of each gold part with one known speaker how probable the story's is, -1 where it has none, and whether it is right."""
    return [
        (-1.0 if quote is None or quote.speaker is None else quote.probability, is_right)
        for _, quote, is_right in judge_parts(gold, story)
    ]


def judge_parts(gold: GoldNovel, story: ScoredStory) -> list[tuple[GoldPart, Quote | None, bool]]:
    """Each gold part with one known speaker, the quotation that holds it, and whether the speaker of that is right."""
    stands_for = identify_cast(gold, story.cast).stands_for
    _, heard = _match_quotes(gold, story)
    cast = {character.name for character in gold.cast if character.is_person}
    return [
        (part, quote, quote is not None and quote.speaker is not None and stands_for.get(quote.speaker) == part.speaker)
        for part, quote in zip(gold.parts, heard, strict=True)
        if part.speaker in cast
    ]


def _match_quotes(gold: GoldNovel, story: ScoredStory) -> tuple[Counts, list[Quote | None]]:
    """The counts of quotations, and for each gold part the quotation that holds half its letters."""
    letters, story_letters = Letters.of(gold.text), Letters.of(story.text)
    gold_index = align(letters.folded, story_letters.folded)
    in_speech = np.zeros(len(letters), np.bool_)
    stretches = [letters.within(part.start, part.end) for part in gold.parts]
    for stretch in stretches:
        in_speech[stretch] = True
    owner = np.full(len(letters), -1, np.int64)  # of each letter of the novel the quotation; of nested ones, the last listed
    n_quoted = n_extra = n_touching = n_swallowed = 0
    for number, quote in enumerate(story.quotes):
        n_inside = n_outside = 0
        for start, end in quote.parts:
            indices = gold_index[story_letters.within(start, end)]
            indices = indices[indices >= 0]
            owner[indices] = number
            n_speech = int(np.count_nonzero(in_speech[indices]))
            n_inside += n_speech
            n_outside += len(indices) - n_speech
        n_quoted += n_inside + n_outside
        if n_inside:
            n_touching += n_inside + n_outside
            n_swallowed += n_outside
        else:
            n_extra += 1
    heard = [_main_quote(owner[stretch], story.quotes) for stretch in stretches]
    counts = Counts(
        n_gold_letters=len(letters),
        n_aligned=int(np.count_nonzero(gold_index >= 0)),
        n_parts=len(gold.parts),
        n_found=sum(quote is not None for quote in heard),
        n_speech_letters=int(np.count_nonzero(in_speech)),
        n_quoted_letters=n_quoted,
        n_hit_letters=int(np.count_nonzero(in_speech & (owner >= 0))),
        n_quotes=len(story.quotes),
        n_extra=n_extra,
        n_touching_letters=n_touching,
        n_swallowed=n_swallowed,
    )
    return counts, heard


def _main_quote(owners: NDArray[np.int64], quotes: Sequence[Quote]) -> Quote | None:
    """The quotation that holds at least half of a part's letters; of two that hold half each, the first."""
    sizes = Counter(owners[owners >= 0].tolist())
    if not sizes:
        return None
    [(number, size)] = sizes.most_common(1)
    return quotes[number] if 2 * size >= len(owners) else None


def _count_speakers(gold: GoldNovel, heard: Sequence[Quote | None], stands_for: dict[int, str]) -> Counts:
    """The counts of speakers and addressees; heard: the quotation of each gold part."""
    cast = {character.name for character in gold.cast if character.is_person}
    known: Counter[CueKind | None] = Counter()
    right: Counter[CueKind | None] = Counter()
    n_unsaid = n_sure = n_sure_right = n_addressed = 0
    addressee_f1 = 0.0
    for part, quote in zip(gold.parts, heard, strict=True):
        if part.speaker in cast:
            said = quote.speaker if quote else None
            is_right = said is not None and stands_for.get(said) == part.speaker
            known[part.cue] += 1
            right[part.cue] += is_right
            n_unsaid += said is None
            if quote and said is not None and quote.probability >= SURE:
                n_sure += 1
                n_sure_right += is_right
        addressees = {name for name in part.addressees if is_person(name)}
        if addressees:
            named = [stands_for.get(id_) for id_ in dict.fromkeys(quote.addressees)] if quote else []
            # two of the story's characters that stand for one are one; one that stands for nobody is one too many
            n_named = len(set(named) - {None}) + named.count(None)
            n_addressed += 1
            addressee_f1 += 2 * len(addressees & set(named)) / (len(addressees) + n_named)
    return Counts(
        n_known=known.total(),
        n_known_explicit=known[CueKind.EXPLICIT],
        n_known_anaphoric=known[CueKind.ANAPHORIC],
        n_known_implicit=known[CueKind.IMPLICIT],
        n_right=right.total(),
        n_right_explicit=right[CueKind.EXPLICIT],
        n_right_anaphoric=right[CueKind.ANAPHORIC],
        n_right_implicit=right[CueKind.IMPLICIT],
        n_unsaid=n_unsaid,
        n_sure=n_sure,
        n_sure_right=n_sure_right,
        n_addressed=n_addressed,
        addressee_f1_sum=addressee_f1,
    )
