"""What stands in quotation marks: speech, thought and writing, whatever the printer's manner.

Marks are read by families: double (straight, curly, low), single, guillemets, and the dash that opens a paragraph. In each chapter the
family that opens the most paragraphs is read first, over the whole chapter; the others are read inside its quotations (nesting) and
beside them. Which marks pair is decided by `fabula.readers.marks`; here the pairs become quotations: scare quotes and titles are left
out, the parts of an interrupted speech are joined, and its kind is told where the text says it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fabula.lexicons.speech_verbs import FORMS, PAST_FORMS, WRITING
from fabula.readers.marks import Family, Stretch, count_openings, find_dash_speech, pair_marks
from fabula.records import Notice, Paragraph, Quote, QuoteKind, Span, Text

MARKED_FAMILIES = (Family.DOUBLE, Family.SINGLE, Family.GUILLEMETS)
MAX_DEPTH = 3  # a quotation in a quotation in a quotation
OWN_STYLE = 3  # paragraphs of a chapter that a second family must open to be read as freely as the first
LONGEST_LETTER = 60  # quotations from a letter's first words to its signature
SHORTEST_LETTER = 300  # characters, where only a signature tells that it is one
LONGEST_INTERRUPTION = 160  # characters of narration within one speech
SCARE_WORDS = 5  # a longer stretch without a stop is still speech

_LAST_MARK = re.compile(r"[\s\"'“”‘’«»‹›„`]+$")
_FIRST_MARK = re.compile(r"^[\s\"'“”‘’«»‹›„`]+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PAST_VERB = "|".join(sorted(PAST_FORMS | {"says", "asks", "replies", "cries", "thinks"}, key=len, reverse=True))
_PERSON = r"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|[Yy]ou|it|(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|an?|[Oo]ur|[Tt]heir|[Aa]nother|[Oo]ne|[Oo]ld|[Pp]oor|[Ll]ittle|both) [\w’'-]+(?: [\w’'-]+)?|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})"
_CUE = re.compile(rf"\b(?:(?P<verb>{_PAST_VERB})\s+(?:\w+ly\s+)?{_PERSON}\b|{_PERSON}\s+(?:\w+ly\s+|had\s+|only\s+|then\s+|at last\s+)?(?P<after>{_PAST_VERB})\b)")
_INTRODUCES = re.compile(rf"\b(?:{'|'.join(sorted(FORMS, key=len, reverse=True))})\b[^.!?;\"“”]*[,:—-]\s*(?:that\s*)?$")
_SAYS = re.compile(rf"\b(?:{'|'.join(sorted(set(FORMS) - {'read', 'sign', 'note', 'point', 'press', 'order', 'call', 'called', 'calls'}, key=len, reverse=True))})(?: (?:an?|the|his|her|him|out|with|to|me|in|that))*$")
_NAMING = re.compile(
    r"\b(?:called|named|titled|entitled|termed|dubbed|nicknamed|christened|styled|words?|terms?|phrases?|expressions?|names?|titles?|meant|means?|mean"
    r"|labell?ed|marked|inscribed|spelled|spelt|signed|headed)\b(?: (?:it|him|her|them|us|me|the|an?|of|as|with|by))*\s*$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"[\"“‘'«](?:My )?(?:[Dd]ear(?:est)?|DEAR|[Dd]arling|[Bb]eloved|[Rr]espected|[Hh]ono(?:u)?red) (?:[\w.’']+ ?){1,4}[,.:—-]+[\"”’'»]?$|[\"“‘'«](?:Sir|Madam|Gentlemen)[,:—-]*[\"”’'»]?$")
_SIGNATURE = re.compile(r"[\"“‘'«](?:(?:Ever |Believe me,? |I am,? |I remain,? )?[Yy]our['’]?s\b,?.{0,60}|(?:[A-Z]{2,}[ .]*){1,4}|(?:[A-Z]\. ?){2,4})[\"”’'»]?$")
_THOUGHT_BEFORE = re.compile(rf"\b{_PERSON}\s+(?:\w+ly\s+)?thought(?: to (?:him|her|my)self)?\s*[,:—-]+$")
_WRITING_NOUN = (
    "letter|letters|note|notes|telegram|inscription|postscript|envelope|placard|notice|headline|advertisement|epitaph|message|diary|manuscript|paragraph|"
    "words (?:were )?(?:written|scrawled|printed|painted|carved|engraved)"
)
_WRITTEN_BEFORE = re.compile(
    rf"\b(?:wrote|written|writes|scrawled|scribbled|inscribed|printed|engraved|painted|{_WRITING_NOUN}|(?:it|which|that|sign|card|label|poster|board) (?:read|ran|said))\b"
    rf"(?P<rest>[^.!?\"“”]{{0,80}})(?::|:?—|:?--|(?<=words)\.|(?<=follows)\.)\s*$",
    re.IGNORECASE,
)
_AS_FOLLOWS = re.compile(r"(?:as follows|thus|to this effect|in these words|these words|these terms|contents)\s*(?:[.:]|:?—|:?--)$", re.IGNORECASE)
_WRITTEN_EARLIER = re.compile(rf"\b(?:wrote|written|dated|{_WRITING_NOUN})\b(?P<rest>[^\"“”]*)$", re.IGNORECASE)
_SPEAKS = re.compile(rf"\b(?:{'|'.join(sorted(set(FORMS) - {'read', 'reads', 'sign', 'signed', 'note', 'began', 'continued', 'state', 'stated'}, key=len, reverse=True))})\b")


def find_quotes(text: Text) -> tuple[tuple[Quote, ...], tuple[Notice, ...]]:
    """All quotations, in the order in which their last words are read, and a notice for every mark that was lost.

    A quotation within another is one of its own, and its words are its own only: no word belongs to two quotations. It ends, and so
    comes, before the outer one. Scare quotes, titles and words that
    are only mentioned are left out. Speakers are found later (`fabula.readers.speakers`).
    """
    drafts: list[_Draft] = []
    notices: list[Notice] = []
    book_style = _opening_counts(text, text.paragraphs)
    for chapter in text.chapters:
        first = bisect_left(text.paragraphs, chapter.span.start, key=lambda p: p.span.start)
        last = bisect_left(text.paragraphs, chapter.span.end, key=lambda p: p.span.start)
        found, lost = _read_chapter(text, text.paragraphs[first:last], book_style)
        drafts.extend(found)
        notices.extend(lost)
    drafts.sort(key=lambda d: (d.parts[-1].end, -d.parts[0].start))
    return tuple(Quote(i, tuple(d.parts), d.kind) for i, d in enumerate(drafts)), tuple(notices)


@dataclass(slots=True)
class _Draft:
    """A quotation in the making."""

    parts: list[Span]
    kind: QuoteKind


def _opening_counts(text: Text, paragraphs: Sequence[Paragraph]) -> Counter[Family]:
    return count_openings(text.string, [p.span for p in paragraphs if p.kind.is_prose])


def _read_chapter(text: Text, paragraphs: Sequence[Paragraph], book_style: Counter[Family]) -> tuple[list[_Draft], list[Notice]]:
    string = text.string
    spans = [p.span for p in paragraphs if p.kind.is_prose]
    style = _opening_counts(text, paragraphs)
    order = sorted(Family, key=lambda f: (-style[f], -book_style[f], f.value))
    notices: list[Notice] = []
    outer: list[list[Stretch]] = [[] for _ in spans]
    for rank, family in enumerate(order):
        free = rank == 0 or style[family] >= OWN_STYLE
        if family is Family.DASH:
            # A dash opens speech only at a paragraph's start, and only in a book or chapter that prints speech so.
            if style[family] >= OWN_STYLE and 3 * style[family] >= max(style.values()):
                for stretches, span in zip(outer, spans, strict=True):
                    if not stretches:
                        stretches.extend(find_dash_speech(string, span))
            continue
        taken = [[Span(s.start, s.end) for s in stretches] for stretches in outer]
        for index, stretch in pair_marks(string, spans, family, taken=taken, runs_on=free):
            if stretch.lost and not free:
                continue
            if not free and family is Family.SINGLE and not _is_well_formed(string, stretch, spans[index]):
                continue
            outer[index].append(stretch)
            if stretch.lost:
                message = f"a quotation is {stretch.lost}; it was taken to {'end' if stretch.lost == 'unclosed' else 'begin'} here"
                notices.append(Notice(stretch.lost, message, Span(stretch.start, stretch.end)))
    drafts: list[_Draft] = []
    open_draft: _Draft | None = None
    for index, (stretches, span) in enumerate(zip(outer, spans, strict=True)):
        stretches.sort()
        kept = [s for s in stretches if s.continues or not _is_mention(string, s, span)]
        previous: _Draft | None = None
        for position, stretch in enumerate(kept):
            part = Span(stretch.start, stretch.end)
            if stretch.continues and open_draft is not None:
                open_draft.parts.append(part)
                previous = open_draft
            elif previous is not None and _is_interrupted(string, previous.parts[-1], part, kept[position + 1].start if position + 1 < len(kept) else span.end):
                previous.parts.append(part)
            else:
                previous = _Draft([part], _tell_kind(string, part, span))
                drafts.append(previous)
        open_draft = previous
    _mark_letters(string, drafts, spans)
    drafts.extend([inner for draft in drafts for inner in _part_nested(string, draft)])
    return drafts, notices


def _part_nested(string: str, outer: _Draft, depth: int = 1) -> Iterator[_Draft]:
    """The quotations within a quotation, by marks of another family; their words are taken out of the outer one's parts."""
    if depth >= MAX_DEPTH:
        return
    for family in MARKED_FAMILIES:
        own: list[Span] = []
        for part in outer.parts:
            width = 2 if string.startswith("``", part.start) else 1
            inside = Span(part.start + width, max(part.start + width, part.end - width))
            start = part.start
            for _, stretch in pair_marks(string, [inside], family, taken=[[]], runs_on=False):
                if stretch.lost or _is_mention(string, stretch, inside) or not _is_well_formed(string, stretch, inside):
                    continue
                inner = _Draft([Span(stretch.start, stretch.end)], QuoteKind.SPEECH)
                yield inner
                yield from _part_nested(string, inner, depth + 1)
                own.append(Span(start, stretch.start))
                start = stretch.end
            own.append(Span(start, part.end))
        outer.parts = [p for p in own if any(c.isalnum() for c in string[p.start : p.end])] or outer.parts


