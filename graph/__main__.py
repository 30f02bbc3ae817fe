"""The command line: ``motegraf``, also ``python -m graph``. Exit codes: 0 done, 1 findings, 2 wrong use."""

import io
import sys
from importlib import import_module

import click

from graph import __version__
from graph.commands import MODULES

HELP = {"help_option_names": ["-h", "--help"]}


MODULE_OF = {name: module for module, names in MODULES.items() for name in names}


class Loading(click.Group):
    """A group that knows its commands by name, and imports each when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULE_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULE_OF:
            return None
        command = getattr(import_module(f"graph.commands.{MODULE_OF[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


# By these names a misspelt one is understood.
@click.group(cls=Loading, commands={name: click.Command(name) for name in MODULE_OF}, context_settings=HELP)
@click.version_option(__version__, prog_name="motegraf")
def motegraf() -> None:
    """Møtegraf: who met whom, where, when, about what, and the sentence that says so."""


def main() -> None:
    """The entry point. What is printed is UTF-8 whatever the console's code page: names have æ, ø and å."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    motegraf()


if __name__ == "__main__":
    main()
