"""Literals in words of the reader: days, numbers, truth, languages, places in a source, sources of the registry."""

from pyoxigraph import Literal, NamedNode

from graph.common.text import group_thousands
from graph.model.days import date_in_words
from graph.model.labels import Label, interface_language
from graph.model.language_names import language_label
from graph.model.sources import parse_fragment
from graph.rdf.terms import iri
from graph.server.entity.records import Name, in_language
from graph.server.entity.registry_words import registry_source

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DAYS = {f"{_XSD}{name}" for name in ("date", "gYear", "gYearMonth")}
_YES, _NO = Label("ja", "yes"), Label("nei", "no")
_FOR = Label("{}, for {}", "{}, for the {}")


def literal_in_words(property: NamedNode, literal: Literal, lang: str) -> Name:
    """Return a literal, the value of a property, as a reader is shown it."""
    text, datatype = literal.value, literal.datatype.value
    if property == iri("schema:inLanguage"):
        return Name(in_language(language_label(text), lang))
    if property == iri("dc:source"):
        source = registry_source(text)
        name = in_language(source.name, lang)
        return Name(in_language(_FOR, lang).format(name, in_language(source.about, lang)) if source.about else name)
    if datatype in _DAYS:
        return Name(in_language(date_in_words(text), lang))
    if datatype == f"{_XSD}boolean":
        return Name(in_language(_YES if text in ("true", "1") else _NO, lang))
    if datatype == f"{_XSD}integer" and text.lstrip("+-").isdecimal():
        return Name(group_thousands(int(text), interface_language(lang)))
    selector = None if literal.language else parse_fragment("", text)
    return Name(in_language(selector.label, lang)) if selector else Name(text, literal.language or "")
