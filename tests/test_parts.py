"""Parts and bytes: no damage to a kept part is believed; the same pages make the same bytes however they are built."""

import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from conftest import CORPUS, PAGE
from small_page import CLAIMS, SMALL, TEXT, create_home, small_page, snapshot

from build_graph import build
from graph.common.findings import Finding
from graph.pipeline import corpus
from graph.pipeline.cache import Cache
from graph.pipeline.digests import versions
from graph.pipeline.parts import PART, Facts, Part

pytestmark = pytest.mark.slow


def home_with_real_page(to: Path) -> Path:
    """A home with the real page alone."""
    shutil.copytree(CORPUS / PAGE, create_home(to) / "corpus" / PAGE)
    return to


def test_no_damage_to_a_part_is_believed(tmp_path: Path) -> None:
    facts = Facts(
        published_latest=date(2015, 1, 15),
        sentences=9,
        links=("event:a",),
        lines={"event:a": 2},
        findings=(Finding("a.yaml", 2, "odd", "warning"),),
    )
    part = Part("page", "0" * 24, facts, ["<a> <b> <c> ."])
    home_copy = part._replace(name="made again")

    def read() -> Part:
        return Cache(tmp_path).get_or_create(part.name, part.key, lambda: home_copy, PART)

    Cache(tmp_path).get_or_create(part.name, part.key, lambda: part, PART)
    assert read() == part
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    flipped = [
        whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for at in range(len(whole)) for bit in (0, 5)
    ]
    damaged = {
        *flipped,
        *(whole[:length] for length in range(len(whole))),
        whole + b"<x> <y> <z> .\n",
        b"5\n",
        b"[]\n",
    }
    believed = []
    for data in damaged:
        file.write_bytes(data)
        try:
            found = read()
        except Exception as error:
            believed.append((data, repr(error)))
        else:
            believed += [(data, "")] if found != home_copy else []
    assert believed == []


def test_versions_are_those_of_the_installed_libraries() -> None:
    names = ("edtf", "pydantic", "pyoxigraph", "pyshacl", "pyyaml", "rdflib")
    assert versions(*names) == [f"{name}-{version(name)}.dist-info" for name in names]


@pytest.mark.parametrize("words", ['"sentences": 9', "Participation", "sha256"])
def test_a_damaged_part_of_a_real_page_is_built_again(home_copy: Path, words: str) -> None:
    before, figures = snapshot(home_copy / "out"), build(home_copy)
    shutil.rmtree(home_copy / ".cache/builds")
    for file in (home_copy / ".cache/parts").iterdir():
        data = file.read_bytes()
        at = data.find(words.encode())
        file.write_bytes(data[: at + 1] + bytes([data[at + 1] ^ 1]) + data[at + 2 :])
    assert build(home_copy, home_copy / "out") == figures
    assert snapshot(home_copy / "out") == before


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\r"])
def test_a_page_with_odd_line_ends_is_built_the_same_from_its_part(home_copy: Path, odd: str) -> None:
    shutil.rmtree(home_copy / "corpus" / SMALL)
    small_page(home_copy, CLAIMS, TEXT.replace("I november arr", f"I november{odd}arr"))
    figures = build(home_copy, home_copy / "out")
    before = snapshot(home_copy / "out")
    assert build(home_copy, home_copy / "out") == figures
    assert snapshot(home_copy / "out") == before


def test_the_bytes_do_not_depend_on_the_hash_seed(built_home: Path, tmp_path: Path) -> None:
    builds = []
    for seed in ("1", "2"):
        home = Path(shutil.copytree(built_home, tmp_path / seed, ignore=shutil.ignore_patterns(".cache", "out")))
        command = [sys.executable, "-m", "graph", "build", "-q", "--home", str(home), "--out", str(home / "out")]
        builds.append((home, subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": seed})))
    for home, process in builds:
        assert process.wait(timeout=60) == 0
        assert snapshot(home / "out") == snapshot(built_home / "out")


def test_the_bytes_do_not_depend_on_the_order_of_entries(built: Path, tmp_path: Path) -> None:
    home = home_with_real_page(tmp_path / "home")
    file = home / "corpus" / PAGE / "claims.yaml"
    claims = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    file.write_text(
        yaml.safe_dump(_backwards(claims), allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8"
    )
    build(home, home / "out")
    assert snapshot(home / "out") == snapshot(built)


def _backwards(value: object) -> object:
    """Everything in the other order but lists of words."""
    if isinstance(value, dict):
        return {key: _backwards(value[key]) for key in reversed(value)}
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return [_backwards(item) for item in reversed(value)]
    return value


def test_the_bytes_do_not_depend_on_the_order_of_words_that_have_none(built: Path, tmp_path: Path) -> None:
    home = home_with_real_page(tmp_path / "home")
    file = home / "corpus" / PAGE / "claims.yaml"
    claims = file.read_text(encoding="utf-8")
    for old, new in (
        ("role: [participant, opener]", "role: [opener, participant]"),
        (
            "candidates: [{holder_of: statsminister}, {agent: laila-bokhari, as: statssekretaer-smk}]",
            "candidates: [{agent: laila-bokhari, as: statssekretaer-smk}, {holder_of: statsminister}]",
        ),
        ("topics: [radicalisation, violent-extremism]", "topics: [violent-extremism, radicalisation]"),
    ):
        assert old in claims
        claims = claims.replace(old, new)
    file.write_text(claims, encoding="utf-8")
    build(home, home / "out")
    assert snapshot(home / "out") == snapshot(built)


def test_pages_built_apart_make_the_same_bytes_as_pages_built_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, both = (
        home_with_real_page(tmp_path / "one"),
        create_home(tmp_path / "other"),
        create_home(tmp_path / "both"),
    )
    small_page(other)
    for home in (one, other):
        build(home)
        shutil.copytree(home / "corpus", both / "corpus", dirs_exist_ok=True)
    together = build(both, tmp_path / "together")
    shutil.rmtree(both / ".cache")
    for home in (one, other):
        shutil.copytree(home / ".cache", both / ".cache", dirs_exist_ok=True)

    def refuse(*_: object) -> Part:
        raise AssertionError("a part that was brought along is not used")

    monkeypatch.setattr(corpus, "page_part", refuse)
    monkeypatch.setattr(corpus, "concluded_part", refuse)
    assert build(both, tmp_path / "apart") == together
    assert snapshot(tmp_path / "apart") == snapshot(tmp_path / "together")
