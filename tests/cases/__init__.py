"""Cases as data: one JSON object a line, with a label, a comment, a text, and what is expected.

A case that cannot be done yet has `fails`, the reason; it is run all the same, and reported when it passes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


class Case:
    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.label: str = fields["label"]
        self.text: str = fields["text"]

    def __getitem__(self, key: str) -> Any:
        return self.fields[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.fields.get(key, default)


def load_cases(name: str) -> list[Any]:
    """The cases of `tests/cases/NAME.jsonl` as parameters of a test; those that fail for now are strict xfail."""
    lines = (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [Case(json.loads(line)) for line in lines if line.strip()]
    return [
        pytest.param(c, id=c.label, marks=[pytest.mark.xfail(strict=True, reason=c["fails"])] if c.get("fails") else [])
        for c in cases
    ]
