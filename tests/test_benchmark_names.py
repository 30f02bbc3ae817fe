"""Benchmarks name what there is: they run once a night only, and a name that is gone ends them."""

import subprocess
import sys

import pytest

from graph import HOME

pytestmark = pytest.mark.unit

BENCHMARKS = HOME / "benchmarks"
NAMES = sorted(file.stem for file in BENCHMARKS.glob("*.py") if not file.stem.startswith("test_"))
# What is measured function by function is wrapped in the modules that look it up.
CHECK = """
import importlib, sys
for name in sys.argv[1:]:
    for module, wrapped in getattr(importlib.import_module(name), "WRAPPED", ()):
        if not hasattr(module, wrapped):
            sys.exit(f"{name} wraps {wrapped}, which {module.__name__} does not have")
"""


def test_each_benchmark_can_be_imported_and_wraps_what_there_is() -> None:
    assert "rebuild" in NAMES
    command = [sys.executable, "-c", CHECK, *NAMES]
    done = subprocess.run(command, cwd=BENCHMARKS, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
