"""The same novel in other printers' manners: its straight double marks rewritten, its words left alone.

The rewriting knows nothing of fabula's reader: a mark opens where white space, a dash or a bracket stands before it and closes
before white space or a stop, the typewriter's rule; where that leaves it open, marks of a paragraph alternate.

    >>> text = '"It\\'s late," said Tom. "\\'Go,\\' she said."'
    >>> for style in STYLES: print(STYLES[style](text))
    “It’s late,” said Tom. “‘Go,’ she said.”
    ‘It’s late,’ said Tom. ‘“Go,” she said.’
    'It's late,' said Tom. '"Go," she said.'
    «It’s late,» said Tom. «‘Go,’ she said.»
    —It’s late, said Tom. ‘Go,’ she said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_BEFORE_OPENING = frozenset(" \n\r\t([{-—_")
# A nested quotation: a mark after white space or a double mark, and one after a stop, in one paragraph.
_NESTED = re.compile(
    r"""(?:(?<=[\s"(—-])|^)'(?=\w)((?:[^'"\n]|\n(?!\s*\n)|(?<=\w)'(?=\w)|(?<=\w)'(?= \w))*?[,.!?;:-])'(?=[\s".,;:!?)—-]|$)""",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"\n\s*\n")


def _redress(text: str, *, double: tuple[str, str], single: tuple[str, str], apostrophe: str) -> str:
    nested_opens: set[int] = set()
    nested_closes: set[int] = set()
    for found in _NESTED.finditer(text):
        nested_opens.add(found.start())
        nested_closes.add(found.end() - 1)
    out, is_open = [], False
    for at, c in enumerate(text):
        if c == '"':
            before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
            can_open = not after.isspace() and (before in _BEFORE_OPENING or at - 1 in nested_opens)
            can_close = not before.isspace() and not after.isalnum()
            is_open = can_open if can_open != can_close else not is_open
            out.append(double[0] if is_open else double[1])
        elif c == "\n" and text[at + 1 : at + 2] == "\n":
            is_open = False
            out.append(c)
        elif at in nested_opens:
            out.append(single[0])
        elif at in nested_closes:
            out.append(single[1])
        else:
            out.append(apostrophe if c == "'" else c)
    return "".join(out)


def to_curly(text: str) -> str:
    return _redress(text, double=("“", "”"), single=("‘", "’"), apostrophe="’")


def to_british(text: str) -> str:
    return _redress(text, double=("‘", "’"), single=("“", "”"), apostrophe="’")


def to_british_straight(text: str) -> str:
    return _redress(text, double=("'", "'"), single=('"', '"'), apostrophe="'")


def to_guillemets(text: str) -> str:
    return _redress(text, double=("«", "»"), single=("‘", "’"), apostrophe="’")


def to_dashes(text: str) -> str:
    """Each paragraph that opens with speech opens with a dash; speech after narration begins a paragraph of its own; nothing
    closes it."""
    paragraphs = []
    for paragraph in _PARAGRAPH.split(to_curly(text)):
        if not paragraph.lstrip().startswith("“"):
            paragraph = re.sub(r"\s+“", "\n\n—", paragraph, count=1)
        paragraphs.append(re.sub(r"^(\s*)“", r"\1—", paragraph).replace("“", "").replace("”", ""))
    return "\n\n".join(paragraphs)


STYLES: dict[str, Callable[[str], str]] = {
    "curly double": to_curly,
    "British single": to_british,
    "straight single": to_british_straight,
    "guillemets": to_guillemets,
    "dashes": to_dashes,
}
