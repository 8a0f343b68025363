"""Predictions on our tokens, written as LitBank writes its layers, on its own tokens, so that others can score them.

A span that begins or ends within a token of the corpus takes the whole; of two that become one by that, the first is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from fabula.records import MentionType
from training.corpora.alignment import Alignment, TokenSpan
from training.corpora.litbank import TYPES

ENTITY_LAYERS = 4
_NAMES = {type_: name for name, type_ in TYPES.items()}


def conll(id_: str, alignment: Alignment, chains: Iterable[Iterable[TokenSpan]]) -> str:
    """A file of `coref/conll`: 13 columns, the last one the chains, numbered in the order given."""
    opening: dict[int, list[tuple[int, int]]] = defaultdict(list)  # token: (end, chain)
    closing: dict[int, list[tuple[int, int]]] = defaultdict(list)  # last token: (start, chain)
    single: dict[int, list[int]] = defaultdict(list)
    taken: set[TokenSpan] = set()
    for number, chain in enumerate(chains):
        for span in chain:
            theirs = alignment.to_theirs(span).span
            if theirs in taken:
                continue
            taken.add(theirs)
            if theirs.end - theirs.start == 1:
                single[theirs.start].append(number)
            else:
                opening[theirs.start].append((theirs.end, number))
                closing[theirs.end - 1].append((theirs.start, number))
    lines = [f"#begin document ({id_}); part 0"]
    words = alignment.their_words()
    for sentence in alignment.their_sentences:
        for token in range(sentence.start, sentence.end):
            # The outer opens first and closes last.
            cells = [f"({number}" for _, number in sorted(opening[token], reverse=True)]
            cells += [f"({number})" for number in single[token]]
            cells += [f"{number})" for _, number in sorted(closing[token], reverse=True)]
            row = [id_, "0", str(token - sentence.start), words[token], *["_"] * 8, "|".join(cells) or "_"]
            lines.append("\t".join(row))
        lines.append("")
    return "\n".join([*lines, "#end document", ""])


def events_tsv(alignment: Alignment, triggers: Iterable[int]) -> str:
    """A file of `events/tsv`: every token and whether it is an event."""
    theirs = {alignment.to_theirs(TokenSpan(token, token + 1)).span.start for token in triggers}
    return _tsv(alignment, [["EVENT" if token in theirs else "O"] for token in range(len(alignment.theirs))])


def entities_tsv(alignment: Alignment, entities: Iterable[tuple[TokenSpan, MentionType]]) -> str:
    """A file of `entities/tsv`: BIO in four layers, the inner entity in the earlier one; what no layer has room for is left out."""
    cells = [["O"] * ENTITY_LAYERS for _ in range(len(alignment.theirs))]
    moved = {(alignment.to_theirs(span).span, type_) for span, type_ in entities}
    for (start, end), type_ in sorted(moved, key=lambda entity: (entity[0].end - entity[0].start, entity)):
        for layer in range(ENTITY_LAYERS):
            if all(cells[token][layer] == "O" for token in range(start, end)):
                for token in range(start, end):
                    cells[token][layer] = f"{'B' if token == start else 'I'}-{_NAMES[type_]}"
                break
    return _tsv(alignment, cells)


def quotations_ann(alignment: Alignment, quotations: Sequence[tuple[TokenSpan, str]]) -> str:
    """A file of `quotations/tsv`: every quotation with its speaker's chain; "" as a speaker leaves the attribution out."""
    words = alignment.their_words()
    quotes: list[str] = []
    attributions: list[str] = []
    for number, (span, speaker) in enumerate(quotations, start=1):
        theirs = alignment.to_theirs(span).span
        places = [*_place(alignment, theirs.start), *_place(alignment, theirs.end - 1)]
        quotes.append("\t".join(["QUOTE", f"Q{number}", *map(str, places), " ".join(words[theirs.start : theirs.end])]))
        if speaker:
            attributions.append("\t".join(["ATTRIB", f"Q{number}", speaker]))
    return "".join(f"{line}\n" for line in [*quotes, *attributions])


def _place(alignment: Alignment, token: int) -> tuple[int, int]:
    """The number of a token's sentence, and its own in it."""
    for number, sentence in enumerate(alignment.their_sentences):
        if token < sentence.end:
            return number, token - sentence.start
    raise IndexError(token)


def _tsv(alignment: Alignment, cells: Sequence[Sequence[str]]) -> str:
    words = alignment.their_words()
    return "".join(
        "".join(f"{words[token]}\t" + "\t".join(cells[token]) + "\n" for token in range(sentence.start, sentence.end)) + "\n"
        for sentence in alignment.their_sentences
    )
