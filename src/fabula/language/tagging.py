"""The pass over a story: every segment read once by the reading model, or taken from an earlier reading of the same words."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.language.segmenting import PlacedSegment, cut_text
from fabula.neural.model import LazyModel, Model, load_model, open_model
from fabula.neural.packing import FORMAT, DamagedReadingError, pack_reading, unpack_reading
from fabula.neural.segments import NO_HEAD, Reading, Segment
from fabula.neural.segments import Links as NeuralLinks
from fabula.neural.trees import find_tops
from fabula.records import (
    Inventory,
    Links,
    Mention,
    MentionKind,
    MentionType,
    PackedSegment,
    Quote,
    Span,
    Tags,
    Text,
    TextReading,
)

__all__ = ["SegmentReading", "load_model", "open_model", "read_language", "read_segments"]

Progress = Callable[[float], None]
"""Called with the share of the words that is read, from 0 to 1."""


class SegmentReading(NamedTuple):
    """A segment with what is said of it. packed: the same, to be kept under `key`."""

    placed: PlacedSegment
    reading: Reading
    key: str
    packed: bytes


def _silent(_share: float) -> None:
    """Progress that nobody watches."""


def read_language(
    text: Text,
    quotes: Sequence[Quote],
    *,
    model: Model | LazyModel,
    progress: Progress = _silent,
    cache: Mapping[str, bytes] | None = None,
) -> TextReading:
    """What the reading model says of a text: the grammar of its words, its mentions and events, and scores between them.

    cache: packed readings of segments by their keys, as `TextReading.segments` has them; what is found there is not read anew.
    """
    inventories = model.config.inventories
    classes = [_read_class(name) for name in inventories.classes]
    joined = _Joined(Inventory(inventories.upos, inventories.feats, inventories.lemmas, inventories.relations))
    for one in read_segments(text, quotes, model=model, progress=progress, cache=cache):
        joined.add(text, one, classes)
    return joined.finish()


def read_segments(
    text: Text,
    quotes: Sequence[Quote],
    *,
    model: Model | LazyModel,
    progress: Progress = _silent,
    cache: Mapping[str, bytes] | None = None,
) -> Iterator[SegmentReading]:
    """The segments of a text in their order, each with what is said of it. cache, progress: as in `read_language`."""
    placed = list(cut_text(text, quotes))
    keys = [segment_key(one.segment, model.key) for one in placed]
    kept = dict(_find_kept(placed, keys, cache or {}, model))
    n_words, n_read = sum(len(one.segment.words) for one in placed), 0
    missing = [one.segment for number, one in enumerate(placed) if number not in kept]
    with closing(model.read_all(missing)) as read:
        for number, (one, key) in enumerate(zip(placed, keys, strict=True)):
            if number in kept:
                reading, packed = kept.pop(number)
            else:
                reading = next(read)
                packed = pack_reading(reading)
            yield SegmentReading(one, reading, key, packed)
            n_read += len(one.segment.words)
            progress(n_read / n_words)


def segment_key(segment: Segment, model_key: str) -> str:
    """A name for what a model says of a segment, in hexadecimal figures: the same only for the same words in the same structure."""
    lengths = np.fromiter(map(len, segment.words), np.int64, len(segment.words))
    digest = hashlib.sha256(f"{FORMAT} {model_key}\n".encode())
    structure = [lengths.tolist(), list(segment.sentences), list(segment.paragraphs), segment.quotes]
    digest.update(repr(structure).encode())
    digest.update("".join(segment.words).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _find_kept(
    placed: Sequence[PlacedSegment], keys: Sequence[str], cache: Mapping[str, bytes], model: Model | LazyModel
) -> Iterator[tuple[int, tuple[Reading, bytes]]]:
    """By the segment's number, the readings that need not be made anew."""
    for number, (one, key) in enumerate(zip(placed, keys, strict=True)):
        packed = cache.get(key)
        reading = None if packed is None else _unpack(packed, one.segment, model)
        if packed is not None and reading is not None:
            yield number, (reading, packed)


