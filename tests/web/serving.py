"""Serve a story with a made-up front end, as a process of its own: `python -m tests.web.serving STORY FRONT PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

from fabula.cli import main
from fabula.web import front

if __name__ == "__main__":
    story, folder, port = sys.argv[1:]
    front.FRONT = Path(folder)
    sys.exit(main(["explore", story, "--port", port, "--no-browser"]))
