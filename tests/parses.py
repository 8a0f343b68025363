"""Parses written by hand: a sentence as a table, a word a line."""

from __future__ import annotations

from array import array

from fabula.neural.lemmas import script_of
from fabula.records import (
    ROOT,
    Chapter,
    Inventory,
    Paragraph,
    ParagraphKind,
    Span,
    SpanList,
    Tags,
    Text,
)


def make_parse(*sentences: str) -> tuple[Text, Tags]:
    """The text and the tags of sentences, each a table: `form UPOS head relation [lemma] [feats]`, fields parted by white space.

    The head is the word's number in its sentence from 1, 0 at the root. lemma is the form in lower case where it is left out
    or `_`. A ¶ alone on the first line begins a paragraph. Words stand one space apart, but for marks that close up to what is
    before them (or behind: “).
    """
    string = ""
    tokens: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    rows: list[tuple[str, str, str, int, str]] = []
    paragraphs: list[int] = []
    for number, table in enumerate(sentences):
        lines = [line.split() for line in table.strip().splitlines()]
        if number == 0 or lines[0] == ["¶"]:
            lines = lines[1:] if lines[0] == ["¶"] else lines
            string += "\n\n" if string else ""
            paragraphs.append(len(string))
        elif string:
            string += " "
        offset, begin = len(tokens), len(string)
        for form, upos, head, relation, *more in lines:
            if string[-1:] not in ("", " ", "\n", "“") and form[0] not in ",.;:!?”’'" and form != "n't":
                string += " "
            tokens.append((len(string), len(string) + len(form)))
            string += form
            lemma, feats = [*more, *["_"] * (2 - len(more))]
            lemma = form.lower() if lemma == "_" else lemma
            above = int(head) + offset - 1 if int(head) else ROOT
            rows.append((upos, "" if feats == "_" else feats, script_of(form, lemma), above, relation))
        bounds.append((begin, len(string)))
    ends = [*(start - 2 for start in paragraphs[1:]), len(string)]
    text = Text(
        string,
        tuple(Paragraph(Span(s, e), ParagraphKind.PROSE) for s, e in zip(paragraphs, ends, strict=True)),
        (Chapter(1, Span(0, len(string))),),
        SpanList.of(bounds),
        SpanList.of(tokens),
    )
    return text, make_tags(rows)


def make_tags(rows: list[tuple[str, str, str, int, str]]) -> Tags:
    """Tags of rows, a token each: upos, feats, lemma script, head, relation."""
    upos, feats, scripts, heads, relations = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    names = [tuple(dict.fromkeys(column)) for column in (upos, feats, scripts, relations)]
    numbers = [[n.index(x) for x in column] for n, column in zip(names, (upos, feats, scripts, relations), strict=True)]
    return Tags(
        Inventory(*names), bytes(numbers[0]), bytes(numbers[1]), array("H", numbers[2]), array("i", heads), bytes(numbers[3])
    )
