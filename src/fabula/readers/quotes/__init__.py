"""What stands in quotation marks: speech, thought and writing, whatever the printer's manner.

Marks are read by families: double (straight, curly, low), single, guillemets, and the dash that opens a paragraph. In each chapter
the family that opens the most paragraphs is read first, over the whole chapter; the others are read inside its quotations (nesting)
and beside them. Which marks pair is decided by `fabula.readers.quotes.marks`; here the pairs become quotations: scare quotes and
titles are left out, and the parts of an interrupted speech are joined.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fabula.lexicons.patterns import CUE, SPEECH_FORM, SUBJECT, any_of
from fabula.lexicons.speech_verbs import FORMS
from fabula.readers.documents import find_headed
from fabula.readers.quotes.kinds import INSCRIBED, Draft, mark_letters, tell_kind
from fabula.readers.quotes.marks import Family, Stretch, count_openings, find_dash_speech, pair_marks
from fabula.records import Notice, Paragraph, Quote, QuoteKind, Span, Text

MARKED_FAMILIES = (Family.DOUBLE, Family.SINGLE, Family.GUILLEMETS)
MAX_DEPTH = 3  # a quotation in a quotation in a quotation
OWN_STYLE = 3  # paragraphs of a chapter that a second family must open to be read as freely as the first
NEAR = 200  # characters before and after a quotation that are looked at
LONGEST_INTERRUPTION = 160  # characters of narration within one speech
SCARE_WORDS = 5  # a longer stretch without a stop is still speech

_LAST_MARK = re.compile(r"[\s\"'“”‘’«»‹›„`]+$")
_FIRST_MARK = re.compile(r"^[\s\"'“”‘’«»‹›„`]+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_INTRODUCES = re.compile(rf"\b(?:{SPEECH_FORM})\b(?:\b(?:Mrs?|Ms|Dr|St)\.|[^.!?;\"“”])*[,:—-]\s*(?:that\s*)?$")
# Forms that are as often nouns, or that name instead of saying.
_NOT_SAYING = frozenset("read sign note point press order call called calls".split())
_SAYS = re.compile(rf"\b(?:{any_of(FORMS.keys() - _NOT_SAYING)})(?: (?:an?|the|his|her|him|out|with|to|me|in|that))*$")
_IS = re.compile(r"\b(?:was|were|is|be|been|came)$")
_UTTERS = re.compile(r"\b(?:with|gave|uttered|(?:cry|cries|shouts?|murmurs?|whispers?|chorus) of)(?: (?:an?|his|her|the))?$")
_AND = re.compile(r"[,;] (?:and|but)$")
# Somebody else's clause behind the first speaker's: “Go,” said Tom, *while Ann, with a smile, added:* “Now.”
_NEXT_SPEAKER = re.compile(
    rf"[,;.] (?:[Aa]nd|[Bb]ut|while) (?:{SUBJECT})\b(?:\b(?:Mrs?|Ms|Dr|St)\.|[^.!?;:\"“”])*\b(?:{SPEECH_FORM})\b"
    r"[^.!?;:\"“”]{0,40}$"
)
_LEADS_UP = re.compile(r"[^.!?;:\"“”]*[,:—–-]*")  # what stands between a verb of speech and the words that it leads up to
_NAMING = re.compile(
    r"\b(?:called|named|titled|entitled|termed|dubbed|nicknamed|christened|styled|words?|terms?|phrases?|expressions?|names?|titles?|meant|means?|mean"
    r"|spelled|spelt|signed)\b(?: (?:it|him|her|them|us|me|the|an?|of|as|with|by))*\s*$",
    re.IGNORECASE,
)


def find_quotes(text: Text) -> tuple[tuple[Quote, ...], tuple[Notice, ...]]:
    """All quotations, in the order in which their last words are read, and a notice for every mark that was lost.

    A quotation within another is one of its own, and its words are its own only: no word belongs to two quotations. It ends, and
    so comes, before the outer one. Scare quotes, titles and words that are only mentioned are left out. Speakers are found later
    (`fabula.readers.speakers`).
    """
    drafts: list[Draft] = []
    notices: list[Notice] = []
    book_style = _opening_counts(text, text.paragraphs)
    for chapter in text.chapters:
        first = bisect_left(text.paragraphs, chapter.span.start, key=lambda p: p.span.start)
        last = bisect_left(text.paragraphs, chapter.span.end, key=lambda p: p.span.start)
        found, lost = _read_chapter(text, text.paragraphs[first:last], book_style)
        drafts.extend(found)
        notices.extend(lost)
    drafts.sort(key=lambda d: (d.parts[-1].end, -d.parts[0].start))
    quotes = tuple(Quote(i, tuple(d.parts), d.kind) for i, d in enumerate(drafts))
    documents = find_headed(text, quotes)
    return tuple(replace(q, kind=QuoteKind.WRITING) if q.id in documents else q for q in quotes), tuple(notices)


def _opening_counts(text: Text, paragraphs: Sequence[Paragraph]) -> Counter[Family]:
    return count_openings(text.string, [p.span for p in paragraphs if p.kind.is_prose])


def _read_chapter(text: Text, paragraphs: Sequence[Paragraph], book_style: Counter[Family]) -> tuple[list[Draft], list[Notice]]:
    spans = [p.span for p in paragraphs if p.kind.is_prose]
    stretches = _pair_families(text.string, spans, _opening_counts(text, paragraphs), book_style)
    drafts = _join_parts(text.string, spans, stretches)
    mark_letters(text.string, drafts, spans)
    drafts.extend([inner for draft in drafts for inner in _part_nested(text.string, draft)])
    return drafts, [_notice(s) for inside in stretches for s in inside if s.lost]


def _notice(stretch: Stretch) -> Notice:
    side = "end" if stretch.lost == "unclosed" else "begin"
    return Notice(stretch.lost, f"a quotation is {stretch.lost}; it was taken to {side} here", Span(stretch.start, stretch.end))


def _pair_families(string: str, spans: Sequence[Span], style: Counter[Family], book_style: Counter[Family]) -> list[list[Stretch]]:
    """What the marks of each paragraph hold, in text order: the chapter's own family first, then the others beside it."""
    stretches: list[list[Stretch]] = [[] for _ in spans]
    for rank, family in enumerate(sorted(Family, key=lambda f: (-style[f], -book_style[f], f.value))):
        if family is Family.DASH:
            # A dash opens speech only at a paragraph's start, and only in a chapter that prints speech so.
            if style[family] >= OWN_STYLE and 3 * style[family] >= max(style.values()):
                for inside, span in zip(stretches, spans, strict=True):
                    if not inside:
                        inside.extend(find_dash_speech(string, span))
            continue
        free = rank == 0 or style[family] >= OWN_STYLE
        taken = [sorted(Span(s.start, s.end) for s in inside) for inside in stretches]
        for index, stretch in pair_marks(string, spans, family, taken=taken, runs_on=free):
            doubtful = stretch.lost or (family is Family.SINGLE and not _is_well_formed(string, stretch, spans[index]))
            if not (doubtful and not free) and not _overlaps(taken[index], stretch):
                stretches[index].append(stretch)
    for inside in stretches:
        inside.sort()
    return stretches


