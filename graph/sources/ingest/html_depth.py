"""The depth of HTML, counted by its tags before a parser sees it: how deep its elements stand in one another."""

import re
from collections import Counter

from graph.sources.ingest.document import IngestError

# A parser's time grows with the square of the depth.
MAX_DEPTH = 2_000
# Elements without an end, or that the next one ends.
_WITHOUT_END = "area base br col dd dt hr img input li link meta option p source td th tr track wbr"
_NO_NESTING = frozenset(_WITHOUT_END.split())
# A tag ends at its first >, whatever signs stand in its attributes.
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)")
# Only in these, and of links, does a slash at the end of a tag end the element.
_FOREIGN = ("math", "svg")


def refuse_depth(data: bytes) -> None:
    """Raise IngestError where elements stand too deep in one another, as a browser reads the tags."""
    open_elements: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(data):
        name = match[2].lower().decode("latin-1")
        if name in _NO_NESTING:
            continue
        if match[1]:
            # An end of what was never begun ends nothing.
            if open_elements[name]:
                open_elements[name] -= 1
                depth -= 1
            continue
        is_foreign = name in _FOREIGN or any(open_elements[each] for each in _FOREIGN)
        if match[3].endswith(b"/") and (is_foreign or name == "a"):
            continue
        open_elements[name] += 1
        depth += 1
        if depth > MAX_DEPTH:
            raise IngestError(f"its elements stand in one another more than {MAX_DEPTH:,} deep; save its text alone")
