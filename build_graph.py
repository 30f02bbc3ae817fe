"""Builds the knowledge graph: corpus, registry and ontology -> build/. ``python build_graph.py --help`` says how."""

import runpy
import sys
from collections.abc import Set
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    # python build_graph.py ... is python -m graph build ..., which imports what follows when it needs it.
    sys.argv[1:1] = ["build"]
    runpy.run_module("graph", run_name="__main__")

from graph import HOME
from graph.builds.folder import write_build
from graph.common.findings import map_all
from graph.common.progress import Progress, no_progress
from graph.explorer import FILE, explorer
from graph.model.iris import BASE
from graph.pipeline.cache import Part, digest, digest_of_files, digest_of_program, forget_others, kept_or_made
from graph.pipeline.components import concluded_part, dossiers, known_on, page_part
from graph.pipeline.rules import read_rules
from graph.pipeline.shapes import read_shapes
from graph.pipeline.summary import Summary, summary
from graph.publish.dataset_files import dataset_files
from graph.publish.dcat import catalogue_file
from graph.publish.queries import extra_files
from graph.publish.void import count_terms
from graph.query.questions import questions_folder, read_questions
from graph.query.stores import connect_lines
from graph.rdf.serialize import rebase_nquads
from graph.rdf.statements import merge_nquads, read_ontology, to_nquads
from graph.registry.rdf import area_statements
from graph.sources.pages.context import read_background
from graph.sources.pages.read import page_folders


def build(
    home: Path = HOME,
    out: Path | None = None,
    base: str = BASE,
    as_known_on: date | None = None,
    progress: Progress = no_progress,
) -> Summary:
    """The folder ``out`` holds the graph of what pages published by that day say; without ``out``, only checked.

    Raises FindingsError, all of a run together, and then leaves ``out`` as it was.
    """
    # What everything is read against.
    against, ontology = read_background(home), read_ontology(home / "ontology")
    rules, shapes = read_rules(home / "ontology/rules"), read_shapes(home / "ontology/shapes.ttl")
    parts = home / ".cache/parts"
    program = digest(digest_of_program(), digest_of_files(home / "registry", home / "ontology"))

    def read(folder: Path, unknown: Set[str] = frozenset()) -> Part:
        key = digest(program, folder.name, digest_of_files(folder), *sorted(unknown))
        return kept_or_made(parts, folder.name, key, lambda key: page_part(folder, key, against, unknown))

    # Page by page: claims, our decisions, and the part of the registry they speak of.
    pages = map_all(progress("pages", page_folders(home / "corpus")), read)
    # As known on a day: the pages of that day, and nothing that only later ones name.
    known = known_on(pages, as_known_on, lambda page, unknown: read(home / "corpus" / page.name, unknown))
    # Dossier by dossier: what follows from pages that speak of the same events.
    concluded = map_all(
        progress("dossiers", dossiers(known)),
        lambda dossier: kept_or_made(
            parts,
            "dossier",
            digest(*(page.key for page in dossier)),
            lambda key: concluded_part(dossier, key, rules, shapes, ontology),
        ),
    )
    # All of it, as files.
    rows = merge_nquads([to_nquads(ontology)], (part.lines for part in (*known, *concluded)))
    if out is not None:
        day = as_known_on.isoformat() if as_known_on else None
        made = dataset_files(rows, area_statements(against.registry), base)
        questions = read_questions(questions_folder(home))
        made |= extra_files(questions, base, home)
        made[FILE] = lambda: explorer(
            connect_lines(rebase_nquads(rows, base)), home / "corpus", questions, home / "registry"
        )
        described = {"catalog.ttl": lambda files: catalogue_file(count_terms(rows), files, base, day)}
        write_build(out, made, {"base": base, "as_known_on": day}, described)
        if as_known_on is None:
            # What was known on a day is a part of what is known: the next whole build uses what this one did not.
            forget_others(parts, [*pages, *concluded])
    return summary(len(pages), known, rows)
