"""One flat table of who had which part in which event, for people with a spreadsheet: with certainty and sentence.

A row is one actor's part in one event. What a cell has several of stands there with semicolons between.
"""

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.text import escape_control
from graph.model.labels import Label, interface_language
from graph.query.ask import display_labels
from graph.query.passages import Passage
from graph.query.proof import row_passages
from graph.query.questions import Headings
from graph.query.results import QueryFn, Table, Term, expect_table, text_of
from graph.query.row_words import row_place
from graph.query.sparql.parameters import bind_parameters
from graph.rdf.terms import local_name_of
from graph.render.cells import FROM_REGISTRY, Cell, TableView
from graph.render.markup import to_spreadsheet

LOOKUP = Path(__file__).parent / "lookups/participations.rq"
COLUMNS = {
    "event": Label("arrangement", "event"),
    "status": Label("status", "status"),
    "earliest": Label("tidligst", "earliest"),
    "latest": Label("senest", "latest"),
    "place": Label("sted", "place"),
    "who": Label("hvem", "who"),
    "role": Label("rolle", "role"),
    "attendance": Label("oppmøte", "attendance"),
    "certainty": Label("sikkerhet", "certainty"),
    "least": Label("minst så mange av kandidatene", "at least so many of the candidates"),
    "office": Label("i egenskap av", "in the capacity of"),
    "principal": Label("på vegne av", "on behalf of"),
}
_PROOF = {
    "words": Label("belegg", "proof"),
    "place": Label("sted i teksten", "place in the text"),
    "source": Label("kilde", "source"),
    "address": Label("adresse", "address"),
}
_IDS = {
    "event": Label("arrangementets IRI", "IRI of the event"),
    "who": Label("aktørens IRI", "IRI of the actor"),
    "part": Label("deltakelsens IRI", "IRI of the participation"),
}
_SUMMARY = Label("Hvem hadde hvilken rolle på hvilket arrangement?", "Who had which part in which event?")
_HEADINGS = Headings(_SUMMARY, COLUMNS, ("part",))
_CERTAINTY = {
    "certain": Label("sikker", "certain"),
    "planned": Label("planlagt", "planned"),
    "possible": Label("mulig", "possible"),
}


def participation_table(run: QueryFn, lang: str, separator: str | None = None, event: NamedNode | None = None) -> bytes:
    """Return the table as CSV for spreadsheets; see ``graph.render.markup`` for its separator.

    With an event, it has the participations in that one alone.
    """
    return to_spreadsheet(participation_view(run, lang, event), separator).encode()


def participation_view(run: QueryFn, lang: str, event: NamedNode | None = None) -> TableView:
    """Return the table with its headings, in the order of days, events and actors; of one event, or of all."""
    query = bind_parameters(LOOKUP.read_text(encoding="utf-8"), {"event": event} if event else {})
    table = expect_table(run(query))
    parts: dict[str, dict[str, set[Term]]] = {}
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        part = parts.setdefault(text_of(cells["part"]), {name: set() for name in table.columns})
        for name, term in cells.items():
            if term is not None:
                part[name].add(term)
    by = ("earliest", "event", "who")
    ordered = sorted(parts.values(), key=lambda part: [_first(part[name]) or "~" for name in by])
    terms = {term for part in ordered for terms in part.values() for term in terms}
    labels = display_labels(run, terms, lang)
    lang = interface_language(lang)
    proofs = row_passages(Table(("part",), [tuple(part["part"]) for part in ordered]), _HEADINGS, run)
    rows = [_row(part, passages, labels, lang) for part, passages in zip(ordered, proofs, strict=True)]
    headings = [getattr(label, lang) for label in (*COLUMNS.values(), *_PROOF.values(), *_IDS.values())]
    return TableView(getattr(_HEADINGS.summary, lang), lang, tuple(headings), rows, [])


def _first(terms: set[Term]) -> str:
    return min(map(text_of, terms), default="")


def _row(
    part: Mapping[str, set[Term]], passages: list[Passage], labels: Mapping[Term | None, Literal], lang: str
) -> tuple[Cell, ...]:
    texts = {name: "; ".join(sorted(_cell_text(term, labels, lang) for term in part[name])) for name in COLUMNS}
    if texts["attendance"] and texts["certainty"] == getattr(_CERTAINTY["possible"], lang):
        # A filter for those who were present must not find candidates.
        texts["attendance"] = f"{texts['certainty']}: {texts['attendance']}"
    cells = [*texts.values()]
    cells.append("\n".join(passage.text for passage in passages))
    places = (row_place(each.row) if each.row else each.position for each in passages)
    cells.append("; ".join(filter(None, places)))
    sources = [each.source if each.position else f"{FROM_REGISTRY[lang]}: {each.source}" for each in passages]
    cells.append("; ".join(dict.fromkeys(sources)))
    cells.append("; ".join(dict.fromkeys(passage.url for passage in passages if passage.url)))
    cells += [_first(part[name]) for name in _IDS]
    return tuple(Cell("\n".join(escape_control(line) for line in cell.split("\n"))) for cell in cells)


def _cell_text(term: Term, labels: Mapping[Term | None, Literal], lang: str) -> str:
    if isinstance(term, NamedNode):
        return labels[term].value if term in labels else local_name_of(term)
    label = _CERTAINTY.get(term.value)
    return getattr(label, lang) if label else term.value
