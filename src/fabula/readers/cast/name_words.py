"""A name taken to pieces: its title and its words, for comparing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fabula.lexicons.titles import RANKS, TITLES, WRITTEN_SMALL

_WORD = re.compile(r"(?:St\.?|Saint)\s+\S+|\S+")  # Saint is a part of the name itself
_PARTICLES = frozenset("de du von van der le la di da of the".split())
_SAINT = re.compile(r"^(?:st\.?|saint)\s+")
_ELIDED = re.compile(r"^d'(?=.{3})")


@lru_cache(maxsize=1 << 16)
def parse_name(string: str) -> tuple[str, tuple[str, ...]]:
    """The last title before a name (without its stop), and the name's words for comparing.

    >>> parse_name("Prof. Sir Hugo de Vere"), parse_name("Alec d'Urberville")
    (('Sir', ('hugo', 'vere')), ('', ('alec', 'urberville')))
    >>> parse_name("Chief Inspector Heat"), parse_name("Chief Inspector")
    (('Inspector', ('heat',)), ('', ('inspector',)))
    >>> parse_name("St. John Rivers"), parse_name("Lord Robert St. Simon")
    (('', ('st john', 'rivers')), ('Lord', ('robert', 'st simon')))
    >>> parse_name("aunt Norris")
    ('Aunt', ('norris',))
    """
    words = [w[0] for w in _WORD.finditer(string)]
    title = ""
    while len(words) > 1 and (told := _find_title(words[0].rstrip("."))):
        title = told
        words.pop(0)
    if title in RANKS and len(words) == 1 and _find_title(words[0]) in RANKS:
        title = ""  # the Chief Inspector
    bare = tuple(_ELIDED.sub("", _SAINT.sub("st ", w.replace("’", "'").strip(".,").lower())) for w in words)
    return title, tuple(w for w in bare if w not in _PARTICLES) or bare


def without_pauses(names: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Names whose words are drawn out ("Bath-sheba!") as they are otherwise written in the book, if they are."""
    whole = {word for _, words in names for word in words if "-" not in word}

    def plain(word: str) -> str:
        joined = word.replace("-", "")
        return joined if joined in whole else word

    return [(title, tuple(map(plain, words))) for title, words in names]


def _find_title(word: str) -> str:
    """A word as a title, as it stands in prose; in capitals, too ("MAJOR Dobbin"). "" if it is none."""
    if word in TITLES:
        return word
    if word in WRITTEN_SMALL:
        return WRITTEN_SMALL[word]
    return word.capitalize() if word.isupper() and word.capitalize() in TITLES else ""
