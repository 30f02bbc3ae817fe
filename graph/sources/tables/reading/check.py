"""Check a mapping beyond its form: each column is used or unused, each lookup fits, each word is in its scheme."""

from collections.abc import Iterable, Iterator

from graph.common.findings import Finding, did_you_mean
from graph.common.strict_files import Document
from graph.sources.pages.context import Background
from graph.sources.tables.form.lookups import MEANINGS, OF_ACTORS, OF_EVENTS, EntryForm
from graph.sources.tables.form.mapping import EventForm, MappingForm, PartForm
from graph.sources.tables.form.values import SERIES, ColumnForm
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.lookups import Lookup, Where
from graph.sources.tables.reading.sequence import FileReader

_OF_USE = {
    "actor": OF_ACTORS,
    "case": OF_EVENTS,
    "place": frozenset({"mode", "status", "kind", "place", "area", "is_", "review", "none"}),
    "topic": frozenset({"topics", "is_", "review"}),
    "date": frozenset({"when", "is_", "review"}),
    "capacity": frozenset({"post", "is_", "review"}),
    "standing": frozenset({"standing", "is_", "review"}),
}
# Of these not only whether they fit counts, but which word they say.
_CHECKED = frozenset({"kind", "topics", "is_", "area", "post", "registry", "bodies", "people", "groups", "offices"})
_CHECKED |= {"candidates", "on_behalf_of", "parts"}
_OF_NO_USE = frozenset({"match", "unless", "because", "by"})


def check_unused(form: MappingForm, index: ColumnIndex) -> None:
    """Note each column that is neither used nor under unused:, and each that is both."""
    used, reasons = set(index.used), form.unused
    entries = (
        [(("unused", heading), ColumnForm.model_construct(heading=heading)) for heading in reasons]
        if isinstance(reasons, dict)
        else [(("unused", number, "column"), each.column) for number, each in enumerate(reasons)]
    )
    for path, reference in entries:
        for place in index.places(reference, path):
            if place in used:
                index.problem(path, f'the column "{index.name(place)}" is under unused:, and the mapping uses it')
    for place in sorted(set(range(len(index.headings))) - index.used):
        heading = index.headings[place] or '""'
        message = f'column "{heading}" is neither used nor under unused:' if heading != '""' else ""
        message = message or f'column {place + 1}, without a heading (""), is neither used nor under unused:'
        index.findings.append(Finding(index.table.name, 0, f"{message}. Say why it makes no claim"))


def check_filled(reader: FileReader) -> None:
    """Note where a date or a key is filled down: nobody says that a row without one is of the day above it."""
    for event in reader.events:
        when = event.when
        for column in when.all_columns if when else ():
            if column in reader.fill:
                name = reader.index.name(column)
                message = f"{name} is a date, and dates are never filled down; say what an empty one means (empty:)"
                reader.index.problem(("fill_down",), message)


def check_words(form: MappingForm, document: Document, background: Background) -> Iterator[Finding]:
    """Yield what is wrong with the words of a mapping, whatever the columns of its table."""
    kinds = {*background.vocabulary["kind"], SERIES}
    for name, event in form.all_events.items():
        path: Path = ("events", name) if name else ("event",)
        if event.kind is not None and event.kind not in kinds:
            yield document.finding((*path, "kind"), unknown_word("kind", event.kind, kinds))
        yield from _check_parts((*form.parts, *event.parts), event, path, document, form)
        if event.kind is None and event.message is None and not event.cases:
            yield document.finding(path, "nothing says what rows tell of: give kind:, message: or cases:")
        if event.status is None and event.message is None and not event.cases:
            yield document.finding(path, "nothing says the status: held, planned, cancelled or postponed")
        if event.when is None and form.when is None:
            yield document.finding(path, "nothing says when: give when:, with the column of the date")
        for number, case in enumerate(event.cases):
            where = Where(document, (*path, "cases", number, "values"))
            yield from check_entries("case", (case.values or {}).items(), where, background)


