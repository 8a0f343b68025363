"""Where the paragraphs of LitBank's excerpts begin: the corpus keeps sentences alone, its archive of novels has the blank lines."""

from __future__ import annotations

import re
import tarfile
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType

ARCHIVE = "novels.tar.xz"
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_ANCHOR = 40  # letters and figures by which a place of the novel is found
_LOST = 4_000  # letters and figures that are looked through where the two go apart


@cache
def read_archive(folder: Path) -> Mapping[str, str]:
    """Every whole novel of the corpus, by its number; empty where the archive is not at hand. folder: `litbank`."""
    path = folder / ARCHIVE
    if not path.is_file():
        return MappingProxyType({})
    novels: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                novels[_number(PurePosixPath(member.name).stem)] = file.read().decode("utf-8")
    return MappingProxyType(novels)


def find_paragraphs(folder: Path, id_: str, words: Sequence[str]) -> tuple[int, ...]:
    """The first word of every paragraph of a document, the first of all among them; () where its novel is not at hand.

    folder: `litbank`. words: the document's tokens; any cutting of the text will do.
    """
    novel = read_archive(folder).get(_number(id_))
    return () if novel is None else align_paragraphs(words, novel)


def _number(name: str) -> str:
    """The Gutenberg number that the names of files begin with."""
    return name.partition("_")[0]


def align_paragraphs(words: Sequence[str], novel: str) -> tuple[int, ...]:
    """The words that open a paragraph in `novel`, an excerpt of which they are; () if it is not found.

    Both are compared by letters and figures alone. Where they go apart (a note, a picture's legend), the next stretch that both
    have is looked for. Marks before the blank line belong to the paragraph that ends, those behind it to the one that begins.

    >>> align_paragraphs(["“", "Go", ".", "”", "He", "went", "."], "“Go.”\\n\\nHe went.")
    (0, 4)
    """
    letters = [(at, letter) for at, word in enumerate(words) for letter in word.lower() if letter.isalnum()]
    ours = "".join(letter for _, letter in letters)
    begins = re.search(r"[\W_]*".join(map(re.escape, ours[:_ANCHOR])), novel, re.IGNORECASE)
    if begins is None:
        return ()
    excerpt = novel[begins.start() : begins.start() + 3 * len(ours) + 2 * _LOST]
    places = [at for at, letter in enumerate(excerpt) if letter.isalnum()]
    theirs = "".join(excerpt[at].lower()[:1] for at in places)
    by_letter = _letters_behind(places, [found.start() for found in _BLANK.finditer(excerpt)])
    at = there = 0
    firsts = {0}
    while at < len(ours) and there < len(theirs):
        if ours[at] != theirs[there]:
            at, there = _meet_again(ours, theirs, at, there)
            continue
        if there in by_letter and at:
            firsts.add(_opening(words, letters[at - 1][0], letters[at][0], excerpt[places[there - 1] + 1 : by_letter[there]]))
        at, there = at + 1, there + 1
    return tuple(sorted(firsts))


def _letters_behind(places: Sequence[int], blanks: Sequence[int]) -> dict[int, int]:
    """The number of the first letter behind a blank line -> where that blank line begins."""
    found: dict[int, int] = {}
    for start in blanks:
        found.setdefault(bisect_left(places, start), start)
    return found


def _meet_again(ours: str, theirs: str, at: int, there: int) -> tuple[int, int]:
    """The next place from which both have the same stretch; the end of ours if there is none."""
    for ahead in range(200):
        stretch = ours[at + ahead : at + ahead + _ANCHOR]
        if len(stretch) < _ANCHOR:
            break
        found = theirs.find(stretch, there, there + _LOST)
        if found >= 0:
            return at + ahead, found
    return len(ours), there


def _opening(words: Sequence[str], last: int, first: int, before: str) -> int:
    """The first word of the paragraph between two words with letters; before: what the novel has between the first of them and the
    blank line."""
    marks = sum(not mark.isspace() for mark in before)
    for at in range(last + 1, first):
        if marks <= 0:
            return at
        marks -= len(words[at])
    return first
