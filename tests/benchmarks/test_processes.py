from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.processes import CommandFailedError, measure

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the resources of a child are known on POSIX only")


def test_memory_is_that_of_the_command_at_its_most() -> None:
    """a process that holds 300 MB for a moment"""
    assert 300e6 < measure([[sys.executable, "-c", "bytearray(300_000_000)"]], repeats=1)[0].peak < 600e6


def test_time_spent_waiting_is_wall_time_and_no_work() -> None:
    """a process that sleeps"""
    [cost] = measure([[sys.executable, "-S", "-c", "import time; time.sleep(0.3)"]], repeats=1)
    assert cost.wall >= 0.3 > cost.cpu


def test_commands_take_turns(tmp_path: Path) -> None:
    """two processes that each leave a mark of their own"""
    path = tmp_path / "marks"
    commands = [[sys.executable, "-S", "-c", f"open({str(path)!r}, 'a').write({mark!r})"] for mark in "xo"]
    assert len(measure(commands, repeats=3)) == 2
    assert path.read_text() == "xoxoxo"


def test_a_command_that_fails_is_no_figure() -> None:
    """a process that says why, and ends with 2"""
    with pytest.raises(CommandFailedError, match="ended with 2: no such book"):
        measure([[sys.executable, "-c", "import sys; print('no such book', file=sys.stderr); sys.exit(2)"]], repeats=1)
