from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

pytest.importorskip("torch")

from tests.training.corpora.made_up import ID, conllu, write_gum, write_litbank
from tests.training.made_up import make_passage
from training import recipe
from training.corpora.universal_dependencies import EWT_FILES
from training.examples import Example
from training.speakers import silver
from training.speakers import train as speakers
from training.speakers.passages import Passage, write_passages
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


class Runs(NamedTuple):
    """What would be trained: folder, what each lesson holds, where it starts, whose speaker head it takes; and what is exported."""

    trained: list[tuple[str, list[list[str]], Path | None, Path | None]]
    exported: list[tuple[Path, list[str]]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Nothing is trained."""
    noted = Runs([], [])

    class FakeRun:
        """Notes what it would train on."""

        def __init__(
            self,
            folder: Path,
            _inventories: object,
            examples: Lessons,
            _schedule: object,
            start: Path | None = None,
            speakers: Path | None = None,
        ) -> None:
            self.checkpoint = folder / "checkpoint.pt"
            lessons = [[step.work if isinstance(step, Passage) else step.id for step in lesson] for lesson in examples]
            noted.trained.append((f"{folder.parent.name}/{folder.name}", lessons, start, speakers))

        def train(self) -> SimpleNamespace:
            """Nothing."""
            return SimpleNamespace(speakers=None)

    def export(_model: object, _inventories: object, folder: Path, examples: Sequence[Example], *_settings: object) -> None:
        noted.exported.append((folder, [example.id for example in examples]))

    monkeypatch.setattr(recipe, "adapt", lambda _data, folder, _schedule: folder / "checkpoint.pt")
    monkeypatch.setattr(recipe, "Run", FakeRun)
    monkeypatch.setattr(recipe, "export", export)
    monkeypatch.setattr(recipe, "restore", lambda folder: (folder, recipe.read_treebanks(folder.parents[2]).inventories))
    monkeypatch.setattr(recipe, "read_pages", list)
    return noted


TREEBANKS = [["email-train"], ["GUM_bio_miller"]]


@pytest.mark.parametrize(("part", "seen"), [("train", [ID]), ("dev", [ID]), ("test", [])])
def test_an_adapted_encoder_learns_the_treebanks_first_and_then_fiction(data: Path, runs: Runs, part: str, seen: list[str]) -> None:
    """the tale in each part of the split of the events"""
    split = data / "litbank/splits_events/data"
    split.mkdir(parents=True)
    for name in ("train", "dev", "test"):
        (split / f"{name}.ids").write_text(f"{ID}\n" if name == part else "", encoding="utf-8")
    out = data / "out"
    assert recipe.make_model(data, out, "events", "int8") == out / "events/weights"
    assert runs.trained == [
        ("out/treebanks", [[], *TREEBANKS, [], [], []], out / "adapted/checkpoint.pt", None),
        ("out/events", [seen, *TREEBANKS, [], [], []], out / "treebanks/checkpoint.pt", None),
        ("events/pages", [seen, *TREEBANKS, [], [], []], out / "events/without-pages", None),
    ]
    assert runs.exported == [(out / "events/without-pages", seen), (out / "events/weights", seen)]


def test_who_speaks_is_learnt_by_itself_first_and_then_together_with_the_rest(
    data: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """the model that ships: the tale, whose quotation is gold, and two silver passages"""
    asked: list[Sequence[str]] = []
    passages = [make_passage(work="silver-one"), make_passage(work="silver-two")]
    monkeypatch.setattr(silver, "main", lambda arguments: write_passages(passages, Path(arguments[-1])))
    monkeypatch.setattr(speakers, "main", asked.append)
    out = data / "out"
    out.mkdir()
    assert recipe.make_model(data, out, "reader", "int8") == out / "reader/weights"
    [*_, fiction, voices, pages] = runs.trained
    assert fiction == ("out/reader", [[ID], *TREEBANKS, [], [], []], out / "treebanks/checkpoint.pt", None)
    lessons = [[ID], *TREEBANKS, [ID], ["silver-one", "silver-two"], []]
    assert voices == ("reader/voices", lessons, out / "reader/checkpoint.pt", out / "reader/speakers/speakers.pt")
    assert pages == ("reader/pages", lessons, out / "reader/without-pages", None)
    assert runs.exported == [(out / "reader" / folder, [ID]) for folder in ("silent", "without-pages", "weights")]
    [arguments] = asked
    told = dict(zip(arguments[::2], arguments[1::2], strict=True))
    assert told["--encoder"] == str(out / "reader/silent")
    assert (told["--fold"], told["--out"], told["--silver"]) == ("-1", str(out / "reader/speakers"), str(out / "silver.jsonl"))
