"""The built front end: the files that the browser is given."""

from __future__ import annotations

from pathlib import Path

from fabula.errors import FabulaError

FRONT = Path(__file__).parent / "static"
INDEX = "index.html"


class NoFrontEndError(FabulaError):
    """This is a checkout in which nobody has built the pages."""

    def __init__(self) -> None:
        super().__init__("the pages of the explorer have not been built", "type `make explore`, which needs Node.js and npm")


def require_front() -> Path:
    """The folder of the built front end. Raises NoFrontEndError."""
    if not (FRONT / INDEX).is_file():
        raise NoFrontEndError
    return FRONT
