"""SPARQL text as tokens, after the grammar of SPARQL 1.1 (section 19.8), and what a query is by its tokens.

Engines differ in where they decode escapes of code points (19.2): ``"\\u0022"`` is one string to some engines, and to
others the start of a longer string. ``ambiguous_escape`` finds such escapes; a query that has one is not sent.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<space>[\ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3})
  | (?P<unclosed>"{3}.* | '{3}.*)
  | (?P<short>"(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<open>["'][^\r\n]*)
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>(?:[^\W\d_](?:[\w.\-]{0,100}[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\(?:[^\s\w]|_))
      (?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\(?:[^\s\w]|_))*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\(?:[^\s\w]|_)))?)?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Of short strings and of long ones the expression speaks apart, so that a long one is never taken for short ones.
_KINDS = {"short": "string", "open": "unclosed"}
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
Token = tuple[str, str]


@lru_cache(maxsize=8)
def tokens(query: str) -> tuple[Token, ...]:
    """The kind and text of every token, white space and comments too: joined they are the query.

    Quotation marks that nothing closes are one token ("unclosed") with all that may stand between them: what comes
    behind is not looked at again for each of them.
    """
    found = ((match.lastgroup or "", match[0]) for match in _TOKEN.finditer(query))
    return tuple((_KINDS.get(kind, kind), text) for kind, text in found)


def significant_tokens(query: str) -> Iterator[Token]:
    """The tokens that mean something."""
    return (token for token in tokens(query) if token[0] not in ("space", "comment"))


def unclosed_quote(query: str) -> int | None:
    """Where quotation marks stand that nothing closes, or None. What is behind them is read by nobody for certain."""
    start = 0
    for kind, text in tokens(query):
        if kind == "unclosed":
            return start
        start += len(text)
    return None


def ambiguous_escape(query: str) -> str | None:
    """An escape of a code point that engines may read in two ways, or None; that of a letter in a string is safe."""
    for kind, text in tokens(query) if "\\u" in query.replace("U", "u") else ():
        # Outside strings the backslash is a token of its own.
        if kind not in ("string", "comment") and "\\" in text:
            found = _ESCAPED.search(query)
            return found[0] if found else text
        for escape in _ESCAPED.finditer(text):
            code = int(escape[1] or escape[2], 16)
            if code >= 0x110000 or chr(code) in "\"'\\<>{}#\r\n":
                return escape[0]
    return None


def escape_problem(query: str) -> str | None:
    """Why a query is not asked whose escapes engines may read in two ways, or None where it may be."""
    escape = ambiguous_escape(query)
    return f"the escape {escape} can be read in two ways; write the letter itself" if escape else None


def query_form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; the word of the operation for an update; None where it is neither."""
    prologue = False
    for kind, text in significant_tokens(query):
        word = text.upper()
        if kind == "word" and word in ("BASE", "PREFIX"):
            prologue = True
        elif kind == "word" and word in (*QUERY_FORMS, *_UPDATE_FORMS):
            return word
        elif not prologue or kind not in ("prefixed", "iri"):
            return None
    return None


def projected_variables(query: str) -> list[str]:
    """The variables that the outermost SELECT names, in their order."""
    found: list[str] = []
    depth, named, last = 0, False, ""
    for kind, text in significant_tokens(query):
        if kind == "word" and text.upper() == "SELECT" and not depth and not found:
            named = True
        elif named and (text == "{" or (kind == "word" and text.upper() in ("WHERE", "FROM") and not depth)):
            break
        elif named and kind == "variable" and (not depth or last.upper() == "AS"):
            found.append(text[1:])
        depth += (text in "([{") - (text in ")]}") if kind == "sign" else 0
        last = text
    return found


def external_call(query: str) -> str | None:
    """The word by which a query would make the engine call another server, or None where it has none."""
    words: Sequence[str] = [text.upper() for kind, text in significant_tokens(query) if kind == "word"]
    return next((word for word in words if word in ("SERVICE", "LOAD")), None)


def has_from_clause(query: str) -> bool:
    """The query has FROM clauses of its own."""
    return any(kind == "word" and text.upper() == "FROM" for kind, text in significant_tokens(query))
