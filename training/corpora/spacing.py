"""Where the spaces were in a text of which a corpus keeps only the tokens.

Only as good as needed: no two tokens are glued that our tokenizer would not part again where it parts running prose, and the
marks of quotations stand at the words that they open and close. The rules see one sentence, and whether a quotation is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from training.corpora.alignment import CorpusToken

_TO_THE_LEFT = re.compile(r"[,.;:?!)\]}”]+|…|\.{2,}|(?i:n['’]t|['’](?:s|re|ve|ll|d|m))")  # stands close to what precedes it
_TO_THE_RIGHT = re.compile(r"[(\[{“‘$£#]+")  # stands close to what follows it
_DASH = re.compile(r"--+|[—―]+")
_LETTER_LAST = re.compile(r"[^\W\d_]$")
# Pairs that the corpus parts without a mark to say so.
_PARTED = frozenset(
    {
        ("can", "not"),
        ("gon", "na"),
        ("got", "ta"),
        ("wan", "na"),
        ("lem", "me"),
        ("gim", "me"),
        ("’t", "is"),
        ("'t", "is"),
        ("'t", "was"),
        ("’t", "was"),
        ("d'", "ye"),
        ("d’", "ye"),
    }
)


def respace(sentences: Iterable[Sequence[str]]) -> Iterator[list[CorpusToken]]:
    """Say for every token of a document whether a space followed it, sentence by sentence.

    >>> [sentence] = respace([["“", "Do", "n’t", ",", "”", "he", "said", "."]])
    >>> "".join(form + " " * space for form, space in sentence)
    '“Don’t,” he said. '
    """
    is_open = {'"': False, "'": False}
    for sentence in sentences:
        glued = [False] * (len(sentence) + 1)  # glued[i]: no space before token i
        for i, form in enumerate(sentence):
            before = sentence[i - 1] if i else ""
            if form in is_open:
                opens = _opens(sentence, i, is_open[form])
                if opens is None:
                    continue
                glued[i + 1 if opens else i] = True
                if not (form == "'" and not opens and not is_open[form]):
                    is_open[form] = opens
            elif _DASH.fullmatch(form):
                glued[i] = glued[i + 1] = True
            elif form == "’" or _TO_THE_LEFT.fullmatch(form) or (before.lower(), form.lower()) in _PARTED:
                glued[i] = True
            elif _TO_THE_RIGHT.fullmatch(form):
                glued[i + 1] = True
        yield [CorpusToken(form, not glued[i + 1] or i + 1 == len(sentence)) for i, form in enumerate(sentence)]


def _opens(sentence: Sequence[str], i: int, is_open: bool) -> bool | None:
    """Whether a straight mark opens a quotation; None where it stands alone, as a stroke or a tick of inches."""
    if len(sentence) == 1:
        return None
    if i == 0:
        return True
    if i == len(sentence) - 1:
        return False
    if sentence[i] == "'" and not is_open and _LETTER_LAST.search(sentence[i - 1]) and sentence[i - 1][-1] in "sS":
        return False  # the ladies' maid
    return not is_open
