"""Code is as the linter, the formatter and the type checker want it."""

import subprocess
import sys

import pytest

from graph import HOME


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join)
def test_the_tools_have_nothing_to_say(tool: list[str]) -> None:
    ran = subprocess.run([sys.executable, "-m", *tool], cwd=HOME, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
