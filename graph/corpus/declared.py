"""Declared: the keys of a file of claims, each the name of one thing with a label, or of a group of the page."""

from collections.abc import Mapping

from graph.common.findings import did_you_mean
from graph.model.claims import Collective, Label
from graph.model.edtf import ANY_DAY
from graph.sources.form.entries import ClaimsForm, EventEntry, GroupEntry, LetterEntry, PlanEntry
from graph.sources.pages.agents import body_of
from graph.sources.pages.evidence import Misread
from graph.sources.pages.state import Kept
from graph.sources.text.quotes import find, nearest


def declare(kept: Kept, form: ClaimsForm) -> None:
    """Every key of the file names one thing from now on, and has its label; what cannot be so is a finding."""
    sections: tuple[tuple[str, str, Mapping[str, EventEntry | LetterEntry | PlanEntry]], ...] = (
        ("series", "series", form.series),
        ("events", "event", form.events),
        ("letters", "letter", form.letters),
        ("plans", "plan", form.plans),
    )
    for section, kind, entries in sections:
        for key, entry in entries.items():
            with kept.at(section, key):
                kept.name(key, f"{kind}:{key}")
                kept.labels[f"{kind}:{key}"] = Label(entry.label.nb, entry.label.en)
    for key, group in form.groups.items():
        with kept.at("groups", key):
            kept.name(key, f"group:{kept.page.page}.{key}")
            kept.known.groups[key] = _group(kept, key, group, form)


def _group(kept: Kept, key: str, entry: GroupEntry, form: ClaimsForm) -> Collective:
    if entry.some_of is not None and entry.some_of not in form.groups:
        raise Misread(f"there is no group {entry.some_of!r}.{did_you_mean(entry.some_of, form.groups)}", "some_of")
    if entry.some_of == key:
        raise Misread(f"the group {key!r} cannot be some of itself", "some_of")
    found = find(entry.words, kept.page.text)
    if not found:
        near = nearest(entry.words, kept.page.text)
        hint = f"; the page has {near!r}" if near else ""
        raise Misread(f"the words {entry.words!r} are not in the page{hint}", "words")
    words = " ".join(kept.page.text.original[slice(*found[0])].split())
    return Collective(
        id=kept.known.things[key],
        words=words,
        label=Label(entry.label.nb, entry.label.en) if entry.label else Label(words),
        drawn_from=tuple(body_of(kept.known, name, ANY_DAY, "drawn_from") for name in entry.drawn_from or ()),
        some_of=f"group:{kept.page.page}.{entry.some_of}" if entry.some_of else None,
    )
