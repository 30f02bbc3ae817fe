"""Ready questions: ``queries/*.rq``, each plain SPARQL under a header of YAML in comments that begin with ``#+``.

The header gives, in Norwegian and English, the question, its parameters, the headings of its columns, and which columns
prove a row. It is read strictly. ``CONTRIBUTING.md`` has the conventions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from graph import HOME, ONLY_THE_PACKAGE
from graph.common.findings import Finding, FindingsError, did_you_mean, map_all, suggestion
from graph.common.text_files import read_text, strip_bom
from graph.model.iris import slug
from graph.model.labels import Label
from graph.query.kept_headers import Header, find_header, keep_header
from graph.query.lookup import entity_kinds
from graph.query.results import InvalidQueryError
from graph.query.sparql.certain import plain_form
from graph.query.sparql.labels import labels_in
from graph.query.sparql.parameters import bind_parameters, parameter_names
from graph.query.sparql.tokens import projected_variables

if TYPE_CHECKING:
    from graph.common.strict_files import Document

VIEWS = ("Table", "Graph", "Timeline", "Map", "BarChart")
# The first tag of a question is its group in the list of questions.
TAGS = {
    "people": Label("Personer", "People"),
    "bodies": Label("Organisasjoner", "Bodies"),
    "offices": Label("Verv", "Offices"),
    "meetings": Label("Møter", "Meetings"),
    "time": Label("Tid", "Time"),
    "places": Label("Steder", "Places"),
    "topics": Label("Temaer", "Topics"),
    "proof": Label("Belegg", "Proof"),
    "uncertainty": Label("Usikkerhet", "Uncertainty"),
    "sources": Label("Kilder", "Sources"),
}
# Kinds of parameters whose values are literals; all other kinds are entities that a lookup finds by name.
LITERAL_KINDS = ("certainty", "date", "number", "text")
CERTAINTY = Label("bare sikre, bare mulige eller alle (certain, possible, all)", "certain, possible or all")
# The parameter that no header declares: the language of the answer, for texts that stand in several.
LANGUAGE = "lang"
_PARAMETER_KEYS = ("is", "nb", "en", "example")
_KEYS = ("summary", "description", "tags", "parameters", "columns", "proof", "without_rows", "definition")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question. ``kind`` is actor, event, date ...; ``example`` is a value that the first page has."""

    name: str
    kind: str
    label: Label
    example: str | None


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table. ``columns`` are the columns that people see; ``proof`` names those that prove a row.

    ``definition`` says what a word of the summary means here, such as "met"; it stands beside the table.
    """

    summary: Label
    columns: dict[str, Label]
    proof: tuple[str, ...]
    definition: Label | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Question(Headings):
    """A ready question with the headings of its table."""

    name: str
    description: Label
    tags: tuple[str, ...]
    parameters: dict[str, Parameter]
    without_rows: Label | None
    view: str
    query: str


def questions_folder(home: Path) -> Path:
    """Return the folder of the questions of a home: its own ``queries/``, else that of this checkout.

    Raise FindingsError where neither exists: the package was installed without its checkout.
    """
    folder = next((each / "queries" for each in (home, HOME) if (each / "queries").is_dir()), None)
    if folder is None:
        raise FindingsError([Finding(str(home / "queries"), 0, f"is not there; {ONLY_THE_PACKAGE}")])
    return folder


def questions(home: Path | str = HOME) -> list[Question]:
    """Return the ready questions of a home, by name. Raise FindingsError where the header of one is wrong."""
    return read_questions(questions_folder(Path(home)))


def read_questions(folder: Path) -> list[Question]:
    """Return all questions of a folder, by name. Raise FindingsError with everything that is wrong in any header."""
    return map_all(sorted(folder.glob("*.rq")), read_question)


def by_group(listed: Iterable[Question]) -> dict[str, list[Question]]:
    """Return questions by their groups (the first tag of each), in the one order of groups; empty ones are left out."""
    listed = tuple(listed)
    groups = {tag: [each for each in listed if each.tags[0] == tag] for tag in TAGS}
    return {tag: group for tag, group in groups.items() if group}


def find_question(folder: Path, name: str) -> Question:
    """Return the question with that name, or with that summary in Norwegian or English.

    The beginning of a summary suffices where it is of one question alone: "Who met whom?".

    Raise InvalidQueryError where there is none.
    """
    names = [file.stem for file in folder.glob("*.rq")]
    key = name.strip().removesuffix(".rq").replace("-", "_").replace(" ", "_").casefold()
    if key in names:
        return read_question(folder / f"{key}.rq")
    questions = read_questions(folder)
    summaries = {text: each for each in questions for text in (each.summary.nb, each.summary.en or "")}
    matches = [each for text, each in summaries.items() if slug(text) == slug(name) != ""]
    matches = matches or [
        each for text, each in summaries.items() if slug(name) and slug(text).startswith(f"{slug(name)}-")
    ]
    if len({each.name for each in matches}) != 1:
        # Imported here: most names are right.
        from graph.query.near_names import similar_questions

        hint = suggestion(similar_questions(name, {each.name: each.summary for each in questions}))
        raise InvalidQueryError(f"there is no question {name!r}.{hint} (motegraf ask lists them)")
    return matches[0]


def read_question(file: Path) -> Question:
    """Return the question of a file. Raise FindingsError with the faults of its header, each with its line."""
    query = strip_bom(read_text(file, f"queries/{file.name}"))
    header = find_header(file, query)
    if header is None:
        header = _read_header(file.stem, query)
        keep_header(file, query, header)
    return _question(file.stem, query, header)


def parse_question(stem: str, query: str) -> Question:
    """Return the question of that name with this text. Raise FindingsError as ``read_question`` does."""
    return _question(stem, query, _read_header(stem, query))


def _read_header(stem: str, query: str) -> Header:
    """Return the header of the question of that name. Raise FindingsError with its faults, each with its line."""
    # Imported here: most headers have been read before.
    from graph.common.strict_files import read_yaml

    name = f"queries/{stem}.rq"
    yaml = "\n".join(line[3:] for line in query.splitlines() if line.startswith("#+"))
    document = read_yaml(yaml, name)
    problems = list(_problems(document, query))
    if problems:
        raise FindingsError(problems)
    header: Header = document.data
    return header


def _question(stem: str, query: str, header: Header) -> Question:
    return Question(
        name=stem,
        summary=_label(header["summary"]),
        description=_label(header["description"]),
        tags=tuple(header["tags"]),
        parameters={key: _parameter(key, each) for key, each in header.get("parameters", {}).items()},
        columns={key: _label(each) for key, each in header["columns"].items()},
        proof=tuple(header.get("proof", ())),
        without_rows=_label(header["without_rows"]) if "without_rows" in header else None,
        definition=_label(header["definition"]) if "definition" in header else None,
        view=_view(query) or VIEWS[0],
        query=query,
    )


def descriptions(question: Question) -> tuple[Label, ...]:
    """Return the description of a question and, where it has one, its definition."""
    return (question.description, *([question.definition] if question.definition else []))


def without_header(query: str) -> str:
    """Return the text of a question without its header."""
    lines = [line for line in query.splitlines() if not line.startswith(("#+", "#defaultView:"))]
    return "\n".join(lines).strip() + "\n"


def sparql_text(question: Question) -> str:
    """Return the SPARQL of a question with its prefixes, as others read and ask it."""
    return plain_form(without_header(question.query))


def localized_sparql(question: Question, lang: str) -> str:
    """Return the SPARQL of a question for readers of nb or en: its labels and texts are in that language."""
    return bind_parameters(labels_in(sparql_text(question), lang), {LANGUAGE: Literal(lang)})


def _problems(document: "Document", query: str) -> list[Finding]:
    header = document.data
    if not isinstance(header, dict):
        return [Finding(document.name, 1, "has no header; see CONTRIBUTING.md")]
    lists = ("tags", "proof")
    wrong = [
        (key, "a list" if key in lists else "a mapping")
        for key, value in header.items()
        if key in _KEYS and not isinstance(value, list if key in lists else dict)
    ]
    if wrong:
        return [document.finding((key,), f"{key!r} must be {expected}") for key, expected in wrong]
    problems = [
        *((key, f"unknown key {key!r}.{did_you_mean(key, _KEYS)}") for key in header.keys() - set(_KEYS)),
        *(("", f"the header has no {key!r}") for key in (*_KEYS[:3], "columns") if not header.get(key)),
        *(
            (key, f"{key!r} needs a text in nb and in en")
            for key in ("summary", "description", "without_rows", "definition")
            if header.get(key) and not _is_bilingual(header[key])
        ),
        *(
            ("tags", f"unknown tag {tag!r}.{did_you_mean(tag, TAGS)}")
            for tag in header.get("tags", ())
            if tag not in TAGS
        ),
        *_parameter_problems(header.get("parameters", {}), parameter_names(query)),
        *_column_problems(header, projected_variables(query)),
    ]
    if _view(query) not in VIEWS:
        problems.append(("", f"#defaultView: must be one of {', '.join(VIEWS)}"))
    return [document.finding((key,), message) for key, message in problems]


def _parameter_problems(declared: Any, used: list[str]) -> list[tuple[str, str]]:
    kinds = [*entity_kinds(), *LITERAL_KINDS]
    problems = [
        ("parameters", f"?_{name} is not declared; add it under parameters")
        for name in used
        if name not in (*declared, LANGUAGE)
    ]
    problems += [("parameters", f"the query has no ?_{name}") for name in declared if name not in used]
    for name, each in declared.items():
        if not isinstance(each, dict) or each.get("is") not in kinds:
            kind = str(each.get("is")) if isinstance(each, dict) else ""
            hint = did_you_mean(kind, kinds)
            problems.append(("parameters", f"{name!r} needs is: with one of {', '.join(kinds)}.{hint}"))
        elif each.keys() - set(_PARAMETER_KEYS):
            unknown = min(each.keys() - set(_PARAMETER_KEYS))
            problems.append(
                ("parameters", f"unknown key {unknown!r} of {name!r}.{did_you_mean(unknown, _PARAMETER_KEYS)}")
            )
        elif each["is"] != "certainty" and not _is_bilingual(each):
            problems.append(("parameters", f"{name!r} needs a text in nb and in en"))
    return problems


def _column_problems(header: Any, columns: list[str]) -> list[tuple[str, str]]:
    declared, proof = header.get("columns", {}), header.get("proof", [])
    expected = {*declared, *(f"{name}Label" for name in declared), *proof}
    problems = [
        ("columns", f"the column {name!r} is not declared; add it under columns or proof")
        for name in columns
        if name not in expected
    ]
    problems += [
        ("columns", f"the query has no column {name!r}") for name in [*declared, *proof] if name not in columns
    ]
    return problems + [
        ("columns", f"{name!r} needs a text in nb and in en")
        for name, each in declared.items()
        if not _is_bilingual(each)
    ]


def _is_bilingual(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("nb")) and bool(value.get("en"))


def _parameter(name: str, header: dict[str, str]) -> Parameter:
    label = CERTAINTY if header["is"] == "certainty" else _label(header)
    return Parameter(name, header["is"], label, header.get("example"))


def _label(texts: dict[str, str]) -> Label:
    return Label(texts["nb"], texts["en"])


def _view(query: str) -> str | None:
    match = re.search(r"^#defaultView:(\w+)", query, re.MULTILINE)
    return match[1] if match else None
