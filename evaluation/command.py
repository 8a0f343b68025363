"""What the commands of the evaluations do alike: print what has been made, or say in a line why it could not be."""

from __future__ import annotations

import sys
from collections.abc import Callable

from fabula.errors import FabulaError


def print_made(make: Callable[[], str]) -> int:
    """Print what a function makes. 0; 2 where it raises FabulaError, which is told on stderr."""
    try:
        print(make())
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
