"""Clients and validators of others: in which version each is installed here, and how a test runs it.

Programs of Node.js lie in ``clients/``; ``npm ci --prefix tests/clients`` installs what they need. Debian's packages
and the extra ``clients`` of this package bring the others. Each is optional.
"""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from servers import JENA_MOVED, VIRTUOSO

NODE = Path(__file__).parent / "clients"
JARS = Path("/usr/share/java")
# Of the jars of Debian: the bridges of logs, of which some stop the start of programs.
LOGGING = ("log4j-over-slf4j", "slf4j-", "maven3-slf4j")
SECONDS = 120


def _python(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _node(name: str) -> str | None:
    file = NODE / "node_modules" / name / "package.json"
    return json.loads(file.read_text(encoding="utf-8"))["version"] if shutil.which("node") and file.exists() else None


@cache
def _program(*command: str) -> str | None:
    """Return the version that a program says it has."""
    if not shutil.which(command[0]):
        return None
    ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    found = re.search(r"\d+(?:\.\d+)+", ran.stdout + ran.stderr)
    return found[0] if found else None


def _jena() -> str | None:
    jar = next(JARS.glob("jena-cmds-*.jar"), None)
    return jar.stem.removeprefix("jena-cmds-") if jar and shutil.which("java") else None


def _virtuoso() -> str | None:
    return _program("virtuoso-t", "-?") if all(VIRTUOSO.values()) else None


PIP, NPM, DEBIAN = "pip install -c constraints.txt -e '.[clients]'", "npm ci --prefix tests/clients", "apt-get install"
# The version that is installed here, and what installs it.
CLIENTS: dict[str, tuple[Callable[[], str | None], str]] = {
    "SPARQLWrapper": (lambda: _python("SPARQLWrapper"), PIP),
    "rdflib": (lambda: _python("rdflib"), PIP),
    "pandas": (lambda: _python("pandas"), PIP),
    "reconciler": (lambda: _python("reconciler"), PIP),
    "networkx": (lambda: _python("networkx"), PIP),
    "igraph": (lambda: _python("igraph"), PIP),
    "pySHACL": (lambda: _python("pyshacl"), PIP),
    "pyrudof": (lambda: _python("pyrudof"), PIP),
    "Comunica": (lambda: _node("@comunica/query-sparql"), NPM),
    "cocoda-sdk": (lambda: _node("cocoda-sdk"), NPM),
    "sparql-http-client": (lambda: _node("sparql-http-client"), NPM),
    "rdf-validate-shacl": (lambda: _node("rdf-validate-shacl"), NPM),
    "shacl-engine": (lambda: _node("shacl-engine"), NPM),
    "Jena": (_jena, f"{DEBIAN} libapache-jena-java default-jdk-headless"),
    "Virtuoso": (_virtuoso, f"{DEBIAN} virtuoso-opensource"),
    "R": (lambda: _program("Rscript", "--version"), f"{DEBIAN} r-base-core"),
    "LibreOffice": (lambda: _program("soffice", "--version"), f"{DEBIAN} libreoffice-calc-nogui"),
}


def needs(name: str) -> pytest.MarkDecorator:
    """Skip a test where a client is not installed, and say how to install it."""
    installed, how = CLIENTS[name]
    return pytest.mark.skipif(installed() is None, reason=f"{name} is not installed ({how})")


def run_program(*command: str) -> str:
    """Return what a program prints. Raise AssertionError with its messages where it fails."""
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=SECONDS)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def run_node(script: str, *arguments: str) -> object:
    """Return the JSON that a program in ``clients/`` prints."""
    return json.loads(run_program("node", str(NODE / script), *arguments))


def run_jena(name: str, folder: Path, *arguments: str) -> str:
    """Return what a program of Jena, by the name of its class, prints; classes that Debian misplaced go to a folder."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for each in jar.namelist():
            if each.startswith(f"{JENA_MOVED}xerces/") and not each.endswith("/"):
                moved = folder / each.removeprefix(JENA_MOVED)
                moved.parent.mkdir(parents=True, exist_ok=True)
                moved.write_bytes(jar.read(each))
    jars = [str(jar) for jar in sorted(JARS.glob("*.jar")) if not jar.name.startswith(LOGGING)]
    jars += [str(jar) for jar in JARS.glob("slf4j-api.jar")]
    # A program of a second needs no compiler that makes it faster after ten, and no collector of many threads.
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    return run_program("java", *brief, "-cp", ":".join([str(folder), *jars]), name, *arguments)
