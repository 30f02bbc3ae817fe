"""Refuse characters that XML 1.0 cannot hold."""

from graph.common.text import NOT_IN_XML
from graph.query.results import QueryError


def check_xml_characters(text: str) -> None:
    """Raise QueryError where the text has a character that XML cannot hold."""
    if match := NOT_IN_XML.search(text):
        raise QueryError(
            f"XML cannot hold the character U+{ord(match[0]):04X}, which a text of the graph has; choose another format"
        )
