"""Wrong speakers, drawn to be sorted by cause."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import fabula
from evaluation import voice_errors
from evaluation.judged import to_markdown
from evaluation.sample import strip
from fabula.story.story import Story
from tests.evaluation.test_voices import TEXT, write_novel
from tests.stories import make_records


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """“Go,” said Tom. “No,” said Ann. “Why?”: nobody is known to say any of it"""
    write_novel(tmp_path)
    records = replace(make_records(TEXT), attributions=())
    monkeypatch.setattr(fabula, "read", lambda _book: Story.from_records(records))
    out = tmp_path / "errors.jsonl"
    assert voice_errors.main(["--data", str(tmp_path), "--out", str(out), "--total", "2", "Emma"]) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_so_many_wrong_parts_are_drawn_with_their_words(drawn: list[dict[str, object]]) -> None:
    assert len(drawn) == 2
    for error in drawn:
        assert error["verdict"] == "wrong"
        assert str(error["kind"]).startswith("wrong speaker, ")
        assert f"⟦{TEXT[int(str(error['start'])) : int(str(error['end']))]}⟧" in str(error["passage"])
        assert str(error["says"]).startswith("spoken by nobody; it is ")


def test_causes_are_counted_and_words_are_left_out(drawn: list[dict[str, object]], tmp_path: Path) -> None:
    judged = strip([json.dumps(error | {"cause": "pronoun", "why": "Ann is meant"}) for error in drawn])
    assert all("passage" not in line and '"cause": "pronoun"' in line for line in judged)
    (tmp_path / "judged").mkdir()
    (tmp_path / "judged" / "5-wrong.jsonl").write_text("\n".join(judged), encoding="utf-8")
    assert "| pronoun | 2 |" in to_markdown(tmp_path / "judged")
