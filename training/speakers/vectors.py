"""The word vectors that the head is trained on: an encoder as it is shipped, in int8, that does not change."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from fabula.neural.encoder import WIDTH, Encoder, cut_segment
from fabula.neural.segments import Segment
from fabula.neural.session import OnnxEncoder
from fabula.neural.windows import CONTEXT, WINDOW
from fabula.neural.wordpieces import WordPieces
from training.export import write_encoder
from training.model.encoder import load_pretrained, pretrained_folder

AHEAD = 4  # segments that are encoded while another is used

Floats = NDArray[np.float32]


class WordVectors:
    """The vectors of the words of segments, [n_words, WIDTH], from any encoder.

    >>> from fabula.neural.encoder import FakeEncoder
    >>> WordVectors(FakeEncoder(), WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))(Segment(("a", "b"), (0,))).shape
    (2, 384)
    """

    def __init__(self, encoder: Encoder, pieces: WordPieces, *, threads: int = 2) -> None:
        self._encoder, self._pieces = encoder, pieces
        self._pool = ThreadPoolExecutor(threads)

    def __call__(self, segment: Segment) -> Floats:
        return next(self.encode([segment]))

    def encode(self, segments: Iterable[Segment]) -> Iterator[Floats]:
        """The vectors of each, in order."""
        begun: deque[list[Future[Floats]]] = deque()
        for segment in segments:
            begun.append(self._begin(segment))
            if len(begun) > AHEAD:
                yield _finish(begun.popleft())
        while begun:
            yield _finish(begun.popleft())

    def _begin(self, segment: Segment) -> list[Future[Floats]]:
        pieces = cut_segment(segment, self._pieces, window=WINDOW, context=CONTEXT)

        def encode(number: int) -> Floats:
            window = pieces.windows[number]
            return pieces.word_vectors(window, self._encoder(*pieces.inputs(window)))

        return [self._pool.submit(encode, number) for number in range(len(pieces.windows))]


def _finish(windows: Iterable[Future[Floats]]) -> Floats:
    return np.concatenate([np.zeros((0, WIDTH), np.float32), *(window.result() for window in windows)])


def open_vectors(source: Path | None) -> WordVectors:
    """From a weights folder or an ONNX file, a checkpoint of `training.train` (its average), or None: the encoder as published."""
    pieces = WordPieces(pretrained_folder() / "vocab.txt")
    if source is not None and (source / "model.onnx").is_file():
        source = source / "model.onnx"
    if source is not None and source.suffix == ".onnx":
        return WordVectors(OnnxEncoder(source.read_bytes()), pieces)
    encoder = load_pretrained()
    if source is not None:
        state = torch.load(source, weights_only=True)["average"]
        own = {name.removeprefix("encoder."): value for name, value in state.items() if name.startswith("encoder.")}
        encoder.load_state_dict(own)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        write_encoder(encoder, path, "int8")
        return WordVectors(OnnxEncoder(path.read_bytes()), pieces)
