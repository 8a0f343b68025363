from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import litbank
from evaluation.litbank import MissingWeightsError, main, score_models
from evaluation.readings import ReadingModel
from tests.evaluation.models import FakeModel, reading
from tests.training.corpora.made_up import ID, write_litbank

GOLD = [(0, 5), (0, 4), (8, 9), (10, 12), (16, 17), (19, 22)]
KINDS = ("nominal", "nominal", "name", "nominal", "pronoun", "nominal")
MENTIONS = [(start, end, f"{kind}:person") for (start, end), kind in zip(GOLD, KINDS, strict=True)]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tale in folds 0, 3 and 7 and in the events' split; a model that misses Anna and is right for the rest."""
    data = write_litbank(tmp_path / "corpora")
    splits = data / "litbank/splits_coref_tenfold/data/litbank_tenfold_splits"
    for folder in (splits / "3", splits / "7", data / "litbank/splits_events/data"):
        folder.mkdir(parents=True)
        for name in ("train", "dev"):
            (folder / f"{name}.ids").write_text("")
        (folder / "test.ids").write_text(f"{ID}\n")
    said = reading(23, [*MENTIONS[:2], *MENTIONS[3:]], antecedents=[(3, 0, 1.0)], events=[5, 13, 17])
    given = reading(23, MENTIONS, antecedents=[(4, 0, 1.0)], speakers=[(0, 4, 1.0)])

    def load(_folder: Path | None = None) -> ReadingModel:
        return FakeModel(said, given)

    monkeypatch.setattr(litbank, "load_model", load)
    return data


def test_a_fold_is_scored_and_its_predictions_are_written(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--fold 0 --out"""
    assert main(["--data", str(data), "--fold", "0", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "**1 documents**" in said and "| mentions: recall | 83.3 [83.3, 83.3] |" in said
    assert "gold mentions" not in said
    assert (tmp_path / "out/coref/conll" / f"{ID}.conll").exists()


def test_gold_mentions_are_scored_when_asked_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--gold-mentions"""
    assert main(["--data", str(data), "--split", "events", "--gold-mentions"]) == 0
    assert "| gold mentions: CoNLL | 100.0 [100.0, 100.0] | 80.0 |" in capsys.readouterr().out


def test_documents_can_be_named_and_one_that_is_not_there_is_an_error(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--docs"""
    docs = tmp_path / "docs"
    docs.write_text(f"{ID}\n")
    assert main(["--data", str(data), "--docs", str(docs)]) == 0
    docs.write_text(f"{ID}\n2_ghost_brat\n")
    assert main(["--data", str(data), "--docs", str(docs)]) == 2
    assert "2_ghost_brat" in capsys.readouterr().err


@pytest.fixture
def no_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories are not read from running text: the fakes are no weights."""
    monkeypatch.setattr(litbank, "score_voices", lambda tested, _models: f"stories: {' '.join(tested)}")


@pytest.mark.usefixtures("no_voices")
def test_every_fold_has_a_model_of_its_own(data: Path, tmp_path: Path) -> None:
    """--models: the mean, each fold, and the events"""
    for name in ("fold0", "fold3", "fold7", "events"):
        (tmp_path / "models" / name).mkdir(parents=True)
    said = score_models(data, tmp_path / "models", out=tmp_path / "out")
    assert "| mentions: recall | 83.3 [83.3, 83.3] | 83.3 | 83.3 | 83.3 |  |" in said
    assert "| events: F1 | 100.0 [100.0, 100.0] | 72.0 |" in said
    assert "stories: fold0 fold3 fold7" in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["events", "fold0", "fold3", "fold7"]


@pytest.mark.usefixtures("no_voices")
def test_a_model_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    """--models with fold 0 alone"""
    (tmp_path / "models" / "fold0").mkdir(parents=True)
    said = score_models(data, tmp_path / "models")
    assert "| figure | mean | fold0 | bar |" in said
    assert "not measured: `fold3`, `fold7`, `events`." in said
    assert "published split" not in said


def test_no_model_at_all_is_an_error(data: Path, tmp_path: Path) -> None:
    """--models with that of the events alone"""
    (tmp_path / "models" / "events").mkdir(parents=True)
    with pytest.raises(MissingWeightsError, match="fold0"):
        score_models(data, tmp_path / "models")
