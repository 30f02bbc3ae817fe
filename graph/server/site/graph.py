"""The pages of graphs: what stands in each, whose it is, how much, and the formats in which it is to be had."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model.iris import ENTITIES
from graph.model.labels import Label
from graph.query.results import QueryFn, expect_table, text_of
from graph.rdf.terms import local_name_of
from graph.server.entity.html import FORMAT_NAMES
from graph.server.entity.records import COMMON_TEXTS, Name, in_language, names_of, records_of
from graph.server.entity.source import rights_in_words
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, page_of
from graph.server.negotiation import CONTENT_TYPES, DATASETS
from graph.server.stores import query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, error_answer, html_answer

_LOOKUPS = Path(__file__).parent / "lookups"
_FOLDER = ENTITIES["graph"]
_OF_SOURCE = "source."
TEXTS = {
    "title": Label("Deler av dataene", "Parts of the data"),
    "lead": Label(
        "Det kildene sier, det vi har avgjort og det som er konkludert, holdes fra hverandre: hver del er en graf.",
        "What sources say, what we decided and what was concluded are kept apart: each part is a graph of its own.",
    ),
    "kind": Label("del av dataene (graf)", "part of the data (graph)"),
    "count": Label("{} opplysninger", "{} statements"),
    "source": Label("Kilden", "The source"),
    "rights": Label("Vilkår for bruk", "Terms of use"),
    "address": Label("Navnet på grafen", "The name of the graph"),
    "all": Label("Alle deler", "All parts"),
    "facts": Label("Kort fortalt", "In short"),
    "size": Label("Omfang", "Size"),
}
_CLAIMS_OF = Label("Det «{}» sier", "What “{}” says")
_OTHER = Label("Graf {}", "Graph {}")
# The graphs of every build: a title, and what stands there.
_GRAPHS = {
    "curated": (
        Label("Det vi har avgjort", "What we decided"),
        Label(
            "Navn, hvilke møter som hører til en rekke, hva en omtrentlig tid betyr i dager, hva lesere har sluttet, og"
            " hvilke setninger som ikke påstår noe.",
            "Labels, which meetings belong to a series, what a vague time means in days, what readers inferred, and"
            " which sentences claim nothing.",
        ),
    ),
    "registry": (
        Label("Registeret", "The registry"),
        Label(
            "Personer, verv, organisasjoner og områder som påstandene gjelder, med det som ble av dem.",
            "People, offices, bodies and areas that claims speak of, with what became of them.",
        ),
    ),
    "identity": (
        Label("Ett og det samme", "One and the same"),
        Label(
            "Hva noen har bestemt er ett og det samme eller forskjellige ting, eller ikke vet: hvem, når og hvorfor.",
            "What somebody decided to be one and the same, to be different things, or could not tell: who, when, why.",
        ),
    ),
    "sources": (
        Label("Om kildene", "About the sources"),
        Label("Det som er kjent om kildene selv.", "What is known of the sources themselves."),
    ),
    "concluded": (
        Label("Konklusjonene", "The conclusions"),
        Label(
            "Det reglene konkluderer av påstandene. Det kan slettes og konkluderes på nytt.",
            "What the rules conclude from the claims. It can be deleted and concluded again.",
        ),
    ),
    "ontology": (
        Label("Ontologien", "The ontology"),
        Label(
            "Ordene som alt dette er sagt med, og hva de betyr.",
            "The words in which all this is said, and what they mean.",
        ),
    ),
}
_OF_A_SOURCE = Label(
    "Påstandene i én kilde, gruppene og målgruppene den nevner, og sitatene. Ingenting annet står her.",
    "The claims of one source, the groups and audiences that it names, and its quotes. Nothing else stands here.",
)


@dataclass(frozen=True, slots=True)
class GraphView:
    """A graph: its name, title, what stands in it, and how many statements it has."""

    iri: str
    title: str
    description: str
    count: int
    path: str
    source: Name | None = None
    rights: str = ""


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of the graph at the address of a task, or the list of all."""
    run, name = query_fn(store), task.path.removeprefix(_FOLDER)
    counts = _counts(store)
    if not name:
        return _list(task, run, counts)
    graph = f"{task.base}{_FOLDER}{name}"
    if graph not in counts:
        near = get_close_matches(name, [local_name_of(NamedNode(each)) for each in counts], 1)
        advice = f"did you mean {_FOLDER}{near[0]}?" if near else f"{_FOLDER} lists those there are"
        return error_answer(404, f"there is no graph of this name; {advice}")
    view = graph_view(graph, counts[graph], run, task.lang)
    formats = tuple(
        Alternate(f"{task.path}?format={each}", CONTENT_TYPES[each].partition(";")[0], FORMAT_NAMES.get(each, each))
        for each in dict.fromkeys(DATASETS.values())
    )
    page = page_of(
        task,
        f"{view.title} ({in_language(TEXTS['kind'], task.lang)})",
        description=view.description,
        section="dumps/",
        breadcrumbs=(
            Crumb("Data", "dumps/"),
            Crumb(in_language(TEXTS["title"], task.lang), _FOLDER),
            Crumb(view.title),
        ),
        alternates=formats,
        iri=graph,
    )
    return html_answer(render_page("graph.html", view, page, texts=COMMON_TEXTS | TEXTS), describes=graph)


def graph_view(graph: str, count: int, run: QueryFn, lang: str) -> GraphView:
    """Return the view model of a graph with so many statements."""
    name = local_name_of(NamedNode(graph))
    path = f"{_FOLDER}{name}"
    if name in _GRAPHS:
        title, description = (in_language(each, lang) for each in _GRAPHS[name])
        return GraphView(graph, title, description, count, path)
    if not name.startswith(_OF_SOURCE):
        return GraphView(graph, in_language(_OTHER, lang).format(name), "", count, path)
    source = NamedNode(f"{graph.removesuffix(path)}{ENTITIES['source']}{name.removeprefix(_OF_SOURCE)}")
    own = names_of([source], run, lang)[source]
    record = records_of([source], run)[source]
    rights = records_of(record.nodes("dct:rights"), run).get(record.node("dct:rights"))
    return GraphView(
        graph,
        in_language(_CLAIMS_OF, lang).format(own.text),
        in_language(_OF_A_SOURCE, lang),
        count,
        path,
        own,
        rights_in_words(rights.value("rdf:value"), lang) if rights else "",
    )


def _list(task: PageTask, run: QueryFn, counts: Mapping[str, int]) -> Answer:
    views = [graph_view(graph, count, run, task.lang) for graph, count in counts.items()]
    title = in_language(TEXTS["title"], task.lang)
    page = page_of(
        task,
        title,
        description=in_language(TEXTS["lead"], task.lang),
        section="dumps/",
        breadcrumbs=(Crumb("Data", "dumps/"), Crumb(title)),
    )
    ordered = sorted(views, key=lambda view: (view.source is not None, view.title))
    return html_answer(render_page("graphs.html", ordered, page, texts=COMMON_TEXTS | TEXTS))


@lru_cache(maxsize=1)
def _counts(store: Store) -> dict[str, int]:
    """Return how many statements each graph has; a build does not change while it is served."""
    query = (_LOOKUPS / "graph_counts.rq").read_text(encoding="utf-8")
    return {text_of(graph): int(text_of(number)) for graph, number in expect_table(query_fn(store)(query)).rows}
