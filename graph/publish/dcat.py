"""Describe a build in a catalogue: what it is, who publishes it, its files, and the endpoint that answers queries.

The catalogue is DCAT-AP 3 and DCAT-AP-NO, for sites such as data.norge.no; how much there is of what is in a file of
its own (``void.ttl``). A graph under another base still names Møtegraf as its publisher; the contact page is the base
itself, because no other address is known. A build states no time at which it was made, so that the same input gives the
same bytes: the catalogue has no dates of its own.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.builds.folder import FileInfo
from graph.builds.manifest import PARTS
from graph.model.iris import PREFIXES, STANDARDS, prefixes_under
from graph.model.labels import Label
from graph.publish.dcat_texts import (
    AREAS,
    CATALOGUE,
    DESCRIPTIONS,
    FILES,
    FILES_WITH_PARTS,
    KEYWORDS,
    MEETINGS,
    QUOTES_TERMS,
    SERVICE,
    SOURCES,
    TITLES,
    VOCABULARY,
)
from graph.publish.void import ENDPOINT, TermCounts
from graph.publish.void import FILE as VOID
from graph.rdf.statements import Object, Statement, label_pairs, statements_about
from graph.rdf.terms import iri, lang_literal
from graph.rdf.turtle import serialize_turtle

FILE = "catalog.ttl"
PUBLISHER, CONTACT, TERMS = "organisation:motegraf", "catalogue:contact", "catalogue:terms-of-quotes"
_EU = "http://publications.europa.eu/resource/authority/"
VOCABULARY_IRI = PREFIXES["mg"].removesuffix("#")
_PROTOCOL = NamedNode("http://www.w3.org/TR/sparql11-protocol/")
# What others can judge the data or the service by.
_STANDARDS = {
    f"<{VOCABULARY_IRI}>": Label("Møtegraf-ontologien", "The Møtegraf ontology"),
    str(_PROTOCOL): Label("SPARQL 1.1-protokollen", "SPARQL 1.1 Protocol"),
}
_LICENCE = NamedNode(f"{_EU}licence/CC_BY_4_0")
_NORWAY = NamedNode(f"{_EU}country/NOR")
# By suffix: the media type, and the file type in the list of the EU.
_MEDIA_TYPES = {
    "html": ("text/html", "HTML"),
    "json": ("application/json", "JSON"),
    "jsonld": ("application/ld+json", "JSON_LD"),
    "nq": ("application/n-quads", "RDF_N_QUADS"),
    "trig": ("application/trig", "RDF_TRIG"),
    "ttl": ("text/turtle", "RDF_TURTLE"),
    "zip": ("application/zip", "ZIP"),
}
# The years whose areas there are.
_YEARS_OF_AREAS = ("2014-01-01", "2024-12-31")


def catalogue_file(counts: TermCounts, files: Mapping[str, FileInfo], base: str, as_known_on: str | None) -> bytes:
    """Return the catalogue as Turtle, with those of the files that it describes."""
    return serialize_turtle(_statements(counts, files, base, as_known_on), prefixes_under(base))


def _statements(
    counts: TermCounts, files: Mapping[str, FileInfo], base: str, as_known_on: str | None
) -> Iterator[Statement]:
    periods = {AREAS: _YEARS_OF_AREAS} | ({MEETINGS: (counts.first_day, counts.last_day)} if counts.first_day else {})
    yield from _resource(CATALOGUE, "dcat:Catalog", base)
    yield from statements_about(
        CATALOGUE,
        ("foaf:homepage", NamedNode(base)),
        ("dct:spatial", _NORWAY),
        ("dcat:themeTaxonomy", NamedNode(f"{_EU}data-theme")),
        *(("dcat:dataset", dataset) for dataset in FILES),
        ("dcat:service", SERVICE),
    )
    for dataset, names in _described(files).items():
        yield from _resource(dataset, "dcat:Dataset", base, as_known_on if dataset == MEETINGS else None)
        yield from _themes(dataset)
        yield from statements_about(
            dataset,
            ("dct:spatial", None if dataset == VOCABULARY else _NORWAY),
            ("dct:rights", TERMS if dataset in (MEETINGS, SOURCES) else None),
            ("dct:conformsTo", NamedNode(VOCABULARY_IRI) if dataset in (MEETINGS, AREAS) else None),
            ("dct:temporal", _period(dataset) if dataset in periods else None),
            ("rdfs:seeAlso", _download_url(VOID, base) if dataset == MEETINGS else None),
            ("dcat:landingPage", NamedNode(VOCABULARY_IRI) if dataset == VOCABULARY else None),
            *(("dcat:distribution", f"catalogue:{name}") for name in names),
        )
        for name, description in names.items():
            yield from _distribution(name, files[name], dataset, description, base)
    yield from _service(base)
    for dataset, days in periods.items():
        yield from _period_statements(dataset, *days)
    yield from _agents(base)
    for standard, title in _STANDARDS.items():
        yield from statements_about(
            standard, ("rdf:type", "dct:Standard"), *(("dct:title", each) for each in _bilingual(title))
        )
    yield from statements_about(
        TERMS, ("rdf:type", "dct:RightsStatement"), *label_pairs(QUOTES_TERMS.nb, QUOTES_TERMS.en)
    )


def _described(files: Iterable[str]) -> Mapping[str, Mapping[str, Label]]:
    """Return what is said of the files of each dataset."""
    return FILES | {MEETINGS: FILES[MEETINGS] | FILES_WITH_PARTS} if PARTS in files else FILES


def _resource(name: str, kind: str, base: str, as_known_on: str | None = None) -> list[Statement]:
    """Return the statements that the catalogue, every dataset and the service have."""
    title, description = TITLES[name], DESCRIPTIONS[name]
    if as_known_on:
        description = Label(
            f"{description.nb} Bare det som sider sikkert publisert til og med {as_known_on}, sier.",
            f"{description.en} Only what pages certainly published until {as_known_on} say.",
        )
    pairs: list[tuple[str, Object | None]] = [
        ("rdf:type", kind),
        *label_pairs(title.nb, title.en),
        *(("dct:title", each) for each in _bilingual(title)),
        *(("dct:description", each) for each in _bilingual(description)),
        ("dct:identifier", Literal(_expand(name, base).value)),
        ("dct:publisher", PUBLISHER),
        ("dcat:contactPoint", CONTACT),
        ("dct:license", None if name == SOURCES else _LICENCE),
        # Texts are in the languages of their sources.
        *(("dct:language", NamedNode(f"{_EU}language/{code}")) for code in ("NOB", "ENG") if name != SOURCES),
    ]
    return statements_about(name, *pairs)


def _themes(name: str) -> list[Statement]:
    """Return what a dataset or the service is about, and that it is public."""
    return statements_about(
        name,
        ("dct:accessRights", NamedNode(f"{_EU}access-right/PUBLIC")),
        ("dcat:theme", NamedNode(f"{_EU}data-theme/GOVE")),
        *(("dcat:keyword", each) for word in KEYWORDS[name] for each in _bilingual(word)),
    )


def _distribution(file: str, info: FileInfo, dataset: str, description: Label, base: str) -> Iterator[Statement]:
    """Yield statements about a file: where it is, its format, its size in bytes, and its digest."""
    media, kind = _MEDIA_TYPES[file.rpartition(".")[2]]
    title = TITLES[dataset]
    yield from statements_about(
        f"catalogue:{file}",
        ("rdf:type", "dcat:Distribution"),
        *(("dct:title", each) for each in _bilingual(Label(f"{title.nb} ({file})", f"{title.en} ({file})"))),
        *(("dct:description", each) for each in _bilingual(description)),
        ("dcat:accessURL", _download_url(file, base)),
        ("dcat:downloadURL", _download_url(file, base)),
        ("dcat:mediaType", NamedNode(f"http://www.iana.org/assignments/media-types/{media}")),
        ("dct:format", NamedNode(f"{_EU}file-type/{kind}")),
        ("dct:license", None if dataset == SOURCES else _LICENCE),
        ("dct:rights", TERMS if dataset in (MEETINGS, SOURCES) else None),
        ("dcatap:availability", NamedNode(f"{_EU}planned-availability/EXPERIMENTAL")),
        ("dcat:byteSize", _typed_literal(str(info.size), "nonNegativeInteger")),
        ("spdx:checksum", f"catalogue:sha256.{file}"),
    )
    yield from statements_about(
        f"catalogue:sha256.{file}",
        ("rdf:type", "spdx:Checksum"),
        ("spdx:algorithm", NamedNode(f"{STANDARDS['spdx']}checksumAlgorithm_sha256")),
        ("spdx:checksumValue", _typed_literal(info.sha256, "hexBinary")),
    )


def _service(base: str) -> Iterator[Statement]:
    """Yield statements about the endpoint, which is below the base as the files are."""
    endpoint = NamedNode(f"{base}{ENDPOINT}")
    yield from _resource(SERVICE, "dcat:DataService", base)
    yield from _themes(SERVICE)
    yield from statements_about(
        SERVICE,
        ("dcat:endpointURL", endpoint),
        # Without a query, the endpoint describes itself (SPARQL 1.1 Service Description).
        ("dcat:endpointDescription", endpoint),
        ("dcat:servesDataset", MEETINGS),
        ("dcat:landingPage", NamedNode(base)),
        ("dct:conformsTo", _PROTOCOL),
    )


def _period(dataset: str) -> str:
    return "catalogue:period" if dataset == MEETINGS else f"{dataset}.period"


def _period_statements(dataset: str, first: str, last: str) -> Iterator[Statement]:
    days = (("dcat:startDate", first), ("dcat:endDate", last))
    yield from statements_about(
        _period(dataset),
        ("rdf:type", "dct:PeriodOfTime"),
        *((name, _typed_literal(day, "date")) for name, day in days),
    )


def _agents(base: str) -> Iterator[Statement]:
    """Yield statements about the publisher, and where to turn to."""
    yield from statements_about(
        CONTACT,
        ("rdf:type", "vcard:Kind"),
        ("rdf:type", "vcard:Organization"),
        ("vcard:fn", lang_literal("Møtegraf")),
        ("vcard:hasURL", NamedNode(base)),
    )
    yield from statements_about(
        PUBLISHER,
        ("rdf:type", "foaf:Agent"),
        ("foaf:name", lang_literal("Møtegraf")),
        ("dct:identifier", Literal(_expand(PUBLISHER, base).value)),
    )


def _bilingual(text: Label) -> Iterator[Literal]:
    """Yield the text in both languages."""
    yield lang_literal(text.nb)
    yield lang_literal(text.en or text.nb, "en")


def _typed_literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=iri(f"xsd:{datatype}"))


def _download_url(file: str, base: str) -> NamedNode:
    """Return the URL of a published file of a build."""
    return NamedNode(f"{base}dumps/{file}")


def _expand(name: str, base: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(prefixes_under(base)[prefix] + local)
