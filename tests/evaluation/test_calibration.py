from __future__ import annotations

import math

import pytest

from evaluation.calibration import Calibration


def test_claims_that_come_true_as_often_as_they_say_have_no_error() -> None:
    """four claims of 3 in 4, three of them true; two that are sure and true"""
    calibration = Calibration.of([*[(0.75, at > 0) for at in range(4)], (1.0, True), (1.0, True)])
    assert calibration.error == 0.0


def test_too_sure_and_too_timid_do_not_make_up_for_each_other() -> None:
    """0.9 that is never true, 0.1 that always is"""
    assert Calibration.of([(0.9, False), (0.1, True)]).error == pytest.approx(0.9)


def test_documents_add_up_bin_by_bin() -> None:
    """a claim of 0.5 that is wrong, and one that is right, in two documents"""
    assert (Calibration.of([(0.5, False)]) + Calibration.of([(0.5, True)])).error == 0.0


def test_no_claim_has_no_error_and_is_no_figure() -> None:
    """nothing"""
    assert math.isnan(Calibration.of([]).error)
