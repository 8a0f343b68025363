"""Whether a quotation is spoken, thought or written.

Only where the text says so: a verb of thought beside it, a letter that is read out, a sign. Everything else is speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fabula.lexicons.patterns import CUE, SUBJECT, any_of
from fabula.lexicons.speech_verbs import FORMS, WRITING
from fabula.records import QuoteKind, Span

LONGEST_LETTER = 60  # quotations from a letter's first words to its signature
SHORTEST_LETTER = 300  # characters, where only a signature tells that it is one

NEAR, FAR = 160, 400  # characters before a quotation in which its cue stands, and in which a letter is spoken of

# Forms that are said of writing as well as of speech.
_OF_WRITING_TOO = frozenset(["read", "reads", "sign", "signed", "note", "began", "continued", "state", "stated"])
_SALUTATION = re.compile(
    r"[\"“‘'«](?:(?:My )?(?:[Dd]ear(?:est)?|DEAR|[Dd]arling|[Bb]eloved|[Rr]espected|[Hh]onou?red) (?:[\w.’']+ ?){1,4}[,.:—-]+"
    r"|(?:Sir|Madam|Gentlemen)[,:—-]*)[\"”’'»]?$"
)
_SIGNATURE = re.compile(
    r"[\"“‘'«](?:(?:Ever |Believe me,? |I am,? |I remain,? )?[Yy]our['’]?s\b,?.{0,60}"
    r"|(?:[A-Z]{2,}[ .]*){1,4}|(?:[A-Z]\. ?){2,4})[\"”’'»]?$"
)
_THOUGHT_BEFORE = re.compile(
    rf"\b{SUBJECT}\s+(?:\w+ly\s+)?(?:thought(?: to (?:him|her|my)self)?|said to (?:him|her|my)self)\s*[,:—-]+$"
)
_WRITING_NOUN = (
    "letter|letters|note|notes|telegram|inscription|postscript|envelope|placard|notice|headline|advertisement|epitaph|message|diary"
    "|manuscript|paragraph|words (?:were )?(?:written|scrawled|printed|painted|carved|engraved)"
)
_WRITTEN_BEFORE = re.compile(
    rf"\b(?:wrote|written|writes|scrawled|scribbled|inscribed|printed|engraved|painted|{_WRITING_NOUN}"
    r"|(?:it|which|that|sign|card|label|poster|board) (?:read|ran|said))\b"
    r"(?P<rest>[^.!?\"“”]{0,80})(?::|:?—|:?--|(?<=words)\.|(?<=follows)\.)\s*$",
    re.IGNORECASE,
)
# A label, a board, a ring: its words follow without a stop.
INSCRIBED = re.compile(
    r"\b(?:wrote|written|scrawled|scribbled|scratched|inscribed|inscription|labell?ed|stamped|lettered|painted|printed|engraved|carved)\b"
    r"(?P<rest>[^.!?:\"“”]{0,60})$",
    re.IGNORECASE,
)
_AS_FOLLOWS = re.compile(
    r"(?:as follows|thus|to this effect|in these words|these words|these terms|contents)\s*(?:[.:]|:?—|:?--)$", re.IGNORECASE
)
_WRITTEN_EARLIER = re.compile(rf"\b(?:wrote|written|dated|{_WRITING_NOUN})\b(?P<rest>[^\"“”]*)$", re.IGNORECASE)
_SPEAKS = re.compile(rf"\b(?:{any_of(FORMS.keys() - _OF_WRITING_TOO)})\b")


@dataclass(slots=True)
class Draft:
    """A quotation in the making."""

    parts: list[Span]
    kind: QuoteKind


def tell_kind(string: str, part: Span, paragraph: Span) -> QuoteKind:
    """Speech, unless the words beside the quotation say that it is thought or written."""
    after = string[part.end : min(paragraph.end, part.end + 60)].lstrip(",; ")
    cue = CUE.match(after)
    if cue:
        verb = FORMS.get((cue["verb"] or cue["after"]).lower(), "")
        if verb == "think":
            return QuoteKind.THOUGHT
        return QuoteKind.WRITING if verb in WRITING - {"read", "sign"} else QuoteKind.SPEECH
    opens_paragraph = part.start == paragraph.start
    # A quotation that fills its paragraph may be introduced by the one before: “He handed her this note:”
    fills_paragraph = opens_paragraph and part.end == paragraph.end
    floor = 0 if fills_paragraph else paragraph.start
    before = string[max(floor, part.start - NEAR) : part.start].rstrip()
    written = _WRITTEN_BEFORE.search(before) or INSCRIBED.search(before)
    if written is None and _AS_FOLLOWS.search(before):
        floor = 0 if opens_paragraph else paragraph.start
        written = _WRITTEN_EARLIER.search(string[max(floor, part.start - FAR) : part.start])
    if written and not _SPEAKS.search(written["rest"]):
        return QuoteKind.WRITING
    if fills_paragraph and _SALUTATION.match(string[part.start : part.end].split("\n")[0]):
        return QuoteKind.WRITING
    return QuoteKind.THOUGHT if _THOUGHT_BEFORE.search(before) else QuoteKind.SPEECH


def mark_letters(string: str, drafts: Sequence[Draft], paragraphs: Sequence[Span]) -> None:
    """A letter that is printed in marks, paragraph by paragraph, is written down to its signature; and one that is known by it
    alone.

    Only where no narration stands between; so a letter without a signature ends with its first paragraph, or where its marks close.
    """
    for draft, following in pairwise(drafts):
        last = following.parts[-1]
        if (
            _SIGNATURE.match(string[last.start : last.end])
            and not string[draft.parts[-1].end : last.start].strip()
            and draft.parts[-1].end - draft.parts[0].start > SHORTEST_LETTER
        ):
            draft.kind = following.kind = QuoteKind.WRITING
    starts, ends = {p.start for p in paragraphs}, {p.end for p in paragraphs}
    index = 0
    while index < len(drafts):
        draft = drafts[index]
        index += 1
        if draft.kind is not QuoteKind.WRITING:
            continue
        run: list[Draft] = []
        end = draft.parts[-1].end
        for following in drafts[index : index + LONGEST_LETTER]:
            if (
                following.parts[0].start not in starts
                or string[end : following.parts[0].start].strip()
                or following.parts[-1].end not in ends
            ):
                break
            run.append(following)
            end = following.parts[-1].end
            if _SIGNATURE.match(string[following.parts[-1].start : following.parts[-1].end]):
                for letter in run:
                    letter.kind = QuoteKind.WRITING
                break
