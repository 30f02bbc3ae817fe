"""Settings by environment: every option of every command has a variable, which means what the option means."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from graph.cli.main import COMMANDS, motegraf

pytestmark = pytest.mark.unit

# A value for each option whose type alone does not say which ones there are.
VALUES = {
    "--as-known-on": "2015-03-31",
    "--base-iri": "https://example.org/",
    "--contact": "post@graph.example.org",
    "--lang": "en",
    "--licence": "https://creativecommons.org/licenses/by/4.0/",
    "--public": "https://graph.example.org/",
    "--rows": "2-4",
    "--trust-proxy": "127.0.0.1",
}


def options() -> Iterator[tuple[str, click.Option]]:
    for name in COMMANDS:
        command = motegraf.get_command(click.Context(motegraf), name)
        assert command
        yield from ((name, option) for option in command.params if isinstance(option, click.Option))


OPTIONS = list(options())


def flag_of(option: click.Option) -> str:
    return max(option.opts, key=len)


def value_of(option: click.Option, folder: Path) -> str:
    if flag_of(option) in VALUES:
        return VALUES[flag_of(option)]
    kind = option.type
    if isinstance(kind, click.Choice):
        return str(kind.choices[-1])
    if isinstance(kind, click.IntRange | click.FloatRange):
        return str(kind.min + 1 if kind.min is not None else 1)
    if isinstance(kind, click.Path):
        (folder / "file").touch()
        return str(folder if kind.dir_okay else folder / "file")
    return "word"


def parsed(command: str, words: list[str]) -> dict[str, Any]:
    """Return what a command gets of these words and the environment."""
    found = motegraf.get_command(click.Context(motegraf), command)
    assert found
    return found.make_context(command, words, resilient_parsing=True).params


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=[f"{name} {flag_of(each)}" for name, each in OPTIONS])
def test_variable_means_what_the_option_means(
    command: str, option: click.Option, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = flag_of(option)
    value = "1" if option.is_flag else value_of(option, tmp_path)
    before = parsed(command, [])[option.name]
    # An option with two values takes them from one variable, with a space between.
    values = [] if option.is_flag else [value] * option.nargs
    value = " ".join(values) or value
    by_option = parsed(command, [flag, *values])[option.name]
    variable = f"MOTEGRAF_{command}_{flag.lstrip('-').replace('-', '_')}".upper()
    monkeypatch.setenv(variable, value)
    assert parsed(command, [])[option.name] == by_option != before
    monkeypatch.setenv(variable, "")
    assert parsed(command, [])[option.name] == before


def test_help_of_serve_names_its_variables() -> None:
    shown = re.sub(r"\s+", "", CliRunner().invoke(motegraf, ["serve", "--help"]).stdout)
    for command, option in OPTIONS:
        variable = option.envvar if isinstance(option.envvar, str) else option.envvar[0]
        assert (f"[envvar:{variable}" in shown) == (command == "serve")


@pytest.mark.parametrize("value", ["0", "no", "false", "off"])
def test_variable_of_a_switch_can_say_no(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTEGRAF_SERVE_LOG_QUERIES", value)
    assert parsed("serve", [])["log_queries"] is False


def test_one_variable_names_the_home_of_all_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTEGRAF_HOME", str(tmp_path))
    homes = {parsed(command, [])[option.name] for command, option in OPTIONS if flag_of(option) == "--home"}
    assert homes == {tmp_path}
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("MOTEGRAF_SERVE_HOME", str(tmp_path / "own"))
    assert (parsed("serve", [])["home"], parsed("build", [])["home"]) == (tmp_path / "own", tmp_path)


def test_variable_of_a_list_holds_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTEGRAF_SERVE_NAME", "graph.example.org  www.example.org")
    assert parsed("serve", [])["names"] == ("graph.example.org", "www.example.org")


def test_option_goes_before_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTEGRAF_SERVE_PORT", "1")
    assert parsed("serve", ["--port", "2"])["port"] == 2


@pytest.mark.parametrize(
    ("command", "variable", "value", "flag"),
    [
        ("serve", "MOTEGRAF_SERVE_PORT", "seventy", "--port"),
        ("serve", "MOTEGRAF_SERVE_LOG_QUERIES", "perhaps", "--log-queries"),
        ("serve", "MOTEGRAF_SERVE_NAME", "one.example two/three", "--name"),
        ("serve", "MOTEGRAF_SERVE_PUBLIC", "graph", "--public"),
        ("status", "MOTEGRAF_HOME", "none-at-all", "--home"),
        ("ask", "MOTEGRAF_ASK_FORMAT", "cvs", "--format"),
        ("build", "MOTEGRAF_BUILD_AS_KNOWN_ON", "today", "--as-known-on"),
    ],
)
def test_wrong_value_names_its_variable(
    command: str, variable: str, value: str, flag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    done = CliRunner().invoke(motegraf, [command])
    assert done.exit_code == 2
    assert f"the environment variable {variable} (option {flag})" in done.stderr
    # The value of a command line has no other variable named.
    monkeypatch.delenv(variable)
    done = CliRunner().invoke(motegraf, [command, flag, value] if flag != "--log-queries" else [command, "--rows", "x"])
    assert done.exit_code == 2
    assert "environment variable" not in done.stderr


@pytest.mark.parametrize("variable", ["MOTEGRAF_VERSION", "MOTEGRAF_HELP", "MOTEGRAF_ASK_HELP"])
def test_variables_of_containers_are_no_options(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = CliRunner().invoke(motegraf, ["ask", "--search", "place"]).stdout
    monkeypatch.setenv(variable, "1")
    assert CliRunner().invoke(motegraf, ["ask", "--search", "place"]).stdout == expected != ""
