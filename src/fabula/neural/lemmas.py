"""The edit scripts that the reading model learns to choose from: which one makes a lemma of a form, and what a script makes."""

from __future__ import annotations

from fabula.records.lemmas import CASINGS, WHOLE, apply_script, cased

__all__ = ["apply_script", "script_of"]


def script_of(form: str, lemma: str) -> str:
    """The script that makes `lemma` of `form`: the casing that leaves the least to change, lower case first.

    >>> [script_of(*pair) for pair in [("Studies", "study"), ("was", "be"), ("Emma", "Emma"), ("EMMA", "Emma"), ("ran", "run")]]
    ['l3+y', '=be', 'k0', 't0', 'l2+un']
    """
    scripts = []
    for rank, casing in enumerate(CASINGS):
        base = cased(form, casing)
        shared = _shared_beginning(base, lemma)
        if shared:
            off, on = len(base) - shared, lemma[shared:]
            scripts.append((off + len(on), rank, f"{casing}{off}+{on}" if on else f"{casing}{off}"))
    return min(scripts)[2] if scripts else WHOLE + lemma


def _shared_beginning(one: str, other: str) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n
