"""Build, test and photograph the explorer's front end, with Node.js and npm.

    python scripts/front_end.py build         into src/fabula/web/static, unless what lies there is of these sources
    python scripts/front_end.py test          its checks, unit tests, and browser tests where Chromium is installed
    python scripts/front_end.py screenshots   docs/images/*.png
    python scripts/front_end.py measure STORY what a reader waits for, as JSON

Standard library only: the build of the package runs it, too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frontend"
BUILT = ROOT / "src" / "fabula" / "web" / "static"
STAMP = ROOT / "build" / "front-end.sha256"
OLDEST_NODE = (20, 19)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
NOT_BUILT_FROM = {"node_modules", "tests"}  # folders of `frontend/` that are no part of the pages
N_LINES = 15  # of what a failing command said


class CannotError(Exception):
    """What is missing, in one sentence."""


def main(arguments: Sequence[str]) -> int:
    commands = {"build": build, "test": test, "screenshots": screenshots, "measure": measure}
    try:
        commands[arguments[0]](*arguments[1:])
    except CannotError as error:
        print(f"the pages of the explorer: {error}", file=sys.stderr)
        return 1
    except (KeyError, IndexError, TypeError):
        print(__doc__, file=sys.stderr)
        return 2
    return 0


def build() -> None:
    """Raises CannotError."""
    if _said(STAMP) == _digest():
        return
    _install()
    _npm("run", "build", quiet=True)
    if not (BUILT / "index.html").is_file():
        raise CannotError(f"`npm run build` has written no {BUILT.relative_to(ROOT) / 'index.html'}")
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(_digest(), encoding="utf-8")


def test() -> None:
    """What cannot be run here is skipped, and it is said. Raises CannotError where something fails."""
    missing = _missing_tools()
    if missing:
        print(f"skipped: the tests of the explorer's pages ({missing})")
        return
    build()
    _npm("run", "check")
    _npm("test")
    browser = _find_browser()
    if browser is None:
        print("skipped: the explorer's tests in a browser (Chromium is not installed: `apt-get install chromium`)")
        return
    _npm("run", "test:browser", environment={"CHROMIUM": browser, "FABULA": _find_fabula()})


def screenshots() -> None:
    """Raises CannotError."""
    _run_script("screenshots.mjs", str(ROOT / "docs" / "images"))


def measure(story: str) -> None:
    """Raises CannotError."""
    _run_script("measure.mjs", str(Path(story).resolve()))


def _run_script(name: str, *arguments: str) -> None:
    build()
    browser = _find_browser()
    if browser is None:
        raise CannotError("Chromium is not installed: `apt-get install chromium`")
    command = [_find("node"), str(SOURCES / "tests" / name), *arguments]
    done = subprocess.run(command, cwd=SOURCES, env={**os.environ, "CHROMIUM": browser, "FABULA": _find_fabula()}, check=False)
    if done.returncode:
        raise CannotError(f"`node tests/{name}` has failed")


def _digest() -> str:
    """Of all that the build is made of, and of its first page, which names all others by their content."""
    digest = hashlib.sha256()
    for path in (*_sources(SOURCES), *BUILT.glob("index.html")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_BUILT_FROM:
            yield from _sources(path)
        elif path.is_file():
            yield path


def _said(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _install() -> None:
    """What the build needs, unless it is there already."""
    missing = _missing_tools()
    if missing:
        raise CannotError(f"{missing}; nodejs.org has it, and so have most systems")
    installed = SOURCES / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < (SOURCES / "package-lock.json").stat().st_mtime:
        _npm("ci", "--no-fund", "--no-audit", quiet=True)


def _missing_tools() -> str:
    """Which tool is missing, or too old; "" if none is."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return f"{'Node.js' if node is None else 'npm'} is not installed ({_wanted()} is needed)"
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    version = tuple(int(n) for n in said.removeprefix("v").split(".")[:2] if n.isdigit())
    return "" if version >= OLDEST_NODE else f"Node.js {said} is too old ({_wanted()} is needed)"


def _wanted() -> str:
    return f"Node.js {'.'.join(map(str, OLDEST_NODE))} or later, with npm,"


def _find(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        raise CannotError(f"{tool} is not installed")
    return found  # on Windows npm is npm.cmd


def _npm(*arguments: str, quiet: bool = False, environment: Mapping[str, str] | None = None) -> None:
    """Run npm in `frontend/`. quiet: what it says is shown only where it fails."""
    done = subprocess.run(
        [_find("npm"), *arguments],
        cwd=SOURCES,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        for line in (done.stdout or "").splitlines()[-N_LINES:]:
            print(f"  {line}", file=sys.stderr)
        raise CannotError(f"`npm {' '.join(arguments)}` has failed")


def _find_browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def _find_fabula() -> str:
    """The command of the Python that runs this."""
    beside = Path(sys.executable).parent / ("fabula.exe" if os.name == "nt" else "fabula")
    return os.environ.get("FABULA") or str(beside)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
