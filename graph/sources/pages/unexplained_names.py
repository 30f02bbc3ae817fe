"""Report unknown names: a warning for each name of a page that no entry explains, with the entry to write."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from unicodedata import normalize

from graph.common.findings import Finding
from graph.model.iris import slug
from graph.sources.pages.state import ReaderState
from graph.sources.pages.uses import Uses, is_exempt, is_within
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import line_at, words_around, words_at

# The most names that are listed one by one.
MAX_LISTED = 20


def unexplained_names(state: ReaderState, uses: Uses, asks: Callable[[Mention], bool], file: str) -> Iterator[Finding]:
    """Yield a warning for each name that no entry explains, with the entry to write; of very many, one for the rest."""
    page, parts = state.context.text, _parts_of_names(state)
    passages_of: dict[str, list[Span]] = defaultdict(list)
    for mention in state.unknown_names:
        start, end, *_ = mention
        if page.original[start:end] in parts:
            continue
        if asks(mention) and not (is_exempt(mention, uses) or is_within(start, end, uses.as_written)):
            passages_of[normalize("NFC", words_at(page, start, end))].append((start, end))
    names = sorted(passages_of, key=lambda name: passages_of[name][0])
    for name in names[:MAX_LISTED]:
        (start, end), *more = passages_of[name]
        times = f" ({len(more) + 1} times)" if more else ""
        entry = f"{slug(name) or 'key'}: {{name: {name}}}"
        where = words_around(page, start, end)
        mend = f"add it under people: or bodies: ({entry}), or list its words under no_claim:"
        message = f"unknown name {name!r}{times} in {where}; {mend}"
        yield Finding(file, line_at(page, start), message, "warning")
    rest = names[MAX_LISTED:]
    if rest:
        listed = ", ".join(map(repr, rest[:MAX_LISTED]))
        line = line_at(page, passages_of[rest[0]][0][0])
        left = f" and {len(rest) - MAX_LISTED} more" if len(rest) > MAX_LISTED else ""
        mend = "add them under people: or bodies:, or list their words under no_claim:"
        yield Finding(file, line, f"{len(rest)} more unknown names: {listed}{left}; {mend}", "warning")


def _parts_of_names(state: ReaderState) -> set[str]:
    """Return the words of the names of those people who are named on the page: "Bokhari" after "Laila Bokhari"."""
    people, page = state.context.background.registry.people, state.context.text.original
    return {
        word + ending
        for mention in state.context.mentions
        if any(id in people for id in mention.meanings)
        for word in page[mention.start : mention.end].split()
        for ending in ("", "s")
    }
