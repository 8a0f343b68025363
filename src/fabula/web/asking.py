"""What is asked for: the parameters of a request, and the body of one that corrects."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request

from fabula.web.faults import BadRequestError, NotUnderstoodError, TooLongError

MOST_AT_ONCE = 500  # passages or quotations in an answer
USUAL = 50  # if nobody says how many
LONGEST_BODY = 64 * 1024  # bytes; the longest correction that a page makes has some hundred
MOST_DIGITS = 9


class Asking:
    """The parameters of a request."""

    def __init__(self, request: Request) -> None:
        self._said = request.query_params
        self._path = request.path_params

    def index(self, name: str) -> int:
        """Out of the path."""
        return int(self._path[name])

    def text(self, name: str) -> str:
        return self._said.get(name, "")

    def number(self, name: str) -> int | None:
        """None if it is not there. Raises BadRequestError."""
        said = self.text(name)
        if not said:
            return None
        if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
            raise BadRequestError(f"`{name}` is a whole number, not `{said[:20]}`")
        return int(said)

    def needed(self, name: str) -> int:
        """Raises BadRequestError."""
        number = self.number(name)
        if number is None:
            raise BadRequestError(f"`{name}` is missing")
        return number

    def flag(self, name: str) -> bool:
        return self.text(name) not in ("", "0", "false")

    @property
    def page(self) -> tuple[int, int]:
        """From which on, and how many. Raises BadRequestError."""
        limit = self.number("limit")
        return self.number("offset") or 0, min(USUAL if limit is None else limit, MOST_AT_ONCE)


async def read_body(request: Request, kind: Any) -> Any:
    """The body of a request, as a struct of this kind. Raises NotUnderstoodError, TooLongError.

    Only what says that it is JSON: a form of another site, which may be sent without asking, cannot.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotUnderstoodError("a correction is sent as application/json")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise TooLongError(LONGEST_BODY)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = str(error)
        raise NotUnderstoodError(f"that is no correction: {said[:1].lower()}{said[1:]}") from error
