"""Characters that XML 1.0 cannot hold, not even as references (production 2)."""

import re

from graph.query.results import QueryError

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_xml_characters(text: str) -> None:
    """Raise QueryError where the text has a character that XML cannot hold."""
    if match := NOT_IN_XML.search(text):
        raise QueryError(
            f"XML cannot hold the character U+{ord(match[0]):04X}, which a text of the graph has; choose another format"
        )
