"""Sources of the registry in words: "party: en.wikipedia" becomes what it is about, and "English Wikipedia"."""

import re
from dataclasses import dataclass

from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.model.language_names import language_label

_ABOUT = {
    "party": Label("parti", "party"),
    "organisation number": Label("organisasjonsnummer", "organisation number"),
    "names": Label("navn", "names"),
    "name": Label("navn", "name"),
}
_WIKIDATA = re.compile(r"Wikidata (Q\d+): *")
_WIKIPEDIA = re.compile(r"(?<![\w.])(?P<code>[a-z]{2,3})\.wikipedia(?![\w.])")
# The version of a file, by the first digits of its digest.
_VERSION = re.compile(r" @([0-9a-f]{7,40})\b")
# Lists that the registry was made of, with their year, in Norwegian.
_LISTS = {
    "municipality list": "kommunelisten",
    "county list": "fylkeslisten",
    "successor list": "listen over etterfølgere",
    "Difi list": "Difis liste",
    "another snapshot, of ": "et annet uttrekk, fra ",
    "own site, older": "eget nettsted, eldre",
    "own site, newer": "eget nettsted, nyere",
    "own site": "eget nettsted",
    "an obituary page": "en minneside",
    "copy of ": "kopi av ",
    "another source, not named": "en annen kilde, ikke nevnt ved navn",
}
_DAY = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
_PAGE = re.compile(r"\bpage ([a-z0-9][a-z0-9.-]*)")


@dataclass(frozen=True, slots=True)
class RegistrySource:
    """A source of the registry: what it is the source of, where it is of one thing, and its name."""

    about: Label | None
    name: Label


def registry_source(text: str) -> RegistrySource:
    """Return what a source of the registry is about and its name, of the words that the registry has for it."""
    item = _WIKIDATA.match(text)
    if item:
        about = Label(f"nummer i Wikidata, {item[1]}", f"number in Wikidata, {item[1]}")
        return RegistrySource(about, _in_words(text[item.end() :]))
    start, colon, rest = text.partition(": ")
    if colon and start in _ABOUT:
        return RegistrySource(_ABOUT[start], _in_words(rest))
    return RegistrySource(None, _in_words(text))


def with_dates_in_words(text: str, lang: str) -> str:
    """Return a text of the registry with its days (2014-12-31) in words of a language: nb, or else en."""

    def in_words(match: re.Match[str]) -> str:
        words = date_in_words(match[0])
        return words.nb if lang == "nb" else words.en or words.nb

    return _DAY.sub(in_words, text)


def _in_words(text: str) -> Label:
    return Label(_sentence(text, "nb"), _sentence(text, "en"))


def _sentence(text: str, lang: str) -> str:
    """Return the words of a source with what only machines read put in words."""
    version = {"nb": r" (utgave \1)", "en": r" (version \1)"}[lang]
    page = {"nb": r"siden «\1»", "en": r"the page “\1”"}[lang]
    if lang == "nb":
        for english, norwegian in _LISTS.items():
            text = text.replace(english, norwegian)
    text = _WIKIPEDIA.sub(lambda match: _wikipedia(match["code"], lang), text)
    return with_dates_in_words(_PAGE.sub(page, _VERSION.sub(version, text)), lang)


def _wikipedia(code: str, lang: str) -> str:
    language = language_label({"no": "nb"}.get(code, code))
    if language.nb == code:
        return f"Wikipedia ({code})"
    return f"Wikipedia på {language.nb}" if lang == "nb" else f"{language.en} Wikipedia"
