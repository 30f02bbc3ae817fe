"""Registers built by workers of Dask distributed: the same bytes, also where one of them is killed."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from registers_home import write_register
from small_page import create_home, snapshot

from build_graph import build
from graph.cli.main import motegraf
from graph.common.findings import FindingsError
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.scheduler import Cluster

pytestmark = pytest.mark.slow

IS_INSTALLED = find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not IS_INSTALLED, reason="Dask distributed is not installed (extra: cluster)")
MAPPING = """\
people: all
key: id
event:
  kind: meeting
  status: held
  when: {column: date, formats: YYYY-MM-DD}
  parts:
    - {person: minister, role: official}
    - {body: lobbyist, role: counterpart}
"""
ROWS = "".join(f"{n},2021-03-{1 + n % 28:02},Ada {n % 9},Firma {n % 11} AS\n" for n in range(240))
IN_PARTS = RegisterOptions(most_rows=8)
# Workers are to end by themselves where the test is ended.
SCHEDULER = ("scheduler", "--host", "127.0.0.1", "--no-dashboard", "--idle-timeout", "300")
WORKER = ("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "30", "--memory-limit", "0")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def dask(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address and its two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    address = f"tcp://127.0.0.1:{free_port()}"
    started = [dask(*SCHEDULER, "--port", address.rpartition(":")[2], folder=folder)]
    try:
        started += [dask(*WORKER, address, folder=folder) for _ in range(2)]
        wait_for_workers(address, 2)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def wait_for_workers(address: str, number: int) -> None:
    with Cluster(address, 60) as workers:
        end = time.monotonic() + 60
        while workers.jobs < number:
            assert time.monotonic() < end, "no workers came"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the build of one process."""
    home = create_home(tmp_path_factory.mktemp("home") / "home")
    write_register(home / "registers/kontakter", f"id,date,minister,lobbyist\n{ROWS}", MAPPING)
    build(home, home / "out", options=IN_PARTS)
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """The same, with nothing built."""
    shutil.copytree(built, tmp_path / "home", ignore=shutil.ignore_patterns("out", ".cache"))
    return tmp_path / "home"


@needs_dask
def test_a_build_ends_whole_though_a_worker_is_killed(
    built: Path, home: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, processes = cluster
    with Cluster(address) as workers:
        assert workers.jobs == 2

        class Killing(Cluster):
            """Workers of which one is killed when some parts are ready."""

            def map(self, function, tasks):  # type: ignore[no-untyped-def]
                for number, result in enumerate(super().map(function, tasks)):
                    if number == 3:
                        processes[0].send_signal(signal.SIGKILL)
                    yield result

    with Killing(address) as workers:
        build(home, home / "out", options=IN_PARTS, workers=workers)
        assert workers.jobs == 1
    assert processes[0].wait(10) == -signal.SIGKILL
    assert snapshot(home / "out") == snapshot(built / "out")


@needs_dask
def test_errors_of_rows_come_from_the_workers(home: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    wrong = ROWS.replace("\n7,2021", "\n7,soon")
    write_register(home / "registers/kontakter", f"id,date,minister,lobbyist\n{wrong}", MAPPING)
    with Cluster(cluster[0]) as workers, pytest.raises(FindingsError, match=r"row 9, date: \"soon"):
        build(home, home / "out", options=IN_PARTS, workers=workers)
    assert not (home / "out").exists()


@needs_dask
def test_a_scheduler_that_is_not_there_is_told(home: Path) -> None:
    with Cluster(f"tcp://127.0.0.1:{free_port()}", 1) as workers, pytest.raises(FindingsError, match="cannot be used"):
        build(home, home / "out", options=IN_PARTS, workers=workers)
    assert not (home / "out").exists()


def test_what_is_missing_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        Cluster("tcp://127.0.0.1:1") as workers,
        pytest.raises(FindingsError, match=r'pip install "motegraf\[cluster\]"'),
    ):
        build(home, home / "out", options=IN_PARTS, workers=workers)


def test_jobs_and_a_scheduler_exclude_each_other(home: Path) -> None:
    words = ["build", "--home", str(home), "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"]
    done = CliRunner().invoke(motegraf, words)
    assert done.exit_code == 2
    assert "--jobs or --scheduler" in done.output
