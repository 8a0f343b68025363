"""A LitBank document as the text that a reader of the product sees, and the quotations that it finds there."""

from __future__ import annotations

from fabula.readers.quotes import find_quotes
from fabula.records import Chapter, Paragraph, ParagraphKind, Span, SpanList, Text
from training.corpora.litbank import LitBankDocument


def rebuild_text(document: LitBankDocument) -> Text:
    """A document as a text of one paragraph: where the corpus's paragraphs began is not known."""
    alignment = document.alignment
    whole = Span(0, len(alignment.string))
    sentences = [alignment.characters(sentence) for sentence in alignment.our_sentences if sentence.start < sentence.end]
    paragraph = Paragraph(whole, ParagraphKind.PROSE)
    return Text(alignment.string, (paragraph,), (Chapter(1, whole),), SpanList.of(sentences), alignment.ours)


def find_quote_words(document: LitBankDocument) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The parts of each quotation that the rules find, as half-open ranges of words; a model is told of these, not gold ones."""
    text = rebuild_text(document)
    quotes, _ = find_quotes(text)
    ranges = ([text.tokens.inside(part) for part in quote.parts] for quote in quotes)
    return tuple(tuple((words.start, words.stop) for words in parts if words) for parts in ranges if any(parts))
