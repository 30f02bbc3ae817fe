"""After any edit, a build that uses what is cached has the same bytes as one that begins with nothing."""

import random
import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from conftest import add_page
from pyoxigraph import RdfFormat
from small_page import CLAIMS, SMALL, linked_home, small_page, snapshot

from build_graph import build
from graph.explorer.data.queries import lookup_names
from graph.model.iris import BASE, prefixes_under
from graph.pipeline import block_cache, files
from graph.pipeline.block_cache import BUNDLE, MANY_LINES, blocks_of, describe
from graph.pipeline.cache import Cache
from graph.pipeline.files import connect_blocks
from graph.publish.blocks import serialize_block, split_into_blocks
from graph.publish.dataset_files import dataset_files
from graph.publish.void import add_counts, count_terms
from graph.rdf.serialize import (
    graph_key,
    in_reading_order,
    merge_graphs,
    rebase_quads,
    serialize_pretty,
    serialize_rdf,
)
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import iri

pytestmark = pytest.mark.slow

OTHER_BASE = "https://example.org/other/"
MONTHS = ("januar", "februar", "mars", "april", "mai", "juni")


@pytest.fixture
def rows(built: Path) -> list[str]:
    """The lines of the first page's build."""
    return (built / "motegraf.nq").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize("base", [BASE, OTHER_BASE])
def test_files_put_together_of_blocks_are_those_written_in_one_go(rows: list[str], base: str) -> None:
    quads = [*rebase_quads(in_reading_order(parse_nquads(rows)), base)]
    by_graph = sorted(quads, key=graph_key)
    prefixes = prefixes_under(base)
    whole = {
        "motegraf.ttl": serialize_pretty(merge_graphs(quads), RdfFormat.TURTLE, prefixes),
        "motegraf.trig": serialize_pretty(by_graph, RdfFormat.TRIG, prefixes),
        "motegraf.jsonld": serialize_rdf(by_graph, RdfFormat.JSON_LD) + b"\n",
    }
    blocks = [serialize_block(lines, base) for lines in split_into_blocks(rows)]
    made = dataset_files(blocks, [], base)
    for name, data in whole.items():
        assert b"".join(made[name]()) == data, name


def test_blocks_hold_every_line_once_and_subjects_whole(rows: list[str]) -> None:
    blocks = [*split_into_blocks(rows)]
    assert [row for block in blocks for row in block] == rows
    subjects = [{row.partition(" ")[0] for row in block} for block in blocks]
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    assert len(blocks) > 20


def test_counts_of_blocks_add_up(rows: list[str]) -> None:
    assert add_counts(map(count_terms, split_into_blocks(rows))) == count_terms(rows)


def test_stored_blocks_are_read_as_they_were(rows: list[str]) -> None:
    blocks = [describe(lines, BASE) for lines in split_into_blocks(rows)]
    assert BUNDLE.decode(BUNDLE.encode(blocks)) == blocks
    assert BUNDLE.decode(BUNDLE.encode(blocks[:1])) == blocks[:1]