def _words_inside(string: str, stretch: Span | Stretch) -> str:
    return _LAST_MARK.sub("", _FIRST_MARK.sub("", string[stretch.start : stretch.end]))


def _is_well_formed(string: str, stretch: Stretch, paragraph: Span) -> bool:
    """Whether single marks beside the book's own style are surely a quotation: a stop before the closing one, or a cue beside it."""
    words = _words_inside(string, stretch)
    if not words:
        return False
    after = string[stretch.end : stretch.end + 60]
    return words[-1] in ",.!?…—-;:" or _CUE.match(after.lstrip(" ,")) is not None or (stretch.start == paragraph.start and stretch.end == paragraph.end)


def _is_mention(string: str, stretch: Stretch, paragraph: Span) -> bool:
    """Whether the marks hold no speech but a title, a scare quote, a word that is spoken about."""
    words = _words_inside(string, stretch)
    if not any(c.isalnum() for c in words):
        return True
    before = string[paragraph.start : stretch.start].rstrip()
    after = string[stretch.end : paragraph.end].lstrip()
    has_stop = words[-1] in ",.!?…—-;:" or words.endswith("...")
    n_words = len(_WORD.findall(words))
    if has_stop and words[-1] not in ".," :
        return False
    if not before and not after:
        return False
    if _CUE.match(after.lstrip(", ")) or _INTRODUCES.search(before[-120:]) or _SAYS.search(before[-20:]):
        return False
    if not before:
        return not has_stop and n_words <= SCARE_WORDS and (after[:1].islower() or after[:1] in ",;.")
    if _NAMING.search(before[-40:]) and n_words <= 2 * SCARE_WORDS:
        return True
    if before[-1] in ",:.!?—-;…\"”’'»":
        return not has_stop and n_words <= SCARE_WORDS and before[-1] not in ":\"”’'»" and after[:1].islower()
    # The sentence runs into the marks without a pause: the so-called “friend.” The stop inside is the sentence's own.
    return n_words <= (SCARE_WORDS if has_stop else 2 * SCARE_WORDS)


