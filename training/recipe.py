"""THE RECIPE: what is trained on what, in which order, and how long."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.adaptation import AdaptationSchedule, adapt
from training.corpora.errors import DamagedCorpusError
from training.corpora.gum import read_gum_entities
from training.corpora.litbank import LitBankDocument, read_document
from training.corpora.pages import read_pages
from training.corpora.universal_dependencies import read_ewt
from training.documents import choose_documents
from training.examples import (
    Example,
    Inventories,
    example_of_gum,
    example_of_litbank,
    example_of_page,
    example_of_treebank,
    take_inventories,
)
from training.export import Settings, export
from training.model.model import ReadingModel
from training.restore import restore
from training.speakers import silver
from training.speakers import train as speakers
from training.speakers.gold import gold_passage, page_passage
from training.speakers.passages import read_passages
from training.speakers.train import choose_passages
from training.train import Lessons, Run, Schedule

ADAPTATION = AdaptationSchedule()
TREEBANKS = Schedule(epochs=6, treebank_share=1.0, gum_share=1.0, encoder_rate=3e-4)
FICTION = Schedule(epochs=12, treebank_share=0.3, gum_share=0.35)
VOICES = Schedule(epochs=3, treebank_share=0.4, gum_share=0.4, silver_share=0.08, encoder_rate=1e-4, head_rate=5e-4)
PAGES = Schedule(epochs=11, treebank_share=0.1, gum_share=0.2, silver_share=0.02, fiction_share=0.4)
PASSAGES = 2_200  # silver ones that are drawn from
WITHOUT_SPEAKERS = ("events", "dev0")  # the head sees all documents but a fold's test ones
# Fitted on the test documents of fold 0, with the model that has not seen them; the scores of the other heads are not too sure.
TEMPERATURES = {"events": 2.0, "mentions": 1.6}
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


def make_model(data: Path, out: Path, model: str, precision: str, weights: Path | None = None) -> Path:
    """Train what is not trained yet; gives the weights folder, OUT/MODEL/weights.

    weights: those of a model that has learnt all but the pages, in eight bits; none: it is made.
    """
    treebanks = read_treebanks(data)
    print(f"treebanks: {len(treebanks.ewt)} documents of EWT, {len(treebanks.gum)} of GUM", file=sys.stderr)
    documents = [read_document(data, id_) for id_ in choose_documents(data, model)]
    fiction = [example_of_litbank(document) for document in documents]
    print(f"{model}: {len(fiction)} documents of LitBank", file=sys.stderr)
    if weights is None:
        weights = out / model / "without-pages"
        if not (weights / "config.json").exists():
            trained = _learn_fiction(data, out, model, treebanks, documents, fiction)
            export(trained, treebanks.inventories, weights, fiction[:SHOWN])
    trained = _learn_pages(data, out, model, treebanks, documents, fiction, weights)
    folder = out / model / ("weights" if precision == "int8" else f"weights-{precision}")
    export(trained, treebanks.inventories, folder, fiction[:SHOWN], Settings(precision, temperatures=TEMPERATURES))
    return folder


def _learn_fiction(
    data: Path, out: Path, model: str, treebanks: Treebanks, documents: Sequence[LitBankDocument], fiction: Sequence[Example]
) -> ReadingModel:
    """Hidden words, treebanks, LitBank, then speakers with all the rest."""
    adapted = adapt(data, out / "adapted", ADAPTATION)
    first = Run(out / "treebanks", treebanks.inventories, Lessons((), treebanks.ewt, treebanks.gum), TREEBANKS, start=adapted)
    first.train()
    lessons = Lessons(fiction, treebanks.ewt, treebanks.gum)
    run = Run(out / model, treebanks.inventories, lessons, FICTION, start=first.checkpoint)
    trained = run.train()
    return trained if model in WITHOUT_SPEAKERS else _learn_voices(data, out, model, treebanks, documents, fiction, run, trained)


def _learn_pages(
    data: Path,
    out: Path,
    model: str,
    treebanks: Treebanks,
    documents: Sequence[LitBankDocument],
    fiction: Sequence[Example],
    weights: Path,
) -> ReadingModel:
    """Pages of many kinds of prose, among all that was learnt before; from a model as it would have shipped without them."""
    known, inventories = restore(weights)
    if inventories != treebanks.inventories:
        raise DamagedCorpusError(str(weights), "its labels are not those of the treebanks at hand")
    pages = list(read_pages())
    lessons = Lessons(fiction, treebanks.ewt, treebanks.gum, pages=[example_of_page(page) for page in pages])
    if model not in WITHOUT_SPEAKERS:
        gold = [gold_passage(document) for document in documents if document.quotations]
        gold += [page_passage(page) for page in pages if page.quotations]
        silver_ones = choose_passages(read_passages(_make_silver(data, out)), PASSAGES)
        lessons = lessons._replace(passages=gold, silver=silver_ones)
    trained = Run(out / model / "pages", inventories, lessons, PAGES, start=known).train()
    if model in WITHOUT_SPEAKERS:
        del trained.speakers  # never taught
    return trained


def _make_silver(data: Path, out: Path) -> Path:
    passages = out / "silver.jsonl"
    if not passages.exists():
        silver.main(["--data", str(data), "--out", str(passages)])
    return passages


def _learn_voices(
    data: Path,
    out: Path,
    model: str,
    treebanks: Treebanks,
    documents: Sequence[LitBankDocument],
    fiction: Sequence[Example],
    before: Run,
    trained: ReadingModel,
) -> ReadingModel:
    """The speaker head: first by itself, on the vectors of the encoder in eight bits, then together with all the others."""
    silent = out / model / "silent"
    if not (silent / "model.onnx").exists():
        export(trained, treebanks.inventories, silent, fiction[:SHOWN])
    passages = _make_silver(data, out)
    head = out / model / "speakers"
    fold = -1 if model == "reader" else int(model[-1])
    folders = ["--cache", str(out / model / "vectors"), "--out", str(head), "--fold", str(fold)]
    speakers.main(["--data", str(data), "--silver", str(passages), "--encoder", str(silent), *folders])
    gold = [gold_passage(document) for document in documents if document.quotations]
    some = choose_passages(read_passages(passages), PASSAGES)
    lessons = Lessons(fiction, treebanks.ewt, treebanks.gum, gold, some)
    start = before.checkpoint
    run = Run(out / model / "voices", treebanks.inventories, lessons, VOICES, start=start, speakers=head / "speakers.pt")
    return run.train()
