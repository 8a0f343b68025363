"""Tiny corpora of our own in the formats of LitBank and GUM, written into a folder."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

WORDS = 'The old miller ’s daughter laughed . / " Anna , the baker , ran , " she said to th’ smith-boy .'
ID = "1_tale_brat"
COREFERENCE = """\
MENTION	T1	0	0	0	4	The old miller ’s daughter	PER	NOM
MENTION	T2	0	0	0	3	The old miller ’s	PER	NOM
MENTION	T3	1	1	1	1	Anna	PER	PROP
MENTION	T4	1	3	1	4	the baker	PER	NOM
MENTION	T5	1	9	1	9	she	PER	PRON
MENTION	T6	1	12	1	13	th’ smith-boy	PER	NOM
COREF	T1	daughter-1
COREF	T2	miller-2
COREF	T3	Anna-3
APPOS	T4	T3
COREF	T5	daughter-1
COREF	T6	boy-4
"""
QUOTATIONS = """\
QUOTE	Q1	1	0	1	8	" Anna , the baker , ran , "
ATTRIB	Q1	daughter-1
"""
ENTITIES = {0: ("B", "B"), 1: ("I", "I"), 2: ("I", "I"), 3: ("I", "I"), 4: ("O", "I"), 8: ("B", "O")}
EVENTS = (5, 13, 17)


def write_litbank(
    data: Path, *, words: str = WORDS, coreference: str = COREFERENCE, quotations: str = QUOTATIONS, event_words: str | None = None
) -> Path:
    """One document; " / " parts its sentences. Returns `data`."""
    sentences = [sentence.split() for sentence in words.split(" / ")]
    text = "".join(" ".join(sentence) + "\n" for sentence in sentences)
    event_sentences = [sentence.split() for sentence in (event_words or words).split(" / ")]
    _write(data / "litbank/coref/tsv" / f"{ID}.txt", text)
    _write(data / "litbank/coref/tsv" / f"{ID}.ann", coreference)
    _write(data / "litbank/quotations/tsv" / f"{ID}.ann", quotations)
    _write(data / "litbank/events/tsv" / f"{ID}.tsv", _columns(event_sentences, dict.fromkeys(EVENTS, ("EVENT",)), 1))
    layers = {at: (*(mark if mark == "O" else f"{mark}-PER" for mark in marks), "O", "O") for at, marks in ENTITIES.items()}
    _write(data / "litbank/entities/tsv" / f"{ID}.tsv", _columns(sentences, layers, 4))
    fold = data / "litbank/splits_coref_tenfold/data/litbank_tenfold_splits/0"
    _write(fold / "train.ids", "")
    _write(fold / "dev.ids", "")
    _write(fold / "test.ids", f"{ID}.tsv\n")
    return data


NOVEL = 'The old miller’s daughter laughed.\n\n"Anna, the baker, ran," she said to th’ smith-boy.\n'


def write_archive(data: Path, novels: Mapping[str, str] | None = None) -> Path:
    """The archive of whole novels, by the names of their files; None: that of the document, in two paragraphs. Returns `data`."""
    path = data / "litbank/novels.tar.xz"
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:xz", preset=0) as archive:
        folder = tarfile.TarInfo("novels")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, text in ({"1_tale": NOVEL} if novels is None else novels).items():
            content = text.encode("utf-8")
            member = tarfile.TarInfo(f"novels/{name}.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data


def _columns(sentences: list[list[str]], labels: dict[int, tuple[str, ...]], width: int) -> str:
    lines: list[str] = []
    at = 0
    for sentence in sentences:
        for word in sentence:
            lines.append("\t".join([word, *labels.get(at, ("O",) * width)]))
            at += 1
        lines.append("")
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def conllu(*sentences: str, document: str = "GUM_bio_miller") -> str:
    """A document in CoNLL-U. A word is `form/lemma/UPOS/head/deprel`, then `/misc` if it has any; a line is a sentence."""
    lines = [f"# newdoc id = {document}"]
    for sentence in sentences:
        for number, cells in enumerate((word.split("/") for word in sentence.split()), start=1):
            form, lemma, upos, head, deprel, *misc = cells
            lines.append("\t".join([str(number), form, lemma, upos, "_", "_", head, deprel, "_", "|".join(misc) or "_"]))
        lines.append("")
    return "\n".join(lines) + "\n"


def write_gum(data: Path, text: str, *, document: str = "GUM_bio_miller", split: str = "dev") -> Path:
    """One document of GUM with its place in the split. Returns `data`."""
    _write(data / "gum/dep" / f"{document}.conllu", text)
    _write(data / "gum/splits.md", f"# Splits\n\n## {split}\n\n  * {document}\n")
    return data
