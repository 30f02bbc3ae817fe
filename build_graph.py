"""Build the knowledge graph: corpus, registry and ontology -> build/. ``python build_graph.py --help`` says how."""

import runpy
import sys
from collections.abc import Set
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    # python build_graph.py ... is motegraf build ..., also in its help; it imports what follows when it needs it.
    sys.argv[:1] = ["motegraf", "build"]
    runpy.run_module("graph", run_name="__main__")

from graph import HOME
from graph.common.collector import fewer_collections
from graph.common.findings import FindingsError, collect
from graph.common.progress import Progress, no_progress
from graph.model.iris import BASE
from graph.pipeline.block_cache import blocks_of
from graph.pipeline.cache import Cache
from graph.pipeline.components import conclude_all, concluded_part, pages_published_by
from graph.pipeline.digests import digest
from graph.pipeline.files import connect_blocks, write_files
from graph.pipeline.last_build import LastBuild
from graph.pipeline.merging import check_merged, give_one_label
from graph.pipeline.pages import page_part
from graph.pipeline.parts import PART, Part
from graph.pipeline.rules import read_rules
from graph.pipeline.shapes import read_shapes
from graph.pipeline.summary import Summary, summarize
from graph.rdf.statements import merge_nquads, read_ontology, to_nquads
from graph.sources.pages.read import page_folders, read_background_of_pages


@fewer_collections()
def build(
    home: Path = HOME,
    out: Path | None = None,
    base: str = BASE,
    as_known_on: date | None = None,
    progress: Progress = no_progress,
    strict: bool = True,
    last: LastBuild | None = None,
) -> Summary:
    """Build the graph of what pages published by that day say into the folder ``out``; without ``out``, only check.

    Return its figures. Raise FindingsError with all findings of the run, and leave ``out`` as it was. Pages with errors
    are left out and named unless ``strict``, as long as one can be built. ``last`` is the last build, if it is known.
    """
    last = last or LastBuild(home, out, base, as_known_on)
    if summary := last.summary(strict):
        return summary
    # What every page is read against.
    background, ontology = read_background_of_pages(home), read_ontology(home / "ontology")
    rules, shapes = read_rules(home / "ontology/rules"), read_shapes(home / "ontology/shapes.ttl")
    cache = Cache(home / ".cache/parts", last.inputs.program)

    def read(folder: Path, unknown: Set[str] = frozenset()) -> Part:
        key = last.inputs.page_key(folder.name, *sorted(unknown))
        return cache.get_or_create(folder.name, key, lambda: page_part(folder, key, background, unknown), PART)

    def conclude(pages: list[Part]) -> Part:
        key = digest(*(page.key for page in pages))
        return cache.get_or_create("component", key, lambda: concluded_part(pages, key, rules, shapes, ontology), PART)

    # Page by page: claims, our decisions, and the part of the registry they speak of.
    folders = page_folders(home / "corpus")
    pages, errors = check_merged(*collect(progress("pages", folders), read), ontology)
    # As known on a day: the pages of that day, and nothing that only later ones name.
    published = pages_published_by(pages, as_known_on, lambda page, unknown: read(home / "corpus" / page.name, unknown))
    published, renamed = give_one_label(published)
    # Component by component: what follows from pages that speak of the same events.
    concluded = conclude_all(published, conclude, progress)
    findings = [*errors, *renamed, *(each for page in pages for each in page.facts.findings), *concluded.findings]
    left_out = {folder.name for folder in folders} - {page.name for page in pages} | concluded.left_out
    if left_out and (strict or len(left_out) == len(folders)):
        raise FindingsError(findings)
    # All of it together, as files.
    rows = merge_nquads([to_nquads(ontology)], (part.lines for part in (*concluded.pages, *concluded.conclusions)))
    if out is None:
        return last.remember(summarize(len(folders), concluded.pages, rows, left_out, findings))
    blocks = [*blocks_of(rows, base, cache)]
    run = connect_blocks(blocks, base)
    summary = summarize(len(folders), concluded.pages, rows, left_out, findings, run)
    manifest = write_files(home, out, concluded.pages, rows, blocks, run, cache, background.registry, base, as_known_on)
    if as_known_on is None:
        # What was known on a day is a part of what is known: the next whole build uses what this one did not.
        cache.remove_unused()
    return last.remember(summary, manifest)
