"""Which of LitBank's documents a model may see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from training.corpora.litbank import document_ids, read_event_split, read_fold


def choose_documents(data: Path, model: str) -> tuple[str, ...]:
    """The ids of LitBank's documents that a model may see; none of those that it is judged by."""
    at_hand = document_ids(data)
    if model == "reader":
        return tuple(at_hand)
    if model == "events":
        split = read_event_split(data)
        chosen: Sequence[str] = (*split.train, *split.dev)
    else:
        split = read_fold(data, int(model[-1]))
        chosen = split.train if model.startswith("dev") else (*split.train, *split.dev)
    return tuple(id_ for id_ in chosen if id_ in at_hand and id_ not in split.test)
