"""What each word is: its part of speech, its features, how its lemma is made, and whether an event happens in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.neural.heads.parameters import Floats, Parameters, relu


class WordTags(NamedTuple):
    """Places in the inventories, of each word."""

    upos: NDArray[np.uint8]
    feats: NDArray[np.uint8]
    lemmas: NDArray[np.uint16]


class TagHead:
    """Part of speech, features and script of the lemma."""

    def __init__(self, parameters: Parameters) -> None:
        self._hidden = parameters.linear("hidden")
        self._spellings = parameters.array("spellings.weight", 2)
        self._upos = parameters.linear("upos")
        self._feats = parameters.linear("feats")
        self._lemmas = parameters.linear("lemmas")

    def __call__(self, h: Floats, spellings: NDArray[np.int64]) -> WordTags:
        """spellings: of `spell`."""
        z = self._hidden(h)
        for part in spellings.T:
            z += self._spellings[part]
        relu(z)
        return WordTags(
            self._upos(z).argmax(1).astype(np.uint8),
            self._feats(z).argmax(1).astype(np.uint8),
            self._lemmas(z).argmax(1).astype(np.uint16),
        )


class EventHead:
    """Whether a word is the trigger of an event that happens."""

    def __init__(self, parameters: Parameters, *, temperature: float) -> None:
        self._hidden = parameters.linear("hidden.linear")
        self._output = parameters.linear("output")
        self._temperature = np.float32(temperature)

    def __call__(self, h: Floats) -> Floats:
        """Log-odds, [n_words]."""
        return self._output(relu(self._hidden(h)))[:, 0] / self._temperature
