"""Files: everything that a build writes, by name, as functions that make it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache as once
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from graph.builds.folder import Data, FileInfo, write_build
from graph.builds.manifest import DATASET, EXPLORER_COLUMNS, EXPLORER_ROWS, PARTS
from graph.builds.parts import list_parts
from graph.common.lines import join_lines, split_lines
from graph.explorer import FILE, explorer
from graph.explorer.data.chunks import MAX_MEETINGS
from graph.explorer.data.queries import Details, lookup_names
from graph.model.iris import BASE
from graph.pipeline.block_cache import Blocks, KeyedBlock, choose_of, light_blocks
from graph.pipeline.cache import Cache
from graph.pipeline.parts import Part
from graph.pipeline.register_parts import NONE, RegisterParts
from graph.pipeline.workers import IN_PROCESS, Workers
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
from graph.query.counts import Counts, add_entities, count_entities
from graph.query.questions import questions_folder, read_questions
from graph.query.results import QueryFn
from graph.query.stores import connect_lines, connect_pieces
from graph.rdf.serialize import rebase_nquads
from graph.registry.rdf import area_statements
from graph.registry.records import Registry

if TYPE_CHECKING:
    from graph.pipeline.component_pages import PageParts

# A graph of up to so many lines is loaded whole, in a fifth of a second.
MOST_AT_ONCE = 100_000


def connect_dataset(
    blocks: Sequence[KeyedBlock], page_parts: "PageParts | None", of_main: Iterable[Iterable[str]], base: str
) -> tuple[QueryFn, Counts]:
    """Return a function that queries the dataset of these blocks, and how many there are of what in it.

    Where pages are in parts it queries what is not: lines of blocks, and those of registers and decisions, ``of_main``.
    """
    if page_parts is None:
        run = connect_blocks(blocks, base)
        return run, count_entities(run)
    run = _connect(chain(_looked_up(blocks), map(join_lines, of_main)), base)
    return run, add_entities(count_entities(run), page_parts.counts)


def connect_blocks(blocks: Sequence[KeyedBlock], base: str) -> QueryFn:
    """Return a function that queries the dataset of these blocks, its entities under a base IRI.

    Of a large graph the look-ups of the interactive page are answered from the lines alone that they can read, a third
    of all; whatever else is asked, the whole graph is loaded for, at the first time.
    """
    whole = once(lambda: _connect((block.nquads for block in blocks), base))
    if sum(block.described.statements for block in blocks) <= MOST_AT_ONCE:
        return whole()
    names = lookup_names()
    lookups = _connect(_looked_up(blocks), base)
    return lambda query: (lookups if query in names else whole())(query)


def _looked_up(blocks: Iterable[KeyedBlock]) -> Iterator[bytes]:
    for block in blocks:
        nquads = block.nquads
        yield from (nquads[begin:end] for begin, end in block.described.spans())


def _connect(nquads: Iterable[bytes], base: str) -> QueryFn:
    """Return a function that queries N-Quads in pieces, their entities under a base IRI."""
    if base == BASE:
        return connect_pieces(nquads)
    return connect_lines(rebase_nquads(split_lines(b"".join(nquads)), base))


def write_files(
    home: Path,
    out: Path,
    pages: Sequence[Part],
    dataset: Blocks,
    run: QueryFn,
    cache: Cache,
    registry: Registry,
    base: str,
    as_known_on: date | None,
    registers: RegisterParts = NONE,
    workers: Workers = IN_PROCESS,
    page_parts: "PageParts | None" = None,
) -> dict[str, object]:
    """Write everything that a build holds into a folder, and return its manifest.

    ``pages`` are the sources in the graph, ``dataset`` its statements, ``run`` queries them under the base IRI,
    ``cache`` has what was written of them before, ``workers`` write what changed. ``registers`` are in parts, and for
    the interactive page ``page_parts`` too, which ``run`` does not query.
    Raise FindingsError where a ready question or the map is not as it must be.
    """
    blocks = dataset.blocks
    serialized = [each.described.block for each in blocks]
    day = as_known_on.isoformat() if as_known_on else None
    questions = read_questions(questions_folder(home))

    counts = add_counts([dataset.counts, *registers.terms])
    files: dict[str, Callable[[], Data]] = {
        DATASET: lambda: _nquads_file(blocks, base),
        **dataset_files(serialized, area_statements(registry), base),
        **extra_files(questions, base, home),
        FILE: lambda: explorer(
            *(run, home / "corpus", questions, home / "registry", registry),
            details=_details_of(blocks) if page_parts is None else None,
            parts=[*(page_parts.pages if page_parts else ()), *registers.pages()],
            base=base,
            counts=add_entities(registers.figures.counts, *([page_parts.counts] if page_parts else [])),
        ),
        LIGHT: _begin_light_file(dataset, base, cache, workers),
        VOID: lambda: void_file(counts, base),
        TEXTS: lambda: source_texts(home / "corpus", [page.name for page in pages]),
    }
    if is_served(registers):
        files |= _served_files(run, home, registers, registry, blocks, base)
    derived: dict[str, Callable[[Mapping[str, FileInfo]], Data]] = {}
    if registers.parts:
        files |= {part.file: part.read for part in registers.parts}
        derived[PARTS] = lambda files: list_parts(registers.parts, files)
    derived[CATALOGUE] = lambda files: catalogue_file(counts, files, base, day)
    return write_build(out, files, {"base": base, "as_known_on": day}, derived)


def is_served(registers: RegisterParts) -> bool:
    """Return whether registers have more meetings than an interactive page can hold, so that it asks a server."""
    return registers.figures.counts.events > MAX_MEETINGS


def _served_files(
    run: QueryFn,
    home: Path,
    registers: RegisterParts,
    registry: Registry,
    blocks: Iterable[KeyedBlock],
    base: str,
) -> dict[str, Callable[[], Data]]:
    """Return the interactive page of a graph that no file can hold, and the files that it asks of a server."""
    # Here, not above: few builds have so many meetings.
    from graph.explorer.served import ServedPage, pieces_in, served_page

    @once
    def made() -> ServedPage:
        where = home / "corpus", registers.segments(), registers.folder
        of_registry = home / "registry", registry
        return served_page(run, *where, registers.figures.counts, *of_registry, _details_of(blocks), base)

    return {
        FILE: lambda: made().page,
        EXPLORER_COLUMNS: lambda: pieces_in(made().files.columns),
        EXPLORER_ROWS: lambda: pieces_in(made().files.rows),
    }


def _details_of(blocks: Iterable[KeyedBlock]) -> dict[str, Details]:
    return {name: each for block in blocks for name, each in block.details().items()}


def _nquads_file(blocks: Sequence[KeyedBlock], base: str) -> Data:
    """Return the sorted N-Quads lines under a base IRI; ``blocks`` hold them under our own."""
    if base == BASE:
        return (block.nquads for block in blocks)
    return join_lines(rebase_nquads([*_rows(blocks)], base))


def _begin_light_file(dataset: Blocks, base: str, cache: Cache, workers: Workers) -> Callable[[], Data]:
    """Return a function that gives the light dump. Workers begin to make that of a large graph at once.

    Else they would wait while the other files are written and the interactive page is made.
    """
    make = partial(_light_file, dataset, base, cache, workers)
    if workers.jobs == 1 or dataset.statements <= MOST_AT_ONCE:
        return make
    # Here, not above: few builds have so much to do.
    from concurrent.futures import ThreadPoolExecutor

    threads = ThreadPoolExecutor(1)
    made = threads.submit(make)
    threads.shutdown(wait=False)
    return made.result


def _light_file(dataset: Blocks, base: str, cache: Cache, workers: Workers) -> Data:
    """Return the light dump; that of a large graph is put together of blocks, of which few change with a page."""
    blocks = dataset.blocks
    if dataset.statements <= MOST_AT_ONCE or base != BASE:
        return light_file([*_rows(blocks)], base, choose_of(blocks))
    return turtle_file(sorted(light_blocks(blocks, base, cache, workers), key=lambda block: block.rank), base)


def _rows(blocks: Iterable[KeyedBlock]) -> Iterator[str]:
    for block in blocks:
        yield from block.lines
