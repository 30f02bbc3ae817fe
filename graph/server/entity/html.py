"""HTML of the server: templates, escaped text, links to web addresses alone, one style and no script.

``root`` is the relative address of ``/`` from a page: ``../`` for each folder between.
"""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from string import Template

from pyoxigraph import NamedNode

from graph.common.text import escape_control
from graph.query.ask import Passage
from graph.rdf.terms import short_name
from graph.render.cells import passage_source, passage_text
from graph.render.markup import escape_html, link
from graph.server.entity.description import Description, Value
from graph.server.negotiation import CONTENT_TYPES, DATASETS
from graph.server.urls import path_of

TEMPLATES = Path(__file__).parent.parent / "templates"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
WORDS = {
    "nb": {
        "navigation": "Sider",
        "explorer": "Utforsk",
        "files": "Filer",
        "other": "English",
        "other_lang": "en",
        "proof": "Belegg",
        "outgoing": "Opplysninger",
        "incoming": "Nevnt i",
        "formats": "Det samme som",
        "cut": "Her står bare de første; det finnes flere.",
        "none": "Det finnes ingenting med dette navnet",
        "near": "Mente du",
        "nothing_near": "Ingen navn ligner på det.",
    },
    "en": {
        "navigation": "Pages",
        "explorer": "Explore",
        "files": "Files",
        "other": "Norsk",
        "other_lang": "nb",
        "proof": "Proof",
        "outgoing": "Facts",
        "incoming": "Mentioned in",
        "formats": "The same as",
        "cut": "Only the first are shown here; there are more.",
        "none": "There is nothing of this name",
        "near": "Did you mean",
        "nothing_near": "No name is like it.",
    },
}


def page(title: str, body: str, lang: str, root: str, other_address: str, links: str = "") -> bytes:
    """Return a whole document. ``title`` is text, ``body`` markup, ``links`` markup of its head."""
    words = {name: escape_html(word) for name, word in WORDS[lang].items()}
    return (
        template("page.html")
        .substitute(
            words,
            lang=lang,
            title=escape_html(escape_control(title)),
            style=_style(),
            root=escape_html(root or "./"),
            other_address=escape_html(other_address),
            links=links,
            body=body,
        )
        .encode()
    )


def entity_page(description: Description, base: str, lang: str, root: str) -> bytes:
    """Return the description of an entity as a page."""
    words = WORDS[lang]
    path = path_of(description.entity, base) or ""
    kinds = [value.text for name, values in description.outgoing for value in values if name in ("er en", "is a")]
    body = template("entity.html").substitute(
        name=escape_html(escape_control(description.name)),
        kind=escape_html(f"{', '.join(map(escape_control, dict.fromkeys(kinds)))} · ") if kinds else "",
        address=escape_html(description.entity.value),
        cut=f"<p>{escape_html(words['cut'])}</p>" if description.truncated else "",
        proof=_section(words["proof"], "".join(_quote(each, lang) for each in description.passages)),
        outgoing=_section(words["outgoing"], _list(description.outgoing, base, lang, root)),
        incoming=_section(words["incoming"], _list(description.incoming, base, lang, root)),
        formats=escape_html(words["formats"]),
        self=escape_html(f"{root}about/{path}"),
    )
    own = f"{root}about/{path}"
    return page(description.name, body, lang, root, f"{own}?lang={words['other_lang']}", _alternates(own))


def _alternates(address: str) -> str:
    """Return the links to the same description in other formats."""
    return "".join(
        f'<link rel="alternate" type="{CONTENT_TYPES[format].partition(";")[0]}" '
        f'href="{escape_html(f"{address}?format={format}")}">\n'
        for format in dict.fromkeys(DATASETS.values())
    )


def not_found_page(path: str, similar: list[tuple[NamedNode, str]], base: str, lang: str, root: str) -> bytes:
    """Return the page of an address that nothing has, with what has a similar one."""
    words = WORDS[lang]
    title = f"{words['none']}: {escape_control(path)}"
    links = "".join(f"<li>{_link(entity, name, base, root)}</li>" for entity, name in similar)
    listed = (
        f"<p>{escape_html(words['near'])}</p><ul>{links}</ul>"
        if similar
        else f"<p>{escape_html(words['nothing_near'])}</p>"
    )
    return page(title, f"<h1>{escape_html(title)}</h1>{listed}", lang, root, f"?lang={words['other_lang']}")


def files_page(names: list[str], lang: str) -> bytes:
    """Return the list of the files of the build."""
    title = WORDS[lang]["files"]
    links = "".join(f'<li><a href="{escape_html(name)}">{escape_html(name)}</a></li>' for name in names)
    body = f"<h1>{escape_html(title)}</h1><ul>{links}</ul>"
    return page(title, body, lang, "../", f"?lang={WORDS[lang]['other_lang']}")


def content_security_policy(document: bytes) -> str:
    """Return the policy that allows the style of this document alone, and forms to this server alone."""
    match = _STYLE.search(document.decode())
    digest = b64encode(sha256(match[1].encode()).digest()).decode() if match else ""
    style = f"style-src 'sha256-{digest}'; " if match else ""
    return f"default-src 'none'; {style}base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def _section(heading: str, markup: str) -> str:
    return f"<section><h2>{escape_html(heading)}</h2>{markup}</section>" if markup else ""


def _list(groups: list[tuple[str, list[Value]]], base: str, lang: str, root: str) -> str:
    rows = []
    for name, values in groups:
        items = "".join(f"<li>{_with_quotes(group, base, lang, root)}</li>" for group in _by_passages(values))
        rows.append(f"<dt>{escape_html(escape_control(name))}</dt><dd><ul>{items}</ul></dd>")
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _by_passages(values: list[Value]) -> list[list[Value]]:
    """Return the values in groups that the same passages prove, so that each passage stands there once.

    Of two values with the same text, each says which entity it is.
    """
    groups: dict[object, list[Value]] = {}
    counts = Counter(value.text for value in values)
    for value in values:
        if value.entity and counts[value.text] > 1:
            value = replace(value, text=f"{value.text} ({short_name(value.entity)})")
        groups.setdefault(value.passages or value, []).append(value)
    return list(groups.values())


def _with_quotes(values: list[Value], base: str, lang: str, root: str) -> str:
    """Return values, and below them the passages that prove all of them."""
    items = [
        _link(value.entity, value.text, base, root) if value.entity else escape_html(escape_control(value.text))
        for value in values
    ]
    listed = items[0] if len(items) == 1 else f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    return listed + "".join(_quote(passage, lang) for passage in values[0].passages)


def _link(entity: NamedNode, name: str, base: str, root: str) -> str:
    """Return a link to the page of an entity of ours, or to another's own address."""
    path = path_of(entity, base)
    if path is None:
        return link(entity.value, escape_control(name))
    return f'<a href="{escape_html(f"{root}about/{path}")}">{escape_html(escape_control(name))}</a>'


def _quote(passage: Passage, lang: str) -> str:
    words = escape_html(escape_control(passage_text(passage, lang)))
    source = link(passage.url, escape_control(passage_source(passage, lang)))
    return f"<blockquote>{words}<cite>{source}</cite></blockquote>"


@lru_cache
def template(name: str) -> Template:
    """Return a template of the server by its name."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8").rstrip("\n"))


@lru_cache
def _style() -> str:
    return (TEMPLATES / "page.css").read_text(encoding="utf-8")
