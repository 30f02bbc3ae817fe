"""The catalogue of a build: what it is, who publishes it, which files it has, and how much there is of what.

DCAT-AP-NO for catalogues such as data.norge.no, and VoID for SPARQL editors. Who publishes under another base is still
named as Møtegraf here; the contact page is the base itself, because no other address is known.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.builds.folder import Written
from graph.model.iris import PREFIXES, STANDARDS, prefixes_under
from graph.model.labels import Label
from graph.publish.void import Counts, linkset_statements, partition_statements, void_statements
from graph.rdf.statements import Object, Statement, label_pairs, statements_about
from graph.rdf.terms import iri, lang_literal
from graph.rdf.turtle import serialize_turtle

FILE = "catalog.ttl"
CATALOGUE, MEETINGS, AREAS, QUESTIONS = (f"catalogue:{name}" for name in ("motegraf", "meetings", "areas", "questions"))
PUBLISHER, CONTACT, PERIOD = "organisation:motegraf", "catalogue:contact", "catalogue:period"
_EU = "http://publications.europa.eu/resource/authority/"
VOCABULARY_IRI = PREFIXES["mg"].removesuffix("#")
_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
# The type of the medium and, in the list of the EU, of the file, by the ending.
_TYPES = {
    "nq": ("application/n-quads", "RDF_N_QUADS"),
    "ttl": ("text/turtle", "RDF_TURTLE"),
    "trig": ("application/trig", "RDF_TRIG"),
    "jsonld": ("application/ld+json", "JSON_LD"),
}
# Which files are of which dataset.
FILES = {
    MEETINGS: ("motegraf.nq", "motegraf.ttl", "motegraf.trig", "motegraf.jsonld"),
    AREAS: ("areas.ttl",),
    QUESTIONS: ("queries.ttl",),
}
_TITLES = {
    CATALOGUE: Label("Møtegraf", "Møtegraf"),
    MEETINGS: Label("Møtegraf: offentlige møter", "Møtegraf: public meetings"),
    AREAS: Label("Møtegraf: norske kommuner og fylker", "Møtegraf: Norwegian municipalities and counties"),
    QUESTIONS: Label("Møtegraf: ferdige spørsmål", "Møtegraf: ready questions"),
}
_DESCRIPTIONS = {
    CATALOGUE: Label(
        "Åpne data om offentlige møter, med belegg for hvert utsagn.",
        "Open data about public meetings, with proof of every statement.",
    ),
    MEETINGS: Label(
        "Hvem som møtte hvem, hvor, når og om hva, og setningen som sier det. Sikkert og mulig holdes atskilt. "
        "Sitatene er fra sidene de viser til, på disse sidenes vilkår.",
        "Who met whom, where, when and about what, and the sentence that says so. What is certain and what is merely "
        "possible are kept apart. The quotes are from the pages they lead to, on the terms of those pages.",
    ),
    AREAS: Label(
        "Kommunene, fylkene og politidistriktene fra 2014, og hva som ble av dem frem til 2024.",
        "The municipalities, counties and police districts of 2014, and what became of them up to 2024.",
    ),
    QUESTIONS: Label(
        "Spørsmål til grafen i SPARQL, med norsk og engelsk tekst.",
        "Questions to the graph in SPARQL, with Norwegian and English texts.",
    ),
}
_KEYWORDS = {
    MEETINGS: (
        Label("møter", "meetings"),
        Label("offentlig forvaltning", "public administration"),
        Label("åpenhet", "transparency"),
    ),
    AREAS: (
        Label("fylker", "counties"),
        Label("kommuner", "municipalities"),
        Label("politidistrikter", "police districts"),
    ),
    QUESTIONS: (Label("SPARQL", "SPARQL"),),
}


def catalogue_file(counted: Counts, files: Mapping[str, Written], base: str, as_known_on: str | None) -> bytes:
    """The catalogue as Turtle; of the files, those that are named here."""
    return serialize_turtle(_statements(counted, files, base, as_known_on), prefixes_under(base))


def _statements(
    counted: Counts, files: Mapping[str, Written], base: str, as_known_on: str | None
) -> Iterator[Statement]:
    yield from _resource(CATALOGUE, ("dcat:Catalog",), None)
    yield from statements_about(CATALOGUE, *(("dcat:dataset", dataset) for dataset in FILES))
    for dataset in FILES:
        if dataset == MEETINGS:
            yield from _resource(dataset, ("dcat:Dataset", "void:Dataset"), as_known_on)
        else:
            yield from _resource(dataset, ("dcat:Dataset",), None)
        yield from statements_about(
            dataset,
            ("dct:identifier", Literal(_expand(dataset, base).value)),
            ("dct:accessRights", NamedNode(f"{_EU}access-right/PUBLIC")),
            ("dcat:theme", NamedNode(f"{_EU}data-theme/GOVE")),
            ("dct:spatial", NamedNode(f"{_EU}country/NOR")),
            *(
                ("dcat:keyword", lang_literal(getattr(word, lang), lang))
                for word in _KEYWORDS[dataset]
                for lang in ("nb", "en")
            ),
            *(("dcat:distribution", f"catalogue:{name}") for name in FILES[dataset]),
        )
        if dataset == MEETINGS:
            yield from _of_meetings(counted, base)
    yield from linkset_statements(MEETINGS, counted)
    yield from partition_statements(counted)
    for dataset, names in FILES.items():
        for name in names:
            yield from _distribution(name, files[name], _TITLES[dataset], base)
    if counted.first_day and counted.last_day:
        days = (("dcat:startDate", counted.first_day), ("dcat:endDate", counted.last_day))
        yield from statements_about(
            PERIOD, ("rdf:type", "dct:PeriodOfTime"), *((name, _typed_literal(day, "date")) for name, day in days)
        )
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


def _of_meetings(counted: Counts, base: str) -> Iterator[Statement]:
    """What is said of the dataset of meetings besides."""
    yield MEETINGS, "dct:conformsTo", NamedNode(VOCABULARY_IRI)
    if counted.first_day and counted.last_day:
        yield MEETINGS, "dct:temporal", PERIOD
    yield MEETINGS, "void:uriSpace", Literal(base)
    yield from ((MEETINGS, "void:dataDump", _dump(name, base)) for name in FILES[MEETINGS])
    yield from void_statements(MEETINGS, counted)


def _resource(name: str, kinds: tuple[str, ...], as_known_on: str | None) -> list[Statement]:
    """What is said of the catalogue and of a dataset alike."""
    title, description = _TITLES[name], _DESCRIPTIONS[name]
    if as_known_on:
        description = Label(
            f"{description.nb} Bare det som sider sikkert publisert til og med {as_known_on}, sier.",
            f"{description.en} Only what pages certainly published until {as_known_on} say.",
        )
    pairs: list[tuple[str, Object | None]] = [
        *(("rdf:type", kind) for kind in kinds),
        *label_pairs(title.nb, title.en),
        *(("dct:title", each) for each in _bilingual(title)),
        *(("dct:description", each) for each in _bilingual(description)),
        ("dct:publisher", PUBLISHER),
        ("dcat:contactPoint", CONTACT),
        ("dct:license", _LICENCE),
        *(("dct:language", NamedNode(f"{_EU}language/{code}")) for code in ("NOB", "ENG")),
    ]
    return statements_about(name, *pairs)


def _distribution(file: str, written: Written, title: Label, base: str) -> Iterator[Statement]:
    """A file: where it is, what it is, how long, and its digest."""
    media, kind = _TYPES[file.rpartition(".")[2]]
    yield from statements_about(
        f"catalogue:{file}",
        ("rdf:type", "dcat:Distribution"),
        *(("dct:title", lang_literal(f"{getattr(title, lang)} ({file})", lang)) for lang in ("nb", "en")),
        ("dcat:accessURL", _dump(file, base)),
        ("dcat:downloadURL", _dump(file, base)),
        ("dcat:mediaType", NamedNode(f"http://www.iana.org/assignments/media-types/{media}")),
        ("dct:format", NamedNode(f"{_EU}file-type/{kind}")),
        ("dct:license", _LICENCE),
        ("dcat:byteSize", _typed_literal(str(written.size), "nonNegativeInteger")),
        ("spdx:checksum", f"catalogue:sha256.{file}"),
    )
    yield from statements_about(
        f"catalogue:sha256.{file}",
        ("rdf:type", "spdx:Checksum"),
        ("spdx:algorithm", NamedNode(f"{STANDARDS['spdx']}checksumAlgorithm_sha256")),
        ("spdx:checksumValue", _typed_literal(written.sha256, "hexBinary")),
    )


def _bilingual(*texts: Label) -> Iterator[Literal]:
    """The texts in both languages."""
    for each in texts:
        yield lang_literal(each.nb)
        yield lang_literal(each.en or each.nb, "en")


def _typed_literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=iri(f"xsd:{datatype}"))


def _dump(file: str, base: str) -> NamedNode:
    """Where a file of a build is when it is published."""
    return NamedNode(f"{base}dumps/{file}")


def _expand(name: str, base: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(prefixes_under(base)[prefix] + local)
