"""What the reading model says, in the words of the corpora; the one place here that knows how a model is asked and answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from fabula.neural import model as neural_model
from fabula.neural.conversation import Mentions
from fabula.neural.segments import NO_HEAD, Reading, Segment
from fabula.neural.session import Config
from fabula.readers.cast.coreference import find_chains
from fabula.records import MentionKind, MentionType, Span, Text
from fabula.records.lemmas import apply_script
from training.corpora.alignment import TokenSpan

Linker = Callable[[Segment, Reading], Sequence[Sequence[int]]]  # the mentions of every chain, by place; each in one chain


class ReadingModel(Protocol):
    """What is asked of a model."""

    @property
    def config(self) -> Config: ...

    def read(self, segment: Segment, mentions: Sequence[tuple[int, int]] | None = None) -> Reading:
        """Read a segment. mentions: half-open ranges of words to take as its mentions, all and only they, in text order."""
        ...


@dataclass(frozen=True, slots=True)
class PredictedMention:
    """span: words of the segment. probability: that it is a mention."""

    span: TokenSpan
    kind: MentionKind
    type: MentionType
    probability: float


@dataclass(frozen=True, slots=True)
class PredictedWord:
    """head: a word of the segment, None at a root. feats: name and value, by name."""

    upos: str
    feats: tuple[tuple[str, str], ...]
    lemma: str
    head: int | None
    deprel: str


def load_model(folder: Path | None = None) -> ReadingModel:
    """The model of a folder of weights; None: the one in the package.

    Raises ModelMissingError and DamagedModelError.
    """
    return neural_model.load_model(folder)


def find_mentions(model: ReadingModel, reading: Reading) -> tuple[PredictedMention, ...]:
    """The mentions of a reading, in its order."""
    classes = [read_class(name) for name in model.config.inventories.classes]
    found: list[PredictedMention] = []
    columns = (reading.starts.tolist(), reading.ends.tolist(), reading.classes.tolist(), reading.probabilities.tolist())
    for start, end, class_, probability in zip(*columns, strict=True):
        kind, type_ = classes[class_]
        found.append(PredictedMention(TokenSpan(start, end), kind, type_, probability))
    return tuple(found)


def read_class(name: str) -> tuple[MentionKind, MentionType]:
    """The kind and type that a class of the inventory stands for.

    >>> read_class("name:person")
    (<MentionKind.NAME: 'name'>, <MentionType.PERSON: 'person'>)
    """
    kind, _, type_ = name.partition(":")
    return MentionKind(kind), MentionType(type_)


def find_words(model: ReadingModel, segment: Segment, reading: Reading) -> tuple[PredictedWord, ...]:
    """Part of speech, features, lemma, head and relation of every word of a segment."""
    names = model.config.inventories
    feats = [read_feats(one) for one in names.feats]
    columns = (reading.upos, reading.feats, reading.lemmas, reading.heads, reading.relations)
    return tuple(
        PredictedWord(
            names.upos[upos],
            feats[feat],
            apply_script(form, names.lemmas[script]),
            None if head == NO_HEAD else head,
            names.relations[relation],
        )
        for form, upos, feat, script, head, relation in zip(segment.words, *(column.tolist() for column in columns), strict=True)
    )


def read_feats(column: str) -> tuple[tuple[str, str], ...]:
    """Features as CoNLL-U writes them.

    >>> read_feats("Number=Sing|Case=Nom"), read_feats("_")
    ((('Case', 'Nom'), ('Number', 'Sing')), ())
    """
    pairs = (feat.partition("=") for feat in column.split("|") if "=" in feat)
    return tuple(sorted((name, value) for name, _, value in pairs))


def link_mentions(segment: Segment, reading: Reading) -> list[list[int]]:
    """Chains as the product makes them within a segment."""
    return find_chains(segment, mentions_of(reading), reading.antecedents, reading.speakers)


def mentions_of(reading: Reading) -> Mentions:
    """The mentions of a reading, as what puts quotations and mentions side by side takes them."""
    kinds = reading.classes.astype(np.int64) // len(MentionType)
    return Mentions(reading.starts.astype(np.int64), reading.ends.astype(np.int64), kinds)


def make_segment(text: Text, span: Span, quotes: Sequence[Sequence[Span]], *, paragraphs: bool = True) -> tuple[Segment, int]:
    """A stretch of a text as one segment, and the number of its first token in the text.

    quotes: the parts of every quotation. paragraphs: whether they are known.
    """
    tokens = text.tokens.inside(span)

    def number(offset: int) -> int:
        """Of the first token, counted within the segment, that does not begin before an offset."""
        return bisect_left(text.tokens.starts, offset, tokens.start, tokens.stop) - tokens.start

    def ranges(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
        """Those that have words in the stretch, in its words."""
        inside = [(number(one.start), number(one.end)) for one in spans if span.start <= one.start and one.end <= span.end]
        return tuple((start, end) for start, end in inside if start < end)

    def firsts(spans: Iterable[Span]) -> tuple[int, ...]:
        return tuple(start for start, _ in ranges(spans))

    kept = [ranges(quote) for quote in quotes]
    segment = Segment(
        tuple(text.quote(text.tokens[token]) for token in tokens),
        firsts(text.sentences),
        firsts(paragraph.span for paragraph in text.paragraphs) if paragraphs else (),
        tuple(quote for quote in kept if quote),
    )
    return segment, tokens.start
