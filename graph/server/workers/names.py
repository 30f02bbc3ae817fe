"""The file of the names of a large build: made where it is missing, beside the index of the build."""

import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from graph.builds.manifest import file_names, manifest_digest, read_base
from graph.common import bitsets, collation
from graph.common import names as folding
from graph.common.progress import Progress, no_progress
from graph.model import days, labels
from graph.query import build_entries, entries, listing, names_file, search
from graph.query.entries import ENTRIES, LOOKUP_NAMES, Entry, read_entries
from graph.query.lookup import LOOKUPS
from graph.query.names_file import has_names, remove_old_names, write_names
from graph.query.stores import ensure_index
from graph.server.stores import query_fn
from graph.server.workers.published import FILES, published_store


def ensure_names(build: Path, elsewhere: Path | None = None, progress: Progress = no_progress) -> Path:
    """Return the file of the names that are searched in a large build, which is made where it is missing.

    It is made once for all that read this build, not at every start; where the build cannot be written, in a folder
    ``elsewhere``. Raise FindingsError where there is no index and none can be made, OSError where no file can be.
    """
    file = names_path(build)
    if not has_names(file):
        try:
            write_names(_entries(build, progress), file)
            remove_old_names(file)
        except OSError:
            if elsewhere is None:
                raise
            file = elsewhere / file.name
            write_names(_entries(build, progress), file)
    return file


def names_path(build: Path) -> Path:
    """Return where the names of a large build are kept, with its index.

    Another program, which may read other names of the same dataset, keeps them under another name, and so does a build
    of the same dataset with other questions or areas.
    """
    known = {*file_names(build)}
    others = [manifest_digest(build, name) for name in FILES if name in known]
    digest = hashlib.sha256(" ".join([_program(), *others]).encode()).hexdigest()
    return ensure_index(build) / f"{ENTRIES}{digest[:12]}.sqlite"


@cache
def _program() -> str:
    """Return the digest of what decides what stands in the file."""
    of_names = (bitsets, collation, folding, days, labels)
    modules = (build_entries, entries, listing, names_file, search, *of_names)
    files = [*(Path(module.__file__ or "") for module in modules), *(LOOKUPS / f"{name}.rq" for name in LOOKUP_NAMES)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _entries(build: Path, progress: Progress) -> Iterator[Entry]:
    """Yield the entities of the dataset, and then of what is published beside it; the first of an IRI counts."""
    base = read_base(build)
    others = read_entries([query_fn(published_store(build, base))], base)
    return chain(build_entries.read_build_entries(build, base, progress), others)
