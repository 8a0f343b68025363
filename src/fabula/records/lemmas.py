"""The edit scripts by which a word's form becomes its lemma. Stored tags hold scripts, so that a lemma costs a byte or two.

A script is a casing, how many characters come off the end, and what goes on: "l3+y" lowers "Studies", takes "ies" off and adds
"y". The casings are `l` lower, `k` keep, `t` a first capital and the rest lower. "=be" is the lemma itself.
"""

from __future__ import annotations

from functools import lru_cache

WHOLE = "="
CASINGS = "lkt"


@lru_cache(maxsize=1 << 16)
def apply_script(form: str, script: str) -> str:
    """The lemma that a script makes of a form; a form too short for what comes off its end stays whole.

    >>> apply_script("Carries", "l3+y"), apply_script("as", "l3+y"), apply_script("Were", "=be")
    ('carry', 'as', 'be')
    """
    if script.startswith(WHOLE):
        return script[len(WHOLE) :]
    off, _, on = script[1:].partition("+")
    base = cased(form, script[0])
    kept = len(base) - int(off)
    return base[:kept] + on if kept > 0 else base


def cased(form: str, casing: str) -> str:
    """A form in one of the `CASINGS`."""
    if casing == "k":
        return form
    return form.lower() if casing == "l" else form[:1].upper() + form[1:].lower()
