"""Which build a command asks: the current one, or one of what was known on a day.

The latter is made below ``.cache/`` at the first question, and used again while its inputs are the same.
"""

from datetime import date
from pathlib import Path

from graph.builds.manifest import MANIFEST, verify_build
from graph.common.findings import FindingsError
from graph.common.progress import Progress


def build_as_known_on(home: Path, day: date, progress: Progress) -> Path:
    """Return the folder of the build of that day, made where needed. Raise FindingsError where the corpus is wrong."""
    from graph.pipeline.cache import digest, digest_of_files, digest_of_program
    from graph.query.questions import questions_folder

    inputs = digest(
        digest_of_program(),
        digest_of_files(home / "corpus", home / "registry", home / "ontology", questions_folder(home)),
    )
    folder = home / ".cache/as-known-on" / f"{day.isoformat()}.{inputs[:24]}"
    if not _is_whole(folder):
        import shutil

        from build_graph import build

        build(home, folder, as_known_on=day, progress=progress)
        for other in folder.parent.glob(f"{day.isoformat()}.*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    return folder


def _is_whole(folder: Path) -> bool:
    try:
        verify_build(folder)
    except FindingsError:
        return False
    return True


def newer_source(build: Path, home: Path) -> Path | None:
    """Return a file that people wrote after the build was made, or None."""
    try:
        built_at = (build / MANIFEST).stat().st_mtime
    except OSError:
        return None
    patterns = ("corpus/*/*.*", "registry/**/*.*", "ontology/**/*.*")
    sources = (file for pattern in patterns for file in home.glob(pattern) if file.suffix != ".md")
    return next((file for file in sources if file.stat().st_mtime > built_at), None)
