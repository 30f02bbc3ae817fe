"""SPARQL text: a query as tokens, so that terms are put into it and never text.

A parameter is a variable whose name begins with ``_`` (``?_actor``): left alone it is a free variable and means "any".
Terms are put in at the level of tokens, written as N-Triples writes them, wherever the variable stands, in subselects
too (an engine's own substitution needs it projected). No value can change the query around it.

Tokens follow the SPARQL 1.1 grammar (section 19.8). Engines differ in where they decode escapes of code points (19.2):
``"\\u0022"`` is one string to some, and to others the beginning of a longer one. ``ambiguous_escape`` finds what could
hide something so; a query that has one is not asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

PARAMETER = "_"

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
# Signs that a name may have behind a stroke (PN_LOCAL_ESC); an IRI may have all of them.
_ESCAPED_IN_NAMES = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_BEFORE_U = re.compile(r"((?<!\\)(?:\\\\)+)([uU])")
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
# An engine reads a query by calling itself: what is nested, or chained, more deeply than any that a person would write
# can end its process. Crashes were seen from 2,000 on.
MOST_LETTERS, MOST_NESTED, MOST_LINKS = 100_000, 200, 500
_LINKS = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", *"+-*/!|^=<>.;,", "||", "&&", "!=", "<=", ">=")
)
_TERMS = frozenset(("iri", "string", "variable", "prefixed", "number"))
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

Token = tuple[str, str]
Terms = Mapping[str, NamedNode | Literal]


@lru_cache(maxsize=8)
def tokens(query: str) -> tuple[Token, ...]:
    """The kind and text of every token, white space and comments too: joined they are the query.

    Quotation marks that nothing closes are one token ("unclosed") with all that may stand between them: what comes
    behind is not looked at again for each of them.
    """
    found = ((match.lastgroup or "", match[0]) for match in _TOKEN.finditer(query))
    return tuple((_KINDS.get(kind, kind), text) for kind, text in found)


def unclosed(query: str) -> int | None:
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


def read_in_two_ways(query: str) -> str | None:
    """Why a query is not asked whose escapes engines may read in two ways, or None where it may be."""
    escape = ambiguous_escape(query)
    return f"the escape {escape} can be read in two ways; write the letter itself" if escape else None


def parameters(query: str) -> list[str]:
    """The names of the parameters of a query, in the order in which they stand, without ``_``."""
    return list(dict.fromkeys(text[2:] for kind, text in tokens(query) if kind == "variable" and text[1] == PARAMETER))


def projected(query: str) -> list[str]:
    """The variables that the outermost SELECT names, in their order."""
    found: list[str] = []
    depth, named, last = 0, False, ""
    for kind, text in significant(query):
        if kind == "word" and text.upper() == "SELECT" and not depth and not found:
            named = True
        elif named and (text == "{" or (kind == "word" and text.upper() in ("WHERE", "FROM") and not depth)):
            break
        elif named and kind == "variable" and (not depth or last.upper() == "AS"):
            found.append(text[1:])
        depth += (text in "([{") - (text in ")]}") if kind == "sign" else 0
        last = text
    return found


def with_terms(query: str, given: Terms) -> str:
    """The query with these terms wherever their parameters stand."""
    return "".join(
        written(given[text[2:]]) if kind == "variable" and text[1] == PARAMETER and text[2:] in given else text
        for kind, text in tokens(query)
    )


def written(term: NamedNode | Literal | str) -> str:
    """A term, or a statement that is text already, as N-Triples writes it, but so that it is read in one way.

    No engine takes words such as ``\\u0022`` in it for an escape.
    """
    return _BEFORE_U.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04X}", str(term))


def with_values(query: str, name: str, terms: Iterable[NamedNode | Literal]) -> str:
    """The query with these terms in each empty ``VALUES ?name { }`` that it has."""
    return query.replace(f"VALUES ?{name} {{ }}", f"VALUES ?{name} {{ {' '.join(map(written, terms))} }}")


def significant(query: str) -> Iterator[Token]:
    """The tokens that mean something."""
    return (token for token in tokens(query) if token[0] not in ("space", "comment"))


def form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; the word of the operation for an update; None where it is neither."""
    prologue = False
    for kind, text in significant(query):
        word = text.upper()
        if kind == "word" and word in ("BASE", "PREFIX"):
            prologue = True
        elif kind == "word" and word in (*FORMS, *_UPDATES):
            return word
        elif not prologue or kind not in ("prefixed", "iri"):
            return None
    return None


def calls_elsewhere(query: str) -> str | None:
    """The word by which a query would make the engine call another server, or None where it has none."""
    words: Sequence[str] = [text.upper() for kind, text in significant(query) if kind == "word"]
    return next((word for word in words if word in ("SERVICE", "LOAD")), None)


def says_its_graphs(query: str) -> bool:
    """The query has FROM clauses of its own."""
    return any(kind == "word" and text.upper() == "FROM" for kind, text in significant(query))


def with_prefixes(query: str, known: Mapping[str, str]) -> str:
    """The query with those known prefixes declared, each on a line above it, that it uses and does not declare."""
    words = list(significant(query))
    declared = {name for (_, word), (_, name) in pairwise(words) if word.upper() == "PREFIX"}
    used = dict.fromkeys(f"{text.partition(':')[0]}:" for kind, text in words if kind == "prefixed")
    needed = [name for name in used if name not in declared and name[:-1] in known]
    return "".join(f"PREFIX {name} <{known[name[:-1]]}>\n" for name in needed) + query


def with_whole_names(query: str, known: Mapping[str, str]) -> str:
    """The query with every name that has more than one dot as a whole IRI: the engine's parser knows no such names.

    Names of claims are such: ``claim:a-page.an-event.somebody``. A prefix is one that the query declares, or is known.
    """
    found, words = tokens(query), list(significant(query))
    declared = dict(known) | {
        name[:-1]: address[1:-1]
        for (_, word), (_, name), (kind, address) in zip(words, words[1:], words[2:], strict=False)
        if word.upper() == "PREFIX" and kind == "iri"
    }
    return "".join(_whole(text, declared) if kind == "prefixed" else text for kind, text in found)


def _whole(name: str, declared: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    start, plain = declared.get(prefix, ""), _ESCAPED_IN_NAMES.sub(r"\1", local)
    # One that is relative is of the base of the query; and what no name may have might end the IRI.
    if local.count(".") < 2 or ":" not in start or "\\" in plain:
        return name
    return f"<{start}{plain}>"


def too_much(query: str) -> str | None:
    """Why a query must not reach an engine, whose process it could end, or None where it may."""
    if len(query) > MOST_LETTERS:
        return f"a query of {len(query):,} characters is more than the {MOST_LETTERS:,} that are asked"
    depth = deepest = links = run = 0
    opened = ""
    for kind, text in significant(query):
        # A collection, "(1 2 3 ...)", is read like something nested.
        run = run + 1 if kind in _TERMS else 0
        if run > MOST_LINKS and depth and opened == "(":
            return f"the query has a list of more than {MOST_LINKS} terms; put them into VALUES"
        opened = text if kind == "sign" and text in "([{" else opened
        if kind == "sign":
            depth += (text in "([{") - (text in ")]}")
            deepest = max(deepest, depth)
        links += text in _LINKS if kind == "sign" else text.upper() in _LINKS if kind == "word" else 0
    if deepest > MOST_NESTED:
        return f"the query is nested {deepest:,} deep; more than {MOST_NESTED} is not asked"
    if links > MOST_LINKS:
        return f"the query has {links:,} operators and clauses; more than {MOST_LINKS} are not asked"
    return None
