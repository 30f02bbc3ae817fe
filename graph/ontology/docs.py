"""The documentation of the ontology as one HTML page: Norwegian and English side by side, without scripts.

Every term stands under the fragment of its IRI.
"""

from pathlib import Path

from graph import HOME, ONLY_THE_PACKAGE
from graph.common.findings import Finding, FindingsError
from graph.ontology.html import has_pictures, render_page
from graph.ontology.terms import read_documented

FILE = Path("docs/ontology.html")


# What the page is made from: folders of a home, and how the names of the files in them end.
_SOURCES = (("ontology", ".ttl"), ("ontology/schemes", ".ttl"), ("ontology/rules", ".rq"), ("queries", ".rq"))


def ontology_page(home: Path) -> bytes:
    """Return the page in ``docs/`` of a home, else that of this checkout if its ontology is the same, else a new one.

    The page of the checkout is never out of date: ``motegraf ontology --check`` is among its tests.
    """
    if (home / FILE).is_file():
        return (home / FILE).read_bytes()
    if (HOME / FILE).is_file() and _made_of_the_same(home):
        return (HOME / FILE).read_bytes()
    return render_ontology_page(home).encode()


def _made_of_the_same(home: Path) -> bool:
    """Return whether a home has the ontology of this checkout, and neither pictures nor other questions of its own."""
    if has_pictures(home / FILE.parent):
        return False
    own = [source for source in _SOURCES if source[0] != "queries" or (home / "queries").is_dir()]
    # To read and compare them takes 3 ms, to make the page 20.
    return all(_files(home / folder, ending) == _files(HOME / folder, ending) for folder, ending in own)


def _files(folder: Path, ending: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob(f"*{ending}")}


def render_ontology_page(home: Path) -> str:
    """Return the page as it stands in ``docs/ontology.html``.

    Its pictures are those in ``docs/`` of the home, else of this checkout. Raise FindingsError where neither has them.
    """
    pictures = next((each / FILE.parent for each in (home, HOME) if has_pictures(each / FILE.parent)), None)
    if pictures is None:
        raise FindingsError([Finding(str(home / FILE.parent), 0, f"has no pictures of the model; {ONLY_THE_PACKAGE}")])
    return render_page(*read_documented(home), pictures)
