"""Files: everything that a build writes, by name, as functions that make it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache as once
from pathlib import Path

from graph.builds.folder import Data, write_build
from graph.explorer import FILE, explorer
from graph.explorer.data.queries import lookup_names
from graph.model.iris import BASE
from graph.pipeline.block_cache import KeyedBlock, blocks_of, light_blocks
from graph.pipeline.cache import Cache
from graph.pipeline.parts import Part
from graph.publish.dataset_files import dataset_files, turtle_file
from graph.publish.dcat import FILE as CATALOGUE
from graph.publish.dcat import catalogue_file
from graph.publish.dcat_texts import LIGHT
from graph.publish.light import light_file
from graph.publish.queries import extra_files
from graph.publish.source_texts import FILE as TEXTS
from graph.publish.source_texts import source_texts
from graph.publish.void import FILE as VOID
from graph.publish.void import add_counts, void_file
from graph.query.questions import questions_folder, read_questions
from graph.query.results import QueryFn
from graph.query.stores import DATASET, connect_lines
from graph.rdf.serialize import rebase_nquads
from graph.rdf.statements import predicate_of
from graph.registry.rdf import area_statements
from graph.registry.records import Registry

# A graph of up to so many lines is loaded whole, in a fifth of a second.
MOST_AT_ONCE = 100_000


def connect_rows(rows: list[str], base: str) -> QueryFn:
    """Return a function that queries sorted N-Quads lines, their entities under a base IRI.

    Of a large graph the look-ups of the interactive page are answered from the lines alone that they can read, a third
    of all; whatever else is asked, the whole graph is loaded for, at the first time.
    """
    rebased = rebase_nquads(rows, base)
    if len(rebased) <= MOST_AT_ONCE:
        return connect_lines(rebased)
    names = lookup_names()
    read = set().union(*names.values())
    lookups = connect_lines(row for row in rebased if predicate_of(row) in read)
    whole = once(lambda: connect_lines(rebased))
    return lambda query: (lookups if query in names else whole())(query)


def write_files(
    home: Path,
    out: Path,
    pages: Sequence[Part],
    rows: list[str],
    run: QueryFn,
    cache: Cache,
    registry: Registry,
    base: str,
    as_known_on: date | None,
) -> dict[str, object]:
    """Write everything that a build holds into a folder, and return its manifest.

    ``pages`` are the sources in the graph, ``rows`` its sorted N-Quads lines, ``run`` queries
    these statements under the base IRI, ``cache`` has what was written of them before.
    Raise FindingsError where a ready question or the map is not as it must be.
    """
    keyed = [*blocks_of(rows, base, cache)]
    blocks = [each.described.block for each in keyed]
    details = {name: each for block in keyed for name, each in block.described.details.items()}
    day = as_known_on.isoformat() if as_known_on else None
    questions = read_questions(questions_folder(home))

    counts = add_counts(block.counts for block in blocks)
    files: Mapping[str, Callable[[], Data]] = {
        DATASET: lambda: _nquads_file(rows, keyed, base),
        **dataset_files(blocks, area_statements(registry), base),
        **extra_files(questions, base, home),
        FILE: lambda: explorer(run, home / "corpus", questions, home / "registry", registry, details),
        LIGHT: lambda: _light_file(rows, keyed, base, cache),
        VOID: lambda: void_file(counts, base),
        TEXTS: lambda: source_texts(home / "corpus", [page.name for page in pages]),
    }
    derived = {CATALOGUE: lambda files: catalogue_file(counts, files, base, day)}
    return write_build(out, files, {"base": base, "as_known_on": day}, derived)


def _nquads_file(rows: list[str], blocks: Sequence[KeyedBlock], base: str) -> Data:
    """Return the sorted N-Quads lines under a base IRI; ``blocks`` hold them as bytes, under our own."""
    if base == BASE:
        return [block.nquads for block in blocks]
    return "\n".join([*rebase_nquads(rows, base), ""]).encode()


def _light_file(rows: Sequence[str], blocks: Sequence[KeyedBlock], base: str, cache: Cache) -> Data:
    """Return the light dump; that of a large graph is put together of blocks, of which few change with a page."""
    if len(rows) <= MOST_AT_ONCE or base != BASE:
        return light_file(rows, base)
    return turtle_file(sorted(light_blocks(blocks, base, cache), key=lambda block: block.rank), base)
