"""Sentences about people and bodies: at how many meetings they are known to have had which part."""

from collections.abc import Iterator, Mapping

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.server.entity.event_words import names_in_words, number_in_words
from graph.server.entity.records import in_language

_ONE = {
    "present": Label("til stede på ett møte", "present at one meeting"),
    "organised": Label("arrangør eller vertskap for ett møte", "organiser or host of one meeting"),
    "represented": Label("representert på ett møte", "represented at one meeting"),
    "possible": Label("mulig til stede på ett møte", "possibly present at one meeting"),
    "expected": Label("ventet på ett møte", "expected at one meeting"),
    "invited": Label("invitert til ett møte", "invited to one meeting"),
    "absent": Label("ikke til stede på ett møte", "not present at one meeting"),
}
_SEVERAL = {
    "present": Label("til stede på {} møter", "present at {} meetings"),
    "organised": Label("arrangør eller vertskap for {} møter", "organiser or host of {} meetings"),
    "represented": Label("representert på {} møter", "represented at {} meetings"),
    "possible": Label("mulig til stede på {} møter", "possibly present at {} meetings"),
    "expected": Label("ventet på {} møter", "expected at {} meetings"),
    "invited": Label("invitert til {} møter", "invited to {} meetings"),
    "absent": Label("ikke til stede på {} møter", "not present at {} meetings"),
}
_KNOWN = Label("Ifølge kildene {}.", "According to the sources {}.")
_NONE = Label("Ingen møter er kjent.", "No meetings are known.")
_OFFICE = Label("Ifølge registeret {}.", "According to the registry {}.")
_MORE_OFFICES = Label("og {} verv til", "and {} more offices")
_ONE_SOURCE = Label("Kjent fra én kilde: {}.", "Known from one source: {}.")


def meetings_in_words(counts: Mapping[str, int], lang: str) -> str:
    """Return at how many meetings somebody had which part, in a sentence."""
    if not counts:
        return in_language(_NONE, lang)
    return in_language(_KNOWN, lang).format(names_in_words(list(_parts(counts, lang)), lang, most=len(counts)))


def _parts(counts: Mapping[str, int], lang: str) -> Iterator[str]:
    for sort, count in counts.items():
        if count == 1:
            yield in_language(_ONE[sort], lang)
        else:
            words = number_in_words(count, lang) if count < 13 else group_thousands(count, interface_language(lang))
            yield in_language(_SEVERAL[sort], lang).format(words)


def offices_in_words(offices: list[str], lang: str, most: int = 2) -> str:
    """Return offices with their periods, as the registry has them, in a sentence; "" where there are none."""
    if not offices:
        return ""
    more = in_language(_MORE_OFFICES, lang).format(number_in_words(len(offices) - most, lang))
    listed = [*offices[:most], *([more] if len(offices) > most else [])]
    return in_language(_OFFICE, lang).format("; ".join(listed))


def one_source_in_words(source: str, lang: str) -> str:
    """Return that somebody is known from one source alone."""
    return in_language(_ONE_SOURCE, lang).format(source)
