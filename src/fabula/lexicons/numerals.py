"""Numbers as headings write them: in words, in order, in Roman figures. Closed lists, written for this project."""

from __future__ import annotations

import re

# fmt: off
UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINAL_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)
# fmt: on


def _words() -> dict[str, int]:
    words = {word: n for n, word in enumerate(UNITS, 1)} | {word: n for n, word in enumerate(ORDINAL_UNITS, 1)}
    for ten, word in enumerate(TENS, 2):
        words[word] = words[word[:-1] + "ieth"] = 10 * ten
        for unit in range(1, 10):
            for joint in ("-", " ", ""):
                words[word + joint + UNITS[unit - 1]] = words[word + joint + ORDINAL_UNITS[unit - 1]] = 10 * ten + unit
    words["fourty"], words["a hundred"], words["one hundred"], words["hundredth"] = 40, 100, 100, 100
    return words


NUMBER_WORDS = _words()
"""Cardinals and ordinals up to a hundred, lower case: "one", "twenty-first", "twenty first"."""

ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Old printers write four as IIII and nine as VIIII.
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)


def read_number(string: str) -> int | None:
    """The number that a word, Roman figures or Arabic figures stand for; None if it is none.

    >>> [read_number(s) for s in ("XIV", "twenty-first", "7", "epilogue.2.3", "IIII", "mild", "two words")]
    [14, 21, 7, 3, 4, None, None]
    """
    string = string.lower()
    if string.isascii() and string[-1:].isdigit():
        return int(re.split(r"\D", string)[-1])
    if string in NUMBER_WORDS:
        return NUMBER_WORDS[string]
    if found := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", string):
        return int(found[1])
    if not string or not ROMAN.fullmatch(string):
        return None
    values = [ROMAN_DIGITS[c] for c in string]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
