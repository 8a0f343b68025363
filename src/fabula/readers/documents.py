"""Whose a document is: by the line above it ("Dr. Seward's Diary", "Letter, Lucy Westenra to Mina Murray"), or by its signature."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fabula.records import Attribution, Evidence, Mention, Quote, QuoteKind, Span, Text

READER = "documents"
LONGEST_HEADING = 110  # characters, of a document in a chapter
LONGEST_SIGNATURE = 90  # characters of a letter's last lines, with the name at their end
HEADED_PROBABILITY, SIGNED_PROBABILITY = 0.95, 0.9  # that a letter in marks is by whom its heading, or its signature, names
DOCUMENTS = (
    "diary|journal|letter|narrative|statement|memorandum|account|story|log|notes?|report|testimony|confession|deposition|telegram"
)
# Also "Letter 2. Lucy to Mina", "From the Diary of Hester Pinhorn": a line by itself, or the heading of a chapter.
_DOCUMENT = re.compile(
    rf"\W*(?:(?:extract(?:s|ed)? )?from )?(?:(.{{2,50}}?)['’]s (?:\w+ )?(?:{DOCUMENTS})\b.{{0,25}}"
    rf"|(?:{DOCUMENTS})\b(?: \([^)]*\))?(?:,| from| left by| by| of) (.{{2,50}}?)(?: to (.{{2,50}}?))?"
    rf"|(?:{DOCUMENTS}) \w{{1,10}}[.:,—–-]{{1,2}} ?(.{{2,50}}?) to (.{{2,50}}?)"
    rf"|(?:\d+\. )?the (?:{DOCUMENTS}) (?:of|by) (.{{2,60}}))\W*",
    re.IGNORECASE,
)
_CLOSING = " \n.,!'\"’”»"
_OWNERS, _TO = (1, 2, 4, 6), {2: 3, 4: 5}  # groups


class Heading(NamedTuple):
    """Of a document. owner, to: the words that say whose it is, and to whom it is written; None where they do not say it."""

    span: Span
    owner: Span
    to: Span | None


def read_heading(line: str, start: int = 0) -> Heading | None:
    """A line as a document's heading, None of another line. start: the offset of the line.

    >>> line = "Letter, Lucy Westenra to Mina Murray."
    >>> heading = read_heading(line)
    >>> line[slice(*heading.owner)], line[slice(*heading.to)]
    ('Lucy Westenra', 'Mina Murray')
    """
    found = _DOCUMENT.fullmatch(line)
    if found is None:
        return None

    def span(group: int) -> Span:
        return Span(start + found.start(group), start + found.end(group))

    owner = next(group for group in _OWNERS if found[group])
    to = _TO.get(owner)
    return Heading(span(0), span(owner), span(to) if to is not None and found[to] else None)


def find_headed(text: Text, quotes: Sequence[Quote]) -> dict[int, Heading]:
    """Of quotations that are documents printed in marks, by their ids, the heading above.

    Such a document goes on as long as nothing but its quotations stands in the paragraphs.
    """
    starts = [paragraph.span.start for paragraph in text.paragraphs]
    cuts = sorted({*starts, *(quote.parts[0].start for quote in quotes), len(text.string)})
    headed: dict[int, Heading] = {}
    document: Heading | None = None
    last = 0  # the end of the document so far
    for quote in quotes:
        start, end = quote.parts[0].start, quote.parts[-1].end
        at = bisect_right(starts, start) - 1
        goes_on = document is not None and not text.string[last:start].strip()
        if (starts[at] != start and not goes_on) or text.string[end : cuts[bisect_left(cuts, end)]].strip():
            continue
        if not goes_on:
            document = _find_heading(text, at)
        if document is not None:
            headed[quote.id] = document
            last = end
    return headed


def _find_heading(text: Text, paragraph: int) -> Heading | None:
    """The heading above a paragraph, given by its number."""
    line = text.paragraphs[paragraph - 1].span if paragraph else Span(0, 0)
    return read_heading(text.quote(line), line.start) if line.end - line.start <= LONGEST_HEADING else None


def attribute_documents(
    text: Text, quotes: Sequence[Quote], names: Sequence[Mention], known: Sequence[Attribution] = ()
) -> tuple[Attribution, ...]:
    """What is known of speakers and, of the other quotations, who has written the documents that are printed in marks under a
    heading which names the writer, and to whom; and letters that are signed. names: in text order.
    """
    headed = {attribution.quote: attribution for attribution in _attribute_headed(text, quotes, names)}
    letters = [letter for letter in _find_letters(text, quotes) if headed.keys().isdisjoint(quote.id for quote in letter)]
    signed = {attribution.quote: attribution for attribution in _attribute_signed(text, letters, names)}
    told = {attribution.quote: attribution for attribution in known}
    return tuple(attribution for _, attribution in sorted((signed | headed | told).items()))


def _attribute_headed(text: Text, quotes: Sequence[Quote], names: Sequence[Mention]) -> Iterator[Attribution]:
    starts = [name.span.start for name in names]
    spans = {quote.id: quote.span for quote in quotes}
    first = {text.quote(name.span): name for name in reversed(names)}

    def find(words: Span | None) -> Mention | None:
        if words is None:
            return None
        at = bisect_left(starts, words.start)
        return names[at] if at < len(names) and starts[at] < words.end else _find_name(text.quote(words), first)

    for quote, heading in find_headed(text, quotes).items():
        writer, reader = find(heading.owner), find(heading.to)
        if writer is not None:
            evidence = Evidence(tuple(sorted({heading.span, spans[quote]})), READER, HEADED_PROBABILITY)
            yield Attribution(quote, writer.id, heading.span, "", evidence, () if reader is None else (reader.id,))


def _attribute_signed(text: Text, letters: Sequence[Sequence[Quote]], names: Sequence[Mention]) -> Iterator[Attribution]:
    starts = [name.span.start for name in names]
    for letter in letters:
        last = letter[-1].parts[-1]
        at = bisect_left(starts, last.end) - 1
        is_signed = at >= 0 and last.start <= starts[at] and not text.string[names[at].span.end : last.end].strip(_CLOSING)
        if is_signed and last.end - last.start <= LONGEST_SIGNATURE:
            for quote in letter:
                evidence = Evidence(tuple(sorted({quote.span, last})), READER, SIGNED_PROBABILITY)
                yield Attribution(quote.id, names[at].id, last, "", evidence)


def _find_letters(text: Text, quotes: Sequence[Quote]) -> list[list[Quote]]:
    """What is written in marks, each with the quotations that follow it without words between."""
    letters: list[list[Quote]] = []
    for quote in quotes:
        if quote.kind is QuoteKind.WRITING:
            if letters and not text.string[letters[-1][-1].parts[-1].end : quote.parts[0].start].strip():
                letters[-1].append(quote)
            else:
                letters.append([quote])
    return letters


def _find_name(words: str, names: Mapping[str, Mention]) -> Mention | None:
    """The name that the words of a chapter's heading, in which no names are looked for, end with: the longest."""
    listed = words.split()
    return next((names[name] for at in range(len(listed)) if (name := " ".join(listed[at:])) in names), None)
