"""Marks in a text that say whom its mentions mean and what its quotations are.

{tom|Tom} said {tom|he} would.            a mention of the character `tom`
{anna|{tom|his} sister}                   mentions nest
{tom+anna|They} left.                     a mention of several characters
{anna|She} was {=anna|a doctor}.          an attribute: it says who or what somebody is
{q3|'Go,'} said {tom|Tom}, {q3|'now.'}    two parts of the quotation `q3`, marks included

>>> text, marks = strip_marks("{anna|{tom|His} sister} left.")
>>> text
'His sister left.'
>>> [(m.key, text[m.start:m.end]) for m in marks]
[('anna', 'His sister'), ('tom', 'His')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTE_KEY = re.compile(r"q\d+")
ATTRIBUTE = "="


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: `key` is a quotation (`q3`), or characters joined by `+`, after "=" where it is an attribute of them.

    Offsets are code points into the text without its marks.
    """

    key: str
    start: int
    end: int

    @property
    def is_quote(self) -> bool:
        return QUOTE_KEY.fullmatch(self.key) is not None

    @property
    def is_attribute(self) -> bool:
        return self.key.startswith(ATTRIBUTE)

    @property
    def whom(self) -> str:
        """The key without what says that it is an attribute."""
        return self.key.removeprefix(ATTRIBUTE)

    @property
    def referents(self) -> tuple[str, ...]:
        return tuple(self.whom.split("+"))


def strip_marks(annotated: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its marks, and the marks in text order, the outer before the inner.

    Raises ValueError where a brace is not closed, not opened, or has no key.
    """
    out: list[str] = []
    length = 0
    open_: list[tuple[str, int, int]] = []
    marks: list[tuple[int, Mark]] = []
    for order, piece in enumerate(re.split(r"(\{[^{}|]*\||\})", annotated)):
        if piece.startswith("{"):
            if not piece.endswith("|"):
                raise ValueError(f"a brace without a key after {''.join(out)[-40:]!r}")
            open_.append((piece[1:-1], length, order))
        elif piece == "}":
            if not open_:
                raise ValueError(f"a closing brace too many after {''.join(out)[-40:]!r}")
            key, start, opened = open_.pop()
            marks.append((opened, Mark(key, start, length)))
        else:
            out.append(piece)
            length += len(piece)
    if open_:
        raise ValueError(f"the brace {{{open_[-1][0]}| is not closed")
    return "".join(out), tuple(mark for _, mark in sorted(marks, key=lambda pair: pair[0]))
