"""What a ready question asks for where only what is certain is asked for, by plain edges that take fewer steps.

Questions are plain SPARQL, which has what is possible in it too. In comments of some stands another beginning, which
comes to the same for what is certain:

#certain
#  ?part mg:presentAt ?event .
#otherwise
  ?part mg:attendance|mg:oneOf/mg:attendance attendance:present ; mg:event ?event ; a ?kind .
#end
"""

import re

_SECTION = re.compile(
    r"^\#certain\r?\n (?P<certain>(?:\#.*\n)*?) \#otherwise\r?\n (?P<otherwise>(?:.*\n)*?) \#end(?:\r?\n|\Z)",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = re.compile(r"^#", re.MULTILINE)


def certain_form(query: str) -> str:
    """Return the query of a question as it is asked where only what is certain is asked for.

    It is the same query where it has no such form.
    """
    return _SECTION.sub(lambda section: _COMMENT.sub("", section["certain"]), query)


def plain_form(query: str) -> str:
    """Return the query of a question without the comments that another form of it stands in."""
    return _SECTION.sub(lambda section: section["otherwise"], query)