def _unpack(packed: bytes, segment: Segment, model: Model | LazyModel) -> Reading | None:
    """A reading that was kept; None if it is damaged, or cannot be of this segment and this model."""
    try:
        reading = unpack_reading(packed)
    except DamagedReadingError:
        return None
    inventories = model.config.inventories
    columns: list[tuple[NDArray[np.unsignedinteger], int]] = [
        (reading.upos, len(inventories.upos)),
        (reading.feats, len(inventories.feats)),
        (reading.lemmas, len(inventories.lemmas)),
        (reading.relations, len(inventories.relations)),
        (reading.classes, len(inventories.classes)),
    ]
    fits = len(reading.upos) == len(segment.words) and all(int(numbers.max(initial=0)) < size for numbers, size in columns)
    last = max(int(links.rows.max(initial=-1)) for links in (reading.speakers, reading.named))
    return reading if fits and last < len(segment.quotes) else None


class _Joined:
    """Readings of segments, one after the other, with the numbers of the whole text."""

    def __init__(self, inventory: Inventory) -> None:
        self._tags = Tags(inventory, b"", b"", array("H"), array("i"), b"")
        self._upos, self._feats, self._relations = bytearray(), bytearray(), bytearray()
        self._events = array("f")
        self._mentions: list[Mention] = []
        self._antecedents, self._attributes = Links(), Links()
        self._speakers: list[tuple[int, int, float]] = []
        self._named: list[tuple[int, int, float]] = []
        self._begun: set[int] = set()  # quotations: a later segment that has more of one does not say who speaks it
        self._segments: list[PackedSegment] = []

    def add(self, text: Text, one: SegmentReading, classes: Sequence[tuple[MentionKind, MentionType]]) -> None:
        reading, first, n_before = one.reading, one.placed.first, len(self._mentions)
        self._upos += reading.upos.tobytes()
        self._feats += reading.feats.tobytes()
        self._relations += reading.relations.tobytes()
        self._tags.lemmas.frombytes(reading.lemmas.tobytes())
        self._tags.heads.frombytes(np.where(reading.heads == NO_HEAD, NO_HEAD, reading.heads + first).astype(np.int32).tobytes())
        self._events.frombytes(reading.events.tobytes())
        self._mentions += _name_mentions(text, reading, first, n_before, classes)
        _extend(self._antecedents, reading.antecedents, n_before)
        _extend(self._attributes, reading.attributes, n_before)
        for links, joined in ((reading.speakers, self._speakers), (reading.named, self._named)):
            for row, mention, log_odds in zip(*(column.tolist() for column in links), strict=True):
                quote = one.placed.quotes[row]
                if quote not in self._begun:
                    joined.append((quote, mention + n_before, log_odds))
        self._begun.update(one.placed.quotes)
        self._segments.append(PackedSegment(one.key, one.packed))

    def finish(self) -> TextReading:
        return TextReading(
            Tags(
                self._tags.inventory,
                bytes(self._upos),
                bytes(self._feats),
                self._tags.lemmas,
                self._tags.heads,
                bytes(self._relations),
            ),
            self._events,
            tuple(self._mentions),
            self._antecedents,
            self._attributes,
            _sorted_links(self._speakers),
            _sorted_links(self._named),
            tuple(self._segments),
        )


def _sorted_links(rows: Sequence[tuple[int, int, float]]) -> Links:
    quotes, mentions, log_odds = zip(*sorted(rows), strict=True) if rows else ((), (), ())
    return Links(array("i", quotes), array("i", mentions), array("f", log_odds))


def _name_mentions(
    text: Text, reading: Reading, first: int, n_before: int, classes: Sequence[tuple[MentionKind, MentionType]]
) -> Iterator[Mention]:
    tops = find_tops(reading.heads, reading.starts.astype(np.int64), reading.ends.astype(np.int64))
    columns = (reading.starts, reading.ends, reading.classes, tops, reading.probabilities)
    for number, (start, end, class_, top, probability) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        span = Span(text.tokens.starts[first + start], text.tokens.ends[first + end - 1])
        kind, type_ = classes[class_]
        yield Mention(n_before + number, span, kind, type_, None, None, first + top, round(probability, 3))


def _extend(links: Links, more: NeuralLinks, n_before: int) -> None:
    links.rows.frombytes((more.rows + np.int32(n_before)).tobytes())
    links.columns.frombytes((more.columns + np.int32(n_before)).tobytes())
    links.log_odds.frombytes(more.log_odds.tobytes())


def _read_class(name: str) -> tuple[MentionKind, MentionType]:
    """
    >>> _read_class("name:person")
    (<MentionKind.NAME: 'name'>, <MentionType.PERSON: 'person'>)
    """
    kind, _, type_ = name.partition(":")
    return MentionKind(kind), MentionType(type_)
