"""A model that says what a test wants it to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fabula.neural.segments import NO_HEAD, Links, Reading, Segment
from fabula.neural.session import Config, Inventories
from fabula.records import MentionKind, MentionType

CLASSES = tuple(f"{kind}:{type_}" for kind in MentionKind for type_ in MentionType)
INVENTORIES = Inventories(("NOUN", "VERB"), ("", "Number=Plur"), ("l0", "l1"), ("root", "nsubj", "nsubj:pass"), CLASSES)
CONFIG = Config("1", 256, 64, INVENTORIES, {})
Link = tuple[int, int, float]  # row, column, log-odds


def links(*pairs: Link) -> Links:
    rows, columns, log_odds = zip(*sorted(pairs), strict=True) if pairs else ((), (), ())
    return Links(np.array(rows, np.int32), np.array(columns, np.int32), np.array(log_odds, np.float32))


def reading(
    n_words: int,
    mentions: Sequence[tuple[int, int, str]] = (),
    *,
    antecedents: Sequence[Link] = (),
    speakers: Sequence[Link] = (),
    events: Sequence[int] = (),
    probability: float = 0.9,
    **tags: Sequence[int],
) -> Reading:
    """mentions: start, end and "kind:type". events: the words that are triggers. tags: of every word; else all 0."""
    odds = np.full(n_words, -9.0, np.float32)
    odds[list(events)] = 9.0
    words = {name: np.array(tags.get(name, [0] * n_words), np.int32) for name in ("upos", "feats", "lemmas", "relations")}
    heads = np.array(tags.get("heads", [NO_HEAD] * n_words), np.int32)
    return Reading(
        words["upos"].astype(np.uint8),
        words["feats"].astype(np.uint8),
        words["lemmas"].astype(np.uint16),
        heads,
        words["relations"].astype(np.uint8),
        odds,
        np.array([start for start, _, _ in mentions], np.int32),
        np.array([end for _, end, _ in mentions], np.int32),
        np.array([CLASSES.index(name) for _, _, name in mentions], np.uint8),
        np.full(len(mentions), probability, np.float32),
        links(*antecedents),
        links(),
        links(*speakers),
    )


@dataclass(slots=True)
class FakeModel:
    """Answers with `said`; asked about given mentions with `given`. asked: the segments, and the mentions that were given."""

    said: Reading
    given: Reading | None = None
    config: Config = CONFIG
    asked: list[tuple[Segment, Sequence[tuple[int, int]] | None]] = field(default_factory=list)

    def read(self, segment: Segment, mentions: Sequence[tuple[int, int]] | None = None) -> Reading:
        self.asked.append((segment, mentions))
        return self.said if mentions is None or self.given is None else self.given
