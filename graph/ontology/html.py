"""Render terms as HTML. The frame, the styles and the example are in ``templates/``, the pictures in ``docs/``."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from pyoxigraph import Literal, NamedNode

from graph.model.iris import BASE
from graph.model.labels import Label
from graph.ontology.terms import CLASS, DATATYPE, OBJECT, SCHEME, Properties, Term, Value
from graph.rdf.terms import compact, iri

_TEMPLATES = Path(__file__).parent / "templates"
EXAMPLE = _TEMPLATES / "example.ttl"
PICTURES = {"model": "model.svg", "example": "sentence-claim-conclusion.svg"}
_SECTIONS = {
    CLASS: Label("Klasser", "Classes"),
    OBJECT: Label("Egenskaper som peker på ting", "Properties that point to things"),
    DATATYPE: Label("Egenskaper med tekst, tall eller dager", "Properties with text, numbers or days"),
    SCHEME: Label("Ordlister", "Schemes"),
}
_EXAMPLE = Label("eksempel", "example")


def has_pictures(folder: Path) -> bool:
    """Return whether the pictures of the page are in this folder."""
    return all((folder / name).is_file() for name in PICTURES.values())


def render_page(ontology: Properties, terms: list[Term], pictures: Path) -> str:
    """Return the whole page, of the properties of the ontology itself, its terms, and pictures from a folder."""
    sections = {kind: [term for term in terms if term.kind == kind] for kind in _SECTIONS}
    return _template("page.html").substitute(
        title_nb=_text(ontology, "dct:title", "nb"),
        title_en=_text(ontology, "dct:title", "en"),
        description_nb=_text(ontology, "dct:description", "nb"),
        description_en=_text(ontology, "dct:description", "en"),
        iri=f"{BASE}ontology",
        version=_text(ontology, "owl:versionInfo"),
        version_iri=escape(ontology[iri("owl:versionIRI")][0].value),
        modified=_text(ontology, "dct:modified"),
        citation=_text(ontology, "dct:bibliographicCitation", "en"),
        contents="\n".join(_contents(kind, group) for kind, group in sections.items()),
        terms="\n".join(_section(kind, group) for kind, group in sections.items()),
        example=escape(EXAMPLE.read_text(encoding="utf-8")),
        model_picture=_picture(pictures / PICTURES["model"]),
        example_picture=_picture(pictures / PICTURES["example"]),
    )


@cache
def _template(name: str) -> Template:
    return Template((_TEMPLATES / name).read_text(encoding="utf-8"))


def _picture(file: Path) -> str:
    """Return a picture as an ``img`` with a data URI, so that its styles and ids stay in it, and its description."""
    svg = file.read_text(encoding="utf-8")
    described = svg.partition('<desc id="desc">')[2].partition("</desc>")[0]
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{described}" src="data:image/svg+xml;base64,{data}">'


def _text(properties: Properties, name: str, language: str | None = None) -> str:
    texts = [each.value for each in properties[iri(name)] if isinstance(each, Literal) and each.language == language]
    return escape(texts[0])


def _anchor(node: NamedNode) -> str:
    """Return the fragment of a term's IRI: of a concept the path under the base, of a scheme that path and a slash."""
    path = node.value.removeprefix(BASE)
    within = path.removeprefix("ontology#")
    return escape(within if within != path or "/" in path else f"{path}/")


def _contents(kind: str, terms: Iterable[Term]) -> str:
    links = " ".join(f'<a href="#{_anchor(term.node)}">{_anchor(term.node)}</a>' for term in terms)
    return f"<dt>{_both(_SECTIONS[kind])}</dt>\n<dd>{links}</dd>"


def _section(kind: str, terms: Iterable[Term]) -> str:
    return _template("section.html").substitute(
        kind=kind, heading=_both(_SECTIONS[kind]), articles="\n".join(_article(term, 3) for term in terms)
    )


def _article(term: Term, level: int) -> str:
    facts = [(label, ", ".join(map(_value, values))) for label, values in term.facts]
    facts += [(_EXAMPLE, f'<span lang="en">{escape(each.en or "")}</span>') for each in term.examples]
    facts += [(label, ", ".join(f"<code>{escape(name)}</code>" for name in names)) for label, names in term.uses]
    return _template("term.html").substitute(
        anchor=_anchor(term.node),
        level=level,
        label_nb=escape(term.label.nb),
        label_en=escape(term.label.en or ""),
        name=escape(compact(term.node) if "#" in term.node.value or term.kind == "concept" else term.node.value),
        iri=escape(term.node.value),
        definition=_definition(term.definition),
        facts="\n".join(f"<dt>{_both(label)}</dt><dd>{value}</dd>" for label, value in facts),
        concepts="\n".join(_article(concept, level + 1) for concept in term.concepts),
    )


def _definition(label: Label) -> str:
    """Return a definition in both languages; an empty string for a topic, which has none."""
    template = _template("definition.html")
    return template.substitute(nb=escape(label.nb), en=escape(label.en or "")).strip() if label.nb else ""


def _both(label: Label) -> str:
    return f'<span lang="nb">{escape(label.nb)}</span> · <span lang="en">{escape(label.en or label.nb)}</span>'


def _value(value: Value) -> str:
    if isinstance(value, Literal):
        return f"<code>{escape(value.value)}</code>"
    name = escape(compact(value))
    if value.value.startswith(BASE) and "/organisation/" not in value.value:
        return f'<a href="#{_anchor(value)}"><code>{name}</code></a>'
    return f'<a href="{escape(value.value)}"><code>{name}</code></a>' if value.value.startswith("http") else name
