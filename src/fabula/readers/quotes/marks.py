"""Which quotation marks pair.

Each mark has a price for every reading of it (opening, closing, an apostrophe or an inch), from what stands beside it; leaving a
quotation
open at a paragraph's end has one too. The cheapest reading of a whole chapter wins (a two-state Viterbi), so a lost mark costs
one paragraph and never swallows the chapter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from fabula.lexicons.patterns import SPEECH_VERB, SUBJECT
from fabula.records import Span

# Prices, in the unit of a mark that its neighbours leave undecided; set by reading what went wrong in the evaluation novels.
UNDECIDED = 1.0
WRONG_WAY = 4.5  # a mark that looks like opening read as closing, or the other way round
LOST_MARK = 4.0  # a quotation that nobody closed, or nobody opened
REOPENED = 0.5  # left open at a paragraph's end, and the next paragraph opens with a mark
RUN_ON = 2.0  # left open, and the next paragraph goes on without a mark
IGNORED = 5.0  # a double mark that is no quotation mark
NEVER = 99.0
LONGEST_REPAIR = 2000  # characters before a mark that closes what nobody opened


class Family(Enum):
    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMETS = "guillemets"
    DASH = "dash"


class Stretch(NamedTuple):
    """What one pair of marks holds within one paragraph, marks included.

    continues: it goes on with what the stretch before left open. lost: "unclosed" or "unopened" where a mark is missing, else "".
    """

    start: int
    end: int
    continues: bool = False
    lost: str = ""


class _Mark(NamedTuple):
    """A mark and the price of each reading."""

    start: int
    end: int
    opens: float
    closes: float
    ignored_outside: float
    ignored_inside: float


_LATEX = re.compile(r"``|''")
_MARKS = {
    Family.DOUBLE: re.compile(r"[\"“”„‟″]"),
    Family.SINGLE: re.compile(r"['‘’‚‛`]"),
    Family.GUILLEMETS: re.compile(r"[«»‹›]"),
}
_OPENING = frozenset("“„‟«‹‘‚‛`") | {"``"}
_CLOSING = frozenset("”»›’") | {"''"}
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u2003([{-—–―/_*\"“‘'«")
_AFTER_CLOSING = frozenset(" \n\t\u00a0\u2003,.;:!?)]}-—–―/_*\"”’'»…")
_STOPS = frozenset(',.!?…;:-—–―)*_"”»')
_DASH_OPENING = re.compile(r"(?:[—–―]|--)[ \u00a0]?(?=[^\W_]|[\"'“‘…¿¡]|\.\.)")
# Words that lose their first letters; lower case.
_ELIDED = frozenset(
    """
    tis twas twere twill twould tisn twasn em im er ere e is as ad ave un ud til till cause bout scuse pon neath gainst way
    nother round s d ll m re ve t n ow ope appen ard arf alf ome imself erself ouse eard ead ear and ands orse orses ell alf
    arry enery
    """.split()
)
# goin’, the boys’, ol’, and the small words of dialects: th’, yo’, wi’, o’
_CUT_SHORT = re.compile(r"(?:in|[sS]|\bol|(?<![\w'’])\w{1,2})$")
_SINGLE_CLOSING = re.compile(r"['’](?!\w)")
_STOP_AND_CAPITAL = re.compile(r"[.!?]\s+(?=[A-Z])")
_NEXT_LETTERS = re.compile(r"[^\W\d_]+")
# `, said Tom,` within words that nobody closed: group 1 is where the speech stops.
_CUE_INSIDE = re.compile(
    rf"(?:([,!?.…—-]))\s+(?:(?:{SPEECH_VERB})\s+{SUBJECT}|{SUBJECT}\s+(?:\w+ly\s+)?(?:{SPEECH_VERB}))(?=[\s,.;:—-]|$)"
)
_CUE_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)|,\s|\s?[—–―]\s?|\s?--\s?")


def count_openings(string: str, paragraphs: Sequence[Span]) -> Counter[Family]:
    """How many paragraphs each family opens."""
    counts: Counter[Family] = Counter()
    for start, end in paragraphs:
        head = string[start : start + 3]
        if not head:
            continue
        if head[0] in '"“„‟”' or head[:2] in ("``", "''"):
            counts[Family.DOUBLE] += 1
        elif head[0] in "«‹»":
            counts[Family.GUILLEMETS] += 1
        elif head[0] in "'‘‛`" and head[1:2].strip() and _closes_strongly(string, start + 1, end):
            counts[Family.SINGLE] += 1
        elif _DASH_OPENING.match(string, start, end):
            counts[Family.DASH] += 1
    return counts


def _closes_strongly(string: str, start: int, end: int) -> bool:
    """Whether a single mark after a stop stands in a stretch."""
    return any(string[m.start() - 1] in _STOPS for m in _SINGLE_CLOSING.finditer(string, start, end))


def pair_marks(
    string: str, paragraphs: Sequence[Span], family: Family, *, taken: Sequence[Sequence[Span]], runs_on: bool
) -> Iterator[tuple[int, Stretch]]:
    """The stretches that the marks of one family hold, each with the index of its paragraph, in text order.

    taken: for each paragraph, growing stretches whose marks are not looked at. runs_on: a quotation may stay open over paragraphs.
    """
    marks = [_find_marks(string, span, family, busy) for span, busy in zip(paragraphs, taken, strict=True)]
    if not runs_on:
        for index, (span, here) in enumerate(zip(paragraphs, marks, strict=True)):
            if here:
                yield from ((index, s) for _, s in _cheapest(string, [span], [here]))
        return
    # Paragraphs without marks far from any open quotation cost nothing; the whole chapter is one chain.
    yield from _cheapest(string, paragraphs, marks)


def _find_marks(string: str, span: Span, family: Family, taken: Sequence[Span]) -> list[_Mark]:
    start, end = span
    price = _price_single if family is Family.SINGLE else _price_double
    found, busy = [], 0
    pattern = _MARKS[family]
    if string.find("``", start, end) >= 0:  # typed for a typesetting program: ``Go,'' said Tom
        if family is Family.SINGLE:
            return []
        pattern = _LATEX if family is Family.DOUBLE else pattern
    for match in pattern.finditer(string, start, end):
        while busy < len(taken) and taken[busy].end <= match.start():
            busy += 1
        if busy < len(taken) and taken[busy].start <= match.start():
            continue
        mark = price(string, match.start(), match.end(), span)
        if mark is not None:
            found.append(mark)
    return found


def _price_double(string: str, at: int, stop: int, span: Span) -> _Mark:
    before = string[at - 1] if at > span.start else " "
    after = string[stop] if stop < span.end else " "
    looks_open = before in _BEFORE_OPENING and not after.isspace()
    looks_closed = not before.isspace() and after in _AFTER_CLOSING
    glyph = string[at:stop]
    if glyph in _OPENING:
        opens, closes = 0.0, (UNDECIDED * 2 if looks_closed and not looks_open else WRONG_WAY + 1)
    elif glyph in _CLOSING:
        opens, closes = (UNDECIDED * 2 if looks_open and not looks_closed else WRONG_WAY + 1), 0.0
    elif looks_open and not looks_closed:
        opens, closes = 0.0, WRONG_WAY
    elif looks_closed and not looks_open:
        opens, closes = WRONG_WAY, 0.0
    else:
        opens = closes = UNDECIDED
    inch = 0.5 if before.isdigit() and glyph in '"″”' else IGNORED
    return _Mark(at, stop, opens, closes, inch, IGNORED)


def _price_single(string: str, at: int, stop: int, span: Span) -> _Mark | None:
    before = string[at - 1] if at > span.start else " "
    after = string[stop] if stop < span.end else " "
    if before.isalnum() and after.isalnum():
        return None  # an apostrophe
    glyph = string[at:stop]
    if after.isalnum() or (before in _BEFORE_OPENING and not after.isspace() and glyph != "’"):
        word = _NEXT_LETTERS.match(string, stop)
        elided = word is not None and word[0].lower() in _ELIDED
        if glyph == "’" or after.isdigit():
            opens, ignored = 4.0, 0.0
        elif glyph in "‘‛":
            opens, ignored = (0.8 if elided else 0.0), (0.6 if elided else 2.0)
        else:
            opens, ignored = (1.2 if elided else 0.0), (0.2 if elided else 1.5)
        closes = UNDECIDED * 2 if before in _STOPS and not before.isspace() and after in _AFTER_CLOSING else 6.0
        return _Mark(at, stop, opens, closes, ignored, min(ignored, 0.7))
    if glyph in "‘‛`‚" and not before.isalnum():
        return _Mark(at, stop, 1.0, 6.0, 2.0, 2.0)
    if before in _STOPS:
        return _Mark(at, stop, 6.0, 0.0, 3.5, 2.5)
    if before.isspace():
        return _Mark(at, stop, 2.0, 2.0, 1.0, 1.0)
    # After a letter: goin’ home, the boys’ hats; or a stop outside the marks: ‘no’, he said
    closes = 0.4 if after in ",.;:!?—–-)" or stop == span.end else 1.0
    goes_on = after == " " and _CUT_SHORT.search(string, max(span.start, at - 12), at) is not None
    return _Mark(at, stop, 6.0, closes, 0.2, 0.3 if goes_on else 1.2)


class _Step(NamedTuple):
    """One decision on the way: what was done, and the step before it."""

    action: str  # open, close, reopen (after a lost closing mark), stray (closing without opening), end-*
    paragraph: int
    at: int
    previous: _Step | None


def _cheapest(string: str, paragraphs: Sequence[Span], marks: Sequence[Sequence[_Mark]]) -> Iterator[tuple[int, Stretch]]:
    outside, inside = 0.0, NEVER
    way_out: _Step | None = None
    way_in: _Step | None = None
    last = len(paragraphs) - 1
    for index, here in enumerate(marks):
        for mark in here:
            # to be outside after the mark
            choices = (
                (inside + mark.closes, "close", way_in),
                (outside + mark.ignored_outside, "", way_out),
                (outside + LOST_MARK + mark.closes, "stray", way_out),
            )
            best_out = min(choices, key=lambda c: c[0])
            # to be inside after it
            choices = (
                (outside + mark.opens, "open", way_out),
                (inside + mark.ignored_inside, "", way_in),
                (inside + LOST_MARK + mark.opens, "reopen", way_in),
            )
            best_in = min(choices, key=lambda c: c[0])
            place = mark.end if best_out[1] in ("close", "stray") else mark.start
            outside, way_out = best_out[0], (_Step(best_out[1], index, place, best_out[2]) if best_out[1] else best_out[2])
            inside, way_in = best_in[0], (_Step(best_in[1], index, mark.start, best_in[2]) if best_in[1] else best_in[2])
        if inside >= NEVER:
            continue
        # at the paragraph's end
        following = marks[index + 1][0] if index < last and marks[index + 1] else None
        opens_next = following is not None and following.start == paragraphs[index + 1].start and following.opens <= UNDECIDED
        leave, action = (REOPENED, "end-reopened") if opens_next else (LOST_MARK, "end-lost")
        stay = inside + RUN_ON if index < last else NEVER
        if inside + leave < outside:
            outside, way_out = inside + leave, _Step(action, index, paragraphs[index].end, way_in)
        inside, way_in = stay, _Step("end-runs-on", index, paragraphs[index].end, way_in)
    steps: list[_Step] = []
    step = way_out
    while step is not None:
        steps.append(step)
        step = step.previous
    for index, stretch in _stretches(string, paragraphs, reversed(steps)):
        if stretch.start < stretch.end:
            yield index, stretch


def _stretches(string: str, paragraphs: Sequence[Span], steps: Iterator[_Step]) -> Iterator[tuple[int, Stretch]]:
    start, continues, goes_on = -1, False, False
    last_end = -1
    for step in steps:
        paragraph = paragraphs[step.paragraph]
        if step.action == "open":
            continues = goes_on and step.at == paragraph.start
            start, goes_on = step.at, False
        elif step.action == "close":
            yield step.paragraph, Stretch(start, step.at, continues)
            last_end, start, continues = step.at, -1, False
        elif step.action == "reopen":
            end = _cut_at_cue(string, start, step.at)
            yield step.paragraph, Stretch(start, end, continues, "unclosed")
            last_end, start, continues = end, step.at, False
        elif step.action == "stray":
            begin = _sentence_start(string, max(paragraph.start, last_end), step.at)
            yield step.paragraph, Stretch(begin, step.at, False, "unopened")
            last_end = step.at
        elif step.action == "end-reopened":
            yield step.paragraph, Stretch(start, step.at, continues)
            start, continues, goes_on = -1, False, True
        elif step.action == "end-lost":
            yield step.paragraph, Stretch(start, _cut_at_cue(string, start, step.at), continues, "unclosed")
            start, continues = -1, False
        else:  # runs on into the next paragraph without a mark
            yield step.paragraph, Stretch(start, step.at, continues)
            start, continues = paragraphs[step.paragraph + 1].start, True


def _cut_at_cue(string: str, start: int, end: int) -> int:
    """Where words that nobody closed stop being speech: before `said Tom`, else at the end."""
    cue = _CUE_INSIDE.search(string, start + 1, end)
    while end > start and string[end - 1].isspace():
        end -= 1
    return cue.end(1) if cue else end


def _sentence_start(string: str, start: int, end: int) -> int:
    """Where words that nobody opened begin: the paragraph's start, or after the last stop before the sentence.

    start: the paragraph's start, or the end of the quotation before. Not further back than `LONGEST_REPAIR`.
    """
    floor = max(start, end - LONGEST_REPAIR)
    stops = [m.end() for m in _STOP_AND_CAPITAL.finditer(string, floor, max(floor, end - 1))]
    begin = stops[-1] if stops and string[start - 1 : start] not in ("", "\n") else floor
    while begin < end and (string[begin].isspace() or string[begin] in ",.;:"):
        begin += 1
    return begin


def find_dash_speech(string: str, paragraph: Span) -> list[Stretch]:
    """The speech of a paragraph that a dash opens; nothing marks its end but the cue: —No, said Tom, not I."""
    opening = _DASH_OPENING.match(string, paragraph.start, paragraph.end)
    if opening is None:
        return []
    stretches: list[Stretch] = []
    start = paragraph.start
    while start < paragraph.end:
        cue = _CUE_INSIDE.search(string, start, paragraph.end)
        if cue is None:
            stretches.append(Stretch(start, paragraph.end))
            break
        stretches.append(Stretch(start, cue.end(1)))
        clause = _CUE_CLAUSE_END.search(string, cue.end(), paragraph.end)
        if clause is None:
            break
        start = clause.end()
        while start < paragraph.end and string[start].isspace():
            start += 1
    return [s for s in stretches if s.start < s.end]
