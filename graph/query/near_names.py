"""Near names: which questions, and which entities, somebody can have meant by a name that nothing has.

One search finds them, as on the web: by words, initials and typing errors, in Norwegian and English. Words of which
there are a few, such as options and keys, are compared by ``graph.common.findings.similar_words``.
"""

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.entries import Entry
from graph.query.search import SearchIndex
from graph.rdf.terms import local_name_of

# More are not read.
MAX_NAMES = 3


def similar_names(value: str, names: Mapping[NamedNode, Sequence[str]]) -> list[str]:
    """Return up to three names of entities that are similar to a text, or their ids where it is written as one.

    There are none where it is a text of signs alone.
    """
    entries = (Entry(entity.value, "", {}, tuple(spellings)) for entity, spellings in names.items())
    matches = SearchIndex(entries).near(_local(value))
    is_id = "-" in value and " " not in value
    similar = (local_name_of(NamedNode(match.entry.iri)) if is_id else match.name for match in matches)
    return [*dict.fromkeys(similar)][:MAX_NAMES]


def similar_questions(text: str, summaries: Mapping[str, Label]) -> list[str]:
    """Return up to three questions whose name or summary is similar to a text, or has words of it.

    ``summaries`` are those of all questions by name. A similar one is given by its name, or by its summary (without the
    question mark) where the text is in words.
    """
    entries = [
        Entry(f"question/{name}", "question", summary.by_language, (name.replace("_", " "),), ids=(name,))
        for name, summary in summaries.items()
    ]
    matches = SearchIndex(entries).near(text.removesuffix(".rq").replace("_", " "), "question")
    in_words = " " in text.strip()
    return [
        match.name.rstrip("?") if in_words and match.name in match.entry.labels.values() else match.entry.ids[0]
        for match in matches[:MAX_NAMES]
    ]


def _local(value: str) -> str:
    """Return a name without what stands before it in an IRI or a compact name."""
    return value.strip().rstrip("/>").rpartition("/")[2].rpartition(":")[2] or value
