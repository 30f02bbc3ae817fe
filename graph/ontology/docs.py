"""The documentation of the ontology as one HTML page: Norwegian and English side by side, without scripts.

Every term stands under the fragment of its IRI.
"""

from pathlib import Path

from graph import HOME, ONLY_THE_PACKAGE
from graph.common.findings import Finding, FindingsError
from graph.ontology.html import has_pictures, render_page
from graph.ontology.terms import read_documented

FILE = Path("docs/ontology.html")


def render_ontology_page(home: Path) -> str:
    """Return the page as it stands in ``docs/ontology.html``.

    Its pictures are those in ``docs/`` of the home, else of this checkout. Raise FindingsError where neither has them.
    """
    pictures = next((each / FILE.parent for each in (home, HOME) if has_pictures(each / FILE.parent)), None)
    if pictures is None:
        raise FindingsError([Finding(str(home / FILE.parent), 0, f"has no pictures of the model; {ONLY_THE_PACKAGE}")])
    return render_page(*read_documented(home), pictures)
