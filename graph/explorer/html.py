"""Render template, styles, scripts and data as one HTML page that needs nothing else.

Its content security policy lets exactly these scripts and styles run, by their digests, and nothing be fetched. The
same data gives the same bytes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from graph.common.names import PLAIN_LETTERS

FOLDER = Path(__file__).parent / "page"
STYLES = ("colours", "layout", "proof", "tables", "print")
# Each after those whose names it uses.
SCRIPTS = (
    *("namespace", "texts", "days", "dom", "chunks", "data", "counts", "state", "paths", "selection", "search"),
    *("text_fit", "columns", "positions", "renderer", "lines", "label_placement", "keyboard_nav", "network"),
    *("headline", "legend", "controls", "facets", "proof", "scene", "table", "range_slider", "spans", "timeline"),
    *("svg_renderer", "outlines", "map_positions", "map_renderer", "map"),
    *("answers", "answer_time", "answer_map", "answer_network", "questions", "exports", "start"),
)
# What ends a script element early, or a line of a script.
ESCAPED = "<>&\u2028\u2029"


def render(data: Mapping[str, object], library: str, chunks: Sequence[str] = ()) -> bytes:
    """Return the page with this payload, the source of vis-network, and the chunks that follow the first view."""
    style = "".join(_source(f"{name}.css") for name in STYLES)
    names, *others = (_source(f"{name}.js") for name in SCRIPTS)
    letters = json.dumps(PLAIN_LETTERS, ensure_ascii=False, sort_keys=True)
    script = f"{names}motegraf.plainLetters = {letters};\n{''.join(others)}"
    policy = (
        f"default-src 'none'; script-src {_digest(library)} {_digest(script)}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    filled = {
        "policy": policy,
        "style": style,
        "data": _as_script(data),
        "library": library,
        "script": script,
        "chunks": "".join(f'\n<script type="application/octet-stream" data-chunk>{chunk}</script>' for chunk in chunks),
    }
    for name in ("style", "library", "script"):
        # Our own files and a pinned library: nothing in them may end the element around them.
        assert f"</{'style' if name == 'style' else 'script'}" not in filled[name].lower()
    pieces = _source("explorer.html").split("{{")
    result = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        result += [filled[name], rest]
    return "".join(result).encode()


def _as_script(data: Mapping[str, object]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for letter in ESCAPED:
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
