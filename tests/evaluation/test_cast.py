from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

import fabula
from evaluation import cast, results
from evaluation.cast import FANTASY, FANTASY_SOMEBODY, GUM, GUM_LINKED, main, run, score_names, score_pages
from evaluation.coreference import CoreferenceCounts, count_coreference
from evaluation.pdnc import Counts, read_novel, score_cast
from evaluation.stories import Shelf
from fabula import Story
from fabula.export.story_json import describe_story, encode_story
from tests.evaluation.test_chained_texts import write_fiction
from tests.evaluation.test_pdnc import DATA, REFERENCE, REFERENCE_KEYS, write_csv
from tests.evaluation.told import make_told

WHOLE = Counts(n_cast=4, n_cast_hit=4, n_cast_named=4, pieces_sum=4.0, n_named=10, n_pure=10, n_big=2)
PARTED = replace(WHOLE, n_cast_hit=2, pieces_sum=8.0, n_pure=5, n_false=1)
TOLD = "[0 Tom] came. [0 He] saw [1 Ann]."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book is TOLD."""
    monkeypatch.setattr(fabula, "read", lambda _book: make_told(TOLD))


def write_novel(data: Path, name: str) -> None:
    folder = data / "pdnc" / "data" / name
    folder.mkdir(parents=True)
    (folder / "novel_text.txt").write_text("Tom came. He saw Ann.", encoding="utf-8")
    write_csv(
        folder / "character_info.csv",
        ("Character ID", "Main Name", "Aliases", "Gender", "Category"),
        ("0", "Tom", "{'Tom'}", "M", "major"),
        ("1", "Bob", "{'Bob'}", "M", "major"),
    )
    write_csv(folder / "quotation_info.csv", ("quoteID", "quoteByteSpans", "speaker", "addressees", "quoteType"))


@pytest.mark.usefixtures("told")
def test_names_are_scored_novel_by_novel(tmp_path: Path) -> None:
    """Tom is found, Bob is not; He is no name"""
    write_novel(tmp_path, "Emma")
    write_novel(tmp_path, "TheAwakening")
    counts = score_names(tmp_path, Shelf())
    assert list(counts) == ["Emma", "TheAwakening"]
    assert (counts["Emma"].cast, counts["Emma"].n_named, counts["Emma"].pieces) == (0.5, 1, 1.0)
    assert list(score_names(tmp_path, Shelf(), ["Emma"])) == ["Emma"]


@pytest.mark.usefixtures("told")
def test_a_novel_that_is_not_there_is_an_error_that_names_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ema; then no corpus at all"""
    write_novel(tmp_path, "Emma")
    assert main(["--data", str(tmp_path), "Ema", "--only", "names"]) == 2
    assert main(["--data", str(tmp_path), "--errors", "Ema"]) == 2
    assert "there is no novel `Ema` in PDNC" in capsys.readouterr().err
    assert main(["--data", str(tmp_path / "nowhere"), "--only", "names"]) == 2
    assert "the corpus has no" in capsys.readouterr().err


@pytest.mark.usefixtures("told")
def test_errors_are_printed_under_the_novels_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Emma"""
    write_novel(tmp_path, "Emma")
    assert main(["--data", str(tmp_path), "--errors", "Emma"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Emma: cast 50.0, purity 100.0, pieces 1.00, false –\n")
    assert "missed (1)\n  Bob (major): nobody has a name of theirs" in printed


def test_the_novels_in_litbank_and_the_others_stand_apart_with_bars() -> None:
    """Emma and Persuasion, TheAwakening"""
    table = cast._format_names({"Emma": WHOLE, "Persuasion": WHOLE, "TheAwakening": PARTED})
    assert "| TheAwakening | 50.0 | 50.0 | 2.00 | 50.0 |" in table
    assert "| **13 whose first chapters are in LitBank, 2 of them** | 100.0 [100.0, 100.0] | 100.0 [100.0, 100.0] | 1.00 [" in table
    assert "| **the other 8, 1 of them** | 50.0 [50.0, 50.0] | 50.0 [50.0, 50.0] | 2.00 [2.00, 2.00] | 50.0 [50.0, 50.0] |" in table
    assert "| **all** | 83.3 [50.0, 100.0] |" in table
    assert "| bar | 96.0 | 97.5 | 1.20 | 8.0 |" in table


def test_whole_stories_have_a_column_a_corpus() -> None:
    """GUM with its bar, FantasyCoref; AFT is not there"""
    right = [count_coreference(["ab"], ["ab"])]
    table = cast._format_chains({GUM: right, GUM_LINKED: right, FANTASY: [CoreferenceCounts()]})
    assert "| figure | GUM fiction (1) | GUM fiction, no singletons (1) | FantasyCoref dev (1) |" in table
    assert "| CoNLL | 100.0 [100.0, 100.0] (bar 65) | 100.0 [100.0, 100.0] | 0.0 [0.0, 0.0] |" in table
    assert table.endswith("FantasyCoref's AFT is not at hand, and so not measured.")


def test_fiction_is_read_as_a_story_and_its_characters_are_chains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[Ann] fed [her] pig, She is found for somebody else, Tom is not found"""
    write_fiction(tmp_path)
    (tmp_path / "fantasycoref" / "data").mkdir(parents=True)
    read: list[str] = []

    def told(book: Path) -> Story:
        read.append(book.read_text(encoding="utf-8"))
        return make_told("Pigs ¶ [0 Ann] fed [0 her] pig [1 She] ran ¶ Tom slept")

    monkeypatch.setattr(fabula, "read", told)
    columns = cast.score_chains(tmp_path, Shelf())
    assert read == ["Pigs\n\nAnn fed her pig She ran\n\nTom slept"]
    assert list(columns) == [GUM, GUM_LINKED]
    [kept], [linked] = columns.values()
    assert (kept.mentions.recall, linked.mentions.recall) == (3 / 4, 2 / 3)
    assert (kept.muc.recall, linked.muc.precision) == (1 / 2, 1.0)
    assert FANTASY_SOMEBODY not in columns


