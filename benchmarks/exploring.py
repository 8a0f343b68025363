"""What a reader of War and Peace waits for in the explorer, and how much the browser loads.

    python -m benchmarks.exploring --data DIR [--story STORY]

DIR is the folder of the corpora; STORY the story of War and Peace, if it has been read already. Writes the section "exploring" of
benchmarks/RESULTS.md, and "exploring_browser" where Node.js and Chromium are installed; exit code 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.books import WAR_AND_PEACE
from benchmarks.processes import REPEATS, warn_if_busy
from benchmarks.reading import fabula
from benchmarks.results import verdict, write_result
from evaluation.report import Section, markdown_table

COMMAND = "python -m benchmarks.exploring --data DIR"
ROOT = Path(__file__).resolve().parent.parent
OPENING_BAR = 1.0  # seconds until the first words of a long novel are on the page
ANSWER_BAR = 0.2  # seconds
CORRECTION_BAR = 2.0  # seconds until the people of a long novel are resolved anew, and a chapter is on the page
PREPARING = 30.0  # seconds in which a server prepares for corrections
N_CORRECTIONS = 5
SIZE_BAR = 120.0  # KB, gzipped, of what the first view loads
N_CHAPTERS = 20  # that are asked for, evenly through the book
ANSWERS = (
    ("the story at a glance", "/api/story", ANSWER_BAR),
    ("a chapter", "/api/chapter/{chapter}", ANSWER_BAR),
    ("the cast", "/api/cast", ANSWER_BAR),
    ("a page of one person", "/api/person/{person}", None),
    ("a search", "/api/search?q=moscow", None),
    ("who says what to whom", "/api/voices", None),
)
"""What is asked for, with its bar in seconds."""
BROWSER = (
    ("first_view_kb", "first view loads, KB gzipped", SIZE_BAR),
    ("first_view_ms", "first words on the page, ms", 1000 * OPENING_BAR),
    ("change_ms", "change of chapter, ms", None),
    ("change_ms_most", "change of chapter, the slowest, ms", None),
    ("jump_to_its_end_ms", "from the top to the end of the longest chapter, ms", None),
)
"""Figures of `frontend/tests/measure.mjs`, with their bars."""


@dataclass(frozen=True, slots=True)
class Answer:
    """bar: seconds. seconds, median and most; size: bytes."""

    what: str
    bar: float | None
    seconds: float
    most: float
    size: int


class Explorer:
    """A server in a process of its own, and a client with its cookie."""

    def __init__(self, story: Path) -> None:
        self.began = time.perf_counter()
        command = fabula("explore", story, "--no-browser", "--port", "0")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        address = urlsplit(self.process.stdout.readline().strip())
        self._origin = f"{address.scheme}://{address.netloc}"
        self._connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
        self._connection.request("GET", f"{address.path}?{address.query}")
        response = self._connection.getresponse()
        response.read()
        self._cookie = str(response.headers["set-cookie"]).partition(";")[0]

    def ask(self, path: str) -> bytes:
        self._connection.request("GET", path, headers={"cookie": self._cookie})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {content[:200]!r}")
        return content

    def post(self, path: str, asked: object) -> bytes:
        headers = {"cookie": self._cookie, "content-type": "application/json", "origin": self._origin}
        self._connection.request("POST", path, json.dumps(asked), headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {content[:200]!r}")
        return content

    def rest(self, seconds: float) -> None:
        """Ask nothing for a while."""
        self._connection.close()  # the server would
        time.sleep(seconds)

    def close(self) -> None:
        self._connection.close()
        self.process.terminate()
        self.process.wait()


def measure_opening(story: Path) -> float:
    """Seconds from the command to the first chapter's words, as a page asks for them."""
    explorer = Explorer(story)
    try:
        for path in ("/", "/api/story", "/api/chapter/0"):
            explorer.ask(path)
        return time.perf_counter() - explorer.began
    finally:
        explorer.close()


def measure_answers(story: Path) -> list[Answer]:
    """What each answer takes once the story is open, and how long it is."""
    explorer = Explorer(story)
    try:
        chapters = len(json.loads(explorer.ask("/api/story"))["chapters"])
        people = [one["id"] for one in json.loads(explorer.ask("/api/cast"))["people"][:N_CHAPTERS]]
        explorer.rest(2)  # while it finds what the next pages will ask for
        return [_measure(explorer, what, path, bar, chapters, people) for what, path, bar in ANSWERS]
    finally:
        explorer.close()


