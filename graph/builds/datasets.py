"""Open datasets as sorted N-Quads, to compare them: builds as they stand, files in other formats once they are read."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from graph.builds.manifest import DATASET, MANIFEST, build_tag, read_as_known_on, read_base, verified_file
from graph.builds.parts import require_whole
from graph.builds.sorted_nquads import SortedNQuads
from graph.common.findings import Finding, FindingsError
from graph.model.iris import BASE

# Files of one graph: what they are compared with is compared without its graphs.
_OF_ONE_GRAPH = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}
_FORMATS = _OF_ONE_GRAPH | {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as it is named in messages, with its statements.

    ``tag`` tells one build from another, ``base`` is the base of its IRIs, ``known_on`` the day whose knowledge it
    holds; all three are of builds alone.
    """

    name: str
    statements: SortedNQuads
    tag: str | None = None
    base: str = BASE
    known_on: str | None = None


@contextmanager
def open_datasets(before: Path, after: Path) -> Iterator[tuple[Dataset, Dataset]]:
    """Open two datasets, each the folder of a build or a file of RDF.

    Where one of them is a file of one graph, both are opened without the names of their graphs. Raise FindingsError
    where one cannot be read, or where their IRIs have unlike bases.
    """
    merged = any(path.suffix.lower() in _OF_ONE_GRAPH for path in (before, after))
    with ExitStack() as opened:
        old, new = (_open(path, merged, opened) for path in (before, after))
        if old.tag and new.tag and old.base != new.base:
            message = f"its IRIs begin with {new.base}, those of {before} with {old.base}; build one again (--base-iri)"
            raise FindingsError([Finding(str(after), 0, message)])
        yield old, new


def _open(path: Path, merged: bool, opened: ExitStack) -> Dataset:
    try:
        if path.is_dir() or path.name == MANIFEST:
            folder = path if path.is_dir() else path.parent
            require_whole(folder, "a comparison")
            file = verified_file(folder, DATASET)
            statements = opened.enter_context(_sorted(file, merged) if merged else SortedNQuads(file))
            return Dataset(str(path), statements, build_tag(folder), read_base(folder), read_as_known_on(folder))
        if path.suffix.lower() in _FORMATS:
            return Dataset(str(path), opened.enter_context(_sorted(path, merged)))
    except OSError as error:
        raise FindingsError([Finding(error.filename or str(path), 0, f"cannot be read: {error.strerror}")]) from error
    message = f"is no folder with a build, and no file that ends in {', '.join(sorted(_FORMATS))}"
    raise FindingsError([Finding(str(path), 0, message)])


@contextmanager
def _sorted(file: Path, merged: bool) -> Iterator[SortedNQuads]:
    """Open the statements of a file as sorted lines, written as this project writes them into a file of their own."""
    with tempfile.TemporaryDirectory(prefix="motegraf-diff-") as folder:
        copy = Path(folder) / DATASET
        with copy.open("w", encoding="utf-8", newline="\n") as stream:
            last, in_order = "", True
            for line in _lines(file, merged):
                in_order = in_order and last <= line
                if line != last:
                    stream.write(f"{line}\n")
                last = line
        if not in_order:
            lines = sorted(set(copy.read_text(encoding="utf-8").removesuffix("\n").split("\n")))
            copy.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        with SortedNQuads(copy) as statements:
            yield statements


def _lines(file: Path, merged: bool) -> Iterator[str]:
    try:
        for quad in parse(path=file, format=_FORMATS[file.suffix.lower()]):
            if any(isinstance(term, BlankNode) for term in quad):
                message = f"has a node without a name ({quad}), which cannot be found again in another dataset"
                raise FindingsError([Finding(str(file), 0, message)])
            statement = quad.triple if merged and isinstance(quad, Quad) else quad
            yield f"{statement} ."
    except SyntaxError as error:
        raise FindingsError([Finding(str(file), error.lineno or 0, f"is no RDF: {error.msg}")]) from error