def _is_interrupted(string: str, first: Span, second: Span, limit: int) -> bool:
    """Whether two stretches of a paragraph are one speech with narration between.

    They are where the narration between says who speaks, or breaks into a sentence; unless each has a cue of its own. (Annotators
    hardly ever join two sentences that only an action parts.)
    """
    between = string[first.end : second.start]
    if not between.strip(" —–-"):
        return True
    if between.strip()[0] in "—–-" and between.strip()[-1] in "—–-" and len(between) <= LONGEST_INTERRUPTION:
        return True
    if len(between) > LONGEST_INTERRUPTION:
        return False
    cue = _CUE.search(between)
    if cue is None:
        return len(between) <= LONGEST_INTERRUPTION / 2 and _words_inside(string, first)[-1:] in set(",;:—–-")
    return _CUE.match(string[second.end : min(limit, second.end + 60)].lstrip(", ")) is None


def _tell_kind(string: str, part: Span, paragraph: Span) -> QuoteKind:
    """Speech, unless the words beside the quotation say that it is thought or written."""
    after = string[part.end : min(paragraph.end, part.end + 60)].lstrip(", ")
    cue = _CUE.match(after)
    if cue:
        verb = FORMS.get((cue["verb"] or cue["after"]).lower(), "")
        if verb == "think":
            return QuoteKind.THOUGHT
        return QuoteKind.WRITING if verb in WRITING - {"read", "sign"} else QuoteKind.SPEECH
    opens_paragraph = part.start == paragraph.start
    # A quotation that fills its paragraph may be introduced by the one before: “He handed her this note:”
    before = string[max(0, part.start - 160) : part.start] if opens_paragraph and part.end == paragraph.end else string[paragraph.start : part.start][-160:]
    before = before.rstrip()
    written = _WRITTEN_BEFORE.search(before)
    if written is None and _AS_FOLLOWS.search(before):
        written = _WRITTEN_EARLIER.search(string[max(0, part.start - 400) : part.start].rpartition("\n\n" if not opens_paragraph else "\n\n\n")[2])
    if written and not _SPEAKS.search(written["rest"]):
        return QuoteKind.WRITING
    if opens_paragraph and part.end == paragraph.end and _SALUTATION.match(string[part.start : part.end].split("\n")[0]):
        return QuoteKind.WRITING
    return QuoteKind.THOUGHT if _THOUGHT_BEFORE.search(before) else QuoteKind.SPEECH