def measure_corrections(story: Path) -> list[Answer]:
    """What corrections take, each until a chapter of the story is sent as they make it. The story's file is left as it was."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / story.name
        shutil.copy(story, copy)
        explorer = Explorer(copy)
        try:
            people = [one["id"] for one in json.loads(explorer.ask("/api/cast"))["people"][20 : 20 + 2 * N_CORRECTIONS]]
            explorer.rest(PREPARING)
            merges = [{"kind": "merge", "characters": people[n : n + 2]} for n in range(0, len(people), 2)]
            merged = [_correct(explorer, "/api/corrections", asked) for asked in merges]
            undone = [_correct(explorer, "/api/corrections/undo", {}) for _ in merges]
        finally:
            explorer.close()
    return [
        Answer("two people made one", CORRECTION_BAR, median(merged), max(merged), 0),
        Answer("that taken back", CORRECTION_BAR, median(undone), max(undone), 0),
    ]


def _correct(explorer: Explorer, path: str, asked: Mapping[str, object]) -> float:
    version = json.loads(explorer.ask("/api/story"))["version"]
    began = time.perf_counter()
    explorer.post(path, {"version": version, **asked})
    for page in ("/api/story", "/api/chapter/0"):
        explorer.ask(page)
    return time.perf_counter() - began


def _measure(explorer: Explorer, what: str, path: str, bar: float | None, chapters: int, people: Sequence[int]) -> Answer:
    seconds, sizes = [], []
    for n in range(N_CHAPTERS):
        asked = path.format(chapter=n * chapters // N_CHAPTERS, person=people[n % len(people)])
        began = time.perf_counter()
        sizes.append(len(explorer.ask(asked)))
        seconds.append(time.perf_counter() - began)
    return Answer(what, bar, median(seconds), max(seconds), int(median(sizes)))


def measure_browser(story: Path) -> Mapping[str, float] | None:
    """The figures of a page in Chromium; None where it cannot be run here."""
    command = [sys.executable, str(ROOT / "scripts" / "front_end.py"), "measure", str(story)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return None
    figures: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def tabulate_answers(opening: float, answers: Sequence[Answer]) -> str:
    rows = [_row("the command, until the first chapter's words are sent", opening, opening, "", OPENING_BAR)]
    rows += [_row(a.what, a.seconds, a.most, f"{a.size / 1024:,.0f}" if a.size else "", a.bar) for a in answers]
    return markdown_table(("what is waited for", "ms", "most", "KB", "bar", "met"), rows)


def _row(what: str, seconds: float, most: float, size: str, bar: float | None) -> tuple[str, ...]:
    limit = "" if bar is None else f"≤ {1000 * bar:.0f} ms"
    return what, f"{1000 * seconds:.0f}", f"{1000 * most:.0f}", size, limit, verdict(None if bar is None else seconds <= bar)


def tabulate_browser(figures: Mapping[str, float]) -> str:
    rows = [
        (what, f"{figures[name]:g}", "" if bar is None else f"≤ {bar:g}", verdict(None if bar is None else figures[name] <= bar))
        for name, what, bar in BROWSER
    ]
    return markdown_table(("in Chromium", "figure", "bar", "met"), rows)


def is_met(opening: float, answers: Sequence[Answer], figures: Mapping[str, float] | None) -> bool:
    """Whether no bar is missed."""
    shown = figures or {}
    return (
        opening <= OPENING_BAR
        and all(a.seconds <= a.bar for a in answers if a.bar is not None)
        and all(shown.get(name, 0) <= bar for name, _, bar in BROWSER if bar is not None)
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exploring", description="Measure the explorer.")
    parser.add_argument("--data", type=Path, help="the folder of the corpora")
    parser.add_argument("--story", type=Path, help="the story of War and Peace")
    options = parser.parse_args(arguments)
    if options.data is None and options.story is None:
        parser.error("give --data or --story")
    warn_if_busy()
    with tempfile.TemporaryDirectory() as folder:
        story: Path = options.story or Path(folder) / "war-and-peace.fabula"
        if options.story is None:
            subprocess.run(
                fabula("read", options.data / WAR_AND_PEACE.path, "-o", story, "-q"), check=True, stdout=subprocess.DEVNULL
            )
        opening = median(measure_opening(story) for _ in range(REPEATS))
        answers = [*measure_answers(story), *measure_corrections(story)]
        figures = measure_browser(story)
    data = f"the story of {WAR_AND_PEACE.title}"
    told = (
        f"{data}; the command: the median of {REPEATS} fresh processes; answers: of {N_CHAPTERS}, from a server that is open;"
        f" corrections: of {N_CORRECTIONS}, until a chapter as they make it is sent"
    )
    sections = [Section("exploring", "`fabula explore`, the server", COMMAND, told, tabulate_answers(opening, answers))]
    if figures is not None:
        sections.append(
            Section(
                "exploring_browser", "`fabula explore`, the page", COMMAND, f"{data}, 1280 pixels wide", tabulate_browser(figures)
            )
        )
    for section in sections:
        write_result(section)
        print(section.body)
    return 0 if is_met(opening, answers, figures) else 1


if __name__ == "__main__":
    sys.exit(main())
