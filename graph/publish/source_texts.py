"""The texts of sources as one file of a build: whoever has it finds every passage that proves something again.

``sources.zip`` holds ``<source>.txt`` for each source, the bytes in whose characters evidence counts. Nothing in it is
compressed, and every entry has the same date: the same texts are the same bytes with any version of zlib.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

FILE = "sources.zip"
# The first moment that the format can state.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def source_texts(corpus: Path, sources: Iterable[str]) -> bytes:
    """Return an archive of the texts of these sources, by name. Raise OSError where one cannot be read."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for source in sorted(sources):
            entry = zipfile.ZipInfo(f"{source}.txt", _NO_TIME)
            # A file that everybody may read, whatever the system that the build is made on.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, (corpus / source / "page.txt").read_bytes())
    return whole.getvalue()
