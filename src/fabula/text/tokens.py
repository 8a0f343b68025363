"""Words and marks: Universal Dependencies' words, except that hyphened words stay whole.

Clitics part from their word ("do|n't", "Tom|'s", "can|not", "’t|is"); titles and initials keep their stop ("Mr.", "J."); a run of
stops or of dashes is one token. Offsets only: no token is ever rewritten.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from fabula.lexicons.abbreviations import LEADING
from fabula.records import Paragraph, SpanList
from fabula.text.sentences import find_sentences

_APOSTROPHE = "['’ʼ]"
_LETTER = r"[^\W\d_]"
_INNER = r"[\w\u0300-\u036f]*"  # letters, figures and combining marks
_STOPPED = "|".join(
    sorted(
        {form for word in LEADING - {"no", "fig", "ch", "ca", "fr"} for form in (word, word.capitalize(), word.upper())},
        key=len,
        reverse=True,
    )
)
# Straight marks open quotations as well, so a straight one is an apostrophe only in these.
_ELIDED = r"(?i:tis|twas|twere|twill|twould|tisn|twasn|em|til|till|cause|bout|scuse|pon|neath|gainst)"

# Group 1: words that may need parting. The order matters: longest reading first.
_TOKEN = re.compile(
    rf"""
    [a-z]++(?<!im|nt|na)(?<!ive|not)(?<!gotta|lemme|gimme|dunno|youre)(?<!theyre)(?![\w'’ʼ.\u0300-\u036f-])  # most words: quickly
  | ({_LETTER}{_INNER}
      (?:(?:{_APOSTROPHE}-?|-{_APOSTROPHE}?){_LETTER}{_INNER}|-\d+)*
      {_APOSTROPHE}-?[\w\u0300-\u036f]+(?:-[^\W_]{_INNER})*)
  | ((?:’(?={_LETTER})|'(?=(?:{_ELIDED})\b)){_LETTER}+(?:{_APOSTROPHE}{_LETTER}+)*)
  | ((?i:cannot|gonna|gotta|wanna|lemme|gimme|dunno|ive|youre|theyre|im
      |(?:do|does|did|is|was|were|has|have|had|would|could|should)nt)\b(?!-))
  | (?:{_STOPPED})\.(?!\.\.)
  | [A-Z]\.(?:-?[A-Z]\.)+
  | [A-HJ-Z]\.(?=[ \u00a0]?[A-Z])
  | [AaPp]\.[ ]?[Mm]\.
  | [^\W_]{_INNER}(?:-[^\W_]{_INNER}|[.,:]\d+)*
  | \.(?:[ \u00a0]?\.)+ | …+ | [!?]+ | --+ | [–—―]+ | _+ | \*+
  | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(rf"(?i)(?:n{_APOSTROPHE}t|{_APOSTROPHE}(?:s|re|ve|ll|d|m))$")
_WHOLE = re.compile(rf"(?i)(?:[ol]{_APOSTROPHE}|ma{_APOSTROPHE}am|d{_APOSTROPHE}[a-z]{{4,}}|[a-z]+in{_APOSTROPHE}$)")
_LEADING_CLITIC = re.compile(rf"(?i)(?:d{_APOSTROPHE}(?=y)|y{_APOSTROPHE}(?=all)|{_APOSTROPHE}t(?=is|was|were|will|would))")
_JOINED = {
    "cannot": 3,
    "gonna": 3,
    "gotta": 3,
    "wanna": 3,
    "lemme": 3,
    "gimme": 3,
    "dunno": 2,
    "ive": 1,
    "youre": 3,
    "theyre": 4,
    "im": 1,
}


def find_tokens(string: str, paragraphs: Sequence[Paragraph]) -> tuple[SpanList, SpanList]:
    """The sentences and the tokens of a text. Every token lies in one sentence; only white space lies between tokens."""
    starts, ends = array("I"), array("I")
    add_start, add_end = starts.append, ends.append
    sentence_starts, sentence_ends = array("I"), array("I")
    finditer = _TOKEN.finditer
    for start, end in find_sentences(string, paragraphs):
        sentence_starts.append(start)
        sentence_ends.append(end)
        for found in finditer(string, start, end):
            which = found.lastindex
            begin, stop = found.span()
            if which is not None:
                for cut in _cuts(found[0], which):
                    add_start(begin)
                    begin += cut
                    add_end(begin)
            add_start(begin)
            add_end(stop)
    return SpanList(sentence_starts, sentence_ends), SpanList(starts, ends)


def _cuts(word: str, which: int) -> tuple[int, ...]:
    """The lengths of the pieces to cut off the front of a word, the last piece left over.

    >>> _cuts("mightn't've", 1), _cuts("o'clock", 1), _cuts("'tis", 2), _cuts("cannot", 3)
    ((5, 3), (), (2,), (3,))
    """
    if which == 3:
        lower = word.lower()
        return (_JOINED.get(lower, len(lower) - 2),)
    pieces: list[int] = []
    head = _LEADING_CLITIC.match(word)
    if head:
        pieces.append(head.end())
        word = word[head.end() :]
    ends: list[int] = []
    while (tail := _CLITIC.search(word)) and tail.start() > 0 and not (not ends and _is_whole(word)):
        ends.append(len(word) - tail.start())
        word = word[: tail.start()]
    if not head and not ends:
        return ()
    lengths = [*pieces, *([len(word)] if ends else []), *reversed(ends)]
    return tuple(lengths[:-1]) if ends else tuple(pieces)


def _is_whole(word: str) -> bool:
    """Whether the apostrophe is part of the word: "o'clock", "O'Brien", "ma'am"; but "O'Brien's" is parted."""
    return _WHOLE.match(word) is not None and not word.lower().endswith(("'s", "’s", "'ll", "’ll", "'d", "’d"))
