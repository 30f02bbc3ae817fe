r"""SPARQL text as tokens, after the grammar of SPARQL 1.1 (section 19.8), and what a query is by its tokens.

Engines differ in where they decode escapes of code points (19.2): ``"\u0022"`` is one string to some engines, and to
others the start of a longer string. ``ambiguous_escape`` finds such escapes; a query that has one is not sent.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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
# Short and long strings are apart in the expression, so that a long string is never taken for several short ones.
_KINDS = {"short": "string", "open": "unclosed"}
_HEADER = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_FROM = re.compile(r"(?<![^\W\d_])from(?!\w)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
Token = tuple[str, str]


@lru_cache(maxsize=8)
def tokens(query: str) -> tuple[Token, ...]:
    """Return the kind and text of every token, white space and comments too; joined they are the query.

    Quotation marks that nothing closes are one token ("unclosed") with all text that can belong to them, so that this
    text is not scanned again for each of them.
    """
    return tuple(_scan(query))


def _scan(query: str, start: int = 0) -> Iterator[Token]:
    kind_of = _KINDS.get
    return ((kind_of(kind := match.lastgroup or "", kind), match[0]) for match in _TOKEN.finditer(query, start))


# Everything that a query is checked for asks for them.
@lru_cache(maxsize=8)
def significant_tokens(query: str) -> tuple[Token, ...]:
    """Return the tokens without white space and comments."""
    return tuple(token for token in tokens(query) if token[0] not in ("space", "comment"))


def unclosed_quote(query: str) -> int | None:
    """Return the offset of quotation marks that nothing closes, or None."""
    several = tokens(query)
    kinds = [kind for kind, _ in several]
    if "unclosed" not in kinds:
        return None
    return sum(len(text) for _, text in several[: kinds.index("unclosed")])


def ambiguous_escape(query: str) -> str | None:
    """Return an escape of a code point that engines may read in two ways, or None.

    The escape of a letter in a string is read in one way.
    """
    for kind, text in tokens(query) if "\\u" in query.replace("U", "u") else ():
        # Outside strings the backslash is a token of its own.
        if kind not in ("string", "comment") and "\\" in text:
            match = _ESCAPED.search(query)
            return match[0] if match else text
        for escape in _ESCAPED.finditer(text):
            code = int(escape[1] or escape[2], 16)
            if code >= 0x110000 or chr(code) in "\"'\\<>{}#\r\n":
                return escape[0]
    return None


def escape_problem(query: str) -> str | None:
    """Return why a query with an ambiguous escape is refused, or None where it has none."""
    escape = ambiguous_escape(query)
    return f"the escape {escape} can be read in two ways; write the letter itself" if escape else None


def query_form(query: str) -> str | None:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; the keyword of an update; None where the text is neither."""
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
    """Return the names of the variables that the outermost SELECT names, in their order."""
    variables: list[str] = []
    in_select, last = False, ""
    # What SELECT names stands near the beginning, under a long header: the tokens of all the rest are not needed.
    header = _HEADER.match(query)
    for (kind, text), depth in before_pattern(_scan(query, header.end() if header else 0)):
        if kind in ("space", "comment"):
            continue
        if kind == "word" and text.upper() == "SELECT" and not depth:
            in_select = True
        elif in_select and kind == "variable" and (not depth or last.upper() == "AS"):
            variables.append(text[1:])
        last = text
    return variables


def before_pattern(several: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Yield the tokens before the data set and the pattern of a query, each with how many brackets are open around it.

    An expression that SELECT names may have patterns of its own.
    """
    depth = 0
    for kind, text in several:
        if not depth and ((kind, text) == ("sign", "{") or (kind == "word" and text.upper() in ("WHERE", "FROM"))):
            return
        yield (kind, text), depth
        depth += (text in "([{") - (text in ")]}") if kind == "sign" else 0


def is_distinct(query: str) -> bool:
    """Return whether the outermost SELECT names every row once."""
    header = _HEADER.match(query)
    following = _scan(query, header.end() if header else 0)
    words = (token for token in following if token[0] not in ("space", "comment"))
    # Names and strings of that word are no words.
    select = ((kind, text.upper()) == ("word", "SELECT") for kind, text in words)
    return any(select) and next(words, ("", ""))[1].upper() == "DISTINCT"


def external_call(query: str) -> str | None:
    """Return the keyword by which a query would make the engine call another server, or None."""
    words: Sequence[str] = [text.upper() for kind, text in significant_tokens(query) if kind == "word"]
    return next((word for word in words if word in ("SERVICE", "LOAD")), None)


def has_from_clause(query: str) -> bool:
    """Return whether the query states its graphs in FROM clauses."""
    # Few queries have the word at all, and to find it takes less time than to tell what it is. No token that ends with
    # a letter stands right before a word: it would have taken the letters of that word too.
    if not _FROM.search(query):
        return False
    return any(kind == "word" and text.upper() == "FROM" for kind, text in significant_tokens(query))