def _check_parts(
    parts: Iterable[PartForm], event: EventForm, path: Path, document: Document, form: MappingForm
) -> Iterator[Finding]:
    roles: dict[tuple[str, str], str] = {}
    messages = event.message is not None or any(
        entry.message for case in event.cases for entry in (case.values or {}).values()
    )
    for part in parts:
        column = _column_words(part)
        other = roles.setdefault((part.role, part.kind), column)
        where: Path = (*path, "parts") if part in event.parts else ("parts",)
        line = (event.parts if part in event.parts else form.parts).index(part)
        if other != column and not (part.another or part.if_):
            message = (
                f"{other} and {column} are both {part.role}, {part.kind}; write another: true where each of them names "
                "somebody, or if: where the rows differ"
            )
            yield document.finding((*where, line, "role"), message)
        if messages and part.in_message is None:
            message = f"rows may tell of messages: say in_message: sender, recipient or nobody of {column}"
            yield document.finding((*where, line), message)


def _column_words(part: PartForm) -> str:
    named = part.named
    return str(named.columns if named.column is None else named.column).replace("heading=", "")


def unknown_word(what: str, word: str, known: Iterable[str]) -> str:
    """Return what to say of a word that is in no scheme."""
    words = sorted(known)
    return f"unknown {what} {word!r}.{did_you_mean(word, words)} Known are {', '.join(words)}"


def check_lookups(
    uses: dict[str, set[str]], lookups: dict[str, Lookup], document: Document, background: Background
) -> Iterator[Finding]:
    """Yield what is wrong with lookups in the columns that use them; one that nothing uses is a warning."""
    for name, lookup in lookups.items():
        where = Where(document, (name, "values"))
        if name not in uses:
            message = f"no column uses the lookup {name!r}"
            yield document.finding((name,), message)._replace(severity="warning")
        entries = [(key, entry) for key, entry in lookup.exact.values()]
        entries += [(key, entry) for key, _, entry in lookup.patterns]
        for use in sorted(uses.get(name, ())):
            yield from check_entries(use, entries, where, background)


def check_entries(
    use: str, entries: Iterable[tuple[str, EntryForm]], where: Where, background: Background
) -> Iterator[Finding]:
    """Yield what is wrong with entries of a lookup in a column of this use."""
    fitting = _OF_USE[use]
    plain = fitting - _CHECKED | _OF_NO_USE
    kinds = {*background.vocabulary["kind"], SERIES}
    for key, entry in entries:
        given = entry.model_fields_set
        if given <= plain:
            continue
        if unfit := [name for name in MEANINGS if name in given and name not in fitting]:
            words = ", ".join(sorted(name.rstrip("_") for name in fitting))
            message = f"{key!r}: {unfit[0].rstrip('_')} is no meaning of a {use}; such are {words}"
            yield where(key, message)
        if use not in ("actor",) and entry.is_ not in (None, "nothing"):
            yield where(key, f"{key!r}: is: {entry.is_} is no meaning of a {use}; only is: nothing is")
        if use == "case" and entry.kind is not None and entry.kind not in kinds:
            yield where(key, unknown_word("kind", entry.kind, kinds))
        if entry.topics and (unknown := [each for each in entry.topics if each not in background.vocabulary["topic"]]):
            yield where(key, unknown_word("topic", unknown[0], background.vocabulary["topic"]))
        yield from _check_registry(key, entry, where, background)


def _check_registry(key: str, entry: EntryForm, where: Where, background: Background) -> Iterator[Finding]:
    registry = background.registry
    members = [entry, *(entry.parts or ())]
    named = [
        each
        for form in members
        for field in ("bodies", "people", "groups", "offices", "candidates")
        for each in getattr(form, field) or ()
    ]
    named += [form.on_behalf_of for form in members if form.on_behalf_of]
    for name in [form.registry for form in members] + [each.registry for each in named]:
        known = registry.organisations.keys() | registry.people.keys()
        if name is not None and name not in known:
            yield where(
                key, f"{name!r} is not in the registry.{did_you_mean(name, known)} Write organisation:… or person:…"
            )
    if entry.post is not None and f"post:{entry.post}" not in registry.posts:
        posts = [each.partition(":")[2] for each in registry.posts]
        yield where(key, f"{entry.post!r} is no post of the registry.{did_you_mean(entry.post, posts)}")
    if entry.area is not None and not entry.area.startswith(("kommune:", "fylke:")):
        yield where(key, f"{entry.area!r} is no area: write kommune:0301 or fylke:03")
    elif entry.area is not None and entry.area not in registry.areas:
        hint = did_you_mean(entry.area, registry.areas)
        yield where(key, f"{entry.area!r} is not in the registry.{hint} Areas stand in registry/municipalities.csv")
