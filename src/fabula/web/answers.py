"""Answers as HTTP has them."""

from __future__ import annotations

import msgspec
from starlette.responses import PlainTextResponse, Response

from fabula.errors import FabulaError
from fabula.web.faults import status_of
from fabula.web.payloads import Problem

_NEVER_KEPT = {"cache-control": "no-store"}


def answer(payload: object, status: int = 200) -> Response:
    """A payload as JSON, which no cache keeps."""
    return Response(msgspec.json.encode(payload), status, _NEVER_KEPT, "application/json")


def problem(status: int, error: str, hint: str = "") -> Response:
    return answer(Problem(error, hint or None), status)


def problem_of(error: FabulaError) -> Response:
    """What was wrong, as the library says it."""
    return problem(status_of(error), error.message, error.hint)


def words(status: int, said: str) -> Response:
    return PlainTextResponse(said, status, _NEVER_KEPT)


def redirect(path: str, cookie: str) -> Response:
    return Response(None, 303, {"location": path, "set-cookie": cookie, **_NEVER_KEPT})
