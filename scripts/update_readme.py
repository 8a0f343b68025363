"""Put what the commands print now into the README's transcripts.

python scripts/update_readme.py
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.test_readme import MAKE_DEMO, README, TRANSCRIPTS, run  # noqa: E402


def main() -> None:
    text = README
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "build").mkdir()
        (folder / "examples").symlink_to(ROOT / "examples")
        run(MAKE_DEMO, folder)
        for command, printed in TRANSCRIPTS:
            now = run(MAKE_DEMO if command == "make demo" else command, folder)
            text = text.replace(f"```console\n$ {command}\n{printed}```", f"```console\n$ {command}\n{now.strip()}\n```")
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
