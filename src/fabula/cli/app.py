"""The commands, in the order in which `fabula --help` lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from fabula.cli import correct, doctor, explore, export, read, show, who
from fabula.cli.options import VerboseOption

app = typer.Typer(
    help="Read a long story in English prose into a model of its world that can be opened and asked. Nothing is sent anywhere.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from fabula import __version__
        from fabula.cli.terminal import stdout

        stdout().line(f"fabula {__version__}")
        raise typer.Exit


def _examples(*lines: str) -> str:
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


@app.callback(
    no_args_is_help=True,
    invoke_without_command=True,
    epilog=_examples(
        "fabula read emma.txt", 'fabula who emma.fabula "Mr. Knightley" --until 12', "fabula show emma.fabula quotes --of Emma"
    ),
)
def _fabula(
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
    _verbose: VerboseOption = False,
) -> None:
    pass


class _Command(TyperCommand):
    """A command whose usage line names its arguments as its help does: STORY, not {STORY}."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]


def _add(command: Callable[..., object], *examples: str) -> None:
    app.command(cls=_Command, epilog=_examples(*examples))(command)


_add(
    read.read,
    "fabula read emma.txt",
    "fabula read my-novel/ -o my-novel.fabula",
    'fabula read "Jane Eyre.epub" --json -q',
)
_add(
    show.show,
    "fabula show emma.fabula cast",
    "fabula show emma.fabula cast --min 20",
    "fabula show emma.fabula quotes --of Emma --until 12",
    "fabula show emma.fabula quotes --unsure",
    "fabula show emma.fabula voices",
    "fabula show emma.fabula chapters --csv > chapters.csv",
)
_add(
    who.who,
    "fabula who emma.fabula Emma",
    'fabula who emma.fabula "Mr. Knightley" --until 12',
    "fabula who emma.fabula the old woman",
    "fabula who emma.fabula Harriet --json",
)
_add(
    correct.correct,
    'fabula correct emma.fabula --merge "Miss Woodhouse" Emma',
    'fabula correct emma.fabula --split Knightley --names "John Knightley"',
    'fabula correct emma.fabula --rename Emma "Emma Woodhouse"',
    "fabula correct emma.fabula --group Coles --members Anne Tom",
    "fabula correct emma.fabula --speaker Emma --quote 12 15",
    'fabula correct emma.fabula --addressees Emma Tom --quote "Go home"',
    "fabula correct emma.fabula --list",
    "fabula correct emma.fabula --to quotes.csv --table quotes",
    "fabula correct emma.fabula --from quotes.csv",
)
_add(
    explore.explore,
    "fabula explore emma.fabula",
    "fabula explore emma.fabula --port 9000 --no-browser",
)
_add(
    export.export,
    "fabula export emma.fabula --to json -o emma.json",
    "fabula export emma.fabula --to json --until 12 | jq .characters",
    "fabula export emma.fabula --to glossary -o emma.csv",
    "fabula export emma.fabula --to glossary --min 5 --format md",
    "fabula export emma.fabula --to script -o emma-script.txt",
    "fabula export emma.fabula --to html -o emma/ --until 12",
)
_add(doctor.doctor, "fabula doctor")
