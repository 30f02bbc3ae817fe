"""Questions: ``queries/*.rq``, each plain SPARQL under a header of YAML behind ``#+``, read strictly.

The header says in Norwegian and English what is asked, which parameters can be given, what the columns are called, and
in which columns stands what proves a row. ``CONTRIBUTING.md`` has the conventions.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph import HOME, ONLY_THE_PACKAGE
from graph.common.findings import Finding, FindingsError, did_you_mean, map_all
from graph.common.strict_files import Document, read_text, read_yaml, strip_bom
from graph.model.iris import slug
from graph.model.labels import Label
from graph.query.results import InvalidQueryError
from graph.query.sparql.parameters import parameter_names
from graph.query.sparql.tokens import projected_variables

VIEWS = ("Table", "Graph", "Timeline", "Map", "BarChart")
# The first tag of a question is the group that it stands in.
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
LOOKUPS = Path(__file__).parent / "lookups"
# What a parameter can be besides a thing that some look-up finds by its name.
LITERAL_KINDS = ("certainty", "date", "number", "text")
CERTAINTY = Label("bare sikre, bare mulige eller alle (certain, possible, all)", "certain, possible or all")
_PARAMETER_KEYS = ("is", "nb", "en", "example")
_KEYS = ("summary", "description", "tags", "parameters", "columns", "proof", "without_rows")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be given: ``is_a`` an actor, an event, a date ...; ``example`` is one on the first page."""

    name: str
    is_a: str
    label: Label
    example: str | None


@dataclass(frozen=True, slots=True)
class Headings:
    """What a table is shown under. ``columns`` are those for people, by name; ``proof`` hold what proves a row."""

    summary: Label
    columns: dict[str, Label]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question(Headings):
    """A ready question, and the headings of its answer."""

    name: str
    description: Label
    tags: tuple[str, ...]
    parameters: dict[str, Parameter]
    without_rows: Label | None
    view: str
    query: str


def questions_folder(home: Path) -> Path:
    """The folder of the questions that a home asks: its own ``queries/``, or where it has none those of this checkout.

    A FindingsError where there is neither: installed without its checkout, this package has none.
    """
    folder = next((each / "queries" for each in (home, HOME) if (each / "queries").is_dir()), None)
    if folder is None:
        raise FindingsError([Finding(str(home / "queries"), 0, f"is not there; {ONLY_THE_PACKAGE}")])
    return folder


def read_questions(folder: Path) -> list[Question]:
    """All questions of a folder, by name; a FindingsError names everything that is wrong with any of them."""
    return map_all(sorted(folder.glob("*.rq")), read_question)


def find_question(folder: Path, name: str) -> Question:
    """The question of that name, or with that summary in Norwegian or English; Misasked where there is none."""
    names = [file.stem for file in folder.glob("*.rq")]
    meant = name.strip().removesuffix(".rq").replace("-", "_").replace(" ", "_").casefold()
    if meant in names:
        return read_question(folder / f"{meant}.rq")
    summaries = {text: each for each in read_questions(folder) for text in (each.summary.nb, each.summary.en or "")}
    asked = [each for text, each in summaries.items() if slug(text) == slug(name) != ""]
    if not asked:
        hint = did_you_mean(meant, names) or did_you_mean(name, summaries)
        raise InvalidQueryError(f"there is no question {name!r}.{hint} (motegraf ask lists them)")
    return asked[0]


def read_question(file: Path) -> Question:
    """The question of a file; a FindingsError says what is wrong with its header, each with its line."""
    name = f"queries/{file.name}"
    query = strip_bom(read_text(file, name))
    header = "\n".join(line[3:] for line in query.splitlines() if line.startswith("#+"))
    document = read_yaml(header, name)
    problems = list(_problems(document, query))
    if problems:
        raise FindingsError(problems)
    said: dict[str, Any] = document.data
    return Question(
        name=file.stem,
        summary=_label(said["summary"]),
        description=_label(said["description"]),
        tags=tuple(said["tags"]),
        parameters={key: _parameter(key, each) for key, each in said.get("parameters", {}).items()},
        columns={key: _label(each) for key, each in said["columns"].items()},
        proof=tuple(said.get("proof", ())),
        without_rows=_label(said["without_rows"]) if "without_rows" in said else None,
        view=_view(query) or VIEWS[0],
        query=query,
    )


