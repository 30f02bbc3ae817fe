"""Candidates in words, for a terminal: what each thing is, where a source names it, what speaks for and against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.common.text import escape_control
from graph.identity.candidates import Candidate, Cluster
from graph.identity.reasons import Reason
from graph.identity.things import REGISTRY, Thing
from graph.model.labels import Label, interface_language
from graph.query.passages import Passage
from graph.render.cells import passage_source, passage_text
from graph.render.terminal import wrap_text

# Of a larger cluster, and of its pairs, so many are shown.
MAX_THINGS, MAX_PAIRS = 12, 12
_WORDS = {
    "for": Label("for", "for"),
    "against": Label("mot", "against"),
    "proof": Label("samme identifikator", "the same identifier"),
    "unsure": Label("noen har sett på dette og var usikker", "somebody looked at this and was unsure"),
    "same": Label("avgjort: én og samme", "decided: one and the same"),
    "different": Label("avgjort: to ulike", "decided: two different ones"),
    "registry": Label("registeret over aktører", "the registry"),
    "more_things": Label("… og {} til (--json viser alle)", "… and {} more (--json shows all)"),
    "more_pairs": Label("… og {} par til (--json viser alle)", "… and {} more pairs (--json shows all)"),
    "nameless": Label("uten navn", "without a name"),
    "to": Label("til", "to"),
    "planned": Label("planlagt", "planned"),
    "held": Label("avholdt", "held"),
    "cancelled": Label("avlyst", "cancelled"),
    "postponed": Label("utsatt", "postponed"),
}


def cluster_lines(
    clusters: Iterable[Cluster], evidence: Mapping[str, Sequence[Passage]], lang: str, width: int
) -> Iterator[str]:
    """Yield the lines of clusters: their things with letters, then the pairs of these that are proposed."""
    lang = interface_language(lang)
    for number, cluster in enumerate(clusters, 1):
        if number > 1:
            yield ""
        names = {thing.id: str(place) for place, thing in enumerate(cluster.things, 1)}
        for thing in cluster.things[:MAX_THINGS]:
            mark = f"{number}.{names[thing.id]}"
            yield from _indented(f"{mark}  {_described(thing, lang)}", len(mark) + 2, width)
            for passage in evidence.get(thing.id, ()):
                yield from _indented(" " * (len(mark) + 2) + _evidence(passage, lang), len(mark) + 4, width)
        if len(cluster.things) > MAX_THINGS:
            yield "    " + _word("more_things", lang).format(len(cluster.things) - MAX_THINGS)
        shown = [each for each in cluster.candidates if _place(each, names) <= MAX_THINGS][:MAX_PAIRS]
        for candidate in shown:
            yield from _pair(number, candidate, names, lang, width)
        if len(cluster.candidates) > len(shown):
            yield "    " + _word("more_pairs", lang).format(len(cluster.candidates) - len(shown))


def _place(candidate: Candidate, names: Mapping[str, str]) -> int:
    return max(int(names[candidate.a.id]), int(names[candidate.b.id]))


def _described(thing: Thing, lang: str) -> str:
    """Return the name of a thing, when it was, its id and its sources."""
    facts = [thing.id, *(f"{scheme} {value}" for scheme, value in sorted(thing.identifiers))]
    if thing.kind == "event":
        first, last = thing.days
        facts.append(first if first == last else f"{first or '…'} {_word('to', lang)} {last or '…'}")
        status = thing.status.rpartition(":")[2]
        facts += [_word(status, lang) if status in _WORDS else status] if status else []
    sources = (_word("registry", lang) if each == REGISTRY else each for each in thing.sources)
    name = escape_control(thing.names[0]) if thing.names else f"({_word('nameless', lang)})"
    return escape_control(f"{name} – {'; '.join((*facts, ', '.join(sources)))}")


def _evidence(passage: Passage, lang: str) -> str:
    return escape_control(f"{passage_text(passage, lang)}, {passage_source(passage, lang)}")


def _pair(number: int, candidate: Candidate, names: Mapping[str, str], lang: str, width: int) -> Iterator[str]:
    first, second = sorted((int(names[candidate.a.id]), int(names[candidate.b.id])))
    score = candidate.score
    value = _word("proof", lang) if score.proof else f"{score.value:.2f}"
    yield f"    {number}.{first} ? {number}.{second}: {value}"
    if candidate.verdict:
        yield f"      {_word(candidate.verdict, lang)}"
    for word, reasons in (("for", score.speaks_for), ("against", score.speaks_against)):
        if reasons:
            yield from _indented(f"      {_word(word, lang)}: {_reasons(reasons, lang)}", 8, width)


def _reasons(reasons: Iterable[Reason], lang: str) -> str:
    return escape_control("; ".join(getattr(each.label, lang) for each in reasons))


def _indented(text: str, margin: int, width: int) -> Iterator[str]:
    """Yield a text in lines; the first begins as the text does, the others after a margin."""
    start = text[: len(text) - len(text.lstrip())]
    for number, line in enumerate(wrap_text(text, max(20, width - margin))):
        yield f"{start if number == 0 else ' ' * margin}{line}"


def _word(key: str, lang: str) -> str:
    word: str = getattr(_WORDS[key], lang)
    return word
