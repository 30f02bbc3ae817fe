"""The interactive page of registers in parts: it shows what that of the same registers in the main files shows."""

import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from page_chunks import columns_of, payload_of, records_of
from test_identity_registers import decide

from build_graph import build
from graph.explorer.data import chunks, page_graph
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.workers import Processes

pytestmark = pytest.mark.slow

APART = RegisterOptions(accept_partial=True, most_rows=3)
WHOLE = APART._replace(whole_files=True)


@pytest.fixture
def home(four_registers: Path, tmp_path: Path) -> Path:
    """A home of its own with the four registers."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("corpus", "registry", "ontology"):
        (home / name).symlink_to((four_registers / name).resolve())
    shutil.copytree(four_registers / "registers", home / "registers")
    return home


def page(home: Path, options: RegisterOptions, **more: Any) -> bytes:
    shutil.rmtree(home / "build", ignore_errors=True)
    build(home, home / "build", options=options, **more)
    return (home / "build/explorer.html").read_bytes()


@pytest.fixture(params=["at once", "in chunks"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in chunks":
        monkeypatch.setattr(chunks, "MAX_AT_ONCE", 0)
        monkeypatch.setattr(page_graph, "MAX_AT_ONCE", 0)
    return str(request.param)


def assert_same(apart: bytes, whole: bytes) -> None:
    one, other = records_of(apart), records_of(whole)
    for table in ("entities", "ties"):
        assert one[table].keys() == other[table].keys()
        differ = {
            name: (one[table][name], other[table][name])
            for name in one[table]
            if one[table][name] != other[table][name]
        }
        assert differ == {}
    columns, others = columns_of(apart), columns_of(whole)
    assert columns.pools == others.pools
    for name in columns.arrays.keys() - {"arrival"}:
        assert columns.arrays[name] == others.arrays[name], name
    assert payload_of(apart)["summary"] == payload_of(whole)["summary"]
    assert payload_of(apart)["drawing"] == payload_of(whole)["drawing"]


def test_parts_show_what_main_files_show(home: Path, made: str) -> None:
    apart, whole = page(home, APART), page(home, WHOLE)
    assert (home / "build/motegraf.nq").exists()
    assert_same(apart, whole)
    assert len(records_of(apart)["entities"]) > 100
    assert (b'"claimsOfMain"' in apart) is (made == "in chunks")


def test_decisions_apply_in_parts_as_in_main_files(home: Path, made: str) -> None:
    whole = records_of(page(home, WHOLE))
    bodies = sorted(
        name for name, each in whole["entities"].items() if name.startswith("actor:") and each["kind"] == "body"
    )
    one = next(name for name in bodies if name.startswith("actor:eu-"))
    other = next(name for name in bodies if name.startswith("actor:uk-"))
    events = [each for each in whole["entities"].values() if each["kind"] == "event" and "." in each["id"]]
    # Two that nothing contradicts.
    first, second = next(
        (one, other)
        for one, other in combinations(events, 2)
        if all(one.get(key) == other.get(key) for key in ("earliest", "latest", "type", "status"))
    )
    decide(home, "same", one, other)
    decide(home, "same", next(name for name in bodies if name.startswith("actor:si-")), "organisation:ks")
    decide(home, "same", first["id"], second["id"])
    apart, joined = page(home, APART), page(home, WHOLE)
    assert_same(apart, joined)
    assert len(records_of(joined)["entities"]) < len(whole["entities"])


def test_any_number_of_processes_makes_the_same_page(home: Path) -> None:
    once = page(home, APART)
    shutil.rmtree(home / ".cache")
    with Processes(2) as workers:
        assert page(home, APART, workers=workers) == once
    # From the cache too.
    assert page(home, APART) == once
