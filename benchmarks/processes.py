"""What a command costs in a process of its own: seconds, and memory at its most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

REPEATS = 3
BUSY = 0.5  # load: processes that ran or waited for a processor, of late
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in a unit of ru_maxrss


@dataclass(frozen=True, slots=True)
class Cost:
    """wall, cpu: seconds. peak: bytes resident at most."""

    wall: float
    cpu: float
    peak: int


class CommandFailedError(Exception):
    """A command that was to be measured did not succeed."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"`{' '.join(command)}` ended with {code}: {said.strip() or 'it said nothing'}")


def warn_if_busy() -> None:
    """Say so where other work takes the processors: wall times would mean little."""
    load = os.getloadavg()[0]
    if load > BUSY:
        print(f"warning: this machine is busy (load {load:.1f}): measure again when it is quiet", file=sys.stderr, flush=True)


def measure(commands: Sequence[Sequence[str]], repeats: int = REPEATS) -> list[Cost]:
    """The cost of each command: of several runs, the median of each figure.

    The commands take turns, so that what else the machine does for a while does not fall on one alone. POSIX only. A process starts
    from the memory of the one that starts it, which counts as its own: measure from a small one.
    Raises CommandFailedError.
    """
    rounds = [[_run(command) for command in commands] for _ in range(repeats)]
    return [_median(costs) for costs in zip(*rounds, strict=True)]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(median(c.wall for c in costs), median(c.cpu for c in costs), int(median(c.peak for c in costs)))


def _run(command: Sequence[str]) -> Cost:
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)  # of this child alone; RUSAGE_CHILDREN holds the largest of all so far
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailedError(command, process.returncode, said)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)
