"""Letters that XML 1.0 has no way to write, not even as references (production 2)."""

import re

from graph.query.results import QueryError

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_xml_characters(text: str) -> None:
    """Unanswered where some letter cannot be written in XML, not even escaped."""
    if odd := NOT_IN_XML.search(text):
        raise QueryError(f"XML cannot write the letter U+{ord(odd[0]):04X}, which some text of the graph has")
