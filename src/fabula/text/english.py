"""Whether a text is English."""

from __future__ import annotations

from collections import Counter

from fabula.lexicons.function_words import FUNCTION_WORDS
from fabula.records import Text

SAMPLE = 20_000  # tokens, spread over the book
ENOUGH = 50  # words; a shorter text is taken to be English
# English prose of four centuries lies between 0.42 and 0.58; French, German, Latin, Dutch below 0.12.
SHARE = 0.25


def is_english(text: Text) -> bool:
    """Judge by the share of the commonest English words among the words of a sample.

    A dialect or an invented language in dialogue does not make a book foreign; a book in two languages is judged by the larger
    part.
    """
    step = max(1, len(text.tokens) // SAMPLE)
    words = Counter(text.quote(text.tokens[i]).lower() for i in range(0, len(text.tokens), step))
    n_words = sum(n for word, n in words.items() if word[:1].isalpha())
    common = sum(words[word] for word in FUNCTION_WORDS)
    return n_words < ENOUGH or common >= SHARE * n_words
