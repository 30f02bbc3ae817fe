"""Claims, decisions and conclusions of the first page stand in ``first_page.nq``, whole; any change is noticed.

No test writes that file: a person who has looked at the difference renews it, as CONTRIBUTING.md says.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PAGE

from graph import HOME
from graph.background import Background, background
from graph.conclude import CONCLUDED, conclude, read_rules
from graph.dataset import from_lines, lines, read_ontology, store_of
from graph.dossiers import page_part
from graph.findings import Findings
from graph.registry_files import read_registry
from graph.vocabulary import read_vocabulary

GOLDEN = (Path(__file__).parent / "first_page.nq").read_text(encoding="utf-8").splitlines()
CLAIMS = HOME / "corpus" / PAGE / "claims.yaml"


class _StringsOnly(yaml.SafeLoader):
    """Reads every scalar as the words that stand there."""


_StringsOnly.yaml_implicit_resolvers = {}
WRITTEN: dict[str, Any] = yaml.load(CLAIMS.read_text(encoding="utf-8"), Loader=_StringsOnly)
Step = int | str
Change = Callable[[dict[str, Any]], None]


@cache
def against() -> Background:
    return background(read_registry(HOME / "registry"), read_vocabulary(HOME / "ontology/schemes"))


def graph_of(claims: dict[str, Any], folder: Path) -> list[str]:
    """What the page brings when read with these claims, registry left out, and what is concluded: N-Quads lines."""
    page = folder / PAGE
    page.mkdir()
    for name in ("page.txt", "page.yaml"):
        (page / name).write_bytes((CLAIMS.parent / name).read_bytes())
    (page / "claims.yaml").write_text(yaml.safe_dump(claims, allow_unicode=True), encoding="utf-8")
    part = page_part(page, "", against())
    store = store_of([*from_lines(part.lines), *read_ontology(HOME / "ontology")])
    conclude(store, read_rules(HOME / "ontology/rules"))
    claimed = [row for row in part.lines if not row.endswith("/graph/registry> .")]
    return sorted(claimed + lines(store.quads_for_pattern(None, None, None, CONCLUDED)))


def test_the_claims_and_conclusions_of_the_first_page_are_these(tmp_path: Path) -> None:
    found = graph_of(WRITTEN, tmp_path)
    assert sorted(set(GOLDEN) - set(found)) == [], "missing"
    assert sorted(set(found) - set(GOLDEN)) == [], "unexpected"


def entries(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The path of everything written in the claims file that can be dropped or altered."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from entries(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from entries(below, (*path, number))


def dropped(path: tuple[Step, ...]) -> dict[str, Any]:
    claims = deepcopy(WRITTEN)
    holder: Any = claims
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return claims


@pytest.mark.parametrize("path", [path for path in entries(WRITTEN) if path[-1] != "reason"], ids=str)
def test_dropping_anything_is_noticed(path: tuple[Step, ...], tmp_path: Path) -> None:
    try:
        found = graph_of(dropped(path), tmp_path)
    except Findings:
        return
    assert found != GOLDEN, "the graph is the same without it"


ALTERED = {
    "status": ("held", "planned"),
    "role": ("organiser", "speaker"),
    "kind": ("conference", "summit"),
    "at_least": ("1", "2"),
    "edtf": ("2014-11", "2014-12"),
    "municipality": ("Bergen", "Voss"),
    "agent": ("laila-bokhari", "anders-anundsen"),
    "relation": ("references", "influenced-by"),
    "open_list": ("topics", "participants"),
    "as": ("statsminister", "statssekretaer-smk"),
    "on_behalf_of": ("minotenk", "ks"),
    "review": ("proposed", "rejected"),
}


def altered() -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every entry with each of its words changed to another that is a word of the same kind."""
    for path in entries(WRITTEN):
        others = ALTERED.get(str(path[-1]), ())
        value: Any = WRITTEN
        for step in path:
            value = value[step]
        yield from ((path, other) for other in others if isinstance(value, str) and value != other)
        if isinstance(value, dict) and ("agent" in value or "candidates" in value or "kind" in value):
            yield from (((*path, "review"), other) for other in ALTERED["review"])


@pytest.mark.parametrize(("path", "word"), list(altered()), ids=str)
def test_altering_any_claim_is_noticed(path: tuple[Step, ...], word: str, tmp_path: Path) -> None:
    claims = deepcopy(WRITTEN)
    holder: Any = claims
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = word
    try:
        found = graph_of(claims, tmp_path)
    except Findings:
        return
    assert found != GOLDEN, "the graph is the same"
