"""Pages written for fabula, every mention of a person and every quotation in them marked: `training/pages/*.toml`.

A page holds its text with its marks (`marked_text.py`), who its people and groups are, and who says its quotations to whom. Only
people are marked: what else is mentioned is not known.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.readers.quotes import find_quotes
from fabula.records import Chapter, MentionKind, Paragraph, ParagraphKind, Span, SpanList, Text
from fabula.text.compose import BETWEEN
from fabula.text.tokens import find_tokens
from training.corpora.alignment import TokenSpan
from training.corpora.errors import CorpusMissingError
from training.corpora.marked_text import Mark, strip_marks

PAGES = Path(__file__).parents[1] / "pages"

Referent = frozenset[str]  # ids of characters and groups


@dataclass(frozen=True, slots=True)
class PageMention:
    """A mention of somebody, in tokens. attribute: it says who or what somebody is, "Ann is [a doctor]"."""

    span: TokenSpan
    kind: MentionKind
    who: Referent
    attribute: bool


@dataclass(frozen=True, slots=True)
class PageQuotation:
    """parts: in tokens, marks included. by: None where nobody knows."""

    parts: tuple[TokenSpan, ...]
    by: Referent | None


@dataclass(frozen=True, slots=True)
class Page:
    """mentions: in text order, the outer before the inner, one a span."""

    id: str
    text: Text
    mentions: tuple[PageMention, ...]
    quotations: tuple[PageQuotation, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.quote(token) for token in self.text.tokens)

    @property
    def sentences(self) -> tuple[int, ...]:
        """The numbers of their first tokens."""
        return _firsts(self.text, self.text.sentences)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The numbers of their first tokens."""
        return _firsts(self.text, (paragraph.span for paragraph in self.text.paragraphs))

    @property
    def found_quotes(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The parts of each quotation that the rules find, as half-open ranges of words; a model is told of these."""
        quotes, _ = find_quotes(self.text)
        ranges = ([self.text.tokens.inside(part) for part in quote.parts] for quote in quotes)
        return tuple(tuple((words.start, words.stop) for words in parts if words) for parts in ranges if any(parts))


def read_pages(folder: Path = PAGES) -> Iterator[Page]:
    """Every page of a folder, by name. Raises CorpusMissingError, and ValueError where a page's marks are damaged."""
    if not folder.is_dir():
        raise CorpusMissingError(folder)
    for path in sorted(folder.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        yield make_page(path.stem, tables)


def make_page(id_: str, tables: Mapping[str, Any]) -> Page:
    """A page of what its file holds.

    >>> page = make_page("p", {"annotated": "{ann|Ann} left.", "characters": [{"id": "ann", "names": ["Ann"]}]})
    >>> [(mention.span, mention.kind.value) for mention in page.mentions]
    [(TokenSpan(start=0, end=1), 'name')]
    """
    string, marks = strip_marks(tables["annotated"])
    text = _make_text(string)
    people = [*tables.get("characters", ()), *tables.get("groups", ())]
    names = {one["id"]: [name.casefold().split() for name in one.get("names", ())] for one in people}
    members = {frozenset(one["members"]): one["id"] for one in tables.get("groups", ()) if one["members"]}

    def whom(ids: Sequence[str]) -> Referent:
        """A group of just these is meant where they are."""
        one = members.get(frozenset(ids))
        return frozenset(ids if one is None else [one])

    mentions: dict[TokenSpan, PageMention] = {}
    for mark in marks:
        span = _tokens_of(text, mark)
        if not mark.is_quote and span is not None:
            kind = _tell_kind(string, mark, [other for other in marks if other.key != mark.key], names)
            mentions[span] = PageMention(span, kind, whom(mark.referents), mark.is_attribute)
    quotations = []
    for key, said in tables.get("quotes", {}).items():
        parts = [_tokens_of(text, mark) for mark in marks if mark.key == key]
        by = said.get("by") if said["kind"] != "writing" else None
        quotations.append(PageQuotation(tuple(part for part in parts if part is not None), by and whom(by.split("+"))))
    ordered = sorted(mentions.values(), key=lambda mention: (mention.span.start, -mention.span.end))
    return Page(
        id_, text, tuple(ordered), tuple(sorted((one for one in quotations if one.parts), key=lambda one: one.parts[0].start))
    )


def _make_text(string: str) -> Text:
    """All of it prose: a page has no headings."""
    paragraphs, at = [], 0
    for piece in string.split(BETWEEN):
        paragraphs.append(Paragraph(Span(at, at + len(piece)), ParagraphKind.PROSE))
        at += len(piece) + len(BETWEEN)
    sentences, tokens = find_tokens(string, paragraphs)
    return Text(string, tuple(paragraphs), (Chapter(1, Span(0, len(string))),), sentences, tokens)


def _tokens_of(text: Text, mark: Mark) -> TokenSpan | None:
    """The tokens that a mark touches: where an apostrophe is missing, "Toms" is one."""
    first, end = bisect_right(text.tokens.ends, mark.start), bisect_left(text.tokens.starts, mark.end)
    return TokenSpan(first, end) if first < end else None


def _tell_kind(string: str, mark: Mark, others: Sequence[Mark], names: Mapping[str, Sequence[Sequence[str]]]) -> MentionKind:
    """A pronoun by its word; a name if one is in it that is not part of somebody else's mention; else a nominal."""
    whole = string[mark.start : mark.end].casefold()
    if whole in PRONOUN_PERSONS:
        return MentionKind.PRONOUN
    own = list(string[mark.start : mark.end])
    for other in others:
        if mark.start <= other.start and other.end <= mark.end:
            own[other.start - mark.start : other.end - mark.start] = " " * (other.end - other.start)
    words = [word.strip(".,;:!?'’\"“”") for word in "".join(own).casefold().split()]
    called = [[word.strip(".,") for word in name] for who in mark.referents for name in names.get(who, ())]
    held = any(words[at : at + len(name)] == name for name in called for at in range(len(words)))
    return MentionKind.NAME if held else MentionKind.NOMINAL


def _firsts(text: Text, spans: SpanList | Iterator[Span]) -> tuple[int, ...]:
    """The number of the first token of each, growing; those that hold none are left out."""
    inside = (text.tokens.inside(span) for span in spans)
    return tuple(sorted({tokens.start for tokens in inside if tokens}))
