"""Passages whose speakers are known because the narration names them: "said Tom", left, taken out, or made "said he".

The rules of `fabula.readers` find the cues, right 97 times in 100. Where the cue is taken out, or its name becomes a pronoun, the
passage asks what it no longer says (He et al. 2013; Muzny et al. 2017 count such cues, Michel et al. 2024 train on them).
What is given to the encoder is the changed text.

    python -m training.speakers.silver --data DIR --out silver.jsonl
"""

from __future__ import annotations

import argparse
import random
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fabula.source import read_manuscript
from fabula.text.compose import compose_text
from training.corpora.litbank import read_event_split, read_fold
from training.speakers.books import SpokenBook, read_spoken_book
from training.speakers.edits import edit_passage
from training.speakers.passages import Passage, write_passages
from training.speakers.stretches import Stretch, cut_stretches

# No passage of these may train anything: by title, as the files are named (PDNC's index, QuoteLi3, Treasure Island).
LEFT_OUT = """
    handful_of_dust alices_adventures alice anne_of_green_gables passage_to_india room_with_a_view daisy_miller emma hard_times
    howards_end mansfield_park night_and_day northanger_abbey oliver_twist persuasion pride_and_prejudice pride
    sense_and_sensibility age_of_innocence the_awakening the_gambler invisible_man man_who_was_thursday
    mysterious_affair_at_styles picture_of_dorian_gray sign_of_the_four sport_of_the_gods sun_also_rises where_angels_fear
    winnie_the_pooh treasure_island steppe
""".split()
TEST_FOLDS = (0, 3, 7)  # of LitBank; the test documents of fold 4 are not at hand, nor are their novels
ALSO_TESTED = ("basker", "secret")  # The Hound of the Baskervilles and The Secret Garden by other names
DOUBLES = ("jane",)  # Jane Eyre, which LitBank's archive holds
MOST_QUOTES = 1_500  # of a work
SEED = 1


def read_novels(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every novel that may train; data: the folder of the corpora."""
    tests = {id_ for fold in TEST_FOLDS for id_ in _test_ids(data, fold)}
    tests |= {id_.removesuffix("_brat") for id_ in read_event_split(data).test}
    seen: set[str] = set()
    with tarfile.open(data / "litbank" / "novels.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).stem
            file = archive.extractfile(member)
            if file is not None and name not in tests and _may_train(name):
                seen.add(name)
                yield name, file.read().decode("utf-8")
    for path in sorted((data / "novels").rglob("*.txt")):
        name = path.stem
        if name not in tests and name not in seen and name not in DOUBLES and _may_train(name):
            yield name, path.read_text(encoding="utf-8")


def _test_ids(data: Path, fold: int) -> set[str]:
    return {id_.removesuffix("_brat") for id_ in read_fold(data, fold).test}


def _may_train(name: str) -> bool:
    bare = name.split("_", 1)[1] if name.split("_")[0].isdigit() else name
    return bare not in ALSO_TESTED and not any(
        bare == title or title in bare for title in LEFT_OUT if len(title) > 6 or bare == title
    )


def make_passages(books: Iterable[tuple[str, SpokenBook]], rng: random.Random, *, copies: int = 1) -> Iterator[Passage]:
    """The passages of some books, each cue treated anew in each of `copies`."""
    for work, book in books:
        stretches = _choose(cut_stretches(book), rng)
        for _ in range(copies):
            for stretch in stretches:
                yield edit_passage(work, book, stretch, rng)


def _choose(stretches: Sequence[Stretch], rng: random.Random) -> list[Stretch]:
    """Some of a book's stretches, with MOST_QUOTES quotations at most."""
    chosen: list[Stretch] = []
    n = 0
    for stretch in rng.sample(list(stretches), len(stretches)):
        if n >= MOST_QUOTES:
            break
        chosen.append(stretch)
        n += len(stretch.quotes)
    return chosen


def _read(novels: Iterable[tuple[str, str]]) -> Iterator[tuple[str, SpokenBook]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "novel.txt"
        for name, text in novels:
            path.write_text(text, encoding="utf-8")
            yield name, read_spoken_book(compose_text(read_manuscript(path)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="training.speakers.silver", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, JSON lines")
    parser.add_argument("--copies", type=int, default=2, help="times that every passage is made, its cues treated anew")
    given = parser.parse_args(arguments)
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Passage]:
        for passage in make_passages(_read(read_novels(given.data)), random.Random(SEED), copies=given.copies):
            counts.update(label.value for label in passage.labels)
            counts["passages"] += 1
            counts["words"] += len(passage.words)
            yield passage

    write_passages(counted(), given.out)
    print("\n".join(f"{name:12} {n:8,}" for name, n in counts.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
