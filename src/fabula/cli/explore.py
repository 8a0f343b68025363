"""`fabula explore`: a story in the browser."""

from __future__ import annotations

import contextlib
from typing import Annotated

import typer

from fabula.cli.options import LOG, StoryArgument, VerboseOption


def explore(
    story: StoryArgument,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="The port; if it is taken, the next one that is free.", show_default=False
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    _verbose: VerboseOption = False,
) -> None:
    """Read a story in the browser, with everybody in it at hand, and set right what is wrong.

    A server on this machine, for this machine alone; Ctrl-C ends it. Corrections go into STORY.toml, as those of `fabula correct`.
    """
    from fabula.cli.terminal import dim, escape_controls, stderr, stdout
    from fabula.web.front import require_front
    from fabula.web.server import PORT, serve
    from fabula.web.shelf import Shelf

    front = require_front()
    shelf = Shelf(story)
    terminal = stderr()

    def ready(address: str, once: str) -> None:
        terminal.paragraph(f"{shelf.title} is open at this address, on this machine alone; Ctrl-C ends it:")
        stdout().line(address)
        stdout().stream.flush()
        LOG.debug("serving %s", escape_controls(str(story)))
        if not no_browser:
            import webbrowser

            webbrowser.open(once)

    with contextlib.closing(shelf), contextlib.suppress(KeyboardInterrupt):
        serve(shelf, front, port=PORT if port is None else port, ready=ready)
    terminal.line(dim("closed"))
