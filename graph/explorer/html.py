"""Render template, styles, scripts and data as one HTML page that needs nothing else.

Its content security policy lets exactly these scripts and styles run, by their digests, and nothing be fetched. Where
data and scripts would make the file large, they stand in it deflated (zlib, RFC 1950), in base64, and
``page/unpack.js`` unpacks them. The same data gives the same bytes.
"""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from graph.common.names import PLAIN_LETTERS
from graph.explorer.modules import bundle, without_comments
from graph.identity.names.folding import word_list

FOLDER = Path(__file__).parent / "page"
# The styles that others build on come first, and those of paper last.
FIRST_STYLES, LAST_STYLES = ("colours", "layout"), ("print",)
# Data and scripts of more bytes are packed: a small page can be read as it is, and needs no newer browser.
MAX_PLAIN = 2_000_000
UNPACK = "unpack"
# What ends a script element early, or a line of a script.
ESCAPED = "<>&\u2028\u2029"
# The lists of words that do not tell one name of an organisation from another, as the page calls them.
NAME_WORDS = {"legalForms": "legal_forms", "function": "function"}


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
    # Our own files and a pinned library: nothing in them may end the element around them.
    assert not re.search("</style", style, re.IGNORECASE)
    # Each text is encoded once, and the page is put together of bytes: as text it would be copied twice more.
    content, scripts = _content(_as_script({**data, **_of_names()}).encode(), library)
    filled = {
        "style": style.encode(),
        "content": content,
        "columns": _binary(b' id="columns"', b64encode(columns)) if columns is not None else b"",
        "chunks": b"".join(_binary(b" data-chunk", chunk.encode()) for chunk in chunks),
        "answers": _binary(b' id="answers"', answers.encode()) if answers is not None else b"",
    }
    connect = "connect-src 'self'; " if may_ask else ""
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; style-src {_digest(filled['style'])}; "
        f"{connect}base-uri 'none'; form-action 'none'"
    )
    filled["policy"] = policy.encode()
    pieces = _source("explorer.html").split("{{")
    result = [pieces[0].encode()]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        result += [filled[name], rest.encode()]
    return b"".join(result)


def _content(data: bytes, library: str) -> tuple[bytes, list[bytes]]:
    """Return the elements with data and scripts, and all scripts that run."""
    script = f"{bundle(FOLDER, {UNPACK})}window.motegraf = motegraf;\n"
    runs = [text.encode() for text in (library, script)]
    is_packed = len(data) + sum(map(len, runs)) > MAX_PLAIN
    if is_packed:
        runs = [text.encode() for text in (library, without_comments(script), _source(f"{UNPACK}.js"))]
    assert not any(re.search(b"</script", text, re.IGNORECASE) for text in runs)
    elements = [b"<script>%b</script>" % text for text in runs]
    if is_packed:
        elements[:-1] = [_packed(b"", text) for text in runs[:-1]]
        return b"\n".join((_packed(b' id="data"', data), *elements)), runs
    return b"\n".join((b'<script type="application/json" id="data">%b</script>' % data, *elements)), runs


def _packed(attribute: bytes, data: bytes) -> bytes:
    """Return an element whose text ``unpack.js`` unpacks."""
    return _binary(attribute + b" data-packed", b64encode(zlib.compress(data, 9))).lstrip()


def _of_names() -> dict[str, object]:
    """Return what the page needs to compare names as the rest of the project does."""
    words = {name: sorted(word_list(of)) for name, of in NAME_WORDS.items()}
    return {"plainLetters": PLAIN_LETTERS, "nameWords": words}


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
