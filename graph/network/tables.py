"""Ties, paths and rankings as tables, each with its headings.

A column of entities has their labels in ``<column>Label``. Columns without a heading are for programs, and hold what
proves a row: several IRIs in one cell, separated by spaces.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label, interface_language
from graph.network.centrality import Centrality
from graph.network.hops import ActorPath
from graph.network.presence import EVENT, GROUP, OFFICE, Network
from graph.network.ties import Tie
from graph.query.questions import Headings
from graph.query.results import Table, Term
from graph.rdf.terms import iri, short_name

Row = tuple[Term | None, ...]
KINDS = {
    "person": Label("person", "person"),
    "body": Label("organisasjon", "body"),
    GROUP: Label("gruppe", "group"),
    OFFICE: Label("verv", "office"),
    EVENT: Label("arrangement", "event"),
}
_TIES = {
    "one": Label("én", "one"),
    "other": Label("annen", "other"),
    "certain": Label("sikre", "certain"),
    "possible": Label("mulige", "possible"),
    "at": Label("begge var på", "both were at"),
    "perhapsAt": Label("begge kan ha vært på", "both may have been at"),
}
# What a tie and a hop of a path rest on.
_TOGETHER = Label(
    "«Begge var på» betyr her at kildene oppgir begge som til stede på samme arrangement, og at det er holdt. "
    "Det betyr ikke at de snakket sammen, og jo flere som var der, dess mindre sier det.",
    "“Both were at” means here that sources list both as present at the same event, which was held. "
    "It does not mean that they spoke together, and the more were there, the less it says.",
)
_ORGANISED = Label(
    f"{_TOGETHER.nb} Den som arrangerte noe, trenger ikke å ha vært der.",
    f"{_TOGETHER.en} Who organised something need not have been there.",
)
_LINKED = Label(
    "Et sikkert ledd betyr at kildene oppgir begge som til stede på samme arrangement, og at det er holdt; et mulig, "
    "at de kan ha vært der. Ingen av delene betyr at de snakket sammen, og jo flere som var der, dess mindre sier det.",
    "A certain hop means that sources list both as present at the same event, which was held; a possible one, "
    "that they may have been there. Neither means that they spoke together, and the more were there, the less it says.",
)
# That somebody organised what another was at does not say that they met.
_ORGANISER_COLUMNS = {
    "organised": Label("arrangør", "organiser"),
    "perhapsOrganised": Label("arrangør, mulig deltaker", "organiser, possible participant"),
    "organisedAt": Label("den ene arrangerte, den andre var på", "one organised, the other was at"),
    "perhapsOrganisedAt": Label(
        "den ene arrangerte, den andre kan ha vært på", "one organised, the other may have been at"
    ),
}
_PATHS = {
    "path": Label("vei", "path"),
    "hop": Label("ledd", "hop"),
    "one": Label("fra", "from"),
    "other": Label("til", "to"),
    "event": Label("på", "at"),
    "earliest": Label("tidligst", "earliest"),
    "latest": Label("senest", "latest"),
    "certainty": Label("sikkerhet", "certainty"),
}
_ORDER = {"order": Label("ikke før forrige", "not before the last")}
_RANKING = {
    "who": Label("hvem", "who"),
    "kind": Label("slag", "kind"),
    "others": Label("andre", "others"),
    "events": Label("arrangementer", "events"),
    "betweenness": Label("mellomposisjon", "betweenness"),
    "community": Label("krets", "community"),
}


def ties_table(graph: Network, ties: Iterable[Tie], lang: str, organisers: bool) -> Table:
    """Return a row for each tie: how many events of each kind, and which."""
    count_columns = ("certain", "possible", "organised", "perhapsOrganised")
    list_columns = ("at", "perhapsAt", "organisedAt", "perhapsOrganisedAt")
    kinds = 4 if organisers else 2
    columns = (
        *_entity_columns("one"),
        *_entity_columns("other"),
        *count_columns[:kinds],
        *list_columns[:kinds],
        "events",
        "parts",
    )
    rows: list[Row] = []
    for tie in ties:
        lists = (tie.certain, tie.possible, tie.organised, tie.possibly_organised)[:kinds]
        events = [event for each in lists for event in each]
        parts = [graph[event][actor]["iri"] for event in events for actor in (tie.one, tie.other)]
        counts = [Literal(len(each)) for each in lists]
        names = [
            Literal("; ".join(_event_text(graph, event, lang) for event in each)) if each else None for each in lists
        ]
        ends = (Literal(" ".join(events)), Literal(" ".join(parts)))
        rows.append(
            (*_entity_cells(graph, tie.one, lang), *_entity_cells(graph, tie.other, lang), *counts, *names, *ends)
        )
    return Table(columns, rows)


def ties_headings(of_one: bool, organisers: bool) -> Headings:
    """Return the headings of ties; for the ties of one actor that actor has no column."""
    columns = _TIES | (_ORGANISER_COLUMNS if organisers else {})
    summary = Label("Hvem var på samme arrangement som hvem?", "Who was at the same event as whom?")
    order = ["one", "other", "certain", "possible", "organised", "perhapsOrganised"]
    order += ["at", "perhapsAt", "organisedAt", "perhapsOrganisedAt"]
    chosen = {name: columns[name] for name in order if name in columns and not (of_one and name == "one")}
    return Headings(summary, chosen, ("parts",), definition=_ORGANISED if organisers else _TOGETHER)


def paths_table(graph: Network, paths: Iterable[ActorPath], lang: str, in_time: bool) -> Table:
    """Return a row for each hop; ``onePart`` and ``otherPart`` are the participations that prove it."""
    columns = (
        "path",
        "hop",
        *_entity_columns("one"),
        *_entity_columns("event"),
        *_entity_columns("other"),
        "earliest",
        "latest",
        "certainty",
    )
    rows: list[Row] = []
    for number, path in enumerate(paths, 1):
        for position, hop in enumerate(path, 1):
            cells = [cell for each in (hop.one, hop.event, hop.other) for cell in _entity_cells(graph, each, lang)]
            bounds = [_day(graph.nodes[hop.event][each]) for each in ("earliest", "latest")]
            order = (Literal(hop.order) if hop.order else None,) if in_time else ()
            parts = [Literal(graph[hop.event][each]["iri"]) for each in (hop.one, hop.other)]
            sure = Literal(hop.certainty)
            rows.append((Literal(number), Literal(position), *cells, *bounds, sure, *order, *parts))
    return Table((*columns, *(("order",) if in_time else ()), "onePart", "otherPart"), rows)


def paths_headings(in_time: bool) -> Headings:
    """Return the headings of paths."""
    summary = Label("Veier gjennom felles arrangementer", "Paths through common events")
    columns = _PATHS | (_ORDER if in_time else {})
    return Headings(summary, columns, ("onePart", "otherPart"), definition=_LINKED)


def ranking_table(graph: Network, ranking: Iterable[Centrality], lang: str) -> Table:
    """Return a row for each actor or event."""
    rows: list[Row] = [
        (
            *_entity_cells(graph, each.node, lang),
            Literal(getattr(KINDS[graph.nodes[each.node]["kind"]], interface_language(lang))),
            Literal(each.degree),
            None if each.events is None else Literal(each.events),
            Literal(f"{each.betweenness:.4f}", datatype=iri("xsd:decimal")),
            Literal(each.community),
        )
        for each in ranking
    ]
    return Table((*_entity_columns("who"), "kind", "others", "events", "betweenness", "community"), rows)


def ranking_headings() -> Headings:
    """Return the headings of a ranking."""
    return Headings(Label("Hvem står sentralt?", "Who is central?"), _RANKING, ())


def _entity_columns(column: str) -> tuple[str, str]:
    return column, f"{column}Label"


def _entity_cells(graph: Network, node: str, lang: str) -> tuple[NamedNode, Literal]:
    return NamedNode(node), Literal(node_label(graph, node, lang))


def node_label(graph: Network, node: str, lang: str) -> str:
    """Return the label of a node in a language; its id where it is not in the network."""
    return (
        str(graph.nodes[node]["label" if interface_language(lang) == "nb" else "label_en"])
        if node in graph
        else short_name(NamedNode(node))
    )


def _event_text(graph: Network, event: str, lang: str) -> str:
    """Return an event with its days: "Konferanse i Sarpsborg (2014-10-01/2014-10-31)"; an open end is empty."""
    earliest, latest = (graph.nodes[event][each] for each in ("earliest", "latest"))
    days = earliest if earliest == latest else f"{earliest}/{latest}"
    return f"{node_label(graph, event, lang)} ({days})" if days else node_label(graph, event, lang)


def _day(day: str) -> Literal | None:
    return Literal(day) if day else None