def _mark_letters(string: str, drafts: Sequence[_Draft], paragraphs: Sequence[Span]) -> None:
    """A letter that is printed in marks, paragraph by paragraph, is written down to its signature; and one that is known by it alone.

    Only where no narration stands between; so a letter without a signature ends with its first paragraph, or where its marks close.
    """
    for draft, following in pairwise(drafts):
        last = following.parts[-1]
        if _SIGNATURE.match(string[last.start : last.end]) and not string[draft.parts[-1].end : last.start].strip() and draft.parts[-1].end - draft.parts[0].start > SHORTEST_LETTER:
            draft.kind = following.kind = QuoteKind.WRITING
    starts, ends = {p.start for p in paragraphs}, {p.end for p in paragraphs}
    index = 0
    while index < len(drafts):
        draft = drafts[index]
        index += 1
        if draft.kind is not QuoteKind.WRITING:
            continue
        run: list[_Draft] = []
        end = draft.parts[-1].end
        for following in drafts[index : index + LONGEST_LETTER]:
            if following.parts[0].start not in starts or string[end : following.parts[0].start].strip() or following.parts[-1].end not in ends:
                break
            run.append(following)
            end = following.parts[-1].end
            if _SIGNATURE.match(string[following.parts[-1].start : following.parts[-1].end]):
                for letter in run:
                    letter.kind = QuoteKind.WRITING
                break
