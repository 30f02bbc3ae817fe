"""Publishing: sorted N-Quads lines -> the files of a build, the same bytes for the same statements.

All files are written beside the old ones first. Only when every one of them is whole on disk are they put in place, and
the manifest with the digest of each comes last: whoever reads a build can tell a mixture of two from either.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.dataset import Statement, from_lines
from graph.findings import Finding, Findings
from graph.names import BASE, ENTITIES, PREFIXES, compact, iri, rebased
from graph.turtle import turtle

MANIFEST = "manifest.json"

# The order in which a reader of the Turtle meets things: first what happened, last what proves it.
_ORDER = (
    *("series", "event", "participation", "possible", "utterance", "audience", "group", "letter", "plan"),
    *("person", "organisation", "post", "membership", "interval", "change", "conflict", "kommune", "fylke"),
    *("page", "claim", "quote", "when"),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")


def rebase(rows: list[str], base: str) -> list[str]:
    """The lines with another base IRI for what the corpus makes."""
    return rows if base == BASE else sorted(f"{quad} ." for quad in _rebased(from_lines(rows), base))


def _rebased(quads: Iterable[Quad], base: str) -> Iterable[Quad]:
    if base == BASE:
        return quads
    return (Quad(*(rebased(term, base) if isinstance(term, NamedNode) else term for term in quad)) for quad in quads)


def files(rows: list[str], areas: Iterable[Statement], base: str) -> dict[str, Callable[[], bytes]]:
    """Every file of a build by name, made when asked for. Lines are sorted N-Quads."""
    quads = list(_rebased(_in_reading_order(from_lines(rows)), base))
    by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
    prefixes = _prefixes(base)
    return {
        "motegraf.nq": lambda: _joined(rebase(rows, base)),
        "motegraf.ttl": lambda: _pretty(_merged(quads), RdfFormat.TURTLE, prefixes),
        "motegraf.trig": lambda: _pretty(by_graph, RdfFormat.TRIG, prefixes),
        "motegraf.jsonld": lambda: _serialized(by_graph, RdfFormat.JSON_LD) + b"\n",
        "areas.ttl": lambda: turtle(areas, prefixes),
    }


def _joined(rows: list[str]) -> bytes:
    return "\n".join([*rows, ""]).encode()


def _prefixes(base: str) -> dict[str, str]:
    return PREFIXES | {name: base + folder for name, folder in ENTITIES.items()}


def _in_reading_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Quads of sorted lines, subject by subject in the order in which a reader meets things, types and labels first."""
    subjects = [(subject, list(said)) for subject, said in groupby(quads, key=lambda quad: quad.subject)]
    for _, said in sorted(subjects, key=lambda pair: _rank(pair[0])):
        yield from sorted(said, key=_first_things)


def _rank(subject: object) -> int:
    kind = compact(subject).partition(":")[0] if isinstance(subject, NamedNode) else ""
    return _RANK.get(kind, len(_ORDER))


def _first_things(quad: Quad) -> int:
    if quad.predicate == _LABEL and isinstance(quad.object, Literal):
        return 1 if quad.object.language == "nb" else 2
    return 0 if quad.predicate == _TYPE else 3


def _merged(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Quads as the union of their graphs, each statement once: those of several graphs come one after another."""
    last = None
    for quad in quads:
        triple = quad.triple
        if triple != last:
            last = triple
            yield triple


def _pretty(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Turtle or TriG with the prefixes that it uses, sorted, and an empty line between subjects."""
    body = _serialized(statements, form, prefixes)
    start = 0
    while body.startswith(b"@prefix", start):
        start = body.index(b"\n", start) + 1
    body = re.sub(rb"\n(?=[^\s}])", b"\n\n", body[start:].rstrip(b"\n")) + b"\n"
    # Terms stand between white space; only a datatype follows something else.
    terms = (word.rpartition(b"^")[2].partition(b":") for word in set(body.split()) if b":" in word)
    used = {prefix.decode() for prefix, _, name in terms if name[:1].isalnum()}
    head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used & prefixes.keys()))
    return head.encode() + b"\n" + body


def _serialized(
    statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    data = serialize(statements, format=form, prefixes=prefixes)
    assert data is not None
    return data


def write_build(out: Path, made: dict[str, Callable[[], bytes]], about: dict[str, object]) -> None:
    """The folder holds these files and a manifest of them. Whatever goes wrong, it holds what it held before."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        others = [file for file in out.iterdir() if not file.name.startswith((".new-", ".old-"))]
        if others and not (out / MANIFEST).exists():
            message = f"is not empty and holds no build ({others[0].name}, ...); name a folder for builds alone"
            raise Findings([Finding(str(out), 0, message)])
        for left in [*out.glob(".new-*"), *out.glob(".old-*")]:
            if _abandoned(left):
                shutil.rmtree(left, ignore_errors=True)
        new, old = (Path(tempfile.mkdtemp(prefix=f"{kind}{os.getpid()}-", dir=out)) for kind in (".new-", ".old-"))
    except OSError as error:
        raise _unwritten(out, error) from error
    try:
        digests = {name: _write(new / name, make()) for name, make in made.items()}
        manifest = json.dumps(about | {"sha256": digests}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        _write(new / MANIFEST, manifest.encode())
        _put_in_place([*made, MANIFEST], new, old, out)
        _sync(out)
    except OSError as error:
        raise _unwritten(out, error) from error
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    """The build that made this folder has ended: it was killed."""
    maker = folder.name.split("-")[1]
    if os.name != "posix" or not maker.isdigit():
        return time.time() - folder.stat().st_mtime > 3600
    try:
        os.kill(int(maker), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(maker) == os.getpid()


def _put_in_place(names: list[str], new: Path, old: Path, out: Path) -> None:
    """Every new file takes the place of the old one; if one cannot, the old ones are back where they were."""
    there = [name for name in names if (out / name).exists()]
    for name in there:
        shutil.copyfile(out / name, old / name)
    placed: list[str] = []
    try:
        for name in names:
            (new / name).replace(out / name)
            placed.append(name)
    except BaseException:
        for name in placed:
            if name in there:
                _restored(old / name, out / name)
            else:
                (out / name).unlink(missing_ok=True)
        raise


def _restored(kept: Path, file: Path) -> None:
    try:
        kept.replace(file)
    except OSError:
        shutil.copyfile(kept, file)


def _unwritten(out: Path, error: OSError) -> Findings:
    return Findings([Finding(str(out), 0, f"cannot be written: {error.strerror}; what was there is unchanged")])


def _write(file: Path, data: bytes) -> str:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return hashlib.sha256(data).hexdigest()


def _sync(folder: Path) -> None:
    """The new names are on disk too. Not every system can open a folder; there it is left to the system."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def verify_build(out: Path) -> dict[str, object]:
    """The manifest of a build whose files are all as it says; a Findings error where they are not."""
    try:
        manifest: dict[str, object] = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        digests = manifest["sha256"]
        assert isinstance(digests, dict)
        odd = [name for name, digest in digests.items() if _digest(out / name) != digest]
    except (OSError, ValueError, LookupError, TypeError, AssertionError) as error:
        raise Findings([Finding(str(out), 0, "holds no whole build; run build_graph.py")]) from error
    if odd:
        message = f"files of two builds are mixed here ({', '.join(odd)}); run build_graph.py again"
        raise Findings([Finding(str(out), 0, message)])
    return manifest


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
