"""What the benchmarks share: a figure with its bound, the table of them, CPU time, memory, and running a program."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generate import generate

from graph import HOME


@dataclass(frozen=True)
class Figure:
    """What was measured, as text with its unit; where there is a bound, a ratio that must not be above it."""

    what: str
    measured: str
    ratio: float | None = None
    bound: float | None = None

    @property
    def missed(self) -> bool:
        """The ratio is above its bound."""
        return self.ratio is not None and self.bound is not None and self.ratio > self.bound


def table(title: str, figures: Sequence[Figure]) -> str:
    """The figures as a table."""
    rows = [("", "measured", "ratio", "bound", "")]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
        bound = "" if figure.bound is None else f"{figure.bound:.3g}"
        rows.append((figure.what, figure.measured, ratio, bound, "" if not bound else "NOT" if figure.missed else "ok"))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = (
        "  ".join(
            cell.ljust(width) if column in (0, 4) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
    return "\n".join((title, *lines))


def exit_code(figures: Sequence[Figure]) -> int:
    """1 where some bound is missed."""
    return int(any(figure.missed for figure in figures))


@dataclass(frozen=True)
class Spent:
    """What a program took: CPU seconds (its own and the system's for it) and seconds on the clock."""

    cpu: float
    wall: float


def run(command: Sequence[str | Path], folder: Path, quiet: bool = False) -> Spent:
    """What a program took that is run to its end in that folder; it must succeed. It may keep its compiled modules.

    With ``quiet``, what it says of what it was given is not shown either.
    """
    errors = subprocess.DEVNULL if quiet else None
    words = [str(word) for word in command]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(words, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL, stderr=errors)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - begun)


def apart(program: str, *words: str | Path | int) -> Any:
    """What a program that prints JSON finds out in a process of its own, so that memory is that of nothing else.

    It may keep its compiled modules, as a program that people install does.
    """
    command = [sys.executable, program, *(str(word) for word in words)]
    return json.loads(subprocess.run(command, env=_environment(), check=True, stdout=subprocess.PIPE).stdout)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def peak_megabytes() -> float:
    """The most memory that this process has had so far, in MB (RSS).

    Linux tells it of the program itself; what ``getrusage`` has is as large as the parent was when the program began.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def home_with(folder: Path, *pages: str) -> Path:
    """A home below the folder, with the registry and ontology of this checkout and these of its pages."""
    for name in ("registry", "ontology", *(f"corpus/{page}" for page in pages)):
        shutil.copytree(HOME / name, folder / "home" / name)
    return folder / "home"


@contextmanager
def generated(pages: int, claims: int, seed: int = 1) -> Iterator[Path]:
    """A folder for a while, whose ``home`` has that many generated pages."""
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        generate(Path(folder) / "home", pages, claims, seed)
        yield Path(folder)
