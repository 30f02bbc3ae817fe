"""The stylesheet of all pages: the files of ``templates/css`` joined, at an address that changes with its content."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from graph.server.negotiation import compress

FOLDER = Path(__file__).parent.parent / "templates/css"
# Others build on it.
_FIRST = "base.css"


@lru_cache(maxsize=1)
def stylesheet() -> bytes:
    """Return the stylesheet: ``base.css``, then the other files in the order of their names."""
    files = sorted(FOLDER.glob("*.css"), key=lambda file: (file.name != _FIRST, file.name))
    return b"".join(file.read_bytes() for file in files)


@lru_cache(maxsize=1)
def compressed_stylesheet() -> bytes:
    """Return the stylesheet compressed by gzip."""
    return compress(stylesheet())


@lru_cache(maxsize=1)
def stylesheet_name() -> str:
    """Return its file name, which has the digest of its content."""
    return f"site.{sha256(stylesheet()).hexdigest()[:12]}.css"
