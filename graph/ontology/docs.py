"""The documentation of the ontology as one HTML page: Norwegian and English side by side, without scripts.

Every term stands under the fragment of its IRI.
"""

from pathlib import Path

from graph.ontology.html import render_page
from graph.ontology.terms import read_documented

FILE = Path("docs/ontology.html")


def render_ontology_page(home: Path) -> str:
    """Return the page as it stands in ``docs/ontology.html``."""
    return render_page(*read_documented(home))
