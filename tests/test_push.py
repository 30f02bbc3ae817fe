"""``motegraf push``: all or nothing, repeatable, resumable, and verified."""

import hashlib
import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from conftest import PAGE
from equivalence import QUESTIONS
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from servers import Request, Response, Server, oxigraph, stub_server, writable_oxigraph

from build_graph import build
from graph.__main__ import motegraf
from graph.model.iris import BASE, PREFIXES
from graph.push.plan import split_graphs, update_url
from graph.push.upload import LOOKUPS

pytestmark = pytest.mark.server

Push = Callable[..., Result]
GRAPHS = ["concluded", "curated", "ontology", "registry", f"source.{PAGE}", "sources"]
FOREIGN = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Server]:
    with writable_oxigraph(tmp_path / "store") as server:
        yield server


@pytest.fixture
def push(built: Path) -> Push:
    def run(server: Server, *words: str, of: Path = built) -> Result:
        return CliRunner().invoke(motegraf, ["push", server.url, "--build", str(of), *words])

    return run


def opened(request: urllib.request.Request | str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as response:
        data: bytes = response.read()
        return data


def update(server: Server, text: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    opened(urllib.request.Request(server.url.replace("/query", "/update"), text.encode(), headers, method="POST"))


def everything(server: Server) -> dict[str, set[str]]:
    """What the store holds: the triples of each graph, by its name under graph/."""
    request = urllib.request.Request(server.url.replace("/query", "/store"), headers={"Accept": "application/n-quads"})
    graphs: dict[str, set[str]] = {}
    for quad in parse(opened(request), format=RdfFormat.N_QUADS):
        name = getattr(quad.graph_name, "value", "")
        graphs.setdefault(name.removeprefix(f"{BASE}graph/"), set()).add(str(quad.triple))
    return graphs


def of_build(folder: Path) -> dict[str, set[str]]:
    graphs: dict[str, set[str]] = {}
    for quad in parse(path=folder / "motegraf.nq"):
        graphs.setdefault(quad.graph_name.value.removeprefix(f"{BASE}graph/"), set()).add(str(quad.triple))
    return graphs


def without_state(graphs: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: triples for name, triples in graphs.items() if name != "pushed"}


@pytest.fixture
def smaller(empty_home: Path, tmp_path: Path) -> Path:
    """A build without any page."""
    build(empty_home, tmp_path / "smaller")
    return tmp_path / "smaller"


def statements(build: Path) -> int:
    """The number of statements of a build."""
    return len((build / "motegraf.nq").read_text(encoding="utf-8").splitlines())


def test_push_copies_every_graph(push: Push, store: Server, built: Path) -> None:
    done = push(store)
    assert done.exit_code == 0, done.output
    assert without_state(everything(store)) == of_build(built)
    assert f"6 graphs with {statements(built)} statements to send, by updates to http://127.0.0.1" in done.stderr
    assert f"6 graphs there, {len(QUESTIONS)} questions with the same answers" in done.stderr


def test_push_skips_unchanged_graphs(push: Push, store: Server) -> None:
    assert push(store).exit_code == 0
    before = everything(store)
    again = push(store)
    assert again.exit_code == 0, again.output
    assert "0 graphs with 0 statements to send, 6 graphs unchanged" in again.stderr
    assert everything(store) == before


def test_push_uploads_changed_graphs_and_removes_old_ones(
    push: Push, store: Server, smaller: Path, built: Path
) -> None:
    assert push(store).exit_code == 0
    done = push(store, "--yes", of=smaller)
    assert done.exit_code == 0, done.output
    assert without_state(everything(store)) == of_build(smaller)
    assert push(store, "--yes").exit_code == 0
    assert without_state(everything(store)) == of_build(built)


def test_push_does_not_replace_existing_graphs_without_yes(push: Push, store: Server) -> None:
    update(store, f"INSERT DATA {{ GRAPH <{BASE}graph/sources> {{ {FOREIGN} }} }}")
    before = everything(store)
    done = push(store)
    assert (done.exit_code, everything(store)) == (2, before)
    assert (
        f"the store has these graphs already. Replace {BASE}graph/sources? Give --yes to do it."
        in done.stderr.replace("\n", " ")
    )


def test_dry_run_changes_nothing(push: Push, store: Server, built: Path) -> None:
    done = push(store, "--dry-run", "-q")
    assert (done.exit_code, everything(store)) == (0, {})
    assert f"6 graphs with {statements(built)} statements to send" in done.stderr


def forwarding(store: Server, most_updates: int) -> Callable[[Request], Response]:
    """Hands requests on to the store, and refuses all updates after so many."""
    taken: list[bytes] = []

    def answer(request: Request) -> Response:
        accept = {"Accept": request.headers.get("Accept", "*/*")}
        if request.path == "/update":
            if len(taken) == most_updates:
                return 500, {}, b"the disk is full"
            taken.append(request.body)
            update(store, request.body.decode())
            return 204, {}, b""
        parameters = "&".join(f"{name}={quote(value)}" for name, value in request.parameters)
        got = opened(urllib.request.Request(f"{store.url}?{parameters}", headers=accept))
        return 200, {"Content-Type": "application/sparql-results+json"}, got

    return answer


# What is written down first, then pieces of 500 (of the statements in six graphs), then the exchange.
@pytest.mark.parametrize("most", [0, 1, 3, 8, 10])
def test_interrupted_push_keeps_old_graphs_and_is_resumed(
    most: int, push: Push, store: Server, smaller: Path, built: Path
) -> None:
    assert push(store, of=smaller).exit_code == 0
    before = everything(store)
    with stub_server(forwarding(store, most)) as weak:
        weak.url = weak.url.replace("/sparql", "/query")
        broken = push(weak, "--yes", "--at-once", "500")
        assert broken.exit_code == 1
        assert "the disk is full" in broken.stderr
    old = {name: triples for name, triples in everything(store).items() if not name.startswith("new.")}
    assert without_state(old) == without_state(before)
    with stub_server(forwarding(store, 1000)) as strong:
        strong.url = strong.url.replace("/sparql", "/query")
        assert push(strong, "--yes", "--at-once", "500").exit_code == 0
        updates = [request for request in strong.requests if request.path == "/update"]
    assert without_state(everything(store)) == of_build(built)
    # Pieces that had come whole were not sent again.
    pieces = sum(-(-len(triples) // 500) for name, triples in of_build(built).items() if name != "ontology")
    assert len(updates) == 2 + pieces - max(0, most - 1)


def test_abandoned_staging_graphs_are_removed(push: Push, store: Server, smaller: Path) -> None:
    with stub_server(forwarding(store, 4)) as weak:
        weak.url = weak.url.replace("/sparql", "/query")
        assert push(weak, "--at-once", "300").exit_code == 1
    assert [name for name in everything(store) if name.startswith("new.")]
    assert push(store, "--yes", of=smaller).exit_code == 0
    assert without_state(everything(store)) == of_build(smaller)


def test_foreign_data_that_changes_results_is_reported(push: Push, store: Server) -> None:
    event, agent = f"<{BASE}event/haugesund-2014-12>", f"<{BASE}person/joran-kallmyr>"
    agents = f"mg:agent {agent} ; mg:agentOrCandidate {agent}"
    said = f"a mg:Participation ; mg:event {event} ; {agents} ; mg:attendance attendance:present"
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("attendance", "cv", "mg"))
    update(
        store, f"{prefixes} INSERT DATA {{ GRAPH <https://example.org/other> {{ <{BASE}participation/x> {said} }} }}"
    )
    done = push(store)
    assert done.exit_code == 1
    assert "the graphs are there, but answers differ for" in done.stderr
    assert "who_met_whom" in done.stderr


def test_store_without_updates_is_an_error(push: Push, built: Path, tmp_path: Path) -> None:
    with oxigraph(built / "motegraf.nq", tmp_path / "store") as server:
        done = push(server, "--yes")
    assert done.exit_code == 1
    assert re.search(r"^Error: .*http://127\.0\.0\.1:\d+/update", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("words", ["Laila \\\\u0022 Bokhari", "Laila \u2028 Bokhari", "Laila \u0085 Bokhari"])
def test_escapes_and_line_ends_in_literals_survive_push(
    push: Push, store: Server, built: Path, tmp_path: Path, words: str
) -> None:
    told = f'"{words}"@nb'
    text = (built / "motegraf.nq").read_text(encoding="utf-8").replace('"Laila Bokhari"@nb', told)
    assert any(
        told in statement
        for graph in split_graphs(text.removesuffix("\n").split("\n"), BASE)
        for statement in graph.statements
    )
    changed = tmp_path / "changed"
    changed.mkdir()
    for file in built.iterdir():
        if file.is_file():
            (changed / file.name).write_bytes(file.read_bytes())
    (changed / "motegraf.nq").write_text(text, encoding="utf-8", newline="")
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"]["motegraf.nq"] = hashlib.sha256(text.encode()).hexdigest()
    (changed / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = push(store, of=changed)
    assert done.exit_code == 0, done.output
    assert without_state(everything(store)) == of_build(changed)


@pytest.mark.parametrize(
    ("endpoint", "update"),
    [
        ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update"),
        ("https://example.org/ds/query/", "https://example.org/ds/update"),
        ("http://x:7200/repositories/motegraf", "http://x:7200/repositories/motegraf/statements"),
        ("https://cluster:8182/sparql", "https://cluster:8182/sparql"),
        ("https://x/query?key=1", "https://x/update?key=1"),
    ],
)
def test_update_url_of_known_stores(endpoint: str, update: str) -> None:
    assert update_url(endpoint) == update


def test_split_graphs_groups_by_name(built: Path) -> None:
    rows = (built / "motegraf.nq").read_text(encoding="utf-8").splitlines()
    graphs = split_graphs(rows, BASE)
    assert [each.name.value.removeprefix(f"{BASE}graph/") for each in graphs] == GRAPHS
    again = [f"{row[:-2]} {each.name} ." for each in graphs for row in each.statements]
    assert sorted(again) == rows


def test_repeated_swap_changes_nothing() -> None:
    """As when a proxy says that it cannot, after the store has done it."""
    old, new, other = (NamedNode(f"urn:{name}") for name in ("old", "new", "other"))
    held = Store()
    held.update("INSERT DATA { GRAPH <urn:old> { <urn:a> <urn:b> 1 } GRAPH <urn:new> { <urn:a> <urn:b> 2, 3 } }")
    held.add(Quad(old, old, old, other))
    exchange = Template((LOOKUPS / "move.ru").read_text(encoding="utf-8")).substitute(new=new, graph=old)
    for _ in range(2):
        held.update(exchange)
        assert sorted(quad.object.value for quad in held.quads_for_pattern(None, None, None, old)) == ["2", "3"]
        assert [other in held.named_graphs(), new in held.named_graphs()] == [True, False]
