"""Which lists there are, by what each is narrowed and sorted, and the words for that."""

from dataclasses import dataclass

from graph.model.labels import Label
from graph.model.language_names import LANGUAGE_NAMES
from graph.query.listing import FACETS


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: by what it is narrowed, and whether the newest go first rather than the alphabet."""

    facets: tuple[str, ...]
    newest_first: bool
    description: Label


_POSSIBLE = Label("Møter som bare er mulige, er ikke talt med.", "Meetings that are only possible are not counted.")
LISTS = {
    "event": ListKind(
        FACETS["event"],
        True,
        Label(
            "Alle møter som kildene sier noe om, de nyeste først.",
            "All meetings of which the sources say something, the newest first.",
        ),
    ),
    "series": ListKind(
        FACETS["series"], True, Label("Alle møterekker, de nyeste først.", "All series, the newest first.")
    ),
    "person": ListKind(
        FACETS["person"],
        False,
        Label(
            f"Alle personer i kildene eller registeret, etter fornavn. {_POSSIBLE.nb}",
            f"All people in the sources or the registry, by first name. {_POSSIBLE.en}",
        ),
    ),
    "organisation": ListKind(
        FACETS["organisation"],
        False,
        Label(
            f"Alle organisasjoner i kildene eller registeret, etter alfabetet. {_POSSIBLE.nb}",
            f"All bodies in the sources or the registry, by the alphabet. {_POSSIBLE.en}",
        ),
    ),
    "area": ListKind(
        FACETS["area"],
        False,
        Label(
            "Kommuner og fylker, før og nå, etter alfabetet.", "Municipalities and counties, past and present, A to Å."
        ),
    ),
    "topic": ListKind(
        FACETS["topic"],
        False,
        Label("Alt møtene handler om, etter alfabetet.", "What the meetings are about, A to Å."),
    ),
    "post": ListKind(
        FACETS["post"],
        False,
        Label(
            f"Alle verv, etter alfabetet. {_POSSIBLE.nb}",
            f"All offices, by the alphabet. {_POSSIBLE.en}",
        ),
    ),
    "source": ListKind(
        FACETS["source"],
        True,
        Label("Alle kilder, de nyeste først.", "All sources, the newest first."),
    ),
}
FACET_NAMES = {
    "year": Label("År", "Year"),
    "year_of_meetings": Label("År med møter", "Years with meetings"),
    "meetings": Label("Møter", "Meetings"),
    "status": Label("Status", "Status"),
    "kind": Label("Type møte", "Kind of meeting"),
    "county": Label("Fylke", "County"),
    "office": Label("Verv", "Office"),
    "type": Label("Type organisasjon", "Kind of body"),
    "level": Label("Nivå", "Level"),
    "body": Label("Organisasjon", "Body"),
    "publisher": Label("Utgiver", "Publisher"),
    "language": Label("Språk", "Language"),
}
_WITH_MEETINGS = {"some": Label("med møter", "with meetings"), "none": Label("uten møter", "without meetings")}
_LEVELS = {"fylke": Label("fylker", "counties"), "kommune": Label("kommuner", "municipalities")}
VALUE_WORDS = {"meetings": _WITH_MEETINGS, "level": _LEVELS, "language": LANGUAGE_NAMES}
SORTS = {
    "newest": Label("nyeste først", "newest first"),
    "name": Label("etter navn", "by name"),
    "meetings": Label("flest møter først", "most meetings first"),
}
