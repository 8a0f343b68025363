"""What English spelling says of a lemma where the scores of the scripts may err: irregular forms, doubled letters, a silent e."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fabula.lexicons.irregular_forms import IRREGULAR_FORMS
from fabula.records.lemmas import WHOLE

_VERB_ENDING = re.compile(r"(?P<stem>.+?)(?P<ending>ing|ed)")
_Y = re.compile(r"..+ie[sd]")  # not "died"
_DOUBLED = re.compile(r".*[aeiou]([bdgmnprt])\1")
_DOUBLED_ITSELF = frozenset("add err purr butt putt ebb".split())
_SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiouy][^aeiouwxy]")  # one syllable, one vowel, one consonant: "hop" would be "hopping"
_SILENT_E = re.compile(r".*(?:[vu]|[aeiouln]c|[dr]g|[^z]z)")
_HISSING = re.compile(r".*(?:ss|sh|x|zz|[^aei]ch|[aeo][aeiou]ch)es")


def irregular_scripts() -> tuple[str, ...]:
    """The scripts that give the lemmas of irregular forms, each once; a model's inventory holds them."""
    return tuple(sorted({WHOLE + lemma for table in IRREGULAR_FORMS.values() for lemma in table.values()}))


class SpelledLemmas:
    """Puts right the scripts that a model chose. upos, scripts: its inventories."""

    def __init__(self, upos: Sequence[str], scripts: Sequence[str]) -> None:
        self._upos = tuple(upos)
        self._scripts = tuple(scripts)
        self._numbers = {script: number for number, script in enumerate(scripts)}

    def __call__(self, words: Sequence[str], upos: Sequence[int], lemmas: Sequence[int]) -> list[int]:
        """Numbers of scripts, one a word; those that spelling does not decide stay as they are, and so do names."""
        found = list(lemmas)
        for at, (word, tag) in enumerate(zip(words, upos, strict=True)):
            better = _script_by_spelling(word.lower(), self._upos[tag])
            if better is not None and self._scripts[found[at]][:1] != "k":
                found[at] = self._numbers.get(better, found[at])
        return found


@lru_cache(maxsize=50_000)
def _script_by_spelling(form: str, upos: str) -> str | None:
    """The script of a form in lower case; None where spelling leaves it open.

    >>> [_script_by_spelling(form, "VERB") for form in ("held", "hoping", "hopping", "tried", "dancing", "wishes", "opening")]
    ['=hold', 'l3+e', 'l4', 'l3+y', 'l3+e', 'l2', None]
    """
    irregular = IRREGULAR_FORMS.get(upos, {}).get(form)
    if irregular is not None:
        return WHOLE + irregular
    if upos in ("VERB", "NOUN") and _HISSING.fullmatch(form):
        return "l2"
    if upos != "VERB":
        return None
    if _Y.fullmatch(form):
        return "l3+y"
    found = _VERB_ENDING.fullmatch(form)
    if found is None:
        return None
    stem, off = found["stem"], len(found["ending"])
    if _DOUBLED.fullmatch(stem) and stem not in _DOUBLED_ITSELF:
        return f"l{off + 1}"
    if _SHORT.fullmatch(stem) or _SILENT_E.fullmatch(stem):
        return f"l{off}+e" if off == 3 else "l1"
    return None
