"""Render template, styles, scripts and data as one HTML page that needs nothing else.

Its content security policy lets exactly these scripts and styles run, by their digests, and nothing be fetched. The
same data gives the same bytes.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path

from graph.common.names import PLAIN_LETTERS

FOLDER = Path(__file__).parent / "page"
STYLES = ("colours", "layout", "proof", "tables", "print")
# What a script takes from others when it is loaded: names of the page's one namespace, or what one of them has.
_TAKES = re.compile(r"^  const \{([^}]+)\} = motegraf(?:\.(\w+))?", re.MULTILINE)
# What ends a script element early, or a line of a script.
ESCAPED = "<>&\u2028\u2029"


def render(data: Mapping[str, object], library: str, chunks: Sequence[str] = ()) -> bytes:
    """Return the page with this payload, the source of vis-network, and the chunks that follow the first view."""
    style = "".join(_source(f"{name}.css") for name in STYLES)
    names, *others = _scripts()
    letters = json.dumps(PLAIN_LETTERS, ensure_ascii=False, sort_keys=True)
    script = f"{names}motegraf.plainLetters = {letters};\n{''.join(others)}"
    for element, text in (("style", style), ("script", library), ("script", script)):
        # Our own files and a pinned library: nothing in them may end the element around them.
        assert not re.search(f"</{element}", text, re.IGNORECASE)
    # Each text is encoded once, and the page is put together of bytes: as text it would be copied twice more.
    filled = {
        "style": style.encode(),
        "data": _as_script(data).encode(),
        "library": library.encode(),
        "script": script.encode(),
        "chunks": b"".join(
            f'\n<script type="application/octet-stream" data-chunk>{chunk}</script>'.encode() for chunk in chunks
        ),
    }
    scripts = f"{_digest(filled['library'])} {_digest(filled['script'])}"
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {_digest(filled['style'])}; "
        "base-uri 'none'; form-action 'none'"
    )
    filled["policy"] = policy.encode()
    pieces = _source("explorer.html").split("{{")
    result = [pieces[0].encode()]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        result += [filled[name], rest.encode()]
    return b"".join(result)


def _scripts() -> list[str]:
    """Return the scripts in the order in which they are loaded: each after those from which it takes something.

    ``text_fit.js`` defines ``motegraf.textFit``. The namespace comes first, and what starts the page comes last.
    """
    sources = {_camel_case(file.stem): file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.js"))}
    needs = {name: {"namespace", *_taken(source)} for name, source in sources.items()}
    needs |= {"namespace": set(), "start": sources.keys() - {"start"}}
    order = TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)})
    return [sources[name] for name in order.static_order()]


def _taken(source: str) -> set[str]:
    """Return the scripts from which a script takes something when it is loaded."""
    return {
        name
        for names, script in _TAKES.findall(source)
        for name in ([script] if script else (each.partition(":")[0].strip() for each in names.split(",")))
    }


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


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
