"""One book in six formats."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluation.formats import WRITERS, compare, evaluate
from fabula.records import Anchor, Block, BlockKind

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))
NOVELS = ("113_the_secret_garden", "11_alices_adventures_in_wonderland", "1661_the_adventures_of_sherlock_holmes")
BOOK = """The Letter

CHAPTER I.

It was _late_, and "nothing" moved -- 3 < 4 & 5 * 6 # 7 [x] {y} \\z.

1984. It was a year.

- Dash speech, said Élise; “yes” 😀.

     One fish, two fish,
       Red fish, blue fish,
     Black fish, old fish.

* * *

CHAPTER II.

She left.
"""


def test_a_small_book_of_hard_cases_comes_back_from_every_format(tmp_path: Path) -> None:
    """1984. It was a year. - Dash speech"""
    path = tmp_path / "book.txt"
    path.write_text(BOOK, encoding="utf-8")
    rows = evaluate(path)
    assert [row.format for row in rows] == list(WRITERS)
    assert {row.format: row.differences for row in rows} == dict.fromkeys(WRITERS, ())


@pytest.mark.slow
@pytest.mark.parametrize("name", NOVELS)
def test_a_novel_comes_back_from_every_format(name: str) -> None:
    """The Secret Garden, Alice, Sherlock Holmes"""
    path = DATA / "novels" / f"{name}.txt"
    if not path.exists():
        pytest.skip("the novels are not here")
    assert [(row.format, row.differences) for row in evaluate(path)] == [(kind, ()) for kind in WRITERS]


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, (Anchor(0, "a", 1),))


def test_a_block_that_is_lost_is_one_difference() -> None:
    """One, Two, Three, Four; One, Three, Four"""
    written = [block(text) for text in ("One", "Two", "Three", "Four")]
    (difference,) = compare(written, [written[0], *written[2:]])
    assert (difference.number, difference.read) == (1, "")
    assert "Two" in difference.written


def test_a_heading_that_is_no_more_one_is_a_difference_and_the_sign_of_a_break_is_not() -> None:
    """I; * * *"""
    assert len(compare([block("I", BlockKind.HEADING)], [block("I")])) == 1
    assert compare([block("* * *", BlockKind.BREAK)], [block("", BlockKind.BREAK)]) == ()
