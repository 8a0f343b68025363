"""PDNC's novels with their quotations and the names of their cast given: every place where an alias of a character is written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evaluation.pdnc_novels import GoldNovel, GoldPart
from fabula.lexicons.patterns import CUE
from fabula.lexicons.titles import TITLES
from fabula.neural.conversation import NAME, NOMINAL, PRONOUN, Mentions
from fabula.neural.segments import Segment
from fabula.readers.cast.names import resolve_names
from fabula.records import Gender, Mention, MentionKind, MentionType, Paragraph, ParagraphKind, Quote, QuoteKind, Span, Text
from fabula.text.tokens import find_tokens

GENDER_EVIDENCE, TITLE_WEIGHT, TIMES_AS_MUCH = 3, 3, 2  # of a character's gender, as in `fabula.story.cast`
_MARKS = "“”‘’«»\"'`_"
_BLANK = re.compile(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+")
_CUE_INSIDE = re.compile(r"[\"”](?P<told>\s[^\"“”]{2,120}?\s)[\"“](?=\S)")
FREE_WORDS = 4  # of a name, from which it is found whatever its capitals


@dataclass(frozen=True, slots=True)
class GivenNovel:
    """A novel with its gold quotations and names.

    text: paragraphs parted by blank lines. quotes: with their marks; parts: the gold parts of each. mentions: of the cast by name;
    people: whose each is, a number into `cast`.
    """

    gold: GoldNovel
    text: Text
    segment: Segment
    quotes: tuple[Quote, ...]
    parts: tuple[tuple[GoldPart, ...], ...]
    mentions: tuple[Mention, ...]
    people: tuple[int, ...]
    cast: tuple[str, ...]


def give_novel(gold: GoldNovel) -> GivenNovel:
    """A novel with its quotations and the places of its cast's names."""
    string = gold.text
    bounds = [0, *(edge for found in _BLANK.finditer(string) for edge in found.span()), len(string)]
    spans = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end > start]
    paragraphs = tuple(Paragraph(span, ParagraphKind.PROSE) for span in spans)
    sentences, tokens = find_tokens(string, paragraphs)
    text = Text(string, paragraphs, (), sentences, tokens)
    by_quote: dict[str, list[GoldPart]] = defaultdict(list)
    for part in gold.parts:
        by_quote[part.quote or f"{part.start}"].append(part)
    groups = sorted(by_quote.values(), key=lambda parts: parts[0].start)
    quotes: list[Quote] = []
    kept: list[tuple[GoldPart, ...]] = []
    ranges: list[tuple[tuple[int, int], ...]] = []
    for parts in groups:
        marked = tuple(span for part in parts for span in _with_marks(string, part))
        words = tuple((inside.start, inside.stop) for span in marked if (inside := _tokens_of(text, span)))
        if words:
            quotes.append(Quote(len(quotes), marked, QuoteKind.SPEECH))
            kept.append(tuple(parts))
            ranges.append(words)
    firsts = tuple(sorted({0, *(bisect_left(tokens.starts, span.start) for span in spans)} - {len(tokens)}))
    sentence_firsts = tuple(bisect_left(tokens.starts, start) for start in sentences.starts)
    segment = Segment(tuple(text.quote(token) for token in tokens), sentence_firsts, firsts, tuple(ranges))
    mentions, people = _find_names(gold, text)
    return GivenNovel(gold, text, segment, tuple(quotes), tuple(kept), mentions, people, tuple(c.name for c in gold.cast))


def _with_marks(string: str, part: GoldPart) -> list[Span]:
    """A part with its marks; several where the annotators left a cue inside ("Go," said Tom. "Now.")."""
    start, end = part.start, part.end
    while start > 0 and string[start - 1] in _MARKS:
        start -= 1
    while end < len(string) and string[end] in _MARKS:
        end += 1
    cuts = [found.span() for found in _CUE_INSIDE.finditer(string, part.start, part.end) if CUE.search(found["told"])]
    edges = [start, *(edge for first, last in cuts for edge in (first + 1, last - 1)), end]
    return [Span(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True)]


def _tokens_of(text: Text, span: Span) -> range:
    first = bisect_right(text.tokens.ends, span.start)
    return range(first, max(first, bisect_left(text.tokens.starts, span.end)))


