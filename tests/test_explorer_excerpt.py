"""Records of a part of a graph, and the file of ids: they are those of the whole, also where a server answers."""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.explorer.data.excerpt import excerpt
from graph.explorer.data.ids import Ids, encode_ids
from graph.explorer.data.page_graph import build_payload
from graph.explorer.data.records import Payload
from graph.model.iris import BASE
from graph.query.stores import connect_store
from graph.rdf.terms import iri
from graph.server.errors import RequestError
from graph.server.workers.ipc import RecordsTask
from graph.server.workers.records import answer_records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    whole = Store()
    whole.bulk_load(path=built / "motegraf.nq", format=RdfFormat.N_QUADS)
    return whole


@pytest.fixture(scope="module")
def payload(store: Store) -> Payload:
    return build_payload(connect_store(store), lambda _: None, ())


def test_records_of_an_excerpt_are_those_of_the_whole(store: Store, payload: Payload) -> None:
    """Each entity with all its ties, one after another, as a page asks for what it shows."""
    entities = {each["id"]: each for each in payload["entities"]}
    for name, whole in entities.items():
        ties = [each for each in payload["ties"] if name in (each["from"], each["to"])]
        ends = {name, *(end for each in ties for end in (each["from"], each["to"]))}
        pairs = [(iri(each["from"]), iri(each["to"])) for each in ties]
        part = excerpt(store, map(iri, ends), pairs, lambda _: None)
        assert {each["id"] for each in part["entities"]} == ends
        assert [each for each in part["entities"] if each["id"] == name] == [whole]
        assert [each for each in part["ties"] if name in (each["from"], each["to"])] == ties
        cited = {claim for record in (whole, *ties) for claim in record["claims"]}
        assert {claim: part["claims"][str(claim)] for claim in cited} == {
            claim: payload["claims"][str(claim)] for claim in cited
        }
        held = {each for record in (whole, *ties) for each in record["memberships"]}
        assert {each: part["memberships"][each] for each in held} == {
            each: payload["memberships"][each] for each in held
        }


def test_what_is_not_asked_for_is_not_there(store: Store) -> None:
    part = excerpt(store, [iri("event:haugesund-2014-12")], [], lambda _: None)
    assert [each["id"] for each in part["entities"]] == ["event:haugesund-2014-12"]
    assert part["ties"] == []


def test_ids_are_read_by_number_and_numbers_by_id(tmp_path: Path) -> None:
    names = sorted(["event:a", "event:å", "event:åb", "person:x", "𝛼", *(f"actor:{number}" for number in range(300))])
    file = tmp_path / "explorer.ids"
    file.write_bytes(encode_ids(names))
    with Ids(file) as ids:
        assert [*ids] == names
        assert [ids.number(name) for name in names] == [*range(len(names))]
        assert [ids.number(name) for name in ("", "event:", "zzz", "person:y", "event:b")] == [None] * 5
        with pytest.raises(IndexError):
            ids[len(names)]
    file.write_bytes(encode_ids(names)[:-1])
    with pytest.raises(ValueError, match="is cut off"):
        Ids(file)


def test_worker_gives_records_by_number_and_by_id(store: Store, payload: Payload, built: Path, tmp_path: Path) -> None:
    names = [each["id"] for each in payload["entities"]]
    (tmp_path / "explorer.ids").write_bytes(encode_ids(names))
    shutil.copyfile(built / "sources.zip", tmp_path / "sources.zip")
    tie = next(each for each in payload["ties"] if each["kind"] == "possible")
    start, end = names.index(tie["from"]), names.index(tie["to"])
    beyond = str(len(names))
    task = RecordsTask(
        base=BASE,
        max_rows=1,
        max_bytes=1_000_000,
        gzip=False,
        numbers=("0", beyond),
        ids=("person:nobody", names[3]),
        ties=(f"{start}-{end}", f"{start}-{beyond}"),
    )
    reply, body = answer_records(task, store, tmp_path)
    records = json.loads(body)
    assert reply.media_type == "application/json"
    assert records["numbers"] == {names[number]: number for number in sorted({0, 3, start, end})}
    assert [each["id"] for each in records["entities"]] == sorted(records["numbers"])
    assert tie["id"] in [each["id"] for each in records["ties"]]
    (source,) = records["sources"].values()
    assert "Haugesund" in source["text"]


def test_worker_of_a_build_whose_page_holds_all_says_so(store: Store, tmp_path: Path) -> None:
    task = RecordsTask(base=BASE, max_rows=1, max_bytes=1_000, gzip=False, ids=("person:nobody",))
    with pytest.raises(RequestError, match="holds its records itself"):
        answer_records(task, store, tmp_path)
