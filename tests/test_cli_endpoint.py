"""``motegraf ask --endpoint`` prints what a build gives, and reports errors in one line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from servers import Server, free_port, oxigraph

from graph.__main__ import motegraf

pytestmark = pytest.mark.server

SECRET = "hemmelig-7f3a"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph(built / "motegraf.nq", tmp_path_factory.mktemp("store") / "store") as running:
        yield running


def run_ask(home: Path, *words: str, stdin: str | None = None) -> tuple[int, str, str]:
    ran = CliRunner().invoke(motegraf, ["ask", *words, "--home", str(home)], input=stdin)
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["who_was_where"],
        ["who_was_where", "-p", "actor=Laila Bokhari", "--proof", "--lang", "en"],
        ["who_was_where", "--certainty", "all", "--format", "csv"],
        ["who_was_where", "-p", "actor=erna-solberg", "--explain"],
    ],
    ids=" ".join,
)
def test_ask_endpoint_prints_what_a_build_gives(words: list[str], server: Server, question_home: Path) -> None:
    here = run_ask(question_home, *words)
    assert here[0] == 0
    assert here[1]
    assert run_ask(question_home, *words, "--endpoint", server.url) == here


def test_own_sparql_is_sent_to_the_endpoint(server: Server, question_home: Path) -> None:
    query = "SELECT ?event { ?event mg:earliest ?day } ORDER BY DESC(?day) ?event LIMIT 2"
    here = run_ask(question_home, "--query", "-", stdin=query)
    assert here[0] == 0
    assert run_ask(question_home, "--query", "-", "--endpoint", server.url, stdin=query) == here


@pytest.mark.parametrize(
    ("words", "code", "means"),
    [
        (["--endpoint", "http://{user}127.0.0.1:{port}/"], 1, "Error: nothing listens at 127.0.0.1, port {port}; is"),
        (["--endpoint", "ftp://{user}127.0.0.1/"], 2, "Error: the address of an endpoint begins with http://"),
        (
            ["--endpoint", "http://{user}example.org/"],
            2,
            "Error: the credentials of the address would go to",
        ),
        (
            ["--endpoint", "http://127.0.0.1/", "--build", "."],
            2,
            "--build and --as-known-on cannot be combined with --endpoint",
        ),
        (["--endpoint", "http://127.0.0.1/", "--timeout", "0"], 2, "Invalid value for '--timeout'"),
        (["--timeout", "5"], 2, "--timeout and --insecure need --endpoint"),
        (["--insecure"], 2, "--timeout and --insecure need --endpoint"),
    ],
)
def test_endpoint_errors_are_one_line(words: list[str], code: int, means: str, question_home: Path) -> None:
    port = free_port()
    filled = [word.format(port=port, user=f"kari:{SECRET}@") for word in words]
    exit_code, out, stderr = run_ask(question_home, "who_was_where", *filled)
    assert (exit_code, out) == (code, "")
    assert means.format(port=port) in stderr
    assert SECRET not in stderr
