"""Build the knowledge graph: sources, registry and ontology -> build/. ``python build_graph.py --help`` says how."""

import runpy
import sys
from datetime import date
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    # python build_graph.py ... is motegraf build ..., also in its help; it imports what follows when it needs it.
    sys.argv[:1] = ["motegraf", "build"]
    runpy.run_module("graph", run_name="__main__")

from graph import HOME
from graph.common.collector import fewer_collections
from graph.common.findings import FindingsError
from graph.common.progress import Progress, no_progress
from graph.model.iris import BASE
from graph.pipeline.block_cache import merge_into_blocks
from graph.pipeline.cache import Cache
from graph.pipeline.corpus import Corpus
from graph.pipeline.files import connect_dataset, is_served, write_files
from graph.pipeline.identity import read_identity
from graph.pipeline.last_build import LastBuild
from graph.pipeline.register_options import DEFAULTS, RegisterOptions
from graph.pipeline.register_parts import register_parts
from graph.pipeline.registers import RegistersRun
from graph.pipeline.sorted_lines import merge_lines
from graph.pipeline.sources import read_sources
from graph.pipeline.summary import Summary, count_lines, summarize
from graph.pipeline.workers import IN_PROCESS, Workers
from graph.rdf.statements import read_ontology, to_nquads
from graph.sources.pages.read import read_background_of_pages


@fewer_collections()
def build(
    home: Path = HOME,
    out: Path | None = None,
    base: str = BASE,
    as_known_on: date | None = None,
    progress: Progress = no_progress,
    strict: bool = True,
    last: LastBuild | None = None,
    workers: Workers = IN_PROCESS,
    options: RegisterOptions = DEFAULTS,
) -> Summary:
    """Build the graph of what sources published by that day say into the folder ``out``; without ``out``, only check.

    Return its figures. Raise FindingsError with all findings of the run, and leave ``out`` as it was. Pages and
    registers with errors are left out and named unless ``strict``, as long as one can be built. ``last`` is the last
    build, if it is known; ``workers`` make parts in its stead.
    """
    last = last or LastBuild(home, out, base, as_known_on, *options.as_texts())
    if summary := last.summary(strict):
        return summary
    # What all sources are read against.
    background, ontology = read_background_of_pages(home), read_ontology(home / "ontology")
    cache = Cache(home / ".cache/parts", last.inputs.program)
    # Page by page, and register by register: what each claims, and what follows from it.
    corpus = Corpus(home, last.inputs, background, ontology, cache, as_known_on, progress, workers, options.complete)
    new_run = partial(RegistersRun, home, last.inputs, background, cache, workers, options, as_known_on, progress)
    read, registers, run, identity = read_sources(corpus, read_identity(home, background, as_known_on), new_run)
    pages = corpus.conclude(read, registers.joined)
    findings = [
        *pages.findings,
        *registers.findings,
        *identity.missing(read.renaming, registers.names, registers.renamed),
    ]
    left_out = len(pages.left_out) + len(registers.left_out)
    if (left_out or identity.contradicted) and (strict or left_out == read.folders + len(registers.folders)):
        raise FindingsError(findings)
    # All of it together, as files; what of registers is too large stays in parts.
    lines = (part.lines for part in (*pages.pages, *pages.joined, *pages.conclusions))
    several = [to_nquads(ontology), read.decided, *registers.lines, *lines]
    with register_parts(registers, run, base) as parts:
        figures = partial(summarize, read, pages, registers, findings, parts.figures)
        if out is None:
            return last.remember(figures(*count_lines(merge_lines(several, cache.folder))))
        page_parts = None if is_served(parts) else corpus.page_parts(pages)
        dataset = merge_into_blocks(several, base, cache, workers, page_parts is not None)
        query, counts = connect_dataset(dataset.blocks, page_parts, [read.decided, *registers.lines], base)
        summary = figures(dataset.statements, counts)
        written = pages.pages, dataset, query, cache, background.registry
        manifest = write_files(home, out, *written, base, as_known_on, parts, workers, page_parts)
    if as_known_on is None:
        # What was known on a day is a part of what is known: the next whole build uses what this one did not.
        cache.remove_unused()
    return last.remember(summary, manifest)
