"""What can be wrong with a request, and how HTTP says it."""

from __future__ import annotations

from fabula.errors import CorrectionsError, FabulaError, LookupFailedError, NotReadError


class BadRequestError(FabulaError):
    """A parameter of an address is not what it should be."""


class NotUnderstoodError(FabulaError):
    """A body is no correction, or one that cannot be meant."""


class TooLongError(FabulaError):
    """A body is longer than any correction."""

    def __init__(self, most: int) -> None:
        super().__init__(f"that is too long: no more than {most:,} bytes are read")


class ChangedError(FabulaError):
    """A page speaks of a version of the story that is no longer there."""

    def __init__(self) -> None:
        super().__init__("the story has changed since this page was made", "look at it again, and correct what is still wrong")


class NoSuchPersonError(LookupFailedError):
    """Nobody has this id, as far as has been read."""

    def __init__(self, id_: int) -> None:
        super().__init__(f"there is nobody numbered {id_} in what has been read", "the story may have changed: load the page again")


def status_of(error: FabulaError) -> int:
    """
    >>> status_of(NoSuchPersonError(7)), status_of(FabulaError("the disk is full"))
    (404, 500)
    """
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


# The first that fits.
_STATUSES: tuple[tuple[type[FabulaError], int], ...] = (
    (BadRequestError, 400),
    (TooLongError, 413),
    (NotUnderstoodError, 422),
    (ChangedError, 409),
    (CorrectionsError, 409),
    (NotReadError, 409),
    (LookupFailedError, 404),
)
