"""Read ``decisions/identity.yaml`` strictly, and find where decisions contradict each other."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import Document, read_yaml
from graph.common.text_files import read_text, strip_bom
from graph.model.identity import Contradiction, Decision, Decisions, Mixture
from graph.sources.decisions.form import FILE, FOLDER, DecisionForm, DecisionsForm
from graph.sources.form.messages import mistakes

NAME = f"{FOLDER}/{FILE}"
# So many contradictions are told one by one, and of a chain so many decisions.
_MOST_TOLD, _MOST_OF_CHAIN = 20, 3
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)", re.MULTILINE)


def read_decisions(home: Path) -> Decisions:
    """Return the decisions of a home; none where it has no such file.

    Raise FindingsError with all mistakes of the file. Decisions that contradict each other are no mistake of a line:
    ``contradictions`` tells of them.
    """
    path = home / FOLDER / FILE
    if path.parent.exists() and not path.parent.is_dir():
        raise FindingsError([Finding(FOLDER, 0, f"is no folder; {NAME} is a file in a folder")])
    if not path.exists() and not path.is_symlink():
        return Decisions()
    return decisions_of(read_text(path, NAME))


def decisions_of(text: str) -> Decisions:
    """Return the decisions in the text of such a file. Raise FindingsError with all mistakes."""
    return decisions_in(parse(text))


def decisions_in(document: Document) -> Decisions:
    """Return the decisions in such a file as data. Raise FindingsError with all mistakes."""
    if document.data is None:
        return Decisions()
    try:
        form = DecisionsForm.model_validate(document.data)
    except ValidationError as error:
        raise FindingsError(document.finding(place, message) for place, message in mistakes(error)) from error
    entries, findings = [], []
    for number, entry in enumerate(form.decisions):
        try:
            entries.append(_decision(entry, document, number))
        except ValueError:
            findings.append(document.finding(("decisions", number, "when"), f"{entry.when} is no day of the calendar"))
    if findings:
        raise FindingsError(findings)
    return Decisions(entries)


def parse(text: str) -> Document:
    """Return the text of the file as data. Raise FindingsError where it is no YAML, or was merged with conflicts."""
    if marks := [text.count("\n", 0, mark.start()) + 1 for mark in _CONFLICT.finditer(text)]:
        message = (
            "two versions were merged with conflicts here; keep the decisions of both sides, and delete the lines "
            f"with <<<<<<<, ======= and >>>>>>> ({', '.join(map(str, marks[:6]))}{', …' if len(marks) > 6 else ''})"
        )
        raise FindingsError([Finding(NAME, marks[0], message)])
    return read_yaml(strip_bom(text), NAME)


def _decision(form: DecisionForm, document: Document, number: int) -> Decision:
    line = document.line(("decisions", number))
    return Decision(form.verdict, form.ids, form.who, date.fromisoformat(form.when), form.why, form.seen or (), line)


def contradictions(decisions: Decisions) -> tuple[list[Finding], Decisions]:
    """Return an error for each contradiction, and the decisions without those about the things that are in one."""
    every = [*decisions.contradictions()]
    findings = [_finding(each) for each in every[:_MOST_TOLD]]
    if len(every) > _MOST_TOLD:
        more = f"{len(every) - _MOST_TOLD:,} more pairs are decided to be the same and different"
        findings.append(Finding(NAME, every[_MOST_TOLD].different.line, more))
    mixtures = [*decisions.mixtures()]
    findings += map(_mixture, mixtures)
    findings += _repeated(decisions)
    wrong = {id for ids in (*(each.ids for each in every), *(each.ids for each in mixtures)) for id in ids}
    return findings, decisions.without(wrong) if wrong else decisions


def _finding(each: Contradiction) -> Finding:
    one, other = each.ids
    message = (
        f"{one} and {other} are different here, and the same by {_in_lines(each.chain)}; "
        "take back the decision that is wrong. Until then none of them counts"
    )
    return Finding(NAME, each.different.line, message)


def _mixture(each: Mixture) -> Finding:
    one, other = each.ids
    message = (
        f"{one} and {other} are the same by {_in_lines(each.chain)}, and one thing cannot have both ids; "
        "take back the decision that is wrong. Until then none of them counts"
    )
    return Finding(NAME, each.chain[-1].line, message)


def _in_lines(chain: Sequence[Decision]) -> str:
    """Return decisions with their lines; of many the first ones, and how many more there are."""
    told = [f"line {step.line} ({' = '.join(_short(step.ids))})" for step in chain[:_MOST_OF_CHAIN]]
    more = f" and {len(chain) - len(told):,} more" if len(chain) > len(told) else ""
    return f"{', '.join(told)}{more}"


def _short(ids: tuple[str, ...]) -> tuple[str, ...]:
    return ids if len(ids) <= 3 else (*ids[:2], f"{len(ids) - 2} more")


def _repeated(decisions: Decisions) -> Iterator[Finding]:
    """Yield a warning for each doubt about ids that are decided since: it says nothing any more."""
    for entry in decisions.entries:
        if entry.verdict == "unsure":
            rest = {decisions.canonical(id) for id in entry.ids}
            if len(rest) == 1:
                message = f"{' and '.join(_short(entry.ids))} are decided to be the same elsewhere; take this one out"
                yield Finding(NAME, entry.line, message, "warning")
