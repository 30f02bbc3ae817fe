"""What changed between two datasets as text for a terminal: counts, then each entity with its facts and sentences."""

from collections.abc import Iterable, Iterator, Mapping

from graph.builds.changes.records import (
    GROUPS,
    KINDS,
    Changes,
    Fact,
    Item,
    Kind,
    Quote,
    Side,
    kind_label,
    reading_order,
)
from graph.common.text import escape_control, group_thousands
from graph.model.days import date_in_words
from graph.model.labels import Label, best_language
from graph.render.terminal import wrap_text

# What a reader wants to know of an event before all else.
_HEAD = ("dct:type", "time", "schema:location", "mg:eventStatus")
_MARKS: dict[Kind, str] = {"added": "+", "changed": "~", "removed": "-"}
_COUNTS: dict[Kind, tuple[Label, Label]] = {
    "added": (Label("{} ny", "{} new"), Label("{} nye", "{} new")),
    "changed": (Label("{} endret", "{} changed"), Label("{} endret", "{} changed")),
    "removed": (Label("{} borte", "{} gone"), Label("{} borte", "{} gone")),
}
_SAME = Label("Ingen forskjell: de to har de samme utsagnene.", "No difference: both have the same statements.")
_STATEMENTS = Label("{} utsagn kom til, {} falt bort", "{} statements came, {} went")
_SUPPORTING = Label("i poster som det ovenfor hviler på", "in records on which the above rests")
_OTHER_WORDS = Label("andre ord beviser det", "other words prove it")
_OMITTED = Label("… og {} til", "… and {} more")
_RENAMED = Label("het før", "named before")
_BUILD = Label("bygg", "build")
_KNOWN_ON = Label("det som var kjent {}", "what was known on {}")
_QUOTED = Label("«{}»", "“{}”")


def summary_lines(changes: Changes, lang: str) -> Iterator[str]:
    """Yield what was compared, and how much changed in each group."""
    yield f"A: {_side(changes.before, lang)}"
    yield f"B: {_side(changes.after, lang)}"
    if not changes:
        yield _in(_SAME, lang)
        return
    counts = (group_thousands(each, lang) for each in changes.statements)
    yield _in(_STATEMENTS, lang).format(*counts)
    for name, group in changes.groups.items():
        yield f"  {_in(GROUPS[name], lang)}: {counts_in_words(group.counts, lang)}"


def counts_in_words(counts: Mapping[Kind, int], lang: str) -> str:
    """Return how many entities are new, changed and gone: "2 new, 1 changed"."""
    return ", ".join(
        _in(_COUNTS[kind][counts[kind] != 1], lang).format(group_thousands(counts[kind], lang))
        for kind in KINDS
        if counts.get(kind)
    )


def to_terminal(changes: Changes, lang: str, width: int) -> Iterator[str]:
    """Yield the lines of all that changed; only a URL can be wider than ``width`` columns of the terminal."""
    yield from summary_lines(changes, lang)
    for name, group in changes.groups.items():
        yield ""
        yield _in(GROUPS[name], lang)
        yield "─" * len(_in(GROUPS[name], lang))
        for item in reading_order(group.items, lang):
            yield from _item(item, lang, width)
        if group.omitted:
            yield _in(_OMITTED, lang).format(group_thousands(group.omitted, lang))
    supporting = [
        f"{_in(kind_label(kind), lang)} (+{counts.added} -{counts.removed})"
        for kind, counts in changes.supporting.items()
    ]
    if supporting:
        yield ""
        yield from wrap_text(f"{_in(_SUPPORTING, lang).capitalize()}: {', '.join(supporting)}", width)


def shown_facts(facts: Iterable[Fact], lang: str) -> list[Fact]:
    """Return the facts that a reader of a language is shown, those first that matter most.

    Of the texts of a property that changed it is the best alone.
    """
    every = list(facts)
    tags: dict[str, dict[str, None]] = {}
    for fact in every:
        tags.setdefault(fact.property, {})[fact.language] = None
    best = {name: best_language(languages, lang) for name, languages in tags.items()}
    shown = (fact for fact in every if fact.language == best[fact.property])
    return sorted(shown, key=lambda fact: _HEAD.index(fact.property) if fact.property in _HEAD else len(_HEAD))


def _item(item: Item, lang: str, width: int) -> Iterator[str]:
    facts = shown_facts(item.facts, lang)
    head: list[str] = []
    if item.change != "changed":
        ordered = [fact for fact in facts if fact.property in _HEAD]
        head = [_in(fact.after or fact.before, lang) for fact in ordered]
        facts = [fact for fact in facts if fact not in ordered]
    renamed = f" ({_in(_RENAMED, lang)} {item.renamed_from})" if item.renamed_from else ""
    title = escape_control(" · ".join([f"{_in(item.label, lang)}{renamed}", *head]))
    yield from _indented(title, f"{_MARKS[item.change]} ", width)
    yield from _quotes(item.proof_before or item.proof_after, "    ", lang, width)
    for fact in facts:
        yield from _fact(fact, item.change, lang, width)
    if item.omitted:
        yield f"    {_in(_OMITTED, lang).format(group_thousands(item.omitted, lang))}"


def _fact(fact: Fact, change: Kind, lang: str, width: int) -> Iterator[str]:
    label, before, after = _in(fact.label, lang), _in(fact.before, lang), _in(fact.after, lang)
    tag = f" [{fact.language}]" if fact.language and fact.language != lang else ""
    mark = ""
    if before and after:
        text, mark = f"{label}{tag}: {before} → {after}", "~ "
    elif before or after:
        text, mark = f"{label}{tag}: {before or after}", "+ " if after else "- "
    else:
        text, mark = f"{label}: {_in(_OTHER_WORDS, lang)}", "~ "
    # All that is said of what is new is new.
    mark = "" if change != "changed" else mark
    yield from _indented(escape_control(text), f"    {mark}", width)
    both = fact.proof_before and fact.proof_after
    yield from _quotes(fact.proof_before, "      - " if both else "      ", lang, width)
    yield from _quotes(fact.proof_after, "      + " if both else "      ", lang, width)


def _quotes(quotes: Iterable[Quote], before: str, lang: str, width: int) -> Iterator[str]:
    for quote in quotes:
        place = ", ".join(filter(None, (quote.source, quote.position)))
        yield from _indented(escape_control(f"{_in(_QUOTED, lang).format(quote.text)} ({place})"), before, width)


def _indented(text: str, before: str, width: int) -> Iterator[str]:
    first, *others = wrap_text(text, max(20, width - len(before)))
    yield f"{before}{first}"
    yield from (f"{' ' * len(before)}{line}" for line in others)


def _side(side: Side, lang: str) -> str:
    build = f"{_in(_BUILD, lang)} {side.tag}" if side.tag else ""
    day = _in(_KNOWN_ON, lang).format(_in(date_in_words(side.known_on), lang)) if side.known_on else ""
    further = ", ".join(filter(None, (build, day)))
    return escape_control(f"{side.name} ({further})" if further else side.name)


def _in(label: Label | None, lang: str) -> str:
    """Return a label in the language of a reader, nb or en; an empty text for none."""
    return "" if label is None else label.by_language.best(lang)