def _join_parts(string: str, spans: Sequence[Span], stretches: Sequence[Sequence[Stretch]]) -> list[Draft]:
    """Stretches as quotations: several are parts of one where speech runs on or is interrupted; what is no speech is left out."""
    drafts: list[Draft] = []
    before: Draft | None = None  # the last quotation of the paragraph before
    for inside, span in zip(stretches, spans, strict=True):
        kept = [s for s in inside if s.continues or not _is_mention(string, s, span)]
        previous: Draft | None = None
        for position, stretch in enumerate(kept):
            part = Span(stretch.start, stretch.end)
            limit = kept[position + 1].start if position + 1 < len(kept) else span.end
            if stretch.continues and before is not None:
                before.parts.append(part)
                previous = before
            elif previous is not None and _is_interrupted(string, previous.parts[-1], part, limit):
                previous.parts.append(part)
            else:
                previous = Draft([part], tell_kind(string, part, span))
                drafts.append(previous)
        before = previous
    return drafts


def _part_nested(string: str, outer: Draft, depth: int = 1) -> Iterator[Draft]:
    """The quotations within a quotation, by marks of another family; their words are taken out of the outer one's parts."""
    if depth >= MAX_DEPTH:
        return
    for family in MARKED_FAMILIES:
        own: list[Span] = []
        found: list[Draft] = []
        for part in outer.parts:
            width = 2 if string.startswith("``", part.start) else 1
            inside = Span(part.start + width, max(part.start + width, part.end - width))
            start = part.start
            for _, stretch in pair_marks(string, [inside], family, taken=[[]], runs_on=False):
                if stretch.lost or _is_mention(string, stretch, inside) or not _is_well_formed(string, stretch, inside):
                    continue
                found.append(Draft([Span(stretch.start, stretch.end)], tell_kind(string, Span(stretch.start, stretch.end), inside)))
                own.append(Span(start, stretch.start))
                start = stretch.end
            own.append(Span(start, part.end))
        spoken = [p for p in own if any(c.isalnum() for c in string[p.start : p.end])]
        if not spoken:  # marked twice: “‘Go.’”
            continue
        outer.parts = spoken
        for inner in found:
            yield inner
            yield from _part_nested(string, inner, depth + 1)


def _overlaps(taken: Sequence[Span], stretch: Stretch) -> bool:
    """Whether a stretch overlaps one of some growing spans."""
    index = bisect_left(taken, stretch.end, key=lambda span: span.start)
    return index > 0 and taken[index - 1].end > stretch.start


