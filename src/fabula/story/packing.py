"""Numbers that are many, packed: as narrow as they may be, little-endian, and compressed. The first letters say how wide."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from operator import sub

from fabula.records import SpanList

THOUSANDTHS = b"m"  # how probabilities are kept that have three decimals at most; others are eight bytes each
EXACT = b"d"
UNKNOWN = -1.0
_BIG_ENDIAN = sys.byteorder == "big"


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Whole numbers of at most four bytes, compressed.

    >>> list(unpack_numbers(pack_numbers([3, -70_000, 12])))
    [3, -70000, 12]
    """
    listed = list(numbers)
    code = _narrowest(listed)
    return code.encode("ascii") + zlib.compress(_little_endian(array(code, listed)), 6)


def unpack_numbers(packed: bytes) -> array[int]:
    numbers = array(packed[:1].decode("ascii"))
    if numbers.typecode not in "BHIbhi":
        raise ValueError("no whole numbers")
    numbers.frombytes(zlib.decompress(packed[1:]))
    if _BIG_ENDIAN:
        numbers.byteswap()
    return numbers


def pack_steps(numbers: Iterable[int]) -> bytes:
    """Numbers that grow, or nearly so: what is kept is how far each is from the one before.

    >>> list(unpack_steps(pack_steps([70_000, 70_001, 70_001, 69_990])))
    [70000, 70001, 70001, 69990]
    """
    listed = list(numbers)
    return pack_numbers(map(sub, listed, chain((0,), listed)))


def unpack_steps(packed: bytes) -> list[int]:
    return list(accumulate(unpack_numbers(packed)))


def pack_probabilities(probabilities: Iterable[float | None]) -> bytes:
    """Probabilities, None among them, exactly as they are; those with three decimals at most are much smaller.

    >>> [unpack_probabilities(pack_probabilities(p)) for p in ([0.953, None], [1 / 3])]
    [[0.953, None], [0.3333333333333333]]
    """
    listed = [UNKNOWN if p is None else p for p in probabilities]
    thousandths = [round(1000 * p) if p >= 0 else 1001 for p in listed]
    if all(p == (t / 1000 if t <= 1000 else UNKNOWN) for p, t in zip(listed, thousandths, strict=True)):
        return THOUSANDTHS + pack_numbers(thousandths)
    return EXACT + zlib.compress(_little_endian(array("d", listed)), 6)


def unpack_probabilities(packed: bytes) -> list[float | None]:
    if packed[:1] == THOUSANDTHS:
        return [None if t > 1000 else t / 1000 for t in unpack_numbers(packed[1:])]
    numbers = array("d")
    numbers.frombytes(zlib.decompress(packed[1:]))
    if _BIG_ENDIAN:
        numbers.byteswap()
    return [None if p == UNKNOWN else p for p in numbers]


def pack(spans: SpanList, base: int = 0) -> bytes:
    """Spans that do not overlap, in order, as compressed gaps and lengths; the first gap is from `base`.

    Two letters say how wide the numbers are (array codes B, H or I), gaps first.
    """
    gaps = list(map(sub, spans.starts, chain((base,), spans.ends)))
    lengths = list(map(sub, spans.ends, spans.starts))
    codes = [_narrowest(gaps), _narrowest(lengths)]
    body = b"".join(_little_endian(array(code, numbers)) for code, numbers in zip(codes, (gaps, lengths), strict=True))
    return "".join(codes).encode("ascii") + zlib.compress(body, 1)


def unpack(packed: bytes, base: int = 0) -> SpanList:
    """What `pack` packed.

    >>> list(unpack(pack(SpanList.of([(7, 9), (9, 70_000)]), 5), 5))
    [Span(start=7, end=9), Span(start=9, end=70000)]
    """
    codes = packed[:2].decode("ascii")
    body = zlib.decompress(packed[2:])
    gaps, lengths = array(codes[0]), array(codes[1])
    n = len(body) // (gaps.itemsize + lengths.itemsize)
    gaps.frombytes(body[: n * gaps.itemsize])
    lengths.frombytes(body[n * gaps.itemsize :])
    for numbers in (gaps, lengths):
        if _BIG_ENDIAN:
            numbers.byteswap()
    edges = array("I", accumulate(chain.from_iterable(zip(gaps, lengths, strict=True)), initial=base))
    return SpanList(edges[1::2], edges[2::2])


def _narrowest(numbers: Sequence[int]) -> str:
    largest, least = max(numbers, default=0), min(numbers, default=0)
    if least < 0:
        bound = max(largest, -least - 1)
        return "b" if bound < 1 << 7 else "h" if bound < 1 << 15 else "i"
    return "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"


def _little_endian(numbers: array[int] | array[float]) -> bytes:
    if _BIG_ENDIAN:
        numbers.byteswap()
    return numbers.tobytes()
