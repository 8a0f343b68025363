"""What the speaker head is shown in one step: a window of a passage, its vectors, and who may be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from fabula.neural.conversation import (
    MENTION_ITEM,
    NAME,
    PARAGRAPH_ITEM,
    QUOTE_ITEM,
    Conversation,
    Mentions,
    SpeakerWindow,
    cut_speaker_windows,
    find_named,
    find_speakable,
    gather_vectors,
    lay_out,
)
from fabula.neural.segments import Segment
from training.speakers.passages import UNKNOWN, Label, Passage

NAMES_ONLY = 0.5  # share of passages in which no pronoun is a candidate
WEIGHTS = {
    Label.NONE: 0.0,
    Label.GOLD: 2.0,
    Label.EXPLICIT: 0.5,
    Label.DELETED: 1.0,
    Label.REPLACED: 1.0,
    Label.PRONOUN: 0.3,
    Label.TURN: 1.0,
    Label.PARAGRAPH: 0.7,
    Label.BEAT: 1.0,
    Label.GENDER: 1.0,
}
HIDDEN = 0.15  # share of passages whose paragraphs are hidden, as LitBank's are
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class SpeakerExample:
    """One window. quotes, mentions, paragraphs: the numbers of those in it; the vectors are of these alone.

    right [q, m]: whether the mention means the speaker. weights [q]: 0 where the speaker is not known.
    """

    conversation: Conversation
    window: SpeakerWindow
    quotes: NDArray[np.int64]
    mentions: NDArray[np.int64]
    paragraphs: NDArray[np.int64]
    quote_vectors: Halves
    mention_vectors: Halves
    paragraph_vectors: Halves
    right: NDArray[np.bool_]
    weights: NDArray[np.float32]


def segment_of(passage: Passage) -> Segment:
    return Segment(passage.words, passage.sentences, passage.paragraphs, passage.quotes)


def make_examples(
    pairs: Iterable[tuple[Passage, NDArray[np.float32]]], random: Random, *, hidden: float = HIDDEN, both: bool = False
) -> Iterator[SpeakerExample]:
    """The windows of passages with the vectors of their words, half of them with names alone; both: each both ways."""
    for passage, h in pairs:
        for names_only in (True, False) if both else (random.random() < NAMES_ONLY,):
            yield from cut_passage(passage, h, names_only, knows_paragraphs=random.random() >= hidden)


def cut_passage(passage: Passage, h: NDArray[np.float32], names_only: bool, *, knows_paragraphs: bool) -> Iterator[SpeakerExample]:
    """The windows of a passage with what stands for their items in h, [n_words, width]."""
    segment, mentions = (
        segment_of(passage),
        Mentions(*(np.asarray(c, np.int64) for c in (passage.starts, passage.ends, passage.kinds))),
    )
    people, speakers = np.asarray(passage.people, np.int64), np.asarray(passage.speakers, np.int64)
    names = people[(mentions.kinds == NAME) & (people != UNKNOWN)]
    kept = (people != UNKNOWN) & (find_named(segment, mentions) if names_only else find_speakable(segment, mentions))
    conversation = lay_out(segment, Mentions(*(column[kept] for column in mentions)), knows_paragraphs=knows_paragraphs)
    weights = np.asarray([WEIGHTS[label] for label in passage.labels], np.float32)
    weights[speakers == UNKNOWN] = 0
    if names_only:  # "said he": whose name that is, is not known
        unnamed = np.asarray([label is Label.PRONOUN for label in passage.labels], np.bool_) & ~np.isin(speakers, names)
        weights[unnamed] = 0
    vectors = [part.astype(np.float16) for part in gather_vectors(h, conversation)]
    for window in cut_speaker_windows(conversation):
        quotes, named, paragraphs = (
            conversation.indices[window.items][conversation.types[window.items] == kind]
            for kind in (QUOTE_ITEM, MENTION_ITEM, PARAGRAPH_ITEM)
        )
        weighed = np.where((quotes >= window.first) & (quotes < window.last), weights[quotes], 0).astype(np.float32)
        if weighed.any() and len(named):
            right = people[kept][named][None, :] == speakers[quotes][:, None]
            of_quotes, of_named, of_paragraphs = vectors[0][quotes], vectors[1][named], vectors[2][paragraphs]
            yield SpeakerExample(
                conversation, window, quotes, named, paragraphs, of_quotes, of_named, of_paragraphs, right, weighed
            )
