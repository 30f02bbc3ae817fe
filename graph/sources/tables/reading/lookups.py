"""Lookups: what odd values mean. A whole cell decides before a pattern; two patterns that disagree decide nothing."""

import re
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from graph.common.findings import Finding, FindingsError, similar_words
from graph.common.strict_files import Document
from graph.sources.form.messages import mistakes
from graph.sources.tables.form.lookups import EntryForm, LookupForm
from graph.sources.tables.reading.patterns import Test, begins, like, matches
from graph.sources.tables.reading.text import fold_blanks


class Lookup:
    """A section of lookups. ``used`` are the keys that fitted a value."""

    def __init__(self, name: str, values: dict[str, EntryForm], findings: list[Finding], where: "Where") -> None:
        self.name, self.used = name, set[str]()
        self.exact: dict[str, tuple[str, EntryForm]] = {}
        self.patterns: list[tuple[str, Test, EntryForm]] = []
        for key, entry in values.items():
            if entry.match == "exact":
                self._add(key, entry, findings, where)
            elif not key.strip():
                findings.append(where(key, "an empty key fits every value; give words"))
            else:
                try:
                    test = {"begins": begins, "like": like}.get(entry.match, _regex)([key])
                    self.patterns.append((key, _unless(test, like(entry.unless)) if entry.unless else test, entry))
                except ValueError as error:
                    findings.append(where(key, str(error)))

    def _add(self, key: str, entry: EntryForm, findings: list[Finding], where: "Where") -> None:
        folded = fold_blanks(key)
        there = self.exact.get(folded)
        if there is not None and meaning(there[1]) != meaning(entry):
            findings.append(
                where(key, f"{key!r} and {there[0]!r} are one value, white space folded, with two meanings")
            )
        self.exact.setdefault(folded, (key, entry))

    def find(self, text: str, by_pattern: bool = True) -> EntryForm | None:
        """Return what a value means, or None. Raise LookupError where two patterns give it two meanings."""
        if there := self.exact.get(text):
            self.used.add(there[0])
            return there[1]
        if not (by_pattern and self.patterns):
            return None
        fitting = [(key, entry) for key, test, entry in self.patterns if test(text)]
        if len({meaning(entry) for _, entry in fitting}) > 1:
            keys = " and ".join(repr(key) for key, _ in fitting[:2])
            raise LookupError(f"fits {keys} of the lookup {self.name}, which have two meanings; give it one of its own")
        self.used.update(key for key, _ in fitting)
        return fitting[0][1] if fitting else None

    def keys(self) -> Iterator[str]:
        """Yield the keys as they are written."""
        yield from (key for key, _ in self.exact.values())
        yield from (key for key, _, _ in self.patterns)

    def stale(self) -> list[str]:
        """Return the keys that fitted no value that was read."""
        return [key for key in self.keys() if key not in self.used]

    def near(self, text: str) -> list[str]:
        """Return up to three keys that a value may be, misspelt."""
        length = len(text)
        candidates = [key for key in self.exact if abs(len(key) - length) <= 3 + length // 4]
        if len(candidates) <= 300:
            return similar_words(text, candidates)
        from rapidfuzz import process

        return [key for key, score, _ in process.extract(text, candidates, limit=3) if score >= 85]


def _regex(keys: list[str]) -> Test:
    return matches(keys[0])


def _unless(test: Test, unless: Test) -> Test:
    return lambda text: test(text) and not unless(text)


def meaning(entry: EntryForm) -> str:
    """Return what an entry means, without who says so and how values are matched, to be compared."""
    return entry.model_dump_json(exclude={"because", "by", "match", "unless"}, exclude_defaults=True)


class Where:
    """Makes findings about the entries of a section."""

    def __init__(self, document: Document, path: tuple[int | str, ...]) -> None:
        self.document, self.path = document, path

    def __call__(self, key: str, message: str) -> Finding:
        """Return a finding about the entry of this key."""
        return self.document.finding((*self.path, key), message)


def read_lookups(document: Document) -> dict[str, Lookup]:
    """Return the lookups of a file by their names. Raise FindingsError with all that is wrong with them."""
    data = document.data or {}
    if not isinstance(data, dict):
        raise FindingsError([document.finding((), "lookups have names: write place: {values: {…}}")])
    findings: list[Finding] = []
    lookups: dict[str, Lookup] = {}
    for name, section in data.items():
        try:
            form = LookupForm.model_validate(section or {})
        except ValidationError as error:
            for path, message in mistakes(error):
                if len(path) == 1 and message.startswith("unknown key"):
                    message = f"{path[0]!r} stands beside by: and because:; put it under values: of {name}"
                findings.append(document.finding((name, *path), message))
            continue
        where = Where(document, (name, "values"))
        findings += _without_reason(form, where)
        lookups[name] = Lookup(name, form.values, findings, where)
    if findings:
        raise FindingsError(findings)
    return lookups


def _without_reason(form: LookupForm, where: Where) -> Iterable[Finding]:
    """Yield what lacks a reason, or whoever decided: of the section as a whole, or of each entry."""
    for key, entry in form.values.items():
        lacking = [name for name in ("because", "by") if not (getattr(form, name) or getattr(entry, name))]
        if lacking:
            message = f"{key!r} lacks {' and '.join(lacking)}: say why, and who decided, here or for the whole section"
            yield where(key, message)


_LETTER = re.compile(r"\w")


def has_letters(text: str) -> bool:
    """Return whether a text has a letter or a figure: signs alone are no name."""
    return _LETTER.search(text) is not None