def test_neighbouring_small_blocks_are_one_record(
    rows: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [*split_into_blocks(rows)]
    small = groupby(len(each) < MANY_LINES for each in lines)
    expected = sum(1 if is_small else len([*group]) for is_small, group in small)
    # No digest is a multiple of it: only large blocks end a bundle.
    monkeypatch.setattr(block_cache, "BLOCKS", 2**40 - 1)
    blocks = blocks_of(rows, BASE, Cache(tmp_path)).blocks
    assert [block.nquads.decode() for block in blocks] == ["\n".join([*each, ""]) for each in lines]
    assert len([*tmp_path.iterdir()]) == expected < len(blocks)


def test_where_a_line_is_added_few_records_change(rows: list[str], tmp_path: Path) -> None:
    assert blocks_of(rows, BASE, Cache(tmp_path)).blocks
    before = {*tmp_path.iterdir()}
    subject, rest = rows[len(rows) // 2].split(" ", 1)
    more = sorted([*rows, f"{subject[:-1]}.new> {rest}"])
    again = blocks_of(more, BASE, Cache(tmp_path)).blocks
    assert 1 <= len({*tmp_path.iterdir()} - before) <= 3
    assert {*rows} < {row for block in again for row in block.nquads.decode().split("\n")}


@pytest.mark.parametrize("base", [BASE, OTHER_BASE])
def test_lookups_of_a_large_graph_have_the_answers_of_the_whole_graph(
    rows: list[str], base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is decided about these pages, and a look-up reads decisions.
    decided = (iri(name) for name in ("person:anders-anundsen", "owl:differentFrom", "person:erna-solberg"))
    rows = sorted([*rows, f"{' '.join(map(str, decided))} {iri('graph:identity')} ."])
    blocks = blocks_of(rows, base, Cache(tmp_path)).blocks
    whole = connect_blocks(blocks, base)
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    large = connect_blocks(blocks, base)
    read = sum(end - begin for block in blocks for begin, end in block.described.spans())
    assert read < sum(len(block.nquads) for block in blocks) / 2
    for query in lookup_names():
        assert large(query) == whole(query)
        assert whole(query).rows


def test_where_a_line_is_added_few_blocks_change(rows: list[str]) -> None:
    before = {tuple(block) for block in split_into_blocks(rows)}
    for row in random.Random(1).sample(rows, 40):
        subject, rest = row.split(" ", 1)
        more = sorted([*rows, f"{subject[:-1]}.new> {rest}"])
        assert len({tuple(block) for block in split_into_blocks(more)} - before) <= 2


# --- whole builds after edits


def page(number: int, month: str, kind: str, event: str) -> tuple[str, str]:
    """A page about one meeting, with its claims."""
    sentence = f"I {month} 2015 arrangerte Haugesund kommune et {kind}."
    claims = f"""\
events:
  {event}:
    label: Møtet {event}
    kind: {"dialogue-meeting" if kind == "dialogmøte" else "meeting"}
    status: held
    when: {{edtf: 2015-0{MONTHS.index(month) + 1}, said: I {month} 2015}}
    quote: {sentence}
    participations:
      - {{agent: haugesund-kommune, role: organiser}}
no_claim:
  - {{quote: Referat {number}, reason: the title}}
"""
    return f"Referat {number}\n\n{sentence}", claims


def speakers(home: Path) -> int:
    """Return how many pages speak of the common event."""
    return sum("  felles:" in file.read_text(encoding="utf-8") for file in (home / "corpus").glob("*/claims.yaml"))


def edit(home: Path, chance: random.Random, number: int) -> set[str]:
    """Add, change or remove a page, or break one; some pages speak of one event, so that components join and split.

    Return which of these it was.
    """
    kinds, before = set(), speakers(home)
    pages = sorted(folder for folder in (home / "corpus").iterdir() if folder.name != SMALL)

    def write(name: str) -> None:
        event = "felles" if chance.random() < 0.4 else f"mote-{name}"
        # Who speaks of the common event says the same of it.
        month, kind = ("mai", "møte") if event == "felles" else (chance.choice(MONTHS), "dialogmøte")
        text, claims = page(number, month, kind, event)
        if chance.random() < 0.15:
            claims = claims.replace("role: organiser", "role: no-such-role")
            kinds.add("break")
        kinds.add("change" if (home / "corpus" / name).exists() else "add")
        shutil.rmtree(home / "corpus" / name, ignore_errors=True)
        add_page(home, name, text, claims, "2015-07-01")

    def remove(name: str) -> None:
        kinds.add("remove")
        shutil.rmtree(home / "corpus" / name)

    edits: list[Callable[[str], None]] = [write, remove] if len(pages) > 2 else [write]
    chosen = chance.choice(edits)
    chosen(chance.choice(pages).name if pages and (chosen is remove or chance.random() < 0.5) else f"side-{number}")
    if after := speakers(home):
        kinds |= {"join"} if after > max(before, 1) else {"split"} if after < before else set()
    return kinds


KINDS = {"add", "change", "remove", "break", "join", "split", "change the small page"}


@pytest.mark.slow
# Of both, each kind of edit comes of four steps.
@pytest.mark.parametrize("seed", [9, 10])
def test_after_random_edits_the_bytes_are_those_of_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    home, chance = linked_home(tmp_path), random.Random(seed)
    small_page(home)
    kinds = set[str]()
    for number in range(4):
        for _ in range(chance.randint(1, 3)):
            kinds |= edit(home, chance, number)
        if chance.random() < 0.3:
            kinds.add("change the small page")
            claims = CLAIMS.replace("Møte i Stavanger", f"Møte i Stavanger {number}")
            (home / "corpus" / SMALL / "claims.yaml").write_text(claims, encoding="utf-8")
        summary = build(home, tmp_path / "again", strict=False)
        parts = home / ".cache"
        parts.rename(tmp_path / "kept")
        assert build(home, tmp_path / "anew", strict=False) == summary
        assert snapshot(tmp_path / "again") == snapshot(tmp_path / "anew")
        shutil.rmtree(parts)
        shutil.rmtree(tmp_path / "anew")
        (tmp_path / "kept").rename(parts)
    assert kinds == KINDS
