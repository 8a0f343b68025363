"""Readings as bytes and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fabula.neural.packing import DamagedReadingError, pack_reading, unpack_reading
from fabula.neural.segments import Links
from tests.neural.made_up import make_model, make_segment, same_reading

PASSAGE = " ".join(["Tom saw the boat . “ Where is Ann ? ” said Mrs Reed , and wept ."] * 20)
SPEAKERS = Links(np.array([0, 0, 3], np.int32), np.array([5, 7, 1], np.int32), np.array([1.5, -2.25, 0], np.float32))


@pytest.mark.parametrize("passage", ["", "Tom", PASSAGE])
def test_a_reading_comes_back_bit_for_bit(passage: str) -> None:
    reading = make_model().read(make_segment(passage))
    assert same_reading(unpack_reading(pack_reading(reading)), reading)


def test_speakers_come_back_too() -> None:
    reading = replace(make_model().read(make_segment(PASSAGE)), speakers=SPEAKERS)
    assert same_reading(unpack_reading(pack_reading(reading)), reading)


@pytest.mark.parametrize(
    ("start", "end", "instead"), [(0, None, b""), (10, None, b""), (-5, None, b""), (30, 31, b"?"), (0, 1, b"\3"), (4, 5, b"\0")]
)
def test_damaged_bytes_are_told(start: int, end: int | None, instead: bytes) -> None:
    """Nothing, a beginning, without the end; one byte changed: of the content, the format, the number of words."""
    packed = bytearray(pack_reading(make_model().read(make_segment(PASSAGE))))
    packed[start:end] = instead
    with pytest.raises(DamagedReadingError):
        unpack_reading(bytes(packed))


@pytest.mark.parametrize("field", ["heads", "starts", "ends"])
def test_numbers_that_point_out_of_the_segment_are_told(field: str) -> None:
    """However sound the bytes are."""
    reading = make_model().read(make_segment(PASSAGE))
    wrong = getattr(reading, field).copy()
    wrong[-1] = 10_000
    with pytest.raises(DamagedReadingError, match="points out of the segment"):
        unpack_reading(pack_reading(replace(reading, **{field: wrong})))


def test_a_pair_with_a_mention_that_is_not_there_is_told() -> None:
    reading = make_model().read(make_segment("Tom"))
    with pytest.raises(DamagedReadingError):
        unpack_reading(pack_reading(replace(reading, speakers=SPEAKERS)))
