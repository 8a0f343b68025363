"""Where the sentences of fiction end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.lexicons.abbreviations import LEADING, TRAILING
from fabula.lexicons.patterns import SPEECH_FORM
from fabula.records import Paragraph, ParagraphKind

CLOSERS = "\"'”’»)\\]*_"
# A stop (or several, or a dash before a closing mark), the marks that close after it, and white space.
_CANDIDATE = re.compile(rf"(?:(\.(?:[ \u00a0]?\.)+|…+\.?|[.!?]+(?:\.\.+)?)|[-–—―]+(?=[\"”’»]))([{CLOSERS}]*)(?:--+|[–—―])?(\s+)")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
_OPENERS = "\"'“‘«([_*-–—―"
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}]*([^\W_]+(?:['’-][^\W_]+)*)?")
# "Tom said", "the old Mrs. Hale cried", "he said": a subject of at most four words before a verb of speech.
_SUBJECT_AND_VERB = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|the|old|young|little|poor|de|van|von)\s+){1,4}(?:\w+ly\s+|then\s+|had\s+|only\s+)?"
    + rf"(?:{SPEECH_FORM})\b"
)


def find_sentence_ends(string: str, paragraph: Paragraph) -> Iterator[int]:
    """The offsets at which sentences of a paragraph end, the paragraph's own end last; marks that close belong to what they
    close."""
    start, end = paragraph.span
    if paragraph.kind is not ParagraphKind.HEADING:
        for found in _CANDIDATE.finditer(string, start, end):
            if _ends(string, found, start, end):
                yield found.start(3)
    yield end


def _ends(string: str, found: re.Match[str], start: int, end: int) -> bool:
    stop, closers = found[1], found[2]
    after = found.end()
    if after >= end:
        return False
    closed_quote = any(c in "\"'”’»" for c in closers)
    opening = _NEXT_WORD.match(string, after, end)
    word = opening[1] if opening else None
    if word is None:  # only marks follow
        return stop is not None and not closed_quote
    first = word[0]
    opens_quote = string[after] in "\"“‘«'"
    if first.islower():
        # “What?” he said. Otherwise a lower-case word begins a sentence where somebody typed without capitals.
        return (
            stop == "."
            and not closers
            and not opens_quote
            and _is_plain_word(string, found.start(), start)
            and word not in TRAILING
        )
    if stop == ".":
        before = _WORD_BEFORE.search(string, max(start, found.start() - 16), found.start())
        if before:
            token = before[0].lower()
            if token in LEADING and not closers:
                return token == "no" and not first.isdigit()
            if len(token) == 1 and token.isalpha() and before[0].isupper() and not closers:
                # an initial ("J. St. John"); "I." ends a sentence unless a surname's initial follows
                return before[0] == "I" and word not in ("I",) and _previous_is_lower(string, before.start(), start)
    if stop is not None and (stop[0] == "…" or ".." in stop or ". ." in stop) and word == "I" and not closers:
        return False  # “I ... I don’t know”
    if closed_quote and not opens_quote:
        # “Go away!” Tom said: the sentence runs on; “Go away!” Tom was angry: it does not
        return stop == "." or _SUBJECT_AND_VERB.match(string, after, end) is None
    return stop is not None or closed_quote


def _is_plain_word(string: str, at: int, start: int) -> bool:
    """Whether the word before a full stop is a word of two letters or more, not an abbreviation."""
    before = _WORD_BEFORE.search(string, max(start, at - 24), at)
    return before is not None and len(before[0]) > 1 and before[0].lower() not in LEADING | TRAILING and "." not in before[0]


def _previous_is_lower(string: str, at: int, start: int) -> bool:
    """Whether the word before the one at `at` is in lower case: "said I." but not "Edward I."."""
    previous = string[max(start, at - 24) : at].split()
    return bool(previous) and previous[-1].islower()


def find_sentences(string: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The sentences of all paragraphs but breaks, in text order, without the white space between them."""
    for paragraph in paragraphs:
        if paragraph.kind is ParagraphKind.BREAK:
            continue
        start = paragraph.span.start
        for end in find_sentence_ends(string, paragraph):
            while start < end and string[start].isspace():
                start += 1
            if start < end:
                yield start, end
            start = end
