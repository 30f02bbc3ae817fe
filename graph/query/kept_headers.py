"""Headers of questions as they were read last, kept as JSON in the cache of their home.

To import the library of YAML takes an eighth of a question from the command line. A header is read from here where the
question and the program that reads it are the same as then; in every other case, and where this cannot be read, it is
read anew.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.common.whole_files import replace_file

_FOLDER = ".cache/questions"
# What decides how a header is read.
_READER = Path(__file__).with_name("questions.py")
Header = dict[str, Any]


def find_header(file: Path, query: str) -> Header | None:
    """Return the header that this text of a question was read to have; None where it was not."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(_kept_file(file).read_bytes())
        if kept["of"] == _digest(query) and isinstance(kept["header"], dict):
            return kept["header"]
    return None


def keep_header(file: Path, query: str, header: Header) -> None:
    """Keep a header that was read and has no faults, where the home has a cache; where it cannot be written, do not."""
    kept = _kept_file(file)
    if not kept.parent.parent.is_dir():
        return
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        replace_file(kept, json.dumps({"of": _digest(query), "header": header}).encode())


def _kept_file(file: Path) -> Path:
    return file.parent.parent / _FOLDER / f"{file.stem}.json"


def _digest(query: str) -> str:
    return hashlib.sha256(b"\0".join([_READER.read_bytes(), query.encode("utf-8", "surrogatepass")])).hexdigest()
