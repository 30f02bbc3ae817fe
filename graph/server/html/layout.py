"""The layout of all pages: header with search and navigation, breadcrumb, content, footer."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from graph.model.labels import Label
from graph.server.html.environment import environment
from graph.server.html.page import Page
from graph.server.html.stylesheet import stylesheet_name

NAVIGATION = (
    ("event/", Label("Møter", "Meetings")),
    ("person/", Label("Personer", "People")),
    ("organisation/", Label("Organisasjoner", "Bodies")),
    ("area/", Label("Steder", "Places")),
    ("topic/", Label("Temaer", "Topics")),
    ("ask/", Label("Spørsmål", "Questions")),
    ("source/", Label("Kilder", "Sources")),
    ("dumps/", Label("Data", "Data")),
)
WORDS = {
    "navigation": Label("Deler av nettstedet", "Parts of the site"),
    "skip": Label("Hopp til innholdet", "Skip to the content"),
    "search": Label("Søk", "Search"),
    "search_label": Label(
        "Søk etter person, møte, sted eller organisasjon", "Search for a person, meeting, place or body"
    ),
    "breadcrumb": Label("Her er du", "You are here"),
    "front": Label("Forsiden", "Front page"),
    "other": Label("English", "Norsk"),
    "build": Label("Utgave", "Build"),
    "changes": Label("Hva er endret", "What changed"),
    "licence": Label("Lisens", "Licence"),
    "method": Label("Om og metode", "About and method"),
    "privacy": Label("Personvern", "Privacy"),
    "accessibility": Label("Tilgjengelighetserklæring", "Accessibility statement"),
    "report": Label("Meld feil eller ta kontakt", "Report an error or contact us"),
    "api": Label("For programmer", "For programs"),
    "known_on": Label("Slik det var kjent {day}", "As it was known on {day}"),
    "show_sentence": Label("vis setningen på {}", "show the sentence at {}"),
    "show_source": Label("kilden på {}", "the source at {}"),
    "claim": Label("påstanden", "the claim"),
    "cite": Label("Siter", "Cite"),
    "download": Label("Last ned", "Download"),
    "embed": Label("Bygg inn på et annet nettsted", "Embed in another site"),
    "embed_text": Label("Lim dette inn i siden din.", "Paste this into your page."),
    "embed_see": Label("Se kortet", "See the card"),
    "cited_build": Label("Utgaven det siteres fra, med filer", "The build that is cited, with its files"),
    "report_this": Label("Meld feil i denne opplysningen", "Report an error in this"),
    "pages": Label("Sider", "Pages"),
    "previous": Label("Forrige", "Previous"),
    "next": Label("Neste", "Next"),
    "external": Label("annet nettsted", "another site"),
}


def render_page(template: str, model: Any, page: Page, **further: Any) -> bytes:
    """Return a whole document: the template with ``model``, ``page`` and the functions of the layout.

    Templates have ``t(label)`` for words in the language of the page, ``href(path, **parameters)`` for addresses below
    ``/`` and ``entity_href(iri)`` for pages of entities.
    """
    other = "en" if page.lang == "nb" else "nb"
    context = {
        "model": model,
        "page": page,
        "settings": page.settings,
        "t": page.text,
        "href": page.href,
        "entity_href": page.entity_href,
        "words": {name: page.text(label) for name, label in WORDS.items()},
        "navigation": NAVIGATION,
        "stylesheet": f"{page.root}assets/{stylesheet_name()}",
        "other_lang": other,
        "other_href": page.language_href(other),
        "json_ld": embedded_json(page.json_ld) if page.json_ld else None,
    }
    return environment().get_template(template).render(context | further).encode()


def embedded_json(data: Mapping[str, object]) -> Markup:
    """Return JSON that stands inside a script element, in ASCII: nothing in it ends the element or turns its text."""
    text = json.dumps(data)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)
