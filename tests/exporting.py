"""Run ``motegraf export`` as its tests do."""

from pathlib import Path

from click.testing import CliRunner, Result

from graph.__main__ import motegraf


def export(build: Path, *words: str) -> Result:
    """Return what the command did; it ended well."""
    done = CliRunner().invoke(motegraf, ["export", *words, "--build", str(build)])
    assert done.exit_code == 0, done.output
    return done


def left_out(build: Path, *words: str) -> list[str]:
    """Return what the command says that the file leaves out: its lines on stderr after the count of statements."""
    count, *lines = export(build, *words).stderr.splitlines()
    assert count.startswith("from ")
    return lines
