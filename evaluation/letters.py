"""Two printings of one text, compared on their letters and digits: marks, white space and line ends do not matter."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

SEED = 40  # letters that must be alike for two places to be taken as the same
STEP = 8  # letters between the places of the gold text that are looked for
REACHES = (400, 5_000, 60_000)  # letters searched for the next common place, the nearest first
FIRST_CHUNK = 512  # letters compared at once; grows fourfold as long as they are alike
_ENCODING, _ERRORS = "utf-32-le", "surrogatepass"  # a number for each code point


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """A text folded to lower-case letters and digits.

    folded: them, one code point each. before: for each offset of the text, its length included, how many stand before it.
    """

    folded: str
    before: NDArray[np.int64]

    @classmethod
    def of(cls, text: str) -> Self:
        codes = _codes(text)
        letter_codes = np.zeros(sys.maxunicode + 1, np.bool_)
        letter_codes[[ord(char) for char in set(text) if char.isalnum()]] = True
        is_letter = letter_codes[codes]
        letters = codes[is_letter].tobytes().decode(_ENCODING, _ERRORS)
        folded = letters.lower()
        if len(folded) != len(letters):  # "İ" becomes two code points: keep the first
            folded = "".join(letter.lower()[0] for letter in letters)
        return cls(folded, np.concatenate((np.zeros(1, np.int64), np.cumsum(is_letter))))

    def __len__(self) -> int:
        return len(self.folded)

    def within(self, start: int, end: int) -> slice:
        """The letters of the stretch `text[start:end]`, as indices into `folded`.

        >>> Letters.of("“No,” said I.").within(5, 13)
        slice(2, 7, None)
        """
        last = len(self.before) - 1
        return slice(int(self.before[min(start, last)]), int(self.before[min(end, last)]))


def align(gold: str, other: str) -> NDArray[np.int64]:
    """For each letter of `other` the index of its letter in `gold`, or -1.

    Both are folded, and nearly the same text: what one lacks (a licence, headings, notes) is skipped, nothing is reordered.

        >>> rhyme = "twinkletwinklelittlestarhowiwonderwhatyouareupabovetheworldsohigh"
        >>> align("chapteri" + rhyme, rhyme)[:5].tolist()
        [8, 9, 10, 11, 12]
    """
    found = np.full(len(other), -1, np.int64)
    gold_codes, other_codes = _codes(gold), _codes(other)
    i = j = 0
    while True:
        n = _count_alike(gold_codes[i:], other_codes[j:])
        found[j : j + n] = np.arange(i, i + n)
        i, j = i + n, j + n
        if i >= len(gold) - SEED or j >= len(other) - SEED:
            return found
        common = _find_common(gold, other, i, j)
        if common is None:
            return found
        i, j = common


def _codes(string: str) -> NDArray[np.uint32]:
    return np.frombuffer(string.encode(_ENCODING, _ERRORS), np.uint32)


def _count_alike(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> int:
    """How many letters the two have in common before they first differ."""
    length = min(len(one), len(other))
    start, size = 0, FIRST_CHUNK
    while start < length:
        end = min(start + size, length)
        differ = one[start:end] != other[start:end]
        if differ.any():
            return start + int(differ.argmax())
        start, size = end, size * 4
    return length


def _find_common(gold: str, other: str, i: int, j: int) -> tuple[int, int] | None:
    """Where the texts meet again after they part at `gold[i]` and `other[j]`; None if nowhere near."""
    for reach in REACHES:
        for ahead in range(0, reach, STEP):
            a = i + ahead
            b = other.find(gold[a : a + SEED], j, j + reach)
            if b >= 0:
                while a > i and b > j and gold[a - 1] == other[b - 1]:  # back to where the difference ends
                    a, b = a - 1, b - 1
                return a, b
    return None