@pytest.mark.usefixtures("told")
def test_pages_that_may_be_looked_at_stand_apart_from_those_that_may_not(tmp_path: Path) -> None:
    """two pages and a longer example"""
    for name, use in (("page-y", "development"), ("page-z", "scored"), ("long", "development")):
        (tmp_path / f"{name}.txt").write_text("Tom came. He saw Ann.", encoding="utf-8")
        marked = "{tom|Tom} came. {tom|He} saw {ann|Ann}." if use == "scored" else "{tom|Tom} came. He saw Ann."
        tables = f"[story]\nfile = '{name}.txt'\nuse = '{use}'\n[[characters]]\nid = 'tom'\nnames = ['Tom']\n"
        (tmp_path / f"{name}.expected.toml").write_text(f"annotated = '''{marked}'''\n{tables}", encoding="utf-8")
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "p.toml").write_text("annotated = '{tom|Tom} came.'\n[[characters]]\nid = 'tom'\n", encoding="utf-8")
    groups = score_pages(Shelf(), tmp_path, tmp_path / "held")
    assert {name: [c.right.hit for c in counts] for name, counts in groups.items()} == {
        "development": [1],
        "scored": [3],
        "longer examples": [1],
        "held out": [1],
    }
    table = cast._format_pages(groups)
    assert "| figure | development (1) | scored (1) | longer examples (1) | held out (1) | bar, scored |" in table
    assert "| pronouns alone | – | 100.0 [100.0, 100.0] | – | – | 80.0 |" in table


@pytest.mark.usefixtures("told")
def test_only_what_is_asked_for_is_measured(tmp_path: Path) -> None:
    """the names alone: nothing else is even there"""
    write_novel(tmp_path, "Emma")
    assert run(tmp_path, only=["names"]).startswith("**1 novels of PDNC, names**")


@pytest.mark.slow
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not here (beside FABULA_DATA)")
def test_the_reference_scorer_says_the_same_of_the_exported_story(tmp_path: Path) -> None:
    """DaisyMiller from its plain text, as `fabula export --to json` writes it"""
    spec = importlib.util.spec_from_file_location("score_speakers", REFERENCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold = read_novel(DATA / "pdnc" / "data" / "DaisyMiller")
    with fabula.read(gold.path) as story:
        counts = score_cast(gold, story.cast)
        (tmp_path / "story.json").write_bytes(encode_story(describe_story(story)))
    wanted = module.score_novel(gold.path.parent, json.loads((tmp_path / "story.json").read_text(encoding="utf-8")))
    of_cast = ("n_cast", "n_cast_hit", "n_cast_named", "pieces_sum", "n_named", "n_pure", "n_big", "n_false")
    assert {name: getattr(counts, name) for name in of_cast} == pytest.approx(
        {name: wanted[REFERENCE_KEYS[name]] for name in of_cast}
    )
    assert counts.n_cast and counts.n_big


@pytest.mark.usefixtures("told")
def test_the_results_have_a_section_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a novel, a piece of fiction, no tales, the examples"""
    write_novel(tmp_path, "Emma")
    write_fiction(tmp_path)
    (tmp_path / "fantasycoref" / "data").mkdir(parents=True)
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    assert results.main(["--data", str(tmp_path), "--only", "cast"]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "## The cast of whole books" in text
    assert "| Emma | 50.0 | 100.0 | 1.00 | – |" in text
    assert "GUM fiction (1)" in text and "bar, scored" in text
    assert "| pieces | 1.93 | BookNLP big |" in text
