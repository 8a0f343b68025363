from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.corpora.made_up import conllu, write_gum, write_litbank
from training.corpora.__main__ import main


def test_every_layer_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """the made-up corpora; EWT's three files hold one sentence each"""
    write_litbank(tmp_path)
    write_gum(tmp_path, conllu("Ann/Ann/PROPN/2/nsubj/Entity=(1-person-new-sn-cf1-1-sgl) ran/run/VERB/0/root"))
    (tmp_path / "ud_ewt").mkdir()
    for name in ("en_ewt-ud-train.rebuilt", "en_ewt-ud-dev", "en_ewt-ud-test"):
        text = conllu("it/it/PRON/3/nsubj/SpaceAfter=No s/be/AUX/3/cop me/I/PRON/0/root", document="email-1")
        (tmp_path / "ud_ewt" / f"{name}.conllu").write_text(text, encoding="utf-8")
    assert main(["--data", str(tmp_path), "--widened"]) == 0
    lines = {line[:22].strip(): line[22:].split() for line in capsys.readouterr().out.splitlines()}
    assert lines["litbank mentions"] == ["1", "22", "23", "6", "0", "0"]
    assert lines["ewt words, email"] == ["3", "9", "6", "9", "3", "3"]
    assert lines["gum entities, bio"] == ["1", "2", "2", "1", "0", "0"]


def test_a_missing_corpus_is_an_error_of_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """(nothing)"""
    assert main(["--data", str(tmp_path)]) == 2
    assert "the corpus has no" in capsys.readouterr().err
