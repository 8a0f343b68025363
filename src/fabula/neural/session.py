"""The weights of the reading model as they lie in a folder: verified, and opened in ONNX Runtime."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.errors import DamagedModelError, ModelMissingError
from fabula.neural.encoder import WIDTH
from fabula.neural.heads.parameters import Parameters
from fabula.neural.wordpieces import WordPieces

SHIPPED = Path(__file__).parent / "weights" / "reader"
CONFIG, ENCODER, HEADS, VOCABULARY = "config.json", "model.onnx", "heads.npz", "vocabulary.txt"
_LARGEST = {"upos": 2**8, "feats": 2**8, "lemmas": 2**16, "relations": 2**8, "classes": 2**8}  # by the types of a Reading


class Inventories(msgspec.Struct, frozen=True):
    """What the numbers of a Reading mean. classes: kind and type ("name:person"), without "none"."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    classes: tuple[str, ...]


class Thresholds(msgspec.Struct, frozen=True):
    """From where on something is looked at or kept; `mention` is a probability, the others are log-odds."""

    candidate: float = -2.0
    mention: float = 0.5
    antecedent: float = -4.0
    attribute: float = -2.0
    speaker: float = -4.0


class Temperatures(msgspec.Struct, frozen=True):
    """What log-odds are divided by, so that they are true (fitted on development data)."""

    events: float = 1.0
    mentions: float = 1.0
    antecedents: float = 1.0
    attributes: float = 1.0
    speakers: float = 1.0


class Config(msgspec.Struct, frozen=True):
    """`config.json`. window, context: in pieces. sha256: of each file, in hexadecimal figures."""

    version: str
    window: int
    context: int
    inventories: Inventories
    sha256: dict[str, str]
    thresholds: Thresholds = Thresholds()
    temperatures: Temperatures = Temperatures()


@dataclass(frozen=True, slots=True)
class Weights:
    """A weights folder, read and verified. key: the hash of all of it; encoder: the ONNX file's bytes."""

    config: Config
    key: str
    pieces: WordPieces
    parameters: Parameters
    encoder: bytes


def read_config(folder: Path) -> tuple[Config, str]:
    """The config in a weights folder, and the hash of all that is there: the config holds those of the other files.

    Raises ModelMissingError if there is none, DamagedModelError if it is not what it should be.
    """
    try:
        raw = (folder / CONFIG).read_bytes()
    except OSError as error:
        raise ModelMissingError(folder) from error
    try:
        config = msgspec.json.decode(raw, type=Config)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedModelError(f"`{folder / CONFIG}` is not what it should be ({error})") from error
    for name, most in _LARGEST.items():
        if not 0 < len(getattr(config.inventories, name)) <= most:
            raise DamagedModelError(
                f"its inventory of {name} has {len(getattr(config.inventories, name))} entries, of at most {most}"
            )
    return config, hashlib.sha256(raw).hexdigest()


def read_weights(folder: Path) -> Weights:
    """Read and verify the weights in a folder.

    Raises ModelMissingError if there is no config.json, DamagedModelError if a file is missing, changed or not what it should be.
    """
    config, key = read_config(folder)
    verified = {name: _read_verified(folder / name, config.sha256.get(name, "")) for name in (ENCODER, HEADS, VOCABULARY)}
    return Weights(
        config,
        key,
        WordPieces(folder / VOCABULARY),
        Parameters(_read_arrays(folder / HEADS)),
        verified[ENCODER],
    )


def _read_verified(path: Path, wanted: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedModelError(f"`{path}` cannot be read ({error})") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise DamagedModelError(f"`{path}` is not the file that it was when the model was made")
    return content


def _read_arrays(path: Path) -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name].astype(np.float32) for name in arrays.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise DamagedModelError(f"`{path}` cannot be read ({error})") from error


class OnnxEncoder:
    """The encoder in ONNX Runtime, on the thread that asks. Raises DamagedModelError if it cannot be opened."""

    def __init__(self, model: bytes) -> None:
        import onnxruntime  # late: opening a story never needs it

        onnxruntime.disable_telemetry_events()  # there are some on Windows; nothing is sent anywhere
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows are read side by side instead
        options.enable_mem_pattern = False  # windows differ in length
        options.log_severity_level = 3  # errors only
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors have no common base
            raise DamagedModelError(f"its encoder cannot be opened ({error})") from error

    def __call__(self, pieces: NDArray[np.int64], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._session.run(["vectors"], {"pieces": pieces[None], "cases": cases[None]})[0][0]
        if vectors.shape != (len(pieces), WIDTH):
            raise DamagedModelError(f"its encoder gives vectors of the shape {vectors.shape}, not {(len(pieces), WIDTH)}")
        return vectors


def runtime_version() -> str:
    """Of ONNX Runtime: another one may give other numbers."""
    import onnxruntime  # late, as above

    return str(onnxruntime.__version__)
