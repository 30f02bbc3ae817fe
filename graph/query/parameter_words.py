"""What parameters take, in words: for the help of a question and for its form on the web."""

from graph.model.labels import CERTAIN, POSSIBLE, Label
from graph.query.parameters import PERIOD
from graph.query.questions import Parameter

_KINDS = {
    "actor": Label("navnet på en person, en organisasjon eller en gruppe", "the name of a person, a body or a group"),
    "area": Label(
        "navnet på eller nummeret til en kommune eller et fylke", "the name or number of a municipality or a county"
    ),
    "attendance": Label("hvordan noen var med, som «invitert»", 'how somebody attended, such as "invited"'),
    "body-type": Label("en type organisasjon, som «kommune»", 'a type of body, such as "municipality"'),
    "county": Label("navnet på eller nummeret til et fylke", "the name or number of a county"),
    "event": Label("navnet på et arrangement eller en møterekke", "the name of an event or a series"),
    "kind": Label("en type arrangement, som «dialogmøte»", 'a kind of event, such as "dialogue meeting"'),
    "page": Label("tittelen på eller adressen til en side", "the title or address of a page"),
    "post": Label("navnet på en stilling", "the name of an office"),
    "role": Label("en rolle, som «innleder»", 'a role, such as "introducer"'),
    "status": Label(
        "om arrangementet er avholdt, planlagt, utsatt eller avlyst",
        "whether the event was held, is planned, was postponed or cancelled",
    ),
    "topic": Label("navnet på et tema", "the name of a topic"),
    "date": Label("en dag, som 2014-10-31", "a day, such as 2014-10-31"),
    "number": Label("et helt tall", "a whole number"),
    "text": Label("en tekst", "a text"),
    "certainty": Label("certain, possible eller all", "certain, possible or all"),
}
_DAY_OF_PERIOD = Label(
    "en dag, en måned eller et år, som 2014-10-31, 2014-10 eller 2014",
    "a day, a month or a year, such as 2014-10-31, 2014-10 or 2014",
)
# What each value of ``certainty`` selects.
CERTAINTY_CHOICES = {
    CERTAIN: Label("bare det som er sikkert", "only what is certain"),
    POSSIBLE: Label("bare det som er mulig", "only what is possible"),
    "all": Label("begge deler", "both"),
}
# What the words in the column ``certainty`` mean.
CERTAINTY_MEANINGS = {
    CERTAIN: Label(
        "En kilde sier det, eller det følger av det som kilder sier.",
        "A source says so, or it follows from what sources say.",
    ),
    POSSIBLE: Label(
        "Kildene lar det stå åpent, for eksempel hvem av flere det gjelder, eller hvilken dag.",
        "The sources leave it open, for example which of several it is about, or which day.",
    ),
    "planned": Label(
        "Kilden sier at det var planlagt, ikke at det skjedde.",
        "The source says that it was planned, not that it happened.",
    ),
}


def takes(parameter: Parameter) -> Label:
    """Return what a parameter takes, in words. Every kind of parameter has such words."""
    return _DAY_OF_PERIOD if parameter.kind == "date" and parameter.name in PERIOD else _KINDS[parameter.kind]
