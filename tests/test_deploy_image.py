"""The image, built by the Dockerfile and run: at night, where buildah is (``MOTEGRAF_TEST_IMAGE=1``).

No registry is asked: the image with Python that it is made of is a small Debian.
"""

import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from servers import free_port
from serving import PATIENCE

from graph import HOME

PROGRAMS = ("buildah", "mmdebstrap")
# Where pip is told which index to ask, and whom to trust.
PIP_SETTINGS = ("/etc/pip.conf", "/etc/xdg/pip", "/root/.config/pip", "/etc/ssl/certs")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("MOTEGRAF_TEST_IMAGE" not in os.environ, reason="it takes minutes; set MOTEGRAF_TEST_IMAGE=1"),
]


@dataclass
class Buildah:
    """buildah with a storage of its own; what it runs sees this machine's network."""

    folder: Path

    def __call__(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(self.command(*words), capture_output=True, text=True, cwd=HOME, env=self.environment())
        assert not check or done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout.strip()

    def output(self, container: str, *words: str) -> str:
        """Return what a program in a container writes. buildah can lose it where the program ends at once."""
        return next(filter(None, (self("run", container, "--", *words) for _ in range(5))), "")

    def command(self, *words: str) -> list[str]:
        return ["buildah", "--root", f"{self.folder}/storage", "--runroot", f"{self.folder}/run", *words]

    def environment(self) -> dict[str, str]:
        return os.environ | {"BUILDAH_ISOLATION": "chroot"}


@pytest.fixture(scope="module")
def buildah(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buildah]:
    """buildah, which has built the image."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing or os.getuid() != 0:
        pytest.skip(f"there is no {' and no '.join(missing)}" if missing else "only root makes a Debian here")
    engine = Buildah(tmp_path_factory.mktemp("image"))
    try:
        base = engine.folder / "base.tar"
        packages = "--include=python3,python3-venv,ca-certificates"
        release = dict(
            line.split("=", 1)
            for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
            if "=" in line
        )
        sources = Path("/etc/apt/sources.list.d/debian.sources")
        bootstrap = ["mmdebstrap", "--variant=minbase", packages, release["VERSION_CODENAME"], str(base)]
        done = subprocess.run(
            [*bootstrap, *([str(sources)] if sources.exists() else [])], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        container = engine("from", "scratch")
        engine("add", container, str(base), "/")
        engine("run", container, "--", "ln", "-sf", "python3", "/usr/bin/python")
        engine("commit", container, "localhost/python-for-tests")
        volumes = [f"--volume={path}:{path}:ro" for path in PIP_SETTINGS if Path(path).exists()]
        arguments = ["--build-arg", "PYTHON=localhost/python-for-tests", "-f", "deploy/Dockerfile", "-t", "motegraf"]
        engine("bud", "--format", "docker", *volumes, *arguments, ".")
        yield engine
    finally:
        engine("rm", "--all", check=False)
        engine("rmi", "--all", "--force", check=False)


def test_image_serves_its_build_as_nobody_in_particular(buildah: Buildah, tmp_path: Path) -> None:
    container, port = buildah("from", "motegraf"), free_port()
    # In the network of this machine it listens on this machine alone.
    settings = [f"--env=MOTEGRAF_SERVE_PORT={port}", "--env=MOTEGRAF_SERVE_HOST=127.0.0.1"]
    assert buildah.output(container, "id", "-u") == "10001"
    command = buildah.command("run", *settings, container, "--", "motegraf", "serve")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=buildah.environment())
        try:
            end = time.monotonic() + PATIENCE
            while b"is served at" not in (tmp_path / "log").read_bytes():
                assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
                assert time.monotonic() < end
                time.sleep(0.1)
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}/person/laila-bokhari", timeout=PATIENCE) as page:
                assert page.status == 200
                assert "Laila Bokhari" in page.read().decode()
            # Its health check is satisfied, until it has ended.
            probe = buildah.command("run", settings[0], container, "--", "python", "-m", "graph.server.probe")
            assert subprocess.run(probe, env=buildah.environment()).returncode == 0
        finally:
            process.terminate()
            process.wait(PATIENCE)
    assert subprocess.run(probe, env=buildah.environment(), capture_output=True).returncode == 1
    # buildah adds a line of its own at the end.
    log_lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in log_lines if line.startswith("{")]
    assert {line["level"] for line in lines} == {"info"}


def test_image_has_all_commands(buildah: Buildah) -> None:
    container = buildah("from", "motegraf")
    assert "Laila Bokhari" in buildah.output(container, "motegraf", "ask", "who_met_whom", "-f", "csv")


def test_image_has_a_health_check(buildah: Buildah) -> None:
    described = json.loads(buildah("inspect", "--type", "image", "motegraf"))
    assert described["Docker"]["config"]["Healthcheck"]["Test"] == ["CMD", "python", "-m", "graph.server.probe"]
    assert described["Docker"]["config"]["User"] == "10001"
