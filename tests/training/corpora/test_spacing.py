from __future__ import annotations

import pytest

from training.corpora.alignment import align
from training.corpora.spacing import respace

CASES = [
    ("curly marks and clitics", "“ I do n’t , ” said Tom ’s aunt .", "“I don’t,” said Tom’s aunt."),
    ("straight marks in pairs", '" Go , " he said , " now . "', '"Go," he said, "now."'),
    ("a mark that opens runs on into the next sentence", '" Go . / He went , " she said .', '"Go. He went," she said.'),
    ("a plural's apostrophe", "the ladies ' maid", "the ladies' maid"),
    ("dashes", "the house -- our house", "the house--our house"),
    ("brackets", "one ( or two ) [ more ]", "one (or two) [more]"),
    ("a stroke of emphasis stays apart, or it would be a letter of the word", "_ You _ want", "_ You _ want"),
    ("words parted without a mark", "I can not go", "I cannot go"),
    ("a mark alone is neither", "' / no", "' no"),
    ("two words are left apart", "can we not go", "can we not go"),
]


@pytest.mark.parametrize(("tokens", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_spaces_stand_where_a_printer_sets_them(tokens: str, expected: str) -> None:
    """a document's tokens, " / " between its sentences"""
    assert align(respace([sentence.split() for sentence in tokens.split(" / ")])).string == expected
