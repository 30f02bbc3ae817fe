"""The files of the build, with their sizes, and what the catalogue says of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.builds.manifest import MANIFEST
from graph.model.labels import Label, best_label
from graph.query.results import Term, expect_table
from graph.rdf.terms import local_name_of
from graph.server.entity.records import Name
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, Page, page_of
from graph.server.stores import query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, html_answer

LOOKUP = Path(__file__).parent / "lookups/distributions.rq"
_TEXTS = {
    "title": Label("Data", "Data"),
    "front": Label("Forsiden", "Front page"),
    "lead": Label(
        "Alt som vises her, som filer. De er like, byte for byte, hver gang de lages av de samme sidene.",
        "Everything that is shown here, as files. They are the same, byte for byte, each time they are made of the "
        "same pages.",
    ),
    "licence": Label("Lisens:", "Licence:"),
    "quotes": Label(
        "Sitater og tekster er på vilkårene til dem som utga dem.",
        "Quotes and texts are on the terms of their publishers.",
    ),
    "checksums": Label("Sjekksummene (SHA-256) til alle filene:", "The checksums (SHA-256) of all files:"),
    "api": Label("For programmer", "For programs"),
    "query": Label("Spør i SPARQL", "Ask in SPARQL"),
    "rest": Label("Sider, kataloger og sjekksummer", "Pages, catalogues and checksums"),
}
# What the catalogue does not describe.
_OWN = {
    "explorer.html": Label("Den interaktive siden, i én fil.", "The interactive page, in one file."),
    "ontology.html": Label("Ontologien som side.", "The ontology as a page."),
    "catalog.ttl": Label("Katalogen, etter DCAT-AP-NO.", "The catalogue, by DCAT-AP-NO."),
    "void.ttl": Label("Hvor mye det er av hva, etter VoID.", "How much there is of what, by VoID."),
    MANIFEST: Label("Sjekksummene til filene.", "The checksums of the files."),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name, size in bytes, what is in it, and its licence where one is stated."""

    name: str
    size: int
    description: Name | None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of a dataset of the catalogue, or those that belong to none."""

    name: Name
    files: tuple[File, ...]


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of the files."""
    page = page_of(task, "", section="dumps/")
    title, front = page.text(_TEXTS["title"]), page.text(_TEXTS["front"])
    page = page_of(
        task,
        title,
        description=page.text(_TEXTS["lead"]),
        section="dumps/",
        breadcrumbs=(Crumb(front, ""), Crumb(title)),
    )
    groups = _groups(published_store(folder, task.base), folder, task.lang, page.lang)
    page = replace(page, json_ld=_dataset(groups, page))
    return html_answer(render_page("dumps.html", groups, page, texts=_TEXTS))


def _dataset(groups: tuple[FileGroup, ...], page: Page) -> dict[str, object]:
    """Return the files as a dataset of schema.org: its name, licence and distributions, as the page shows them."""
    settings = page.settings
    files = [file for group in groups for file in group.files if file.licence]
    data_url = f"{settings.origin}dumps/"
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.name,
        "description": page.description,
        "url": data_url,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{settings.origin}dumps/{file.name}",
                "contentSize": str(file.size),
            }
            for file in files
        ],
    }
    if settings.licence:
        data["license"] = settings.licence_href
    if settings.publisher:
        data["publisher"] = {"@type": "Organization", "name": settings.publisher}
    return data


# A worker has one build for all its life.
@lru_cache(maxsize=8)
def _groups(published: Store, folder: Path, lang: str, words: str) -> tuple[FileGroup, ...]:
    names = [*json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"], MANIFEST]
    sizes = {name: (folder / name).stat().st_size for name in names}
    rows = expect_table(query_fn(published)(LOOKUP.read_text(encoding="utf-8"))).rows
    groups, described = [], set()
    for dataset, of_dataset in groupby(rows, key=lambda row: row[0]):
        listed = list(of_dataset)
        files = []
        for url, of_file in groupby(listed, key=lambda row: row[2]):
            each = list(of_file)
            name = local_name_of(url) if isinstance(url, NamedNode) else ""
            if name in sizes:
                licence = next((row[4].value for row in each if isinstance(row[4], NamedNode)), "")
                files.append(File(name, sizes[name], _best((row[3] for row in each), lang), licence))
                described.add(name)
        title = _best((row[1] for row in listed), lang)
        if files and title and dataset:
            groups.append(FileGroup(title, tuple(files)))
    # What there is most of comes first: the meetings in all their formats.
    groups.sort(key=lambda group: len(group.files), reverse=True)
    rest = [File(name, size, _own(name, words)) for name, size in sizes.items() if name not in described]
    groups.append(FileGroup(_named(_TEXTS["rest"], words), tuple(rest)))
    return tuple(groups)


def _own(name: str, words: str) -> Name | None:
    label = _OWN.get(name)
    return _named(label, words) if label else None


def _named(label: Label, words: str) -> Name:
    return Name(str(label.en if words == "en" else label.nb), words)


def _best(terms: Iterable[Term | None], lang: str) -> Name | None:
    """Return the text that a reader of ``lang`` is shown."""
    texts = {(term.language or "").lower(): term for term in terms if isinstance(term, Literal)}
    chosen = best_label(texts, lang) if texts else None
    return Name(chosen.value, chosen.language or "") if chosen else None
