"""A LitBank document as the text that a reader of the product sees, and the quotations that it finds there."""

from __future__ import annotations

from fabula.readers.quotes import find_quotes
from fabula.records import Chapter, Paragraph, ParagraphKind, Span, SpanList, Text
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument


def rebuild_text(document: LitBankDocument) -> Text:
    """A document as a text; one paragraph where the corpus's own are not known."""
    alignment = document.alignment
    sentences = [alignment.characters(sentence) for sentence in alignment.our_sentences if sentence.start < sentence.end]
    firsts = document.paragraphs or (0,)
    bounds = zip(firsts, [*firsts[1:], len(alignment.ours)], strict=True)
    paragraphs = [Paragraph(alignment.characters(TokenSpan(*words)), ParagraphKind.PROSE) for words in bounds]
    whole = Chapter(1, Span(0, len(alignment.string)))
    return Text(alignment.string, tuple(paragraphs), (whole,), SpanList.of(sentences), alignment.ours)


def find_quote_words(document: LitBankDocument) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The parts of each quotation that the rules find, as half-open ranges of words; a model is told of these, not gold ones."""
    text = rebuild_text(document)
    quotes, _ = find_quotes(text)
    ranges = ([text.tokens.inside(part) for part in quote.parts] for quote in quotes)
    return tuple(tuple((words.start, words.stop) for words in parts if words) for parts in ranges if any(parts))
