"""THE RECIPE: what is trained on what, in which order, and how long."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from training.corpora.gum import read_gum_entities
from training.corpora.litbank import read_document
from training.corpora.universal_dependencies import read_ewt
from training.documents import choose_documents
from training.examples import Example, Inventories, example_of_gum, example_of_litbank, example_of_treebank, take_inventories
from training.export import Settings, export
from training.speakers import silver
from training.speakers import train as speakers
from training.train import Run, Schedule

TREEBANKS = Schedule(epochs=4, treebank_share=1.0, gum_share=1.0, encoder_rate=3e-4)
FICTION = Schedule(epochs=12, treebank_share=0.25, gum_share=0.25)
WITHOUT_SPEAKERS = ("events", "dev0")  # the head sees all documents but a fold's test ones
SHOWN = 10  # documents of fiction by which the encoder is made ready for eight bits


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The examples of the treebanks that may train, and what is learnt of them."""

    inventories: Inventories
    ewt: tuple[Example, ...]
    gum: tuple[Example, ...]


def read_treebanks(data: Path) -> Treebanks:
    """EWT and GUM's free genres."""
    ewt = [document for document in read_ewt(data) if document.may_train]
    gum = [document for document in read_gum_entities(data) if document.parsed.may_train]
    inventories = take_inventories([*ewt, *(document.parsed for document in gum)])
    return Treebanks(
        inventories,
        tuple(example_of_treebank(document, inventories) for document in ewt),
        tuple(example_of_gum(document, inventories) for document in gum),
    )


def make_model(data: Path, out: Path, model: str, precision: str) -> Path:
    """Train what is not trained yet; gives the weights folder, OUT/MODEL/weights."""
    treebanks = read_treebanks(data)
    print(f"treebanks: {len(treebanks.ewt)} documents of EWT, {len(treebanks.gum)} of GUM", file=sys.stderr)
    first = Run(out / "treebanks", treebanks.inventories, ((), treebanks.ewt, treebanks.gum), TREEBANKS)
    first.train()
    fiction = [example_of_litbank(read_document(data, id_)) for id_ in choose_documents(data, model)]
    print(f"{model}: {len(fiction)} documents of LitBank", file=sys.stderr)
    examples = (fiction, treebanks.ewt, treebanks.gum)
    run = Run(out / model, treebanks.inventories, examples, FICTION, start=first.checkpoint)
    trained = run.train()
    folder = out / model / ("weights" if precision == "int8" else f"weights-{precision}")
    export(trained, treebanks.inventories, folder, fiction[:SHOWN], Settings(precision))
    if model not in WITHOUT_SPEAKERS:
        _add_speakers(data, out / model, out / "silver.jsonl", folder, fold=-1 if model == "reader" else int(model[-1]))
    return folder


def _add_speakers(data: Path, run: Path, passages: Path, weights: Path, *, fold: int) -> None:
    """Train the head that says who speaks on the vectors of the encoder as it ships, and put it among the others.

    passages: the silver ones, made if they are not there. fold: whose test documents are left out, -1 for none.
    """
    if not passages.exists():
        silver.main(["--data", str(data), "--out", str(passages)])
    folders = ["--cache", str(run / f"vectors-{weights.name}"), "--out", str(run / f"speakers-{weights.name}")]
    asked = ["--data", str(data), "--silver", str(passages), "--encoder", str(weights), *folders]
    speakers.main([*asked, "--into", str(weights), "--fold", str(fold)])
