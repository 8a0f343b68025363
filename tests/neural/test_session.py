"""A weights folder: verified before it is used; and nothing of it is loaded where nothing is read."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fabula.errors import DamagedModelError, ModelMissingError
from fabula.neural.model import load_model, open_model
from fabula.neural.segments import Segment
from fabula.neural.session import SHIPPED, OnnxEncoder, read_weights, runtime_version
from tests.neural.made_up import INVENTORIES, VOCABULARY, make_arrays

FILES = ("model.onnx", "heads.npz", "vocabulary.txt")

FULL = {name: getattr(INVENTORIES, name) for name in ("upos", "feats", "lemmas", "relations", "classes")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in order, but for its encoder, which is no ONNX file."""
    (tmp_path / "model.onnx").write_bytes(b"not an encoder")
    np.savez(tmp_path / "heads.npz", **{name: array.astype(np.float16) for name, array in make_arrays().items()})  # type: ignore[arg-type]
    (tmp_path / "vocabulary.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    write_config(tmp_path)
    return tmp_path


def write_config(folder: Path, **changed: object) -> None:
    config = {
        "version": "test",
        "window": 256,
        "context": 64,
        "inventories": FULL,
        "thresholds": {"mention": 0.4},
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
        **changed,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")


def test_a_folder_in_order_is_read(folder: Path) -> None:
    weights = read_weights(folder)
    assert weights.config.inventories == INVENTORIES
    assert weights.config.thresholds.mention == 0.4
    assert weights.config.thresholds.candidate == -2.0
    assert len(weights.pieces) == len(VOCABULARY)
    assert weights.parameters.array("tags.upos.bias").dtype == np.float32
    assert weights.encoder == b"not an encoder"


def test_the_key_changes_with_any_file(folder: Path) -> None:
    before = read_weights(folder).key
    assert read_weights(folder).key == before
    (folder / "model.onnx").write_bytes(b"another encoder")
    write_config(folder)
    assert read_weights(folder).key != before


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="there is no reading model in") as failed:
        load_model(tmp_path / "nowhere")
    assert "hint: install fabula anew" in str(failed.value)


def test_weights_are_not_read_before_there_is_a_segment(folder: Path) -> None:
    """A folder with its config alone"""
    key = load_key(folder)
    (folder / "heads.npz").unlink()
    model = open_model(folder)
    assert (model.config.inventories, model.key) == (INVENTORIES, key)
    assert list(model.read_all([])) == []
    with pytest.raises(DamagedModelError, match=r"heads.npz` cannot be read"):
        list(model.read_all([Segment(("Go",), (0,))]))
    with pytest.raises(ModelMissingError):
        open_model(folder / "nowhere")


def load_key(folder: Path) -> str:
    """The key that a model has who has read its weights."""
    return f"{read_weights(folder).key}-{runtime_version()}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_or_changed_is_told(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] + b"?")
    with pytest.raises(DamagedModelError, match=f"{name}` is not the file that it was"):
        read_weights(folder)
    (folder / name).unlink()
    with pytest.raises(DamagedModelError, match=f"{name}` cannot be read"):
        read_weights(folder)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "config.json").write_bytes(b"{"), "is not what it should be"),
        (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe"), "is not what it should be"),
        (lambda folder: write_config(folder, window="wide"), "is not what it should be"),
        (lambda folder: write_config(folder, inventories={}), "is not what it should be"),
        (lambda folder: write_config(folder, sha256={}), "is not the file that it was"),
        (lambda folder: write_config(folder, inventories=FULL | {"upos": ["x"] * 300}), "upos has 300"),
    ],
)
def test_a_config_that_makes_no_sense_is_told(folder: Path, spoil: Callable[[Path], object], said: str) -> None:
    spoil(folder)
    with pytest.raises(DamagedModelError, match=said):
        read_weights(folder)


def test_heads_that_are_no_arrays_are_told(folder: Path) -> None:
    (folder / "heads.npz").write_bytes(b"PK nothing")
    write_config(folder)
    with pytest.raises(DamagedModelError, match=r"heads\.npz` cannot be read"):
        read_weights(folder)


def test_an_encoder_that_is_none_is_told(folder: Path) -> None:
    with pytest.raises(DamagedModelError, match="its encoder cannot be opened"):
        load_model(folder)
    with pytest.raises(DamagedModelError):
        OnnxEncoder(b"")


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["show", "--help"], ["read", "--help"]])
def test_asking_for_help_loads_no_model(args: list[str]) -> None:
    script = (
        "import sys\nfrom fabula.cli import main\nmain(sys.argv[1:])\n"
        "print(sorted({'numpy', 'onnxruntime', 'fabula.neural'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *args], capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"


@pytest.mark.skipif(not (SHIPPED / "config.json").exists(), reason="the package has no weights yet")
def test_the_model_that_ships_is_in_order_and_small() -> None:
    weights = read_weights(SHIPPED)
    assert weights.config.window == 384
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 45_000_000
