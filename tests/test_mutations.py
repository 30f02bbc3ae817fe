"""Claims, decisions and conclusions of the first page stand in ``first_page.nq``, whole; any change is noticed.

No test writes that file: a person who has looked at the difference renews it, as CONTRIBUTING.md says.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CORPUS, PAGE
from pyoxigraph import Quad

from graph import HOME
from graph.common.findings import FindingsError
from graph.model.edtf import bounds
from graph.ontology.concepts import read_vocabulary
from graph.pipeline.pages import page_part
from graph.pipeline.rules import CONCLUDED, conclude, read_rules
from graph.rdf.statements import parse_nquads, read_ontology, to_nquads, to_store
from graph.registry.load import read_registry
from graph.sources.pages.context import Background, make_background

pytestmark = pytest.mark.slow

GOLDEN = (Path(__file__).parent / "first_page.nq").read_text(encoding="utf-8").splitlines()
CLAIMS = CORPUS / PAGE / "claims.yaml"


class _StringsOnly(yaml.SafeLoader):
    """Reads every scalar as the words that stand there."""


_StringsOnly.yaml_implicit_resolvers = {}
WRITTEN: dict[str, Any] = yaml.load(CLAIMS.read_text(encoding="utf-8"), Loader=_StringsOnly)
Step = int | str
Change = Callable[[dict[str, Any]], None]


@cache
def background() -> Background:
    return make_background(read_registry(HOME / "registry"), read_vocabulary(HOME / "ontology/schemes"))


@cache
def ontology() -> list[Quad]:
    return list(read_ontology(HOME / "ontology"))


def graph_of(claims: dict[str, Any], folder: Path) -> list[str]:
    """What the page brings when read with these claims, registry left out, and what is concluded: N-Quads lines."""
    page = folder / PAGE
    page.mkdir()
    for name in ("page.txt", "page.yaml"):
        (page / name).write_bytes((CLAIMS.parent / name).read_bytes())
    # Which is YAML too, and written in no time.
    (page / "claims.yaml").write_text(json.dumps(claims, ensure_ascii=False, indent=1), encoding="utf-8")
    part = page_part(page, "", background())
    store = to_store([*parse_nquads(part.lines), *ontology()])
    conclude(store, read_rules(HOME / "ontology/rules"))
    claimed = [row for row in part.lines if not row.endswith("/graph/registry> .")]
    return sorted(claimed + to_nquads(store.quads_for_pattern(None, None, None, CONCLUDED)))


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
    except FindingsError:
        return
    assert found != GOLDEN, "the graph is the same without it"


def at(path: tuple[Step, ...], claims: dict[str, Any] = WRITTEN) -> Any:
    """What stands at a path."""
    value: Any = claims
    for step in path:
        value = value[step]
    return value


def paths_to(key: str) -> list[tuple[Step, ...]]:
    """Where the page's claims have this key; there is such a place."""
    found = [path for path in entries(WRITTEN) if path[-1] == key]
    assert found
    return found


def findings_with(path: tuple[Step, ...], word: Any, folder: Path) -> list[str]:
    """What is said of the claims with another value at a path."""
    claims = deepcopy(WRITTEN)
    at(path[:-1], claims)[path[-1]] = word
    with pytest.raises(FindingsError) as found:
        graph_of(claims, folder)
    return [finding.message for finding in found.value.findings]


@pytest.mark.parametrize("path", paths_to("status"), ids=str)
def test_what_was_held_is_not_taken_as_planned_nor_the_reverse(path: tuple[Step, ...], tmp_path: Path) -> None:
    is_so = at(path)
    other = {"held": "planned", "planned": "held"}[is_so]
    (message,) = [each for each in findings_with(path, other, tmp_path) if "tells that it is" in each]
    assert f"which tells that it is {is_so}, not {other}" in message


# Words that are not understood: how far they reach is the reader's decision, and shows in the graph.
FIRST_MONTHS = "I løpet av de første månedene i 2015"


@pytest.mark.parametrize("path", paths_to("edtf"), ids=str)
def test_no_time_is_narrowed_to_a_day(path: tuple[Step, ...], tmp_path: Path) -> None:
    when = at(path[:-1])
    day = str(bounds(when["edtf"], when.get("convention")).earliest)
    if when["said"] == FIRST_MONTHS:
        claims = deepcopy(WRITTEN)
        altered_when = at(path[:-1], claims)
        # With its convention the day would mean the same months.
        del altered_when["convention"]
        altered_when["edtf"] = day
        assert graph_of(claims, tmp_path) != GOLDEN
        return
    when = {"edtf": day, "said": when["said"]}
    messages = findings_with(path[:-1], when, tmp_path)
    assert [each for each in messages if f"{day} is narrower" in each], messages


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("path", paths_to("candidates"), ids=str)
def test_no_candidate_is_taken_as_one_who_was_there(path: tuple[Step, ...], number: int, tmp_path: Path) -> None:
    entry = {key: value for key, value in at(path[:-1]).items() if key not in ("candidates", "at_least")}
    candidate = at(path)[number]
    named = {"agent": candidate} if number == 0 else candidate
    messages = findings_with(path[:-1], entry | named, tmp_path)
    assert [
        each for each in messages if "'statsministeren og/eller statssekretær Laila Bokhari', one or another" in each
    ]


# Those that share the words of their open list, and one whose words ("blant deltakerne") tell of a role too.
SEEN_IN_GRAPH = ("drammen-2015", "trondheim-2015", "kristiansand-2015", "stavanger-2014-11")
CLOSED_UNSEEN = [("events", event, "open_list") for event in SEEN_IN_GRAPH]


@pytest.mark.parametrize("path", [path for path in paths_to("open_list") if path not in CLOSED_UNSEEN], ids=str)
def test_no_open_list_is_closed(path: tuple[Step, ...], tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as found:
        graph_of(dropped(path), tmp_path)
    (message,) = [finding.message for finding in found.value.findings]
    assert message.startswith("no claim has the list:open that 'blant annet' tells of")


@pytest.mark.parametrize("event", SEEN_IN_GRAPH)
def test_of_events_that_share_an_open_list_the_one_that_closes_it_is_seen_in_the_graph(
    event: str, tmp_path: Path
) -> None:
    found = graph_of(dropped(("events", event, "open_list")), tmp_path)
    missing = set(GOLDEN) - set(found)
    assert missing
    # The claim, and what is concluded of the event.
    tells = (f".{event}> ", "openList"), (f"/event/{event}> ", "leavesOpen")
    assert all(any(thing in line and term in line for thing, term in tells) for line in missing)


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
    except FindingsError:
        return
    assert found != GOLDEN, "the graph is the same"
