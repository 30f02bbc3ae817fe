"""The program ``motegraf``: a group of commands that are imported when they are used."""

import os
import sys
from importlib import import_module

import click

from graph import __version__
from graph.cli import MODULES

CONTEXT = {"help_option_names": ["-h", "--help"]}
_EPILOG = """\b
Words:
  actor     a person or a body (an organisation)
  event     a meeting, a conference, any gathering
  claim     what a source says, with the words that say it
  finding   an error, a warning or a question about a file, with its line
  certain   the sources say so; possible: they leave it open ("A or B came")

\b
Start with:
  motegraf build
  motegraf ask who_met_whom --proof
  motegraf explore
"""


MODULE_OF = {name: module for module, names in MODULES.items() for name in names}
# Name and help text of each command, without importing it.
COMMANDS = {name: click.Command(name, short_help=what) for names in MODULES.values() for name, what in names.items()}


class LazyGroup(click.Group):
    """Commands whose names and help texts are available before they are imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, imported now, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"graph.cli.{MODULE_OF[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names and help texts of the commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(80)) for name, command in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Exit with 130 where Ctrl-C ends it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(130)
        except click.Abort as error:
            # At a prompt click turns Ctrl-C into Abort; Abort without it means that there is no more input.
            if isinstance(error.__context__, KeyboardInterrupt):
                sys.exit(130)
            raise


if "_MOTEGRAF_COMPLETE" in os.environ:  # a shell asks
    import_module("graph.cli.shells").register_shells()


@click.group(cls=LazyGroup, commands=COMMANDS, context_settings=CONTEXT, epilog=_EPILOG)
@click.version_option(__version__, prog_name="motegraf")
def motegraf() -> None:
    """Møtegraf: who met whom, where, when, about what, and the sentence that says so."""
