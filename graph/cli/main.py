"""The program ``motegraf``: a group of commands that are imported when they are used."""

import os
import sys
from importlib import import_module

import click
from click.core import ParameterSource

from graph import __version__
from graph.cli import MODULES

CONTEXT = {"help_option_names": ["-h", "--help"]}
# Their help names the environment variables of their options: they run where nobody types a command.
_SHOWN_WITH_VARIABLES = ("serve",)
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

\b
Options can be set in the environment too, as MOTEGRAF_COMMAND_OPTION:
  MOTEGRAF_SERVE_PORT=8080 motegraf serve
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
        _name_variables(command, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names and help texts of the commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(80)) for name, command in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Exit with 130 where Ctrl-C ends it."""
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            _name_source(error)
            raise
        except KeyboardInterrupt:
            sys.exit(130)
        except click.Abort as error:
            # At a prompt click turns Ctrl-C into Abort; Abort without it means that there is no more input.
            if isinstance(error.__context__, KeyboardInterrupt):
                sys.exit(130)
            raise


def _name_variables(command: click.Command, name: str) -> None:
    """Let each option of a command be set by an environment variable, MOTEGRAF_SERVE_PORT for --port of serve.

    It has the name that the option has on the command line. Not by ``auto_envvar_prefix``: that takes the names of
    parameters in Python, and MOTEGRAF_VERSION, which a container may have, for the option --version.
    """
    for option in command.params:
        if isinstance(option, click.Option):
            flag = max(option.opts, key=len).lstrip("-").replace("-", "_")
            option.envvar = f"MOTEGRAF_{name}_{flag}".upper()
            if flag == "home":
                # One folder is usually meant for all commands.
                option.envvar = [option.envvar, "MOTEGRAF_HOME"]
            option.show_envvar = name in _SHOWN_WITH_VARIABLES


def _name_source(error: click.BadParameter) -> None:
    """Let the message about a value name the environment variable that it is from."""
    option, context = error.param, error.ctx
    if not (isinstance(option, click.Option) and context and option.name):
        return
    if context.get_parameter_source(option.name) is ParameterSource.ENVIRONMENT:
        names = [option.envvar] if isinstance(option.envvar, str) else option.envvar or ()
        variable = next((name for name in names if os.environ.get(name)), "")
        error.param_hint = f"the environment variable {variable} (option {max(option.opts, key=len)})"


if "_MOTEGRAF_COMPLETE" in os.environ:  # a shell asks
    import_module("graph.cli.shells").register_shells()


@click.group(cls=LazyGroup, commands=COMMANDS, context_settings=CONTEXT, epilog=_EPILOG)
@click.version_option(__version__, prog_name="motegraf")
def motegraf() -> None:
    """Møtegraf: who met whom, where, when, about what, and the sentence that says so."""
