"""The corpus in a build: each page is made a part, and what pages say together is concluded; the parts are kept."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from graph.common.findings import Finding, collect
from graph.common.progress import Progress
from graph.model.identity import Decisions
from graph.pipeline.cache import Cache
from graph.pipeline.components import conclude_all, concluded_part, pages_published_by
from graph.pipeline.digests import Inputs, digest
from graph.pipeline.identity import Identity
from graph.pipeline.merging import check_merged, give_one_label
from graph.pipeline.pages import page_part
from graph.pipeline.parts import PART, Part
from graph.pipeline.renaming import Renaming
from graph.pipeline.rules import read_rules
from graph.pipeline.shapes import read_shapes
from graph.sources.pages.context import Background
from graph.sources.pages.read import page_folders


@dataclass(frozen=True, slots=True)
class BuiltPages:
    """What the pages of a corpus bring: the parts of those that went in, what follows from them, and all findings.

    ``folders`` are how many pages there are; ``left_out`` those with errors. ``decided`` is published of decisions,
    by which ids are replaced (``renaming``).
    """

    folders: int
    pages: Sequence[Part]
    conclusions: Sequence[Part]
    left_out: Set[str]
    findings: list[Finding]
    decided: list[str]
    renaming: Renaming


def build_pages(
    home: Path,
    inputs: Inputs,
    background: Background,
    ontology: list[Quad],
    cache: Cache,
    as_known_on: date | None,
    progress: Progress,
    identity: Identity | None = None,
) -> BuiltPages:
    """Return what the pages of a home bring that were published by a day.

    What ``identity`` says is one thing is one. Raise FindingsError where there is neither a corpus nor a register.
    """
    rules, shapes = read_rules(home / "ontology/rules"), read_shapes(home / "ontology/shapes.ttl")

    def read(folder: Path, unknown: Set[str] = frozenset()) -> Part:
        key = inputs.page_key(folder.name, *sorted(unknown))
        return cache.get_or_create(folder.name, key, lambda: page_part(folder, key, background, unknown), PART)

    def conclude(pages: list[Part]) -> Part:
        key = digest(*(page.key for page in pages))
        return cache.get_or_create("component", key, lambda: concluded_part(pages, key, rules, shapes, ontology), PART)

    # Page by page: claims, our decisions, and the part of the registry they speak of.
    folders = page_folders(home / "corpus") if (home / "corpus").exists() or not inputs.registers else []
    read_pages, read_errors = collect(progress("pages", folders), read)
    identity = identity or Identity(Decisions(), background.registry)
    # What was decided to be one is one before anything is compared.
    joined = identity.apply(read_pages, identity.renaming(read_pages))
    checked, errors = check_merged(joined, read_errors, ontology, identity.decisions)
    names = {page.name for page in checked}
    pages = [page for page in read_pages if page.name in names]
    # As known on a day: the pages of that day, and nothing that only later ones name.
    published = pages_published_by(pages, as_known_on, lambda page, unknown: read(home / "corpus" / page.name, unknown))
    renaming = identity.renaming(published)
    own, decided = identity.apply(published, renaming), identity.statements(published, renaming)
    published, renamed = give_one_label(own)
    # Component by component: what follows from pages that speak of the same events.
    concluded = conclude_all(published, conclude, progress)
    findings = [
        *errors,
        *identity.findings(read_pages),
        *renamed,
        *(each for page in pages for each in page.facts.findings),
        *concluded.findings,
    ]
    left_out = {folder.name for folder in folders} - {page.name for page in pages} | concluded.left_out
    return BuiltPages(len(folders), concluded.pages, concluded.conclusions, left_out, findings, decided, renaming)
