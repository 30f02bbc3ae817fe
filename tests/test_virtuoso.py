"""An independent engine, Virtuoso, gives the same answers. Optional: runs where Debian has virtuoso-opensource."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from alike import assert_alike, variants
from servers import free_port, running, wait_for

from graph.answers import Run, Statements, Truth
from graph.endpoint import remote
from graph.stores import local

PROGRAMS = {name: shutil.which(name) for name in ("virtuoso-t", "isql-vt")}
pytestmark = pytest.mark.skipif(
    not all(PROGRAMS.values()), reason="Virtuoso is not installed (Debian: apt-get install virtuoso-opensource)"
)
# Both servers listen on this machine alone; all files are in the folder in which it is started.
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 4
CheckpointInterval = 0
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
"""
LOADING = "DB.DBA.TTLP_MT(file_to_string_output('motegraf.nq'), '', 'urn:none', 512, 0); checkpoint;"


@pytest.fixture(scope="module")
def places(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Run]]:
    """The build of the first page here, and in a Virtuoso of its own."""
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=sql, http=http), encoding="utf-8")
    shutil.copyfile(built / "motegraf.nq", folder / "motegraf.nq")
    command = [str(PROGRAMS["virtuoso-t"]), "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder / "output.log", cwd=folder):
        wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D")
        isql = [str(PROGRAMS["isql-vt"]), f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={LOADING}"]
        loaded = subprocess.run(isql, capture_output=True, text=True, timeout=120)
        assert "*** Error" not in loaded.stdout, loaded.stdout
        yield local(built), remote(f"http://127.0.0.1:{http}/sparql")


@pytest.mark.parametrize(("name", "given"), variants(), ids=str)
def test_every_question_has_the_same_answer_there(name: str, given: dict[str, str], places: tuple[Run, Run]) -> None:
    assert_alike(name, given, *places)


def test_other_forms_of_query_are_answered_too(places: tuple[Run, Run]) -> None:
    here, there = places
    claims = "{ ?claim a <https://w3id.org/motegraf/ontology#EventClaim> }"
    assert there(f"ASK {claims}") == here(f"ASK {claims}") == Truth(True)
    assert there("ASK { <https://example.org/a> ?p ?o }") == Truth(False)
    found, expected = (run(f"CONSTRUCT {claims} WHERE {claims}") for run in (there, here))
    assert isinstance(found, Statements)
    assert isinstance(expected, Statements)
    assert expected.triples
    assert set(found.triples) == set(expected.triples)
