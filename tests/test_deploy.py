"""What ``deploy/`` has besides proxies: image, composition, unit and settings, checked by their tools."""

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml

from graph import HOME
from graph.cli.main import motegraf

DEPLOY = HOME / "deploy"
UNIT = "motegraf.service"
pytestmark = pytest.mark.unit


class Instruction(NamedTuple):
    """An instruction of a Dockerfile, with its words."""

    name: str
    words: str


def instructions() -> list[Instruction]:
    """Return the instructions of the Dockerfile, lines that go on joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", "").splitlines()
    return [Instruction(*line.split(None, 1)) for line in lines if line]


def values(name: str) -> list[str]:
    return [each.words for each in instructions() if each.name == name]


def needed(program: str, in_ci: bool = True) -> str:
    """Return the path of a program. Where it is missing, the test is skipped; where CI must have it, it fails there."""
    path = shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))
    if path is None:
        if in_ci and os.environ.get("CI"):
            pytest.fail(f"there is no {program}, and CI must have one")
        pytest.skip(f"there is no {program}; CONTRIBUTING.md says where to get it")
    return path


# The image


@pytest.mark.slow
def test_linter_finds_nothing_in_the_dockerfile() -> None:
    done = subprocess.run([needed("hadolint", in_ci=False), DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_image_runs_as_nobody_in_particular_and_says_whether_it_is_ready() -> None:
    assert values("USER") == ["10001"]
    # Nothing is run, copied or set up after that but the program.
    after = [each.name for each in instructions()][[each.name for each in instructions()].index("USER") :]
    assert after == ["USER", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"]
    assert values("HEALTHCHECK")[0].endswith('CMD ["python", "-m", "graph.server.probe"]')
    assert values("ENTRYPOINT") + values("CMD") == ['["motegraf"]', '["serve"]']


def test_image_names_no_registry_and_pins_what_it_installs() -> None:
    assert values("ARG") == ["PYTHON=python:3.13-slim"]
    assert values("FROM") == ["${PYTHON} AS build", "${PYTHON}"]
    installs = [step for run in values("RUN") for step in run.split("&&") if "pip install" in step]
    assert len(installs) == 2
    assert [step for step in installs if "-c constraints.txt" not in step and "--no-deps" not in step] == []
    for file in DEPLOY.iterdir():
        hosts = re.findall(r"(?:https?://|image: )([\w.-]+\.[a-z]{2,})", file.read_text(encoding="utf-8"))
        assert {host for host in hosts if not host.endswith("example.org")} == set()


def sent_to_the_builder() -> set[str]:
    """Return the names at the top of a clone that ``.dockerignore`` lets through."""
    lines = (HOME / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    names = {path.name for path in HOME.iterdir()}
    kept = set()
    for name in names:
        matching = [rule for rule in rules if fnmatch.fnmatch(name, rule.removeprefix("!"))]
        if not matching or matching[-1].startswith("!"):
            kept.add(name)
    return kept


def test_image_has_what_it_needs_and_nothing_else() -> None:
    assert sent_to_the_builder() == {
        *("build_graph.py", "constraints.txt", "pyproject.toml", "README.md", "LICENSE"),
        *("corpus", "docs", "graph", "ontology", "queries", "registry"),
    }


def test_settings_of_the_image_are_settings_of_the_program() -> None:
    set_there = {word.partition("=")[0] for each in values("ENV") for word in shlex.split(each)}
    assert set_there - variables() == {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def variables() -> set[str]:
    """Return the environment variables of serve and build."""
    context = click.Context(motegraf)
    commands = [motegraf.get_command(context, name) for name in ("serve", "build")]
    names = [option.envvar for command in commands if command for option in command.params]
    return {each for name in names for each in ([name] if isinstance(name, str) else name or [])}


# Its composition, and the settings under systemd


def test_composition_uses_the_image_and_settings_that_there_are() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    server, proxy = composed["services"]["motegraf"], composed["services"]["caddy"]
    assert (DEPLOY / server["build"]["context"]).resolve() == HOME
    assert (HOME / server["build"]["dockerfile"]).exists()
    assert set(server["environment"]) - variables() == set()
    assert (server["read_only"], server["cap_drop"], "ports" in server) == (True, ["ALL"], False)
    # Only what is in this network is believed, and the proxy is.
    [network] = composed["networks"].values()
    assert network["ipam"]["config"] == [{"subnet": server["environment"]["MOTEGRAF_SERVE_TRUST_PROXY"]}]
    assert server["networks"] == proxy["networks"] == ["proxied"]
    for mounted in proxy["volumes"]:
        source = mounted.partition(":")[0]
        assert source in composed["volumes"] or (DEPLOY / source).exists()
    used = re.findall(r"\{\$(\w+)", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    assert set(proxy["environment"]) == set(used)


def test_settings_file_of_the_unit_is_understood() -> None:
    lines = (DEPLOY / "motegraf.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(given) - variables() == set()
    command = motegraf.get_command(click.Context(motegraf), "serve")
    assert command
    for name, value in given.items():
        flag = name.removeprefix("MOTEGRAF_SERVE_").lower().replace("_", "-")
        command.make_context("serve", [f"--{flag}", shlex.split(value)[0]])


# The unit


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Return the unit, with the program of this environment, which need not be where the unit's is."""
    text = (DEPLOY / UNIT).read_text(encoding="utf-8")
    program = "/srv/motegraf/.venv/bin/motegraf"
    assert text.count(program) == 1
    own = shutil.which("motegraf", path=str(Path(sys.executable).parent)) or sys.executable
    (tmp_path / UNIT).write_text(text.replace(program, own), encoding="utf-8")
    return tmp_path / UNIT


@pytest.mark.slow
def test_systemd_understands_the_unit(unit: Path) -> None:
    command = [needed("systemd-analyze"), "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT in line]) == (0, [])


@pytest.mark.slow
def test_systemd_finds_the_unit_safe(unit: Path) -> None:
    """The exposure is a number from 0 to 10; an ordinary unit has 9.6."""
    command = [needed("systemd-analyze"), "security", "--offline=true", "--threshold=15", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert re.search(r"Overall exposure level for motegraf\.service: (0|1)\.\d OK", done.stdout), done.stdout


def test_unit_allows_what_the_server_needs() -> None:
    """Sockets of the web and of the service manager, and a temporary folder for snapshots."""
    text = (DEPLOY / UNIT).read_text(encoding="utf-8")
    settings = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    assert set(settings["RestrictAddressFamilies"].split()) == {"AF_INET", "AF_INET6", "AF_UNIX"}
    assert (settings["Type"], settings["PrivateTmp"], settings["ExecReload"]) == (
        "notify",
        "yes",
        "/bin/kill -HUP $MAINPID",
    )
