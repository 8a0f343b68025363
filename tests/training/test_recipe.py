from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from tests.training.corpora.made_up import ID, conllu, write_gum, write_litbank
from training import recipe
from training.corpora.universal_dependencies import EWT_FILES
from training.train import Lessons

SENTENCE = "She/she/PRON/2/nsubj ran/run/VERB/0/root"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A tale; the parts of EWT; in GUM a life that may train and fiction that may not."""
    write_litbank(tmp_path)
    (tmp_path / "ud_ewt").mkdir()
    for part, name in EWT_FILES.items():
        (tmp_path / "ud_ewt" / name).write_text(conllu(SENTENCE, document=f"email-{part}"), encoding="utf-8")
    for document in ("GUM_fiction_pigs", "GUM_bio_miller"):
        write_gum(tmp_path, conllu(*[SENTENCE] * 3, document=document), document=document, split="train")
    return tmp_path


def test_only_what_may_train_is_trained_on(data: Path) -> None:
    """EWT's development and test documents, and GUM's fiction, teach nothing: no labels either"""
    treebanks = recipe.read_treebanks(data)
    assert [example.id for example in treebanks.ewt] == ["email-train"]
    assert [example.id for example in treebanks.gum] == ["GUM_bio_miller"]
    assert treebanks.inventories.upos == ("PRON", "VERB")


@pytest.mark.parametrize(("part", "seen"), [("train", [ID]), ("dev", [ID]), ("test", [])])
def test_the_treebanks_come_first_and_fiction_starts_from_them(
    data: Path, monkeypatch: pytest.MonkeyPatch, part: str, seen: list[str]
) -> None:
    """the tale in each part of the split of the events"""
    split = data / "litbank/splits_events/data"
    split.mkdir(parents=True)
    for name in ("train", "dev", "test"):
        (split / f"{name}.ids").write_text(f"{ID}\n" if name == part else "", encoding="utf-8")
    runs: list[tuple[str, list[list[str]], Path | None]] = []
    shown: list[str] = []

    class FakeRun:
        """Notes what it would train on."""

        def __init__(
            self,
            folder: Path,
            _inventories: object,
            examples: Lessons,
            _schedule: object,
            start: Path | None = None,
        ) -> None:
            self.checkpoint = folder / "checkpoint.pt"
            runs.append((folder.name, [[example.id for example in lesson] for lesson in examples], start))

        def train(self) -> None:
            """Nothing."""

    monkeypatch.setattr(recipe, "Run", FakeRun)
    monkeypatch.setattr(recipe, "export", lambda *arguments: shown.extend(example.id for example in arguments[3]))
    out = data / "out"
    assert recipe.make_model(data, out, "events", "int8") == out / "events/weights"
    treebanks = [["email-train"], ["GUM_bio_miller"]]
    assert runs == [("treebanks", [[], *treebanks], None), ("events", [seen, *treebanks], out / "treebanks/checkpoint.pt")]
    assert shown == seen
