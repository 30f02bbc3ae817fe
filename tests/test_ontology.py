"""The ontology passes the checks of the field: OOPS! pitfalls (P..), FOOPS! tests (OM1 ...), SKOS conditions (S..).

A check is a function from an ontology to the list of what is wrong with it. Each runs twice: on the ontology, where it
must find nothing, and on a small broken one, where it must find the fault. Nothing is fetched.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

pytestmark = pytest.mark.unit

HOME = Path(__file__).parent.parent
BASE = "https://w3id.org/motegraf/"
ONTOLOGY = NamedNode(BASE + "ontology")
MG = ONTOLOGY.value + "#"

BIBO = "http://purl.org/ontology/bibo/"
DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VANN = "http://purl.org/vocab/vann/"
XSD = "http://www.w3.org/2001/XMLSchema#"

TYPE = RDF + "type"
LABEL, DOMAIN, RANGE = RDFS + "label", RDFS + "domain", RDFS + "range"
SUBCLASS, SUBPROPERTY, DEFINED_BY = RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "isDefinedBy"
CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY = OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty"
CONCEPT, SCHEME, IN_SCHEME = SKOS + "Concept", SKOS + "ConceptScheme", SKOS + "inScheme"
TOP_OF = SKOS + "topConceptOf"
DEFINITION, EXAMPLE, BROADER = SKOS + "definition", SKOS + "example", SKOS + "broader"
PREF, ALT, HIDDEN = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"
LICENCE = DCT + "license"
COMES_AFTER = MG + "comesAfter"

DATATYPES = {RDF + "PlainLiteral", RDFS + "Literal"}
LANGUAGES = ("nb", "en")
PACKS = {file.stem for file in (HOME / "graph/sources/languages").glob("*.yaml")}
PERSISTENT = (
    "https://w3id.org/",
    "http://purl.org/",
    "https://doi.org/",
    "http://data.europa.eu/",
    "http://www.w3.org/",
)


@dataclass(frozen=True)
class Ontology:
    """What the Turtle files say, the text of the shapes and rules that use it, and the code that does."""

    store: Store
    rules: str = ""
    code: str = ""


@cache
def motegraf() -> Ontology:
    """The ontology as it stands: every Turtle file but the shapes, which are read as text, as the rules are."""
    store, folder = Store(), HOME / "ontology"
    for file in turtle_files():
        store.extend(quads(parse(path=file, format=RdfFormat.TURTLE)))
    rules = [folder / "shapes.ttl", *sorted(folder.glob("rules/**/*.rq"))]
    code = sorted((HOME / "graph").glob("**/*.py"))
    return Ontology(store, *("\n".join(f.read_text("utf-8") for f in files if f.exists()) for files in (rules, code)))


def turtle_files() -> list[Path]:
    return [file for file in sorted((HOME / "ontology").glob("**/*.ttl")) if file.name != "shapes.ttl"]


def quads(triples: Iterable[Triple | Quad]) -> Iterator[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


# Reading the store


def subjects(store: Store) -> list[str]:
    """The IRIs that something is said of, in order."""
    return sorted({quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)})


def values(store: Store, subject: str, predicate: str) -> list[NamedNode | Literal | BlankNode | Triple]:
    return [quad.object for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)]


def iris(store: Store, subject: str, predicate: str) -> list[str]:
    return sorted(value.value for value in values(store, subject, predicate) if isinstance(value, NamedNode))


def texts(store: Store, subject: str, predicate: str) -> list[tuple[str, str]]:
    """The literals as (language, text), in order."""
    found = [value for value in values(store, subject, predicate) if isinstance(value, Literal)]
    return sorted((text.language or "", text.value) for text in found)


def of_type(store: Store, *types: str) -> list[str]:
    """What is of one of the types, in order."""
    found = {quad.subject for kind in types for quad in store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(kind))}
    return sorted(subject.value for subject in found if isinstance(subject, NamedNode))


def terms(store: Store) -> list[str]:
    """The own classes and properties, typed or not."""
    return [subject for subject in subjects(store) if subject.startswith(MG)]


def properties(store: Store) -> list[str]:
    """The own terms that are typed as properties or have a domain or range as properties do."""
    typed = set(of_type(store, OBJECT_PROPERTY, DATATYPE_PROPERTY))
    return [term for term in terms(store) if term in typed or values(store, term, DOMAIN) or values(store, term, RANGE)]


def nodes(store: Store) -> Iterator[str]:
    """Every IRI in every position, datatypes aside."""
    for quad in store:
        for node in (quad.subject, quad.predicate, quad.object):
            if isinstance(node, NamedNode):
                yield node.value


def short(iri: str) -> str:
    return iri.replace(MG, "mg:").removeprefix(BASE)


def header_lacks(store: Store, *predicates: str) -> list[str]:
    return [predicate for predicate in predicates if not values(store, ONTOLOGY.value, predicate)]


def one_per_language(store: Store, subject: str, predicate: str) -> list[str]:
    """The languages in which there is not just one text, or one where there should be none."""
    count = Counter(language for language, _ in texts(store, subject, predicate))
    return sorted(language for language in {*LANGUAGES, *count} if count[language] != (language in LANGUAGES))


def in_cycles(store: Store, predicate: str) -> list[str]:
    """What can be reached from itself along the predicate."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
        above[str(quad.subject)].add(str(quad.object))
    return sorted(short(start.strip("<>")) for start in above if start in reachable(above, start))


