"""Prefixed names of a query: missing prefixes are declared, and names with several dots become IRIs."""

import re
from collections.abc import Mapping
from itertools import pairwise

from graph.query.sparql.tokens import significant_tokens, tokens

# Signs that a name may have behind a stroke (PN_LOCAL_ESC); an IRI may have all of them.
_ESCAPED_IN_NAMES = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
# What every prefixed name with two dots or more matches, and hardly anything else: a stroke in a name is escaped.
_DOTTED = re.compile(r":(?:[^\s.:/]|(?<=\\)/)*+\.(?:[^\s./]|(?<=\\)/)*+\.")


def declare_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with declarations, a line each, of the prefixes that it uses and does not declare itself.

    ``prefixes`` are the IRIs of all that can be declared, by prefix.
    """
    words = significant_tokens(query)
    declared = {name for (_, word), (_, name) in pairwise(words) if word.upper() == "PREFIX"}
    used = dict.fromkeys(f"{text.partition(':')[0]}:" for kind, text in words if kind == "prefixed")
    missing = [name for name in used if name not in declared and name[:-1] in prefixes]
    return "".join(f"PREFIX {name} <{prefixes[name[:-1]]}>\n" for name in missing) + query


def expand_dotted_names(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with every prefixed name that has two dots or more as an IRI in full.

    The engine's parser does not read such names; claims have them: ``claim:a-page.an-event.somebody``. ``prefixes`` are
    IRIs by prefix, for prefixes that the query does not declare itself.
    """
    # Few queries have one, and to look for it takes less time than to look at each name.
    if not _DOTTED.search(query):
        return query
    parts, words = tokens(query), significant_tokens(query)
    declared = dict(prefixes) | {
        name[:-1]: address[1:-1]
        for (_, word), (_, name), (kind, address) in zip(words, words[1:], words[2:], strict=False)
        if word.upper() == "PREFIX" and kind == "iri"
    }
    return "".join(_expand(text, declared) if kind == "prefixed" else text for kind, text in parts)


def _expand(name: str, declared: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    start, plain = declared.get(prefix, ""), _ESCAPED_IN_NAMES.sub(r"\1", local)
    # A relative IRI depends on the base of the query; a character that no name may have could end the IRI.
    if local.count(".") < 2 or ":" not in start or "\\" in plain:
        return name
    return f"<{start}{plain}>"
