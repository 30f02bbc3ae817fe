"""Describe a build in a catalogue: what it is, who publishes it, its files, and how much it has of what.

The catalogue is DCAT-AP-NO, for sites such as data.norge.no, and VoID, for SPARQL editors. A graph under another base
still names Møtegraf as its publisher; the contact page is the base itself, because no other address is known.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.builds.folder import FileInfo
from graph.model.iris import PREFIXES, STANDARDS, prefixes_under
from graph.model.labels import Label
from graph.publish.void import TermCounts, linkset_statements, partition_statements, void_statements
from graph.rdf.statements import Object, Statement, label_pairs, statements_about
from graph.rdf.terms import iri, lang_literal
from graph.rdf.turtle import serialize_turtle

FILE = "catalog.ttl"
CATALOGUE, MEETINGS, AREAS, QUESTIONS = (f"catalogue:{name}" for name in ("motegraf", "meetings", "areas", "questions"))
PUBLISHER, CONTACT, PERIOD = "organisation:motegraf", "catalogue:contact", "catalogue:period"
_EU = "http://publications.europa.eu/resource/authority/"
VOCABULARY_IRI = PREFIXES["mg"].removesuffix("#")
_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
# By suffix: the media type, and the file type in the list of the EU.
_MEDIA_TYPES = {
    "nq": ("application/n-quads", "RDF_N_QUADS"),
    "ttl": ("text/turtle", "RDF_TURTLE"),
    "trig": ("application/trig", "RDF_TRIG"),
    "jsonld": ("application/ld+json", "JSON_LD"),
}
# The files of each dataset.
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


def catalogue_file(counts: TermCounts, files: Mapping[str, FileInfo], base: str, as_known_on: str | None) -> bytes:
    """Return the catalogue as Turtle, with those of the files that it describes."""
    return serialize_turtle(_statements(counts, files, base, as_known_on), prefixes_under(base))


def _statements(
    counts: TermCounts, files: Mapping[str, FileInfo], base: str, as_known_on: str | None
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
            yield from _about_meetings(counts, base)
    yield from linkset_statements(MEETINGS, counts)
    yield from partition_statements(counts)
    for dataset, names in FILES.items():
        for name in names:
            yield from _distribution(name, files[name], _TITLES[dataset], base)
    if counts.first_day and counts.last_day:
        days = (("dcat:startDate", counts.first_day), ("dcat:endDate", counts.last_day))
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


def _about_meetings(counts: TermCounts, base: str) -> Iterator[Statement]:
    """Yield statements about the dataset of meetings alone."""
    yield MEETINGS, "dct:conformsTo", NamedNode(VOCABULARY_IRI)
    if counts.first_day and counts.last_day:
        yield MEETINGS, "dct:temporal", PERIOD
    yield MEETINGS, "void:uriSpace", Literal(base)
    yield from ((MEETINGS, "void:dataDump", _download_url(name, base)) for name in FILES[MEETINGS])
    yield from void_statements(MEETINGS, counts)


def _resource(name: str, kinds: tuple[str, ...], as_known_on: str | None) -> list[Statement]:
    """Return the statements that the catalogue and every dataset have."""
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


def _distribution(file: str, file_info: FileInfo, title: Label, base: str) -> Iterator[Statement]:
    """Yield statements about a file: where it is, its format, its size in bytes, and its digest."""
    media, kind = _MEDIA_TYPES[file.rpartition(".")[2]]
    yield from statements_about(
        f"catalogue:{file}",
        ("rdf:type", "dcat:Distribution"),
        *(("dct:title", lang_literal(f"{getattr(title, lang)} ({file})", lang)) for lang in ("nb", "en")),
        ("dcat:accessURL", _download_url(file, base)),
        ("dcat:downloadURL", _download_url(file, base)),
        ("dcat:mediaType", NamedNode(f"http://www.iana.org/assignments/media-types/{media}")),
        ("dct:format", NamedNode(f"{_EU}file-type/{kind}")),
        ("dct:license", _LICENCE),
        ("dcat:byteSize", _typed_literal(str(file_info.size), "nonNegativeInteger")),
        ("spdx:checksum", f"catalogue:sha256.{file}"),
    )
    yield from statements_about(
        f"catalogue:sha256.{file}",
        ("rdf:type", "spdx:Checksum"),
        ("spdx:algorithm", NamedNode(f"{STANDARDS['spdx']}checksumAlgorithm_sha256")),
        ("spdx:checksumValue", _typed_literal(file_info.sha256, "hexBinary")),
    )


def _bilingual(*texts: Label) -> Iterator[Literal]:
    """Yield the texts in both languages."""
    for each in texts:
        yield lang_literal(each.nb)
        yield lang_literal(each.en or each.nb, "en")


def _typed_literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=iri(f"xsd:{datatype}"))


def _download_url(file: str, base: str) -> NamedNode:
    """Return the URL of a published file of a build."""
    return NamedNode(f"{base}dumps/{file}")


def _expand(name: str, base: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(prefixes_under(base)[prefix] + local)
