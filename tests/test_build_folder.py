"""A folder of a build: what belongs to the build before goes with it."""

from pathlib import Path

import pytest

from graph.builds.folder import write_build
from graph.builds.manifest import EXPLORER_COLUMNS, EXPLORER_ROWS

pytestmark = pytest.mark.unit


def test_files_that_only_the_page_of_a_larger_build_asks_for_go_with_it(tmp_path: Path) -> None:
    out = tmp_path / "build"
    page = {"motegraf.nq": lambda: b"", "explorer.html": lambda: b"<html>"}
    large = {
        EXPLORER_COLUMNS: lambda: b"columns",
        EXPLORER_ROWS: lambda: b"rows",
        "part.r.0000.nq.zst": lambda: b"part",
    }
    write_build(out, page | large, {})
    assert {*large} <= {file.name for file in out.iterdir()}
    (out / "notes.txt").write_text("somebody's own", encoding="utf-8")
    write_build(out, page, {})
    assert {file.name for file in out.iterdir()} == {*page, "manifest.json", "notes.txt"}