def reachable(above: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = set(above[start])
    while todo:
        node = todo.pop()
        seen.add(node)
        todo |= above.get(node, set()) - seen
    return seen


# Terms


def untyped_terms(ontology: Ontology) -> list[str]:
    """OOPS! P34, P35: every own term is a class, an object property or a datatype property, and only one of them."""
    kinds = {CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY}
    store = ontology.store
    return [short(term) for term in terms(store) if len(kinds.intersection(iris(store, term, TYPE))) != 1]


def unlabelled_terms(ontology: Ontology) -> list[str]:
    """OOPS! P08, FOOPS! VOC3: every own term has one label in Norwegian bokmål and one in English."""
    return [short(term) for term in terms(ontology.store) if one_per_language(ontology.store, term, LABEL)]


def undefined_terms(ontology: Ontology) -> list[str]:
    """OOPS! P08, FOOPS! VOC4: every own term has one definition in Norwegian bokmål and one in English."""
    return [short(term) for term in terms(ontology.store) if one_per_language(ontology.store, term, DEFINITION)]


def terms_without_example(ontology: Ontology) -> list[str]:
    """OOPS! P09: every own term has an example."""
    return [short(term) for term in terms(ontology.store) if not texts(ontology.store, term, EXAMPLE)]


def terms_without_ontology(ontology: Ontology) -> list[str]:
    """OOPS! P09: every own term says that this ontology defines it."""
    store = ontology.store
    return [short(term) for term in terms(store) if iris(store, term, DEFINED_BY) != [ONTOLOGY.value]]


def missing_domain_or_range(ontology: Ontology) -> list[str]:
    """OOPS! P11: every own property has a domain and a range."""
    store = ontology.store
    return [
        short(name) for name in properties(store) if not (values(store, name, DOMAIN) and values(store, name, RANGE))
    ]


def multiple_domains_or_ranges(ontology: Ontology) -> list[str]:
    """OOPS! P19: no own property has two domains or two ranges, which would mean both at once."""
    store = ontology.store
    return [
        short(name)
        for name in properties(store)
        if len(values(store, name, DOMAIN)) > 1 or len(values(store, name, RANGE)) > 1
    ]


def ranges_of_the_wrong_kind(ontology: Ontology) -> list[str]:
    """OOPS! P35: a datatype property has a datatype for a range, an object property has not."""
    store = ontology.store
    literal = set(of_type(store, DATATYPE_PROPERTY))
    return [
        short(name)
        for name in properties(store)
        for value in iris(store, name, RANGE)
        if (value in DATATYPES or value.startswith(XSD)) != (name in literal)
    ]


def class_cycles(ontology: Ontology) -> list[str]:
    """OOPS! P06: no class is above itself."""
    return in_cycles(ontology.store, SUBCLASS)


def property_cycles(ontology: Ontology) -> list[str]:
    """OOPS! P06, for properties: no property is above itself."""
    return in_cycles(ontology.store, SUBPROPERTY)


def recursive_definitions(ontology: Ontology) -> list[str]:
    """OOPS! P24: no term is defined by itself, in a statement or in words that only repeat its label."""
    store = ontology.store
    by_itself = {quad.subject.value for quad in store if quad.subject == quad.object}
    in_words = {
        term
        for term in terms(store)
        for (_, label) in texts(store, term, LABEL)
        for (_, text) in texts(store, term, DEFINITION)
        if re.fullmatch(rf"(?:(?:an?|the|en|et) )?{re.escape(label)}\.?", text, re.IGNORECASE)
    }
    return sorted(short(term) for term in by_itself | in_words)


def hijacked_namespaces(ontology: Ontology) -> list[str]:
    """OOPS! P40: nothing is said of a term of somebody else's."""
    return [subject for subject in subjects(ontology.store) if not subject.startswith(BASE)]


def undeclared_names(ontology: Ontology) -> list[str]:
    """OOPS! P40, for our own namespace: every mg: name in ontology, shapes, rules and code is declared."""
    text = f"{ontology.rules}\n{ontology.code}"
    used = {iri for iri in nodes(ontology.store) if iri.startswith(MG)}
    used |= {MG + name for name in re.findall(rf"(?:(?<![\w-])mg:|{re.escape(MG)})([A-Za-z]\w*)", text)}
    return sorted(short(iri) for iri in used - set(of_type(ontology.store, CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY)))


def undeclared_concepts(ontology: Ontology) -> list[str]:
    """OOPS! P40, for our own schemes: every concept that the ontology names is described, in this ontology."""
    store = ontology.store
    folders = tuple(scheme + "/" for scheme in of_type(store, SCHEME))
    return sorted({short(iri) for iri in nodes(store) if iri.startswith(folders)} - set(map(short, subjects(store))))


def unused_terms(ontology: Ontology) -> list[str]:
    """OOPS! P04: every own term is used by a shape, a rule or the code, or by the declaration of a term that is.

    A class is used where a term that is used names it as its domain, range or superclass.
    """
    store, text = ontology.store, f"{ontology.rules}\n{ontology.code}"
    words = set(re.findall(r"\w+", text))
    todo = [term for term in terms(store) if term.removeprefix(MG) in words]
    used: set[str] = set()
    while todo:
        term = todo.pop()
        used.add(term)
        leads_to = [iri for predicate in (SUBCLASS, SUBPROPERTY, DOMAIN, RANGE) for iri in iris(store, term, predicate)]
        todo += [iri for iri in leads_to if iri.startswith(MG) and iri not in used]
    return [short(term) for term in terms(store) if term not in used]


def shared_labels(ontology: Ontology) -> list[str]:
    """OOPS! P32: no two classes have the same label, and no two properties."""
    store = ontology.store
    return [
        text
        for group in (of_type(store, CLASS), of_type(store, OBJECT_PROPERTY, DATATYPE_PROPERTY))
        for text in repeated(
            (language, text.casefold()) for term in group for language, text in texts(store, term, LABEL)
        )
    ]


def repeated(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{text}@{language}" for (language, text), count in Counter(pairs).items() if count > 1)


def mixed_naming(ontology: Ontology) -> list[str]:
    """OOPS! P22: classes are named in UpperCamelCase, properties in lowerCamelCase."""
    store = ontology.store
    classes = [term for term in of_type(store, CLASS) if not re.fullmatch(r"(?:[A-Z][a-z]+)+", term.removeprefix(MG))]
    names = [term for term in properties(store) if not re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+)*", term.removeprefix(MG))]
    return sorted(map(short, {*classes, *names}))


def file_extensions(ontology: Ontology) -> list[str]:
    """OOPS! P36: no own IRI ends like a file name."""
    ending = re.compile(r"\.(?:ttl|owl|rdf|xml|n3|nt|json|jsonld|html?)[#/]?$")
    return sorted({short(iri) for iri in nodes(ontology.store) if iri.startswith(BASE) and ending.search(iri)})


def blank_nodes(ontology: Ontology) -> list[str]:
    """No node is blank: every thing can be named from outside, and files have one order."""
    found = [quad for quad in ontology.store if BlankNode in (type(quad.subject), type(quad.object))]
    return sorted(f"{short(quad.subject.value)} {short(quad.predicate.value)}" for quad in found)


def imports(ontology: Ontology) -> list[str]:
    """Nothing is imported, so that nothing is fetched."""
    return sorted(str(quad.object) for quad in ontology.store.quads_for_pattern(None, NamedNode(OWL + "imports"), None))


# The description of the ontology


def not_one_ontology(ontology: Ontology) -> list[str]:
    """OOPS! P38, FOOPS! URI2: there is one ontology, and its IRI is the one that it is known by."""
    found = of_type(ontology.store, OWL + "Ontology")
    return [] if found == [ONTOLOGY.value] else found or ["no owl:Ontology"]


def not_persistent(ontology: Ontology) -> list[str]:
    """FOOPS! PURL1: the IRI of the ontology is under an address made to last."""
    return [iri for iri in of_type(ontology.store, OWL + "Ontology") if not iri.startswith(PERSISTENT)]


def closed_protocol(ontology: Ontology) -> list[str]:
    """FOOPS! HTTP1: the ontology and its terms go by http or https, and the namespace says so."""
    names = [*of_type(ontology.store, OWL + "Ontology"), *terms(ontology.store)]
    names += [text for _, text in texts(ontology.store, ONTOLOGY.value, VANN + "preferredNamespaceUri")]
    return [name for name in names if not re.match(r"https?://", name)]


def no_version_of_its_own(ontology: Ontology) -> list[str]:
    """FOOPS! VER1: there is one version IRI, it is not the ontology's own, and it ends with the version."""
    store = ontology.store
    found = iris(store, ONTOLOGY.value, OWL + "versionIRI")
    numbers = [text for _, text in texts(store, ONTOLOGY.value, OWL + "versionInfo")]
    good = len(found) == len(numbers) == 1 and found == [f"{ONTOLOGY.value}/{numbers[0]}"]
    return [] if good else found or ["no owl:versionIRI"]


def minimum_metadata(ontology: Ontology) -> list[str]:
    """FOOPS! OM1: title, description, licence, version IRI, creator, day of creation, namespace."""
    wanted = [DCT + name for name in ("title", "description", "license", "creator", "created")]
    return header_lacks(ontology.store, *wanted, OWL + "versionIRI", VANN + "preferredNamespaceUri")


def untranslated_header(ontology: Ontology) -> list[str]:
    """FOOPS! OM1, in both languages: one title and one description each."""
    both = (DCT + "title", DCT + "description")
    return [predicate for predicate in both if one_per_language(ontology.store, ONTOLOGY.value, predicate)]


def recommended_metadata(ontology: Ontology) -> list[str]:
    """FOOPS! OM2: prefix, version, day of creation, how to cite."""
    wanted = (VANN + "preferredNamespacePrefix", OWL + "versionInfo", DCT + "created", DCT + "bibliographicCitation")
    return header_lacks(ontology.store, *wanted)


def detailed_metadata(ontology: Ontology) -> list[str]:
    """FOOPS! OM3: publisher, status, day of issue. It also asks for a DOI, a logo and a source; there are none yet."""
    return header_lacks(ontology.store, DCT + "publisher", BIBO + "status", DCT + "issued")


def missing_licence(ontology: Ontology) -> list[str]:
    """OOPS! P41, FOOPS! OM4.1: the ontology and every scheme have one licence."""
    store = ontology.store
    return [short(name) for name in (ONTOLOGY.value, *of_type(store, SCHEME)) if len(iris(store, name, LICENCE)) != 1]


def basic_provenance(ontology: Ontology) -> list[str]:
    """FOOPS! OM5.1: a creator who goes by an IRI, and the day of creation."""
    creators = iris(ontology.store, ONTOLOGY.value, DCT + "creator")
    return header_lacks(ontology.store, DCT + "created") + ([] if creators else ["no dct:creator with an IRI"])


def full_provenance(ontology: Ontology) -> list[str]:
    """FOOPS! OM5.2: day of issue and publisher."""
    return header_lacks(ontology.store, DCT + "issued", DCT + "publisher")


def undeclared_prefix(ontology: Ontology) -> list[str]:
    """FOOPS! FIND1: the prefix is mg, for the namespace that the terms are in."""
    declared = [
        text
        for name in ("preferredNamespacePrefix", "preferredNamespaceUri")
        for _, text in texts(ontology.store, ONTOLOGY.value, VANN + name)
    ]
    return [] if declared == ["mg", MG] else declared or ["no prefix"]


def homemade_metadata(ontology: Ontology) -> list[str]:
    """FOOPS! VOC1: the ontology is described in the words of common vocabularies, Dublin Core among them."""
    found = {quad.predicate.value for quad in ontology.store.quads_for_pattern(ONTOLOGY, None, None)}
    own = sorted(predicate for predicate in found if predicate.startswith(BASE))
    return own or ([] if any(predicate.startswith(DCT) for predicate in found) else ["no term of Dublin Core"])


def nothing_reused(ontology: Ontology) -> list[str]:
    """FOOPS! VOC2: terms of other vocabularies than RDF, RDFS, OWL and XSD serve as superclass, domain or range."""
    ours = (BASE, RDF, RDFS, OWL, XSD)
    reused = {
        iri
        for term in terms(ontology.store)
        for predicate in (SUBCLASS, SUBPROPERTY, DOMAIN, RANGE)
        for iri in iris(ontology.store, term, predicate)
        if not iri.startswith(ours)
    }
    return [] if reused else ["no term of another vocabulary"]


# Schemes and concepts


def not_in_one_scheme(ontology: Ontology) -> list[str]:
    """OOPS! P04, for concepts: each is in one scheme, and the scheme is its own IRI without the last part."""
    store = ontology.store
    return [
        short(concept)
        for concept in of_type(store, CONCEPT)
        if iris(store, concept, IN_SCHEME) != [concept.rpartition("/")[0]]
    ]


def undescribed_schemes(ontology: Ontology) -> list[str]:
    """OOPS! P08, for schemes: each that a concept is in has a type, and title, label, description in two languages."""
    store = ontology.store
    named = {iri for concept in of_type(store, CONCEPT) for iri in iris(store, concept, IN_SCHEME)}
    typed = set(of_type(store, SCHEME))
    return sorted(
        short(scheme)
        for scheme in named | typed
        if scheme not in typed
        or one_per_language(store, scheme, LABEL)
        or one_per_language(store, scheme, DCT + "title")
        or one_per_language(store, scheme, DCT + "description")
    )


def unlabelled_concepts(ontology: Ontology) -> list[str]:
    """SKOS S14: each concept has one preferred label in either language."""
    store = ontology.store
    return [short(concept) for concept in of_type(store, CONCEPT) if one_per_language(store, concept, PREF)]


def differing_labels(ontology: Ontology) -> list[str]:
    """FOOPS! VOC3, for concepts: the label that any reader finds is the preferred one."""
    store = ontology.store
    concepts = of_type(store, CONCEPT)
    return [short(concept) for concept in concepts if texts(store, concept, LABEL) != texts(store, concept, PREF)]


def undefined_concepts(ontology: Ontology) -> list[str]:
    """FOOPS! VOC4, for concepts: each is defined in both languages. A topic may do with its labels."""
    store = ontology.store
    return [
        short(concept)
        for concept in of_type(store, CONCEPT)
        if one_per_language(store, concept, DEFINITION)
        and not (concept.startswith(BASE + "topic/") and not texts(store, concept, DEFINITION))
    ]


def labels_stated_twice(ontology: Ontology) -> list[str]:
    """SKOS S13: no label of a concept is two of preferred, alternative and hidden."""
    store = ontology.store
    return [
        f"{short(concept)} {label}"
        for concept in of_type(store, CONCEPT)
        for label in repeated(pair for kind in (PREF, ALT, HIDDEN) for pair in texts(store, concept, kind))
    ]


def shared_words(ontology: Ontology) -> list[str]:
    """OOPS! P32, for concepts: no word points at two concepts of one scheme, be it preferred, alternative or hidden."""
    store = ontology.store
    by_scheme: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for concept in of_type(store, CONCEPT):
        words = {(lang, text.casefold()) for kind in (PREF, ALT, HIDDEN) for lang, text in texts(store, concept, kind)}
        for scheme in iris(store, concept, IN_SCHEME):
            by_scheme[scheme] += words
    return [f"{short(scheme)} {word}" for scheme, words in sorted(by_scheme.items()) for word in repeated(words)]


def hidden_words_as_no_page_has_them(ontology: Ontology) -> list[str]:
    """Hidden labels are compared with the words of pages in languages with a pack: small letters, single blanks."""
    return [
        f"{short(concept)} {text}"
        for concept in of_type(ontology.store, CONCEPT)
        for language, text in texts(ontology.store, concept, HIDDEN)
        if language not in PACKS or text != " ".join(text.lower().split())
    ]


def broader_cycles(ontology: Ontology) -> list[str]:
    """OOPS! P06, for concepts: none is broader than itself."""
    return in_cycles(ontology.store, BROADER)


def broader_across_schemes(ontology: Ontology) -> list[str]:
    """SKOS: skos:broader stays within a scheme; between schemes there are the mapping properties (S41)."""
    store = ontology.store
    return [
        short(concept)
        for concept in of_type(store, CONCEPT)
        for above in iris(store, concept, BROADER)
        if iris(store, concept, IN_SCHEME) != iris(store, above, IN_SCHEME)
    ]


def wrong_top_concepts(ontology: Ontology) -> list[str]:
    """SKOS: a concept with none broader is at the top of its scheme, where browsers begin; no other one is."""
    store = ontology.store
    return [
        short(concept)
        for concept in of_type(store, CONCEPT)
        if iris(store, concept, TOP_OF) != ([] if iris(store, concept, BROADER) else iris(store, concept, IN_SCHEME))
    ]


def after_itself(ontology: Ontology) -> list[str]:
    """OOPS! P06, for the order of concepts: none comes after itself."""
    return in_cycles(ontology.store, COMES_AFTER)


# The smallest ontology that breaks each check, and what the check then reports.

PREFIXES = f"""
@prefix bibo: <{BIBO}> . @prefix dct: <{DCT}> . @prefix mg: <{MG}> . @prefix owl: <{OWL}> . @prefix rdf: <{RDF}> .
@prefix rdfs: <{RDFS}> . @prefix role: <{BASE}role/> . @prefix skos: <{SKOS}> . @prefix topic: <{BASE}topic/> .
@prefix vann: <{VANN}> . @prefix xsd: <{XSD}> . @prefix schema: <https://schema.org/> .
"""
ROLE = "role:a a skos:Concept ; skos:inScheme <https://w3id.org/motegraf/role>"
OTHER_ROLE = "role:b a skos:Concept ; skos:inScheme <https://w3id.org/motegraf/role>"
HEADER = f"<{ONTOLOGY.value}> a owl:Ontology"

Check = Callable[[Ontology], list[str]]

BROKEN: list[tuple[Check, str, list[str]]] = [
    (untyped_terms, 'mg:A rdfs:label "a"@nb .', ["mg:A"]),
    (untyped_terms, "mg:a a owl:ObjectProperty, owl:DatatypeProperty .", ["mg:a"]),
    (unlabelled_terms, 'mg:A a owl:Class ; rdfs:label "a"@nb .', ["mg:A"]),
    (unlabelled_terms, 'mg:A a owl:Class ; rdfs:label "a"@nb, "b"@nb, "c"@en .', ["mg:A"]),
    (unlabelled_terms, 'mg:A a owl:Class ; rdfs:label "a"@nb, "b"@en, "c" .', ["mg:A"]),
    (undefined_terms, 'mg:A a owl:Class ; skos:definition "en a"@nb .', ["mg:A"]),
    (terms_without_example, "mg:A a owl:Class .", ["mg:A"]),
    (terms_without_ontology, "mg:A a owl:Class ; rdfs:isDefinedBy mg:B .", ["mg:A"]),
    (missing_domain_or_range, "mg:a a owl:ObjectProperty ; rdfs:domain mg:A .", ["mg:a"]),
    (missing_domain_or_range, "mg:a a owl:DatatypeProperty ; rdfs:range xsd:date .", ["mg:a"]),
    (multiple_domains_or_ranges, "mg:a a owl:ObjectProperty ; rdfs:domain mg:A, mg:B ; rdfs:range mg:A .", ["mg:a"]),
    (multiple_domains_or_ranges, "mg:a a owl:ObjectProperty ; rdfs:domain mg:A ; rdfs:range mg:A, mg:B .", ["mg:a"]),
    (ranges_of_the_wrong_kind, "mg:a a owl:ObjectProperty ; rdfs:range xsd:date .", ["mg:a"]),
    (ranges_of_the_wrong_kind, "mg:a a owl:DatatypeProperty ; rdfs:range mg:A .", ["mg:a"]),
    (class_cycles, "mg:A rdfs:subClassOf mg:B . mg:B rdfs:subClassOf mg:A, mg:C .", ["mg:A", "mg:B"]),
    (property_cycles, "mg:a rdfs:subPropertyOf mg:b . mg:b rdfs:subPropertyOf mg:a .", ["mg:a", "mg:b"]),
    (recursive_definitions, "mg:A rdfs:subClassOf mg:A .", ["mg:A"]),
    (recursive_definitions, 'mg:A rdfs:label "claim"@en ; skos:definition "A claim."@en .', ["mg:A"]),
    (hijacked_namespaces, "schema:Event rdfs:subClassOf mg:A .", ["https://schema.org/Event"]),
    (undeclared_names, "mg:A a owl:Class ; rdfs:subClassOf mg:B .", ["mg:B"]),
    (undeclared_concepts, f"<{BASE}role> a skos:ConceptScheme . {ROLE} ; skos:broader role:b .", ["role/b"]),
    (unused_terms, "mg:A a owl:Class .", ["mg:A"]),
    (unused_terms, "mg:a a owl:ObjectProperty ; rdfs:domain mg:A . mg:A a owl:Class .", ["mg:A", "mg:a"]),
    (shared_labels, 'mg:A a owl:Class ; rdfs:label "x"@en . mg:B a owl:Class ; rdfs:label "X"@en .', ["x@en"]),
    (
        shared_labels,
        'mg:a a owl:ObjectProperty ; rdfs:label "x"@nb . mg:b a owl:DatatypeProperty ; rdfs:label "x"@nb .',
        ["x@nb"],
    ),
    (mixed_naming, "mg:a_class a owl:Class . mg:Part a owl:ObjectProperty .", ["mg:Part", "mg:a_class"]),
    (file_extensions, f"<{BASE}ontology.ttl> a owl:Ontology .", ["ontology.ttl"]),
    (blank_nodes, "mg:A rdfs:subClassOf [] .", ["mg:A " + SUBCLASS]),
    (imports, f"{HEADER} ; owl:imports <http://www.w3.org/ns/org> .", ["<http://www.w3.org/ns/org>"]),
    (not_one_ontology, "mg:A a owl:Class .", ["no owl:Ontology"]),
    (not_one_ontology, f"<{BASE}other> a owl:Ontology .", [BASE + "other"]),
    (not_persistent, "<https://example.org/ontology> a owl:Ontology .", ["https://example.org/ontology"]),
    (closed_protocol, "<urn:motegraf> a owl:Ontology .", ["urn:motegraf"]),
    (no_version_of_its_own, f"{HEADER} .", ["no owl:versionIRI"]),
    (
        no_version_of_its_own,
        f'{HEADER} ; owl:versionInfo "0.1.0" ; owl:versionIRI <{ONTOLOGY.value}> .',
        [ONTOLOGY.value],
    ),
    (
        minimum_metadata,
        f'{HEADER} ; dct:title "t" ; dct:license mg:l ; dct:creator mg:c ; dct:created "2026" ; owl:versionIRI mg:v .',
        [DCT + "description", VANN + "preferredNamespaceUri"],
    ),
    (
        untranslated_header,
        f'{HEADER} ; dct:title "t"@nb, "t"@en ; dct:description "d"@nb .',
        [DCT + "description"],
    ),
    (
        recommended_metadata,
        f'{HEADER} ; owl:versionInfo "0.1.0" ; dct:created "2026" ; dct:bibliographicCitation "c" .',
        [VANN + "preferredNamespacePrefix"],
    ),
    (detailed_metadata, f'{HEADER} ; dct:publisher mg:p ; dct:issued "2026" .', [BIBO + "status"]),
    (missing_licence, f"{HEADER} ; dct:license mg:l . <{BASE}role> a skos:ConceptScheme .", ["role"]),
    (missing_licence, f"{HEADER} .", ["ontology"]),
    (basic_provenance, f'{HEADER} ; dct:creator "me" .', [DCT + "created", "no dct:creator with an IRI"]),
    (full_provenance, f'{HEADER} ; dct:issued "2026" .', [DCT + "publisher"]),
    (undeclared_prefix, f'{HEADER} ; vann:preferredNamespacePrefix "mo" .', ["mo"]),
    (homemade_metadata, f'{HEADER} ; mg:title "t" .', [MG + "title"]),
    (homemade_metadata, f'{HEADER} ; rdfs:label "t" .', ["no term of Dublin Core"]),
    (nothing_reused, "mg:A rdfs:subClassOf mg:B, owl:Thing .", ["no term of another vocabulary"]),
    (not_in_one_scheme, "role:a a skos:Concept .", ["role/a"]),
    (not_in_one_scheme, f"{ROLE}, <{BASE}kind> .", ["role/a"]),
    (undescribed_schemes, f"{ROLE} .", ["role"]),
    (
        undescribed_schemes,
        f'<{BASE}role> a skos:ConceptScheme ; rdfs:label "a"@nb, "a"@en ; dct:description "a"@nb .',
        ["role"],
    ),
    (unlabelled_concepts, f'{ROLE} ; skos:prefLabel "a"@nb, "b"@nb, "c"@en .', ["role/a"]),
    (differing_labels, f'{ROLE} ; skos:prefLabel "a"@nb ; rdfs:label "b"@nb .', ["role/a"]),
    (undefined_concepts, f'{ROLE} ; skos:definition "a"@nb . topic:a a skos:Concept .', ["role/a"]),
    (undefined_concepts, 'topic:a a skos:Concept ; skos:definition "a"@nb .', ["topic/a"]),
    (labels_stated_twice, f'{ROLE} ; skos:prefLabel "a"@nb ; skos:altLabel "a"@nb .', ["role/a a@nb"]),
    (labels_stated_twice, f'{ROLE} ; skos:prefLabel "a"@nb ; skos:hiddenLabel "a"@nb .', ["role/a a@nb"]),
    (shared_words, f'{ROLE} ; skos:hiddenLabel "x"@nb . {OTHER_ROLE} ; skos:hiddenLabel "x"@nb .', ["role x@nb"]),
    (shared_words, f'{ROLE} ; skos:prefLabel "x"@nb . {OTHER_ROLE} ; skos:hiddenLabel "x"@nb .', ["role x@nb"]),
    (
        hidden_words_as_no_page_has_them,
        f'{ROLE} ; skos:hiddenLabel "Holdt"@nb, "tenuto"@it .',
        ["role/a tenuto", "role/a Holdt"],
    ),
    (broader_cycles, "topic:a skos:broader topic:b . topic:b skos:broader topic:a .", ["topic/a", "topic/b"]),
    (wrong_top_concepts, f"{ROLE} .", ["role/a"]),
    (wrong_top_concepts, f"{ROLE} ; skos:topConceptOf <{BASE}role> ; skos:broader role:b .", ["role/a"]),
    (broader_across_schemes, f"{ROLE} ; skos:broader topic:a .", ["role/a"]),
    (after_itself, "role:a mg:comesAfter role:b . role:b mg:comesAfter role:a .", ["role/a", "role/b"]),
]
CHECKS = list(dict.fromkeys(check for check, _, _ in BROKEN))


def of_turtle(turtle: str) -> Store:
    store = Store()
    store.extend(quads(parse(input=PREFIXES + turtle, format=RdfFormat.TURTLE)))
    return store


@pytest.mark.parametrize("file", turtle_files(), ids=lambda file: file.name)
def test_every_file_is_turtle(file: Path) -> None:
    """FOOPS! RDF1; OOPS! P39: no IRI leans on a base that the file does not state."""
    assert list(parse(path=file, format=RdfFormat.TURTLE))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_ontology_has_no_fault(check: Check) -> None:
    assert check(motegraf()) == [], check.__doc__


@pytest.mark.parametrize(("check", "turtle", "faults"), BROKEN, ids=lambda value: getattr(value, "__name__", ""))
def test_a_broken_ontology_is_found_out(check: Check, turtle: str, faults: list[str]) -> None:
    assert check(Ontology(of_turtle(turtle))) == faults


def test_a_misspelt_term_in_a_rule_or_in_code_is_found_out() -> None:
    ontology = Ontology(
        Store(), rules=f"?claim a mg:Clam ; <{MG}evnt> ?event ; foo-mg:other ?x .", code='iri("mg:qoute")'
    )
    assert undeclared_names(ontology) == ["mg:Clam", "mg:evnt", "mg:qoute"]


def test_a_term_is_used_by_a_rule_by_code_or_by_a_term_in_use() -> None:
    declared = "mg:a a owl:ObjectProperty ; rdfs:domain mg:A . mg:b a owl:ObjectProperty ."
    store = of_turtle(declared + " mg:A a owl:Class . mg:C a owl:Class .")
    assert unused_terms(Ontology(store, rules="?x mg:a ?y", code='iri("mg:b")')) == ["mg:C"]


def test_every_check_is_run() -> None:
    """A check that nobody has broken is not known to work."""
    takes_ontology = {value for value in globals().values() if getattr(value, "__annotations__", {}).get("ontology")}
    assert takes_ontology == set(CHECKS)
