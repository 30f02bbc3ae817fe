"""Render template, styles, scripts and data as one HTML page that needs nothing else.

Its content security policy lets exactly these scripts and styles run, by their digests, and nothing be fetched. The
same data gives the same bytes.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from graph.common.names import PLAIN_LETTERS
from graph.explorer.modules import bundle

FOLDER = Path(__file__).parent / "page"
# The styles that others build on come first, and those of paper last.
FIRST_STYLES, LAST_STYLES = ("colours", "layout"), ("print",)
# What ends a script element early, or a line of a script.
ESCAPED = "<>&\u2028\u2029"


def render(
    data: Mapping[str, object],
    library: str,
    chunks: Sequence[str] = (),
    columns: bytes | None = None,
    answers: str | None = None,
    *,
    may_ask: bool = False,
) -> bytes:
    """Return the page with this payload, the source of vis-network, and what follows the first view.

    ``chunks`` and ``answers`` are in base64, as ``data/chunks.py`` makes them, ``columns`` a block of
    ``data/columns.py``. A page that ``may_ask`` fetches from the server that gave it, and from nowhere else.
    """
    style = "".join(_source(f"{name}.css") for name in style_names())
    script = f"{bundle(FOLDER)}window.motegraf = motegraf;\n"
    for element, text in (("style", style), ("script", library), ("script", script)):
        # Our own files and a pinned library: nothing in them may end the element around them.
        assert not re.search(f"</{element}", text, re.IGNORECASE)
    # Each text is encoded once, and the page is put together of bytes: as text it would be copied twice more.
    filled = {
        "style": style.encode(),
        "data": _as_script({**data, "plainLetters": PLAIN_LETTERS}).encode(),
        "library": library.encode(),
        "script": script.encode(),
        "columns": _binary(b' id="columns"', b64encode(columns)) if columns is not None else b"",
        "chunks": b"".join(_binary(b" data-chunk", chunk.encode()) for chunk in chunks),
        "answers": _binary(b' id="answers"', answers.encode()) if answers is not None else b"",
    }
    scripts = f"{_digest(filled['library'])} {_digest(filled['script'])}"
    connect = "connect-src 'self'; " if may_ask else ""
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {_digest(filled['style'])}; "
        f"{connect}base-uri 'none'; form-action 'none'"
    )
    filled["policy"] = policy.encode()
    pieces = _source("explorer.html").split("{{")
    result = [pieces[0].encode()]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        result += [filled[name], rest.encode()]
    return b"".join(result)


def style_names() -> list[str]:
    """Return the names of all styles, in the order in which they apply."""
    names = {file.stem for file in FOLDER.glob("*.css")}
    return [*FIRST_STYLES, *sorted(names - {*FIRST_STYLES, *LAST_STYLES}), *LAST_STYLES]


def _binary(attribute: bytes, encoded: bytes) -> bytes:
    """Return an element with data in base64."""
    return b'\n<script type="application/octet-stream"%b>%b</script>' % (attribute, encoded)


def _as_script(data: Mapping[str, object]) -> str:
    # Records hold no records that hold them: to look out for that takes a quarter of the time.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)
    for letter in ESCAPED:
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _digest(data: bytes) -> str:
    return f"'sha256-{b64encode(sha256(data).digest()).decode()}'"
