"""Archives (ZIP) that come from strangers: what reading a damaged one raises."""

import zipfile
import zlib

# All of it, for the library tells a damaged archive in as many ways: a broken index, broken data, an encryption or a
# compression that it does not know.
DAMAGED_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
