"""The interactive page: what a build says, as one HTML file that needs nothing else.

    told         a build, asked -> plain data: things, ties, claims, passages, words, answers
    first_view   what is drawn at first, and where: positions that mean something
    drawing      a networkx graph of that -> pyvis -> nodes, edges and options for vis-network
    outlines     municipalities of 2019 as lines to draw, and which of them show an area of another year
    assembled    template, styles, scripts and data -> one file under a content security policy

``page/`` holds the template, the styles and the scripts; ``lookups/`` what is asked of the build.
"""

from collections.abc import Callable, Iterable

from graph.answers import Run
from graph.questions import Question


def explorer(run: Run, texts: Callable[[str], str | None], questions: Iterable[Question] = ()) -> bytes:
    """The page of what ``run`` asks; ``texts`` gives the text of a page by its name, or None where it has none."""
    # Here, not above: pyvis takes its time to import, and not everybody who imports the package draws.
    from graph.explorer.drawing import drawing, library
    from graph.explorer.assembled import page
    from graph.explorer.outlines import outlines
    from graph.explorer.told import told

    data = told(run, texts, questions)
    places = {place for thing in data["things"] for place in thing.get("places", ())}
    return page(data | {"drawing": drawing(data["things"], data["ties"]), "outlines": outlines(places)}, library())
