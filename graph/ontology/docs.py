"""The documentation of the ontology as one page, made from the ontology's own files: Norwegian and English beside
each other, without scripts, every term under the fragment that its IRI has.
"""

from pathlib import Path

from graph.ontology.html import page
from graph.ontology.terms import header, terms

FILE = Path("docs/ontology.html")


def ontology_page(home: Path) -> str:
    """The page, as it stands in ``docs/ontology.html``."""
    return page(header(home / "ontology"), terms(home))