def _find_names(gold: GoldNovel, text: Text) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Every place of an alias, the longest first, and the narrator's "I" outside quotations."""
    owners = {alias: at for at, c in enumerate(gold.cast) if c.is_person for alias in c.aliases}
    owners = {alias: at for alias, at in owners.items() if alias.strip("_").lower() != "narr" and len(alias) > 1}
    longest_first = sorted(owners, key=lambda alias: (-len(alias), alias))
    patterns = [_pattern(alias) for alias in longest_first]
    folded = {_fold(alias): at for alias, at in owners.items()}
    found: list[tuple[Span, int, MentionKind]] = []
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text.string):
        kind = MentionKind.NAME if re.search(r"\b[A-Z]", match[0].removeprefix("The ")) else MentionKind.NOMINAL
        found.append((Span(*match.span()), folded[_fold(match[0])], kind))
    if gold.narrator is not None:
        narrator = next(at for at, c in enumerate(gold.cast) if c.name == gold.narrator)
        outside = _outside(gold)
        found += [
            (Span(*m.span()), narrator, MentionKind.PRONOUN) for m in re.finditer(r"\bI\b", text.string) if outside(m.start())
        ]
        found.sort(key=lambda item: item[0])
    mentions = tuple(Mention(i, span, kind, MentionType.PERSON, None) for i, (span, _, kind) in enumerate(found))
    return mentions, tuple(person for _, person, _ in found)


def _pattern(alias: str) -> str:
    """Of the places of an alias: "The Invisible Man" is also "the invisible man"; a title alone stands before no other name."""
    pattern = re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(alias)).replace("'", "['’]")
    if _is_folded(alias):
        return f"(?i:{pattern})"
    return rf"{pattern}(?!\.?\s+[A-Z])" if alias in TITLES else pattern


def _fold(name: str) -> str:
    folded = " ".join(name.replace("’", "'").split())
    return folded.lower() if _is_folded(folded) else folded


def _is_folded(name: str) -> bool:
    """Whether capitals are no matter: "The Invisible Man", "Mr. Van Der Luyden"."""
    return name.lower().startswith("the ") or len(name.split()) >= FREE_WORDS


def _outside(gold: GoldNovel) -> Callable[[int], bool]:
    starts, ends = [p.start for p in gold.parts], [p.end for p in gold.parts]

    def outside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at < 0 or offset >= ends[at]

    return outside


def word_mentions(novel: GivenNovel) -> Mentions:
    """The novel's mentions in words."""
    kinds = {MentionKind.NAME: NAME, MentionKind.NOMINAL: NOMINAL, MentionKind.PRONOUN: PRONOUN}
    ranges = [_tokens_of(novel.text, m.span) for m in novel.mentions]
    return Mentions(
        np.asarray([r.start for r in ranges], np.int64),
        np.asarray([max(r.stop, r.start + 1) for r in ranges], np.int64),
        np.asarray([kinds[m.kind] for m in novel.mentions], np.int64),
    )


def find_genders(novel: GivenNovel) -> dict[int, Gender]:
    """Of each character, by the titles of the names and the pronouns that follow them."""
    named = [m for m in novel.mentions if m.kind is MentionKind.NAME]
    resolved, _, cues = resolve_names(novel.text, named)
    owners: dict[int, Counter[int]] = defaultdict(Counter)
    for mention in resolved:
        if mention.character is not None:
            owners[mention.character][novel.people[mention.id]] += 1
    counts: Counter[tuple[int, Gender]] = Counter()
    names = {m.span for m in named}  # the cue of a title is the name's own span
    for cue in cues:
        person = owners[cue.character].most_common(1)[0][0]
        counts[person, cue.gender] += TITLE_WEIGHT if cue.span in names else 1
    genders: dict[int, Gender] = {}
    for person in set(novel.people):
        female, male = counts[person, Gender.FEMALE], counts[person, Gender.MALE]
        if max(female, male) >= GENDER_EVIDENCE and max(female, male) > TIMES_AS_MUCH * min(female, male):
            genders[person] = Gender.FEMALE if female > male else Gender.MALE
    return genders
