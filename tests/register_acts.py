"""Acts of a small register by hand: what its rows claim, and the statements made of them."""

from collections.abc import Iterable
from datetime import date

from pyoxigraph import Quad, Store

from graph import HOME
from graph.claims.registers import register_statements
from graph.claims.source_rdf import register_source_statements
from graph.model.acts import Act, ActPart, ActTime, Cell, CitedValue, EventAct, NamedActor
from graph.model.labels import LanguageMap
from graph.model.sources import CellSelector, Original, Source, SourceKind
from graph.pipeline.rules import conclude, read_rules
from graph.rdf.statements import read_ontology

COLUMNS = ("id", "date", "place", "topic", "official", "capacity", "body")
REGISTER = Source(
    id="kontakter",
    kind=SourceKind.REGISTER,
    url="https://example.org/kontakter.csv",
    title="Kontakter",
    language="en",
    publisher="norges-regjering",
    published_earliest=date(2022, 1, 1),
    published_latest=date(2022, 1, 31),
    publication_basis=LanguageMap({"en": "stated"}),
    retrieved_earliest=None,
    retrieval_basis=None,
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    sha256="0" * 64,
    text="",
    media_type="text/csv",
    original=Original("kontakter.csv", "text/csv", "1" * 64),
)
ADA = NamedActor("Ada Eksempel", "person", "900001")
BAHN = NamedActor("Testbane AS", "body")
UNSPLIT = NamedActor("Tilvia, Frans Farn", "unknown", unsplit=True)


def cell(row: int, column: str, words: str) -> Cell:
    """Return a cell of the register."""
    return Cell(CellSelector("kontakter", row, COLUMNS.index(column) + 1), column, words)


def cited(row: int, column: str, words: str) -> CitedValue:
    """Return the words of a cell."""
    return CitedValue(words, (cell(row, column, words),))


def part(
    row: int, actor: NamedActor, role: str = "counterpart", attendance: str | None = "represented", **more: object
) -> ActPart:
    """Return the part of somebody in the event of a row."""
    column = "official" if role == "official" else "body"
    cells = (cell(row, column, actor.name or actor.id or "several"),)
    return ActPart(**{"actor": actor, "role": role, "attendance": attendance, "cells": cells} | more)  # type: ignore[arg-type]


def official(row: int, actor: NamedActor = ADA, **more: object) -> ActPart:
    """Return the part of an official who was there."""
    return part(row, actor, "official", "present", **more)


def day(row: int, first: date | None = date(2021, 10, 27), last: date | None = None, **more: object) -> ActTime:
    """Return a day, or the days between which something was."""
    words = "" if first is None else f"{first}"
    return ActTime(earliest=first, latest=last or first, cells=(cell(row, "date", words),), **more)  # type: ignore[arg-type]


def event(row: int, *parts: ActPart, **more: object) -> EventAct:
    """Return an event of a row, a meeting that was held unless more is said."""
    given = {
        "key": str(row),
        "kind": "meeting",
        "status": "held",
        "time": day(row),
        "cells": (cell(row, "id", str(row)),),
        "rows": (row,),
        "parts": parts,
    }
    return EventAct(**given | more)  # type: ignore[arg-type]


def statements_of(*rows: tuple[int, list[Act]]) -> list[Quad]:
    """Return the statements of these rows."""
    return [*register_statements(REGISTER, rows)]


def concluded(rows: Iterable[tuple[int, list[Act]]]) -> Store:
    """Return a store with the statements of these rows, those about the register, and what follows."""
    store = Store()
    store.bulk_extend(register_statements(REGISTER, rows))
    columns = [(column, None) for column in COLUMNS]
    store.bulk_extend(register_source_statements(REGISTER, 10, columns, "http://tools.ietf.org/rfc/rfc7111"))
    store.bulk_extend(read_ontology(HOME / "ontology"))
    conclude(store, read_rules(HOME / "ontology/rules"))
    return store
