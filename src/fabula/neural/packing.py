"""A reading as few bytes, to be kept, and the same reading again."""

from __future__ import annotations

import struct
import zlib
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fabula.neural.segments import NO_HEAD, Links, Reading

FORMAT = 2  # of what is packed; another one's bytes are not unpacked
_HEADER = struct.Struct("<7I")  # FORMAT, words, mentions, pairs of each kind
_LEVEL = 6

_Array = NDArray[np.generic]
T = TypeVar("T", bound=np.generic)


class DamagedReadingError(ValueError):
    """These are not the bytes of a reading; whoever finds that reads the segment anew."""


def pack_reading(reading: Reading) -> bytes:
    """All of a reading in about eight bytes a word. Its log-odds and probabilities must be such as half precision holds."""
    words = np.arange(len(reading.heads), dtype=np.int32)
    links = (reading.antecedents, reading.attributes, reading.speakers, reading.named)
    columns: list[_Array] = [
        reading.upos,
        reading.feats,
        reading.lemmas,
        np.where(reading.heads == NO_HEAD, 0, reading.heads - words).astype(np.int32),  # no word is its own head
        reading.relations,
        reading.events.astype(np.float16),
        _differences(reading.starts),
        reading.ends - reading.starts,
        reading.classes,
        reading.probabilities.astype(np.float16),
    ]
    for rows, others, log_odds in links:
        columns += [_differences(rows), _differences(others), log_odds.astype(np.float16)]
    header = _HEADER.pack(FORMAT, len(words), len(reading.starts), *(len(pairs.rows) for pairs in links))
    return header + zlib.compress(b"".join(map(_shuffle, columns)), _LEVEL)


def unpack_reading(packed: bytes) -> Reading:
    """The reading that was packed. Raises DamagedReadingError if it was none, or makes no sense."""
    try:
        format_, n, m, *n_links = _HEADER.unpack_from(packed)
        content = zlib.decompress(packed[_HEADER.size :])
    except (struct.error, zlib.error) as error:
        raise DamagedReadingError(str(error)) from error
    if format_ != FORMAT:
        raise DamagedReadingError(f"format {format_}")
    planes = _Planes(content)
    upos, feats, lemmas = planes.take(np.uint8, n), planes.take(np.uint8, n), planes.take(np.uint16, n)
    above = planes.take(np.int32, n)
    relations, events = planes.take(np.uint8, n), planes.take(np.float16, n)
    starts, lengths = np.cumsum(planes.take(np.int32, m), dtype=np.int32), planes.take(np.int32, m)
    classes, probabilities = planes.take(np.uint8, m), planes.take(np.float16, m)
    antecedents, attributes, speakers, named = (
        Links(
            np.cumsum(planes.take(np.int32, size), dtype=np.int32),
            np.cumsum(planes.take(np.int32, size), dtype=np.int32),
            planes.take(np.float16, size).astype(np.float32),
        )
        for size in n_links
    )
    if planes.at != len(content):
        raise DamagedReadingError(f"{len(content) - planes.at} bytes too many")
    reading = Reading(
        upos,
        feats,
        lemmas,
        np.where(above == 0, NO_HEAD, above + np.arange(n, dtype=np.int32)).astype(np.int32),
        relations,
        events.astype(np.float32),
        starts,
        starts + lengths,
        classes,
        probabilities.astype(np.float32),
        antecedents,
        attributes,
        speakers,
        named,
    )
    _verify(reading)
    return reading


def _differences(x: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.diff(x, prepend=np.int32(0))


def _shuffle(x: _Array) -> bytes:
    """The first byte of every number, then the second: so high bytes, all alike, lie side by side."""
    return x.astype(x.dtype.newbyteorder("<")).view(np.uint8).reshape(len(x), x.dtype.itemsize).T.tobytes()


class _Planes:
    """Arrays as `_shuffle` made bytes of them, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.at = 0

    def take(self, kind: type[T], size: int) -> NDArray[T]:
        dtype = np.dtype(kind)
        n_bytes = dtype.itemsize * size
        if self.at + n_bytes > len(self._content):
            raise DamagedReadingError("it breaks off")
        planes = np.frombuffer(self._content, np.uint8, n_bytes, self.at).reshape(dtype.itemsize, size)
        self.at += n_bytes
        return np.ascontiguousarray(planes.T).reshape(-1).view(dtype.newbyteorder("<")).astype(dtype)


def _verify(reading: Reading) -> None:
    """That no number points out of the segment; inventories are for others to mind."""
    n, m = len(reading.upos), len(reading.starts)
    sound = (
        _within(reading.heads, NO_HEAD, n)
        and _within(reading.starts, 0, n)
        and _within(reading.ends, 1, n + 1)
        and bool((reading.starts < reading.ends).all())
        and all(_within(x, 0, m) for pairs in (reading.antecedents, reading.attributes) for x in pairs[:2])
        and all(_within(links.rows, 0, 2**31 - 1) and _within(links.columns, 0, m) for links in (reading.speakers, reading.named))
    )
    if not sound:
        raise DamagedReadingError("a number points out of the segment")


def _within(x: NDArray[np.int32], least: int, end: int) -> bool:
    return bool(((x >= least) & (x < end)).all())
