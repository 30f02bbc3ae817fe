"""Which build a command asks: the current one, or one of what was known on a day.

The latter is made below ``.cache/`` at the first question, and used again while its inputs are the same.
"""

from datetime import date
from pathlib import Path

from graph.builds.manifest import MANIFEST
from graph.cli.options import warn_of_left_out
from graph.common.progress import Progress
from graph.model.iris import BASE


def build_as_known_on(home: Path, day: date, progress: Progress) -> Path:
    """Return the folder of the build, made from everything as it is now. Raise FindingsError for mistakes in it."""
    from graph.pipeline.last_build import LastBuild

    folder = home / ".cache/as-known-on" / day.isoformat()
    last = LastBuild(home, folder, BASE, day)
    summary = last.summary(strict=False)
    if summary is None:
        from build_graph import build

        summary = build(home, folder, as_known_on=day, progress=progress, strict=False, last=last)
    warn_of_left_out(summary)
    return folder


def newer_source(build: Path, home: Path) -> Path | None:
    """Return a file that people wrote after the build was made, or None."""
    try:
        built_at = (build / MANIFEST).stat().st_mtime
    except OSError:
        return None
    patterns = ("corpus/*/*.*", "registry/**/*.*", "ontology/**/*.*")
    sources = (file for pattern in patterns for file in home.glob(pattern) if file.suffix != ".md")
    return next((file for file in sources if file.stat().st_mtime > built_at), None)
