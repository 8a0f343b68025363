"""Forms of a text for comparing and searching. The text itself is never changed: these live beside it."""

from __future__ import annotations

import re
import unicodedata

SINGLE_QUOTES = "‘’‚‛′´`‹›ʼ"
DOUBLE_QUOTES = "“”„‟″«»"
HYPHENS = "‐‑‒–−"
DASHES = "—―"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_quotes = dict.fromkeys(map(ord, SINGLE_QUOTES), "'") | dict.fromkeys(map(ord, DOUBLE_QUOTES), '"')
_spaces = dict.fromkeys(map(ord, SPACES), " ")
_fold = _quotes | _spaces | dict.fromkeys(map(ord, HYPHENS + DASHES), "-")
_normal = (
    _quotes
    | _spaces
    | dict.fromkeys(map(ord, HYPHENS), "-")
    | dict.fromkeys(map(ord, DASHES), "--")
    | dict.fromkeys(map(ord, INVISIBLE), "")
    | {ord("…"): "..."}
)
_ELLIPSIS = re.compile(r" ?\.(?: ?\.){2,}")
_LONG_DASH = re.compile(r"-{3,}")


def fold_marks(text: str) -> str:
    """The text with straight quotes, plain hyphens and plain spaces, code point for code point: offsets stay valid.

    >>> fold_marks("“It’s—no…”")
    '"It\\'s-no…"'
    """
    return text.translate(_fold)


def normal_form(string: str) -> str:
    """A string as it is compared and searched for: composed letters, one kind of quote, dash, ellipsis and space; case is kept.

    An em dash and "--" are the same, and so are "…", "..." and ". . .".

        >>> normal_form("Mme. de Cre\u0301cy —  “oh . . .”") == normal_form('Mme. de Cr\u00e9cy -- "oh..."')
        True
    """
    # Twice: what is invisible may part a letter from its accent, and composing may give a mark.
    plain = unicodedata.normalize("NFC", string.translate(_normal)).translate(_normal)
    return _LONG_DASH.sub("--", _ELLIPSIS.sub("...", " ".join(plain.split()))).strip()