def sparql_text(question: Question) -> str:
    """The query with its prefixes, without its header."""
    lines = [line for line in question.query.splitlines() if not line.startswith(("#+", "#defaultView:"))]
    return "\n".join(lines).strip() + "\n"


@cache
def entity_kinds() -> tuple[str, ...]:
    """What a parameter can be that is found by its name: there is a look-up for each."""
    return tuple(sorted(file.stem for file in LOOKUPS.glob("*.rq") if not file.stem.startswith("of_")))


def _problems(document: Document, query: str) -> list[Finding]:
    said = document.data
    if not isinstance(said, dict):
        return [Finding(document.name, 1, "has no header; see CONTRIBUTING.md")]
    lists = ("tags", "proof")
    odd = [
        (key, "a list" if key in lists else "keys and values of its own")
        for key, value in said.items()
        if not isinstance(value, list if key in lists else dict)
    ]
    if odd:
        return [document.finding((key,), f"{key!r} is {meant}") for key, meant in odd]
    found = [
        *((key, f"unknown key {key!r}.{did_you_mean(key, _KEYS)}") for key in said.keys() - set(_KEYS)),
        *(("", f"the header has no {key!r}") for key in (*_KEYS[:3], "columns") if not said.get(key)),
        *(
            (key, f"{key!r} is said in nb and en")
            for key in ("summary", "description")
            if not _is_bilingual(said.get(key))
        ),
        *(("tags", f"{tag!r} is no tag.{did_you_mean(tag, TAGS)}") for tag in said.get("tags", ()) if tag not in TAGS),
        *_parameter_problems(said.get("parameters", {}), parameter_names(query)),
        *_column_problems(said, projected_variables(query)),
    ]
    if _view(query) not in VIEWS:
        found.append(("", f"#defaultView: is one of {', '.join(VIEWS)}"))
    return [document.finding((key,), message) for key, message in found]


def _parameter_problems(declared: Any, used: list[str]) -> list[tuple[str, str]]:
    kinds = [*entity_kinds(), *LITERAL_KINDS]
    found = [("parameters", f"?_{name} is not declared") for name in used if name not in declared]
    found += [("parameters", f"no ?_{name} stands in the query") for name in declared if name not in used]
    for name, each in declared.items():
        if not isinstance(each, dict) or each.get("is") not in kinds:
            found.append(("parameters", f"{name!r} is: one of {', '.join(kinds)}"))
        elif each.keys() - set(_PARAMETER_KEYS):
            odd = min(each.keys() - set(_PARAMETER_KEYS))
            found.append(("parameters", f"unknown key {odd!r} of {name!r}.{did_you_mean(odd, _PARAMETER_KEYS)}"))
        elif each["is"] != "certainty" and not _is_bilingual(each):
            found.append(("parameters", f"what {name!r} means is said in nb and en"))
    return found


def _column_problems(said: Any, columns: list[str]) -> list[tuple[str, str]]:
    declared, proof = said.get("columns", {}), said.get("proof", [])
    expected = {*declared, *(f"{name}Label" for name in declared), *proof}
    found = [("columns", f"the column {name!r} is not declared") for name in columns if name not in expected]
    found += [("columns", f"there is no column {name!r}") for name in [*declared, *proof] if name not in columns]
    return found + [
        ("columns", f"{name!r} is said in nb and en") for name, each in declared.items() if not _is_bilingual(each)
    ]


def _is_bilingual(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("nb")) and bool(value.get("en"))


def _parameter(name: str, said: dict[str, str]) -> Parameter:
    label = CERTAINTY if said["is"] == "certainty" else _label(said)
    return Parameter(name, said["is"], label, said.get("example"))


def _label(said: dict[str, str]) -> Label:
    return Label(said["nb"], said["en"])


def _view(query: str) -> str | None:
    found = re.search(r"^#defaultView:(\w+)", query, re.MULTILINE)
    return found[1] if found else None
