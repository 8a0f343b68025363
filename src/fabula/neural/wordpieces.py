"""Words cut into the pieces that the encoder knows: BERT's uncased WordPiece, one of our words at a time.

A word is cleaned, lowered, freed of its accents, parted at marks and at Chinese characters, and each part is cut into the longest
pieces that the vocabulary holds: "O’Brien’s" is "o", "’", "brien", "’", "s".
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category, normalize

from fabula.errors import DamagedModelError

LONGEST_PART = 100  # code points; a longer part is unknown, as in the reference
REMEMBERED_WORDS = 100_000  # forms; War and Peace has 20,000; a full memo takes 16 MB
LONGEST_REMEMBERED = 100  # code points; so that no book can fill the memory with rubbish
CONTINUED = "##"  # before a piece that goes on inside a part

# Characters that stand alone. The sixth block starts where the reference starts it (0x2b820 in the first BERT).
_CHINESE = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPieces:
    """The vocabulary of an encoder, and the pieces of each word as numbers into it.

    vocabulary: the path of a file with a piece a line, or the pieces themselves; a piece's number is its place, from 0.
    pad_id, unk_id, cls_id, sep_id, mask_id: the numbers of the special pieces, which no word of a book can yield (but `unk_id`).
    Words seen before are looked up; several threads may share one object.
    Raises DamagedModelError if the file cannot be read, or a special piece is missing.

        >>> pieces = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "o", "'", "clock", "un", "##lock", "##ed"])
        >>> pieces.pieces("O'Clock"), pieces.pieces("unlocked"), pieces.pieces("key") == (pieces.unk_id,)
        ((5, 6, 7), (8, 9, 10), True)

    Source: Devlin et al. 2019 (BERT), as the package `tokenizers` does it; departs from it in three things. A word of which nothing
    is left is unknown, and nothing there. "[MASK]" in a text is a word in brackets. Characters that Unicode added or moved after
    version 8 are what this Python takes them for.
    """

    def __init__(self, vocabulary: str | os.PathLike[str] | Iterable[str]) -> None:
        pieces = _read_pieces(Path(vocabulary)) if isinstance(vocabulary, str | os.PathLike) else vocabulary
        ids = {piece: number for number, piece in enumerate(pieces)}
        self.pad_id = _special(ids, "[PAD]")
        self.unk_id = _special(ids, "[UNK]")
        self.cls_id = _special(ids, "[CLS]")
        self.sep_id = _special(ids, "[SEP]")
        self.mask_id = _special(ids, "[MASK]")
        self._size = max(ids.values()) + 1
        self._first = {piece: number for piece, number in ids.items() if not piece.startswith(CONTINUED)}
        self._later = {piece[len(CONTINUED) :]: number for piece, number in ids.items() if piece.startswith(CONTINUED)}
        self._longest = max(map(len, ids))
        self._memo: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        """How many pieces there are; every number is below it."""
        return self._size

    def pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one; a part that cannot be cut, or is too long, is `unk_id`."""
        try:
            return self._memo[word]
        except KeyError:
            found = self._cut_word(word)
            if len(word) <= LONGEST_REMEMBERED:
                if len(self._memo) >= REMEMBERED_WORDS:
                    self._memo.clear()
                self._memo[word] = found
            return found

    def _cut_word(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in find_parts(word):
            found += self._cut_part(part)
        return tuple(found) or (self.unk_id,)

    def _cut_part(self, part: str) -> list[int]:
        """The longest piece that begins the part, then the longest that goes on, to its end."""
        size = len(part)
        if size > LONGEST_PART:
            return [self.unk_id]
        found: list[int] = []
        known, start = self._first, 0
        while start < size:
            for end in range(min(size, start + self._longest), start, -1):
                number = known.get(part[start:end])
                if number is not None:
                    break
            else:
                return [self.unk_id]  # the whole part, however much of it was cut
            found.append(number)
            known, start = self._later, end
        return found


def find_parts(word: str) -> list[str]:
    """A word lowered, without accents and invisible characters, parted at white space, marks and Chinese characters.

    >>> find_parts("Mother-in-law’s"), find_parts("Éclair"), find_parts("\\u00ad\\u200b")
    (['mother', '-', 'in', '-', 'law', '’', 's'], ['eclair'], [])
    """
    if word.isascii() and word.isalpha():
        return [word.lower()]
    cleaned = "".join(map(_clean, word))
    bare = "".join(char for char in normalize("NFD", cleaned) if category(char) != "Mn")
    # One by one, in the reference: a capital sigma at a word's end becomes the small one of its middle.
    lowered = bare.replace("Σ", "σ").lower()
    return "".join(f" {char} " if _is_mark(char) else char for char in lowered).split()


def _clean(char: str) -> str:
    if char in "\t\n\r":
        return " "
    if char == "\ufffd" or category(char) in ("Cc", "Cf", "Co", "Cs"):
        return ""
    if char.isspace():
        return " "
    code = ord(char)
    return f" {char} " if code >= _CHINESE[0][0] and any(start <= code <= end for start, end in _CHINESE) else char


def _is_mark(char: str) -> bool:
    """Punctuation; in ASCII symbols too ("$", "+", "~")."""
    return not char.isalnum() and char != " " if char.isascii() else category(char).startswith("P")


def _read_pieces(path: Path) -> list[str]:
    try:
        # Not splitlines: a piece may be one of the rarer line ends of Unicode.
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedModelError(f"its vocabulary `{path}` cannot be read ({error})") from error


def _special(ids: dict[str, int], piece: str) -> int:
    if piece not in ids:
        raise DamagedModelError(f"its vocabulary has no {piece}")
    return ids[piece]
