"""Ties, paths and standings as tables, each with the headings by which answers to questions are shown.

A column of things has their labels in ``<column>Label``. Columns that are in the table and not among the headings are
for programs, and hold what proves a row: several IRIs in one cell with spaces between them.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label
from graph.network.centrality import Standing
from graph.network.hops import Way
from graph.network.presence import EVENT, GROUP, Network
from graph.network.ties import Tie
from graph.query.questions import Headings
from graph.query.results import Table, Term
from graph.rdf.terms import short_name

Row = tuple[Term | None, ...]
KINDS = {
    "person": Label("person", "person"),
    "body": Label("organisasjon", "body"),
    GROUP: Label("gruppe", "group"),
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
# That somebody organised what another was at does not say that they met.
_ORGANISED = {
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
_STANDINGS = {
    "who": Label("hvem", "who"),
    "kind": Label("slag", "kind"),
    "others": Label("andre", "others"),
    "events": Label("arrangementer", "events"),
    "betweenness": Label("mellomposisjon", "betweenness"),
    "community": Label("krets", "community"),
}


def table_of_ties(graph: Network, ties: Iterable[Tie], lang: str, organisers: bool) -> Table:
    """A row a tie: how many events of each kind, and which."""
    counted = ("certain", "possible", "organised", "perhapsOrganised")
    listed = ("at", "perhapsAt", "organisedAt", "perhapsOrganisedAt")
    kinds = 4 if organisers else 2
    columns = (*_thing("one"), *_thing("other"), *counted[:kinds], *listed[:kinds], "events", "parts")
    rows: list[Row] = []
    for tie in ties:
        lists = (tie.certain, tie.possible, tie.organised, tie.perhaps_organised)[:kinds]
        events = [event for each in lists for event in each]
        parts = [graph[event][actor]["iri"] for event in events for actor in (tie.one, tie.other)]
        counts = [Literal(len(each)) for each in lists]
        names = [Literal("; ".join(_at(graph, event, lang) for event in each)) if each else None for each in lists]
        ends = (Literal(" ".join(events)), Literal(" ".join(parts)))
        rows.append((*_named(graph, tie.one, lang), *_named(graph, tie.other, lang), *counts, *names, *ends))
    return Table(columns, rows)


def heads_of_ties(of_one: bool, organisers: bool) -> Headings:
    """The headings of ties; of the ties of one actor that one is not repeated in every row."""
    columns = _TIES | (_ORGANISED if organisers else {})
    first = Label("Hvem var på samme arrangement som hvem?", "Who was at the same event as whom?")
    order = ["one", "other", "certain", "possible", "organised", "perhapsOrganised"]
    order += ["at", "perhapsAt", "organisedAt", "perhapsOrganisedAt"]
    shown = {name: columns[name] for name in order if name in columns and not (of_one and name == "one")}
    return Headings(first, shown, ("parts",))


def table_of_paths(graph: Network, ways: Iterable[Way], lang: str, in_time: bool) -> Table:
    """A row a hop; ``onePart`` and ``otherPart`` are what says that each of the two was, or may have been, there."""
    columns = ("path", "hop", *_thing("one"), *_thing("event"), *_thing("other"), "earliest", "latest", "certainty")
    rows: list[Row] = []
    for number, way in enumerate(ways, 1):
        for place, hop in enumerate(way, 1):
            things = [cell for each in (hop.one, hop.event, hop.other) for cell in _named(graph, each, lang)]
            bounds = [_day(graph.nodes[hop.event][each]) for each in ("earliest", "latest")]
            order = (Literal(hop.order) if hop.order else None,) if in_time else ()
            parts = [Literal(graph[hop.event][each]["iri"]) for each in (hop.one, hop.other)]
            sure = Literal(hop.certainty)
            rows.append((Literal(number), Literal(place), *things, *bounds, sure, *order, *parts))
    return Table((*columns, *(("order",) if in_time else ()), "onePart", "otherPart"), rows)


def heads_of_paths(in_time: bool) -> Headings:
    """The headings of paths."""
    summary = Label("Veier gjennom felles arrangementer", "Paths through common events")
    return Headings(summary, _PATHS | (_ORDER if in_time else {}), ("onePart", "otherPart"))


def table_of_standings(graph: Network, standings: Iterable[Standing], lang: str) -> Table:
    """A row an actor, or an event."""
    rows: list[Row] = [
        (
            *_named(graph, each.node, lang),
            Literal(getattr(KINDS[graph.nodes[each.node]["kind"]], lang)),
            Literal(each.degree),
            None if each.events is None else Literal(each.events),
            Literal(f"{each.betweenness:.4f}"),
            Literal(each.community),
        )
        for each in standings
    ]
    return Table((*_thing("who"), "kind", "others", "events", "betweenness", "community"), rows)


def heads_of_standings() -> Headings:
    """The headings of standings."""
    return Headings(Label("Hvem står sentralt?", "Who is central?"), _STANDINGS, ())


def _thing(column: str) -> tuple[str, str]:
    return column, f"{column}Label"


def _named(graph: Network, node: str, lang: str) -> tuple[NamedNode, Literal]:
    return NamedNode(node), Literal(called(graph, node, lang))


def called(graph: Network, node: str, lang: str) -> str:
    """What an actor or an event is called in a language; by its id where it is in no event."""
    return (
        str(graph.nodes[node]["label" if lang == "nb" else "label_en"])
        if node in graph
        else short_name(NamedNode(node))
    )


def _at(graph: Network, event: str, lang: str) -> str:
    """An event with its days: "Konferanse i Sarpsborg (2014-10-01/2014-10-31)"; an open end is left empty."""
    earliest, latest = (graph.nodes[event][each] for each in ("earliest", "latest"))
    days = earliest if earliest == latest else f"{earliest}/{latest}"
    return f"{called(graph, event, lang)} ({days})" if days else called(graph, event, lang)


def _day(day: str) -> Literal | None:
    return Literal(day) if day else None
