"""What is counted in a story that is scored against PDNC, and the ratios taken of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evaluation.counts import Summed

BIG = 5  # name mentions from which a found character that is nobody counts as false


@dataclass(frozen=True, slots=True)
class Counts(Summed):
    """What was counted in a novel, or in several: counts add up, ratios are taken of the sums, so every part has the same weight.

    Ratios run from 0 to 1, and are nan where there is nothing to divide by.
    """

    n_gold_letters: int = 0  # of the whole novel
    n_aligned: int = 0  # of them, found again in the story's text
    n_parts: int = 0
    n_found: int = 0
    n_speech_letters: int = 0  # inside gold parts
    n_quoted_letters: int = 0  # inside the story's quotations, one in two quotations counted twice
    n_hit_letters: int = 0  # inside both
    n_quotes: int = 0
    n_extra: int = 0
    n_touching_letters: int = 0  # inside the quotations that touch a gold part
    n_swallowed: int = 0  # of them, outside every gold part
    n_known: int = 0  # parts with one known speaker
    n_known_explicit: int = 0
    n_known_anaphoric: int = 0
    n_known_implicit: int = 0
    n_right: int = 0
    n_right_explicit: int = 0
    n_right_anaphoric: int = 0
    n_right_implicit: int = 0
    n_unsaid: int = 0
    n_sure: int = 0
    n_sure_right: int = 0
    n_addressed: int = 0
    addressee_f1_sum: float = 0.0  # over the parts with known addressees
    n_cast: int = 0
    n_cast_hit: int = 0
    n_cast_named: int = 0  # the cast's characters that any name mention is found of
    pieces_sum: float = 0.0  # over them
    n_named: float = 0.0  # name mentions that a gold alias covers; one that two of the cast share is half of either's
    n_pure: float = 0.0
    n_big: int = 0
    n_false: int = 0

    @property
    def speaker(self) -> float:
        """Parts whose speaker is right, of all with one known speaker."""
        return _ratio(self.n_right, self.n_known)

    @property
    def explicit(self) -> float:
        return _ratio(self.n_right_explicit, self.n_known_explicit)

    @property
    def anaphoric(self) -> float:
        return _ratio(self.n_right_anaphoric, self.n_known_anaphoric)

    @property
    def implicit(self) -> float:
        return _ratio(self.n_right_implicit, self.n_known_implicit)

    @property
    def sure_accuracy(self) -> float:
        """Right, of the parts answered with a probability of at least `fabula.records.SURE`."""
        return _ratio(self.n_sure_right, self.n_sure)

    @property
    def sure_share(self) -> float:
        """Parts answered so, of all with one known speaker."""
        return _ratio(self.n_sure, self.n_known)

    @property
    def unsaid(self) -> float:
        """Parts with one known speaker for which the story gives none."""
        return _ratio(self.n_unsaid, self.n_known)

    @property
    def addressee(self) -> float:
        """F1 of the set of addressees, mean over the parts with known ones."""
        return _ratio(self.addressee_f1_sum, self.n_addressed)

    @property
    def chars_precision(self) -> float:
        """Letters in the story's quotations that gold says are speech. What PDNC left out counts against it: compare systems."""
        return _ratio(self.n_hit_letters, self.n_quoted_letters)

    @property
    def chars_recall(self) -> float:
        """Letters of gold speech that lie in the story's quotations."""
        return _ratio(self.n_hit_letters, self.n_speech_letters)

    @property
    def found(self) -> float:
        """Parts of which half the letters lie in one of the story's quotations."""
        return _ratio(self.n_found, self.n_parts)

    @property
    def extra(self) -> float:
        """The story's quotations that touch no gold part."""
        return _ratio(self.n_extra, self.n_quotes)

    @property
    def swallowed(self) -> float:
        """Letters outside gold speech, of those in quotations that touch it."""
        return _ratio(self.n_swallowed, self.n_touching_letters)

    @property
    def cast(self) -> float:
        """Major and intermediate characters who have one in the story that stands for them and holds half their name mentions."""
        return _ratio(self.n_cast_hit, self.n_cast)

    @property
    def purity(self) -> float:
        """Name mentions that belong to the gold character that theirs stands for; those that no alias covers are left out."""
        return _ratio(self.n_pure, self.n_named)

    @property
    def pieces(self) -> float:
        """Into how many of the story's characters one of the cast is broken: 1 / sum of squared shares, the mean; 1 is whole."""
        return _ratio(self.pieces_sum, self.n_cast_named)

    @property
    def false(self) -> float:
        """Characters with `BIG` name mentions none of which a gold alias covers, of all with `BIG`."""
        return _ratio(self.n_false, self.n_big)

    @property
    def aligned(self) -> float:
        """Letters of the novel that the story's text has too; scores mean little far below 1."""
        return _ratio(self.n_aligned, self.n_gold_letters)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
