"""Texts for tests, written on one line: ¶ parts paragraphs; a paragraph of stars is a break, one that begins with # a heading."""

from __future__ import annotations

from fabula.records import Chapter, Paragraph, ParagraphKind, Span, Text
from fabula.text.tokens import find_tokens


def make_text(passage: str) -> Text:
    """The text of a passage; each heading begins a chapter."""
    pieces = [p.strip() for p in passage.split("¶")]
    paragraphs, chapters, at, start = [], [], 0, 0
    body = []
    for piece in pieces:
        kind = ParagraphKind.HEADING if piece.startswith("#") else ParagraphKind.BREAK if piece == "* * *" else ParagraphKind.PROSE
        piece = piece.lstrip("# ") if kind is ParagraphKind.HEADING else piece
        if kind is ParagraphKind.HEADING and at > start:
            chapters.append(Span(start, at))
            start = at
        paragraphs.append(Paragraph(Span(at, at + len(piece)), kind))
        body.append(piece)
        at += len(piece) + 2
    string = "\n\n".join(body)
    chapters.append(Span(start, len(string)))
    sentences, tokens = find_tokens(string, paragraphs)
    return Text(string, tuple(paragraphs), tuple(Chapter(n, span) for n, span in enumerate(chapters, 1)), sentences, tokens)
