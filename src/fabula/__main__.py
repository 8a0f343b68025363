"""`python -m fabula`: the command, where its own name is not on the path."""

from __future__ import annotations

import sys

from fabula.cli import main

if __name__ == "__main__":
    sys.exit(main())