def _words_inside(string: str, stretch: Span | Stretch) -> str:
    return _LAST_MARK.sub("", _FIRST_MARK.sub("", string[stretch.start : stretch.end]))


def _is_well_formed(string: str, stretch: Stretch, paragraph: Span) -> bool:
    """Whether single marks beside the book's own style are surely a quotation: a stop before the closing one, or a cue beside
    it."""
    words = _words_inside(string, stretch)
    if not words:
        return False
    after = string[stretch.end : stretch.end + 60]
    return (
        words[-1] in ",.!?…—-;:"
        or CUE.match(after.lstrip(" ,")) is not None
        or (stretch.start == paragraph.start and stretch.end == paragraph.end)
    )


def _is_mention(string: str, stretch: Stretch, paragraph: Span) -> bool:
    """Whether the marks hold no speech but a title, a scare quote, a word that is spoken about."""
    words = _words_inside(string, stretch)
    if not any(c.isalnum() for c in words):
        return True
    before = string[max(paragraph.start, stretch.start - NEAR) : stretch.start].rstrip()
    after = string[stretch.end : min(paragraph.end, stretch.end + NEAR)].lstrip()
    has_stop = words[-1] in ",.!?…—-;:" or words.endswith("...")
    n_words = len(_WORD.findall(words))
    if has_stop and words[-1] not in ".,":
        return False
    if not before and not after:
        return False
    if CUE.match(after.lstrip(",; ")) or _INTRODUCES.search(before[-120:]) or _SAYS.search(before[-20:]):
        return False
    if any(cue["verb"] and cue.end() == len(before[-80:]) for cue in CUE.finditer(before[-80:])):
        return False  # “Come here,” said Tom “you’d better.”
    if not before:
        return not has_stop and n_words <= SCARE_WORDS and (after[:1].islower() or after[:1] in ",;.")
    if INSCRIBED.search(before):
        return False
    if _NAMING.search(before[-40:]) and n_words <= 2 * SCARE_WORDS:
        return True
    if before[-1] in ",:.!?—-;…\"”’'»":
        return not has_stop and n_words <= SCARE_WORDS and before[-1] not in ":\"”’'»" and after[:1].islower()
    if has_stop and words[0].isupper() and any(led.search(before[-20:]) for led in (_IS, _UTTERS, _AND)):
        return False  # the last thing he said was “See to the boy.”; he bowed with an “Aye, aye,” and “Good night.”
    # The sentence runs into the marks without a pause: the so-called “friend.” The stop inside is the sentence's own.
    return n_words <= (SCARE_WORDS if has_stop else 2 * SCARE_WORDS)


def _is_interrupted(string: str, first: Span, second: Span, limit: int) -> bool:
    """Whether two stretches of a paragraph are one speech with narration between.

    They are where the narration between says who speaks, or breaks into a sentence; unless each has a cue of its own, or the
    narration leads up to the second. (Annotators hardly ever join two sentences that only an action parts.) With nothing between, a
    new speaker begins.
    """
    between = string[first.end : second.start]
    inner = between.strip()
    if not inner or len(between) > LONGEST_INTERRUPTION:
        return False
    said, then = _words_inside(string, first), _words_inside(string, second)
    if said[-1:] not in (".", "!", "?") and (then[:1].islower() or (inner[0] in "—–-" and inner[-1] in "—–-")):
        return True  # “We always seem”—she hesitated—“to be late.”
    if _leads_up(inner, said):
        return False
    # “Go,” said Tom. “Now.”; “Go.” He rose, saying, “Now.”; but not “Go.” They said that he went. “Now.”
    cue = CUE.match(between.lstrip(" ,;.—–-")) or (CUE.search(between) if inner[-1] in ",:" else None)
    if cue is None:
        return len(between) <= LONGEST_INTERRUPTION / 2 and said[-1:] in set(",;:—–-")
    own = CUE.match(string[second.end : min(limit, second.end + 60)].lstrip(", "))
    return own is None or (own["verb"] is None and then[-1:] == ".")


def _leads_up(between: str, said: str) -> bool:
    """Whether narration has a clause of its own for what follows: “Go,” said Tom, and *Ann replied:* “No.”; “Go.” *Ann replied:*"""
    if CUE.match(between.lstrip(" ,;.—–-")) and _NEXT_SPEAKER.search(between.rstrip(",:—–-")):
        return True
    if between[-1] not in ",:—–-":
        return False
    for cue in CUE.finditer(between):
        is_own = cue.start() > 0 or (said[-1:] in (".", "!", "?") and between[0].isupper())
        if is_own and _LEADS_UP.fullmatch(between, cue.end()) and not between[: cue.start()].endswith("as "):
            return True
    return False
