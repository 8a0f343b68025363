"""The reading model: from a segment of a story to what it says of its words, mentions and quotations."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from fabula.errors import DamagedModelError
from fabula.neural.conversation import Mentions, find_named, find_speakable
from fabula.neural.encoder import WIDTH, Encoder, Pieces, Vectors, cut_segment
from fabula.neural.heads.mentions import MentionHead, Spans
from fabula.neural.heads.pairs import PairHead
from fabula.neural.heads.parameters import Parameters
from fabula.neural.heads.parse import ParseHead
from fabula.neural.heads.speakers import SpeakerHead
from fabula.neural.heads.tags import EventHead, TagHead
from fabula.neural.pairs import describe_mentions, find_features
from fabula.neural.reach import find_pairs
from fabula.neural.segments import NO_LINKS, Links, Reading, Segment
from fabula.neural.session import SHIPPED, Config, OnnxEncoder, read_config, read_weights, runtime_version
from fabula.neural.spelled_lemmas import SpelledLemmas
from fabula.neural.spelling import spell
from fabula.neural.trees import find_tops
from fabula.neural.wordpieces import WordPieces
from fabula.records import MentionKind, MentionType

CLASSES = tuple(f"{kind}:{type_}" for kind in MentionKind for type_ in MentionType)
MOST_THREADS = 2  # by default: a laptop has other things to do
_LARGEST = np.float32(1000)  # log-odds
MOST_LINKS = 8  # of a mention; more would not fit into a story file of the size that is wanted
AHEAD = 2  # segments whose windows are encoded while the heads read another


class _Encoding(NamedTuple):
    segment: Segment
    pieces: Pieces
    windows: list[Future[Vectors]]


class Model:
    """The reading model, ready to read. What it says of a segment depends on the segment alone.

    config: what its numbers mean. key: a hash of its weights and of the runtime. threads: that encode windows, side by side.
    Raises DamagedModelError if the parameters do not fit the inventories.
    """

    def __init__(
        self, config: Config, key: str, pieces: WordPieces, encoder: Encoder, parameters: Parameters, *, threads: int | None = None
    ) -> None:
        self.config = config
        self.key = key
        self._pieces = pieces
        self._encoder = encoder
        thresholds, temperatures = config.thresholds, config.temperatures
        self._tags = TagHead(parameters.of("tags"))
        self._spelled = SpelledLemmas(config.inventories.upos, config.inventories.lemmas)
        self._events = EventHead(parameters.of("events"), temperature=temperatures.events)
        self._parse = ParseHead(parameters.of("parse"))
        self._mentions = MentionHead(
            parameters.of("mentions"),
            candidate=thresholds.candidate,
            threshold=thresholds.mention,
            temperature=temperatures.mentions,
        )
        self._pairs = PairHead(parameters.of("pairs"))
        self._speakers = SpeakerHead(parameters.of("speakers")) if "speakers" in parameters else None
        _verify_sizes(config, parameters)
        n_threads = threads if threads is not None else min(MOST_THREADS, os.cpu_count() or 1)
        self._blas = ThreadpoolController()
        self._pool = ThreadPoolExecutor(max(1, n_threads), thread_name_prefix="fabula-encoder")

    @property
    def inventories(self) -> Mapping[str, Sequence[str]]:
        """What the numbers of a reading mean: "upos", "feats", "lemmas", "relations" and "classes"."""
        return msgspec.structs.asdict(self.config.inventories)

    def read(self, segment: Segment, mentions: Sequence[tuple[int, int]] | None = None) -> Reading:
        """What the model says of a segment.

        mentions: half-open ranges of words to take as its mentions, all and only they, in text order, outer before inner.
        """
        return self._finish(self._begin(segment), mentions)

    def read_all(self, segments: Iterable[Segment]) -> Generator[Reading]:
        """What the model says of each segment, in their order; the next ones are encoded meanwhile."""
        begun: deque[_Encoding] = deque()
        try:
            for segment in segments:
                begun.append(self._begin(segment))
                if len(begun) > AHEAD:
                    yield self._finish(begun.popleft())
            while begun:
                yield self._finish(begun.popleft())
        finally:  # nobody wants the rest
            for encoding in begun:
                for window in encoding.windows:
                    window.cancel()

    def _begin(self, segment: Segment) -> _Encoding:
        pieces = cut_segment(segment, self._pieces, window=self.config.window, context=self.config.context)

        def encode(number: int) -> Vectors:
            window = pieces.windows[number]
            return pieces.word_vectors(window, self._encoder(*pieces.inputs(window)))

        return _Encoding(segment, pieces, [self._pool.submit(encode, number) for number in range(len(pieces.windows))])

    def _finish(self, encoding: _Encoding, given: Sequence[tuple[int, int]] | None = None) -> Reading:
        h = np.concatenate([np.zeros((0, WIDTH), np.float32), *(window.result() for window in encoding.windows)])
        # Numpy's own threads wait by spinning, on the processors that encode: 26 s of them for The Secret Garden instead of 15.
        # And with one thread its numbers do not depend on how many processors there are.
        with self._blas.limit(limits=1, user_api="blas"):
            return self._read_heads(encoding.segment, h, given)

    def _read_heads(self, segment: Segment, h: Vectors, given: Sequence[tuple[int, int]] | None) -> Reading:
        sentences = np.array(segment.sentences, np.int64) if segment.words else np.zeros(0, np.int64)
        tags = self._tags(h, spell(segment.words))
        lemmas = self._spelled(segment.words, tags.upos.tolist(), tags.lemmas.tolist())
        heads, relations = self._parse(h, sentences)
        if given is None:
            spans = self._mentions(h, sentences)
        else:
            bounds = np.array(given, np.int64).reshape(-1, 2)
            spans = self._mentions.classify(h, bounds[:, 0], bounds[:, 1] - 1)
        antecedents, attributes = self._link(segment, spans, heads)
        return Reading(
            tags.upos,
            tags.feats,
            np.array(lemmas, np.uint16),
            heads,
            relations,
            _rounded(self._events(h)),
            spans.starts.astype(np.int32),
            spans.ends.astype(np.int32),
            spans.classes,
            _rounded(spans.probabilities),
            antecedents,
            attributes,
            *self._attribute(segment, spans, h),
        )

    def _link(self, segment: Segment, spans: Spans, heads: NDArray[np.int32]) -> tuple[Links, Links]:
        """Antecedents and attributes."""
        if len(spans.starts) < 2:
            return NO_LINKS, NO_LINKS
        n_types = len(MentionType)
        table = describe_mentions(
            segment.words,
            segment.sentences,
            segment.paragraphs,
            segment.quotes,
            spans.starts,
            spans.ends,
            find_tops(heads, spans.starts, spans.ends),
            spans.classes.astype(np.int64) // n_types,
            spans.classes.astype(np.int64) % n_types,
        )
        later, earlier = find_pairs(table)
        scores = self._pairs(spans.vectors, table, later, earlier, find_features(table, later, earlier))
        thresholds, temperatures = self.config.thresholds, self.config.temperatures
        return (
            keep_links(later, earlier, scores[:, 0] / np.float32(temperatures.antecedents), thresholds.antecedent),
            keep_links(later, earlier, scores[:, 1] / np.float32(temperatures.attributes), thresholds.attribute),
        )

    def _attribute(self, segment: Segment, spans: Spans, h: Vectors) -> tuple[Links, Links]:
        """Who speaks each quotation: of the mentions, those of people are asked; then those alone that say who it is."""
        if self._speakers is None:
            return NO_LINKS, NO_LINKS
        kinds, types = np.divmod(spans.classes.astype(np.int64), len(MentionType))
        people = np.flatnonzero(types == tuple(MentionType).index(MentionType.PERSON))
        mentions = Mentions(spans.starts[people], spans.ends[people], kinds[people])
        speakers, named = (
            self._keep_speakers(self._speakers(h, segment, mentions, candidates), people)
            for candidates in (find_speakable(segment, mentions), find_named(segment, mentions))
        )
        return speakers, named

    def _keep_speakers(self, links: Links, people: NDArray[np.int64]) -> Links:
        log_odds = links.log_odds / np.float32(self.config.temperatures.speakers)
        return keep_links(links.rows, people[links.columns], log_odds, self.config.thresholds.speaker)


def load_model(folder: Path | None = None, *, threads: int | None = None) -> Model:
    """Open the reading model in a folder; None is the one that came with fabula. threads: None for two, or one on one processor.

    Raises ModelMissingError if it is not there, DamagedModelError if it is incomplete, changed or broken.
    """
    weights = read_weights(folder or SHIPPED)
    key = f"{weights.key}-{runtime_version()}"
    return Model(weights.config, key, weights.pieces, OnnxEncoder(weights.encoder), weights.parameters, threads=threads)


class LazyModel:
    """The reading model in a folder, of which nothing but the config is read before there is a segment to read."""

    def __init__(self, folder: Path) -> None:
        self.config, key = read_config(folder)
        self.key = f"{key}-{runtime_version()}"
        self._folder = folder

    def read_all(self, segments: Sequence[Segment]) -> Generator[Reading]:
        """As `Model.read_all`. Raises DamagedModelError as `load_model` does, if there is a segment."""
        if segments:
            yield from load_model(self._folder).read_all(segments)


def open_model(folder: Path | None = None) -> LazyModel:
    """The reading model in a folder, not loaded yet; otherwise as `load_model`."""
    return LazyModel(folder or SHIPPED)


def keep_links(rows: NDArray[np.integer], columns: NDArray[np.integer], log_odds: NDArray[np.float32], least: float) -> Links:
    """The pairs that are worth keeping: those above `least`, of each row at most MOST_LINKS, the best; rows are growing."""
    kept = np.flatnonzero(log_odds > least)
    order = kept[np.lexsort((-log_odds[kept], rows[kept]))]  # of each row the best first
    begins = np.flatnonzero(np.diff(rows[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    kept = np.sort(order[rank < MOST_LINKS])
    return Links(rows[kept].astype(np.int32), columns[kept].astype(np.int32), _rounded(log_odds[kept]))


def _rounded(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """To what half precision holds, in which a reading is kept: so one that was kept is the same."""
    return np.clip(x, -_LARGEST, _LARGEST).astype(np.float16).astype(np.float32)


def _verify_sizes(config: Config, parameters: Parameters) -> None:
    inventories = config.inventories
    if inventories.classes != CLASSES:
        raise DamagedModelError(f"its classes of mentions are {', '.join(inventories.classes)}, not {', '.join(CLASSES)}")
    n_scripts = parameters.array("tags.lemmas.bias").size
    if n_scripts > len(inventories.lemmas):  # fewer: the scripts of irregular forms are not scored, but looked up
        raise DamagedModelError(f"it scores {n_scripts} scripts of lemmas where its inventory has {len(inventories.lemmas)}")
    wanted = {
        "tags.upos.bias": len(inventories.upos),
        "tags.feats.bias": len(inventories.feats),
        "parse.relation.bias": len(inventories.relations),
        "mentions.classes.bias": 1 + len(inventories.classes),  # none of them
    }
    for name, size in wanted.items():
        seen = parameters.array(name).size
        if seen != size:
            raise DamagedModelError(f"its {name} has {seen} entries where its inventory has {size}")
