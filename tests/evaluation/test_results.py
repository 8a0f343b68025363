from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from evaluation import results
from evaluation.results import (
    EVALUATIONS,
    Evaluation,
    Inputs,
    MissingEvaluationError,
    Published,
    check_is_there,
    main,
    make_section,
)
from fabula.errors import FabulaError


def name_of(_module: ModuleType, inputs: Inputs) -> str:
    return f"| {inputs.data.name} |\n"


THERE = Evaluation("paths", "Paths", "os.path", "a folder", name_of)
MISSING = Evaluation("ghosts", "Ghosts", "evaluation.ghosts", "nothing", name_of)
SAID = "the section `ghosts` cannot be made: there is no module `evaluation.ghosts`"


def test_a_section_whose_module_is_missing_is_an_error_that_names_both() -> None:
    """an evaluation that nobody has written"""
    with pytest.raises(MissingEvaluationError, match=SAID):
        check_is_there(MISSING)


def test_a_missing_package_is_a_missing_module() -> None:
    """a module in a package that is not there"""
    with pytest.raises(MissingEvaluationError, match=r"there is no module `ghosts\.ghost`"):
        check_is_there(Evaluation("ghosts", "Ghosts", "ghosts.ghost", "", name_of))


def test_published_figures_follow_with_who_and_how() -> None:
    """one figure"""
    published = (Published("speaker", "58.9", "BookNLP big", "15 novels"),)
    body = make_section(Evaluation("paths", "Paths", "os.path", "", name_of, published), Inputs(Path("corpora"))).body
    assert body.startswith("| corpora |\n\n")
    assert body.endswith("| speaker | 58.9 | BookNLP big | 15 novels |")


def test_nothing_is_written_where_a_section_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """a good evaluation, then a missing one"""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (THERE, MISSING))
    assert main(["--data", "corpora"]) == 2
    assert not list(tmp_path.iterdir())
    assert capsys.readouterr().err == f"error: {SAID}\n"


def test_only_the_named_section_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a good evaluation beside a missing one"""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (THERE, MISSING))
    assert main(["--data", "in/corpora", "--only", "paths"]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "`python -m evaluation.results --data DIR --only paths`" in text and "\n| corpora |\n" in text


MODELS = Evaluation("folds", "Folds", "os.path", "", lambda _module, inputs: str(inputs.models), needs="models")


def test_a_section_that_needs_the_models_of_the_folds_is_made_only_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """named without them; not named; with them"""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (THERE, MODELS))
    assert main(["--data", "corpora", "--only", "folds"]) == 2
    assert "the section `folds` needs the weights of every fold" in capsys.readouterr().err
    assert main(["--data", "corpora"]) == 0
    assert "## Folds" not in (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert main(["--data", "corpora", "--models", "weights", "--only", "folds"]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "--data DIR --models DIR --only folds" in text and "\nweights\n" in text


def test_a_section_of_precisions_names_its_own_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--models in place of --precisions; then both"""
    precise = Evaluation("precise", "Precise", "os.path", "", lambda _module, inputs: str(inputs.precisions), needs="precisions")
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (precise,))
    assert main(["--data", "corpora", "--models", "weights", "--only", "precise"]) == 2
    assert "say where they are with --precisions DIR" in capsys.readouterr().err
    assert main(["--data", "corpora", "--models", "weights", "--precisions", "one"]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "--data DIR --precisions DIR --only precise" in text and "\none\n" in text


def test_stories_are_kept_where_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--stories kept"""
    kept = Evaluation("kept", "Kept", "os.path", "", lambda _module, inputs: str(inputs.stories))
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (kept,))
    assert main(["--data", "corpora", "--stories", "to/keep"]) == 0
    assert "\nto/keep\n" in (tmp_path / "RESULTS.md").read_text(encoding="utf-8")


def test_a_corpus_or_a_model_that_is_missing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """an evaluation that finds no weights"""

    def lack(_module: ModuleType, _inputs: Inputs) -> str:
        raise FabulaError("there are no weights", "make them")

    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(results, "EVALUATIONS", (Evaluation("lost", "Lost", "os.path", "", lack),))
    assert main(["--data", "corpora"]) == 2
    assert "error: there are no weights" in capsys.readouterr().err


def test_every_evaluation_has_a_name_of_its_own() -> None:
    """the evaluations"""
    assert len({e.name for e in EVALUATIONS}) == len(EVALUATIONS)
