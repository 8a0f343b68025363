"""The command `fabula`: data on stdout, everything else on stderr; exit 0 done, 2 it could not be done, 130 interrupted."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from typing import TextIO

DONE, FAILED, INTERRUPTED = 0, 2, 130


def main(args: Sequence[str] | None = None) -> int:
    """Run one command; `args` without the program's name, those of the process if None. Returns the exit status."""
    _prepare_streams()
    try:
        status = _run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        status = _streams_failed(error)
    if status == INTERRUPTED:
        _drop(sys.stdout)
    return status


def _run(args: Sequence[str] | None) -> int:
    from fabula.errors import FabulaError

    try:
        from fabula.cli.app import app

        status = app(args=args, prog_name="fabula", standalone_mode=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        raise BrokenPipeError(errno.EPIPE, "the reader is gone") from end  # typer's way to say so
    except FabulaError as error:
        return _explain(error.message, error.hint)
    except OSError as error:
        if _is_stream_fault(error):
            raise
        return _explain_unexpected(error)
    except Exception as error:  # noqa: BLE001  # what reaches a user is one line
        message = getattr(error, "format_message", None)  # a fault in what was typed
        return _explain_usage(error, message()) if message else _explain_unexpected(error)
    return status if isinstance(status, int) else DONE


def _prepare_streams() -> None:
    """What a stream cannot encode is written as an escape, so that no character of a book can end the program."""
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a test's stream, or one that is closed
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _explain(message: str, hint: str = "") -> int:
    from fabula.cli.terminal import Piece, Style, bold, stderr

    terminal = stderr()
    terminal.line(Piece("error: ", Style.RED), message)
    if hint:
        terminal.line(bold("hint: "), hint)
    return FAILED


def _explain_usage(error: Exception, message: str) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "fabula"
    message = message.replace("Value error, ", "")  # pydantic's words
    return _explain(message[:1].lower() + message[1:].rstrip("."), f"`{command} --help` says how it is used")


def _explain_unexpected(error: Exception) -> int:
    from fabula.cli.options import LOG

    if LOG.handlers:
        import traceback

        traceback.print_exception(error)
        return _explain(f"an unexpected {type(error).__name__}: a fault of fabula")
    # Its message may hold the book's words.
    return _explain(f"an unexpected {type(error).__name__}: a fault of fabula", "run it again with `-v` to see where it comes from")


def _is_stream_fault(error: OSError) -> bool:
    """Whether stdout failed rather than a file: its reader is gone, or the disk that it goes to is full."""
    gone = (errno.EPIPE, errno.ESHUTDOWN, *((errno.EINVAL,) if os.name == "nt" else ()))
    return error.filename is None and error.errno in (*gone, errno.ENOSPC, errno.EIO)


def _streams_failed(error: OSError) -> int:
    _drop(sys.stdout)
    if error.errno in (errno.ENOSPC, errno.EIO):
        return _explain(f"stdout cannot be written: {error.strerror}")
    return DONE  # `| head` has seen enough


def _drop(stream: TextIO) -> None:
    """Let nothing that is still held for a stream be written when the program ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


__all__ = ["main"]
