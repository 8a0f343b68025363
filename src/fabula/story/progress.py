"""What is told of long work while it goes on."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the name of each stage, one of STAGES, and the share of it that is done: 0.0 as it begins."""

STAGES = ("source", "text", "quotes", "language", "people", "events", "speakers")


def silent(_stage: str, _share: float) -> None:
    """Progress that nobody watches."""
