"""Pages: HTML of the house: templates, escaped text, links to the web alone, one style and no script.

``root`` is how a page reaches the first address of the server from its own: ``../`` for each folder between.
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
from graph.server.entity.description import About, Saying
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


def page(title: str, body: str, lang: str, root: str, other_address: str) -> bytes:
    """A whole document. ``title`` is text, ``body`` markup."""
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
            body=body,
        )
        .encode()
    )


def thing_page(said: About, base: str, lang: str, root: str) -> bytes:
    """What is known of a thing, for people."""
    words = WORDS[lang]
    own = path_of(said.thing, base) or ""
    kinds = [saying.words for name, sayings in said.outgoing for saying in sayings if name in ("er en", "is a")]
    body = template("thing.html").substitute(
        name=escape_html(escape_control(said.name)),
        kind=escape_html(f"{', '.join(map(escape_control, dict.fromkeys(kinds)))} · ") if kinds else "",
        address=escape_html(said.thing.value),
        cut=f"<p>{escape_html(words['cut'])}</p>" if said.cut else "",
        proof=_section(words["proof"], "".join(_quote(each, lang) for each in said.passages)),
        outgoing=_section(words["outgoing"], _list(said.outgoing, base, lang, root)),
        incoming=_section(words["incoming"], _list(said.incoming, base, lang, root)),
        formats=escape_html(words["formats"]),
        self=escape_html(f"{root}about/{own}"),
    )
    return page(said.name, body, lang, root, f"{root}about/{own}?lang={words['other_lang']}")


def nothing_page(path: str, near: list[tuple[NamedNode, str]], base: str, lang: str, root: str) -> bytes:
    """That there is no such thing, and what there is of a similar name."""
    words = WORDS[lang]
    title = f"{words['none']}: {escape_control(path)}"
    links = "".join(f"<li>{_thing(thing, name, base, root)}</li>" for thing, name in near)
    listed = (
        f"<p>{escape_html(words['near'])}</p><ul>{links}</ul>"
        if near
        else f"<p>{escape_html(words['nothing_near'])}</p>"
    )
    return page(title, f"<h1>{escape_html(title)}</h1>{listed}", lang, root, f"?lang={words['other_lang']}")


def files_page(names: list[str], lang: str) -> bytes:
    """Which files the build has."""
    title = WORDS[lang]["files"]
    links = "".join(f'<li><a href="{escape_html(name)}">{escape_html(name)}</a></li>' for name in names)
    body = f"<h1>{escape_html(title)}</h1><ul>{links}</ul>"
    return page(title, body, lang, "../", f"?lang={WORDS[lang]['other_lang']}")


def policy_of(document: bytes) -> str:
    """The content security policy that lets just the style of a document of ours apply, and forms go nowhere else."""
    found = _STYLE.search(document.decode())
    digest = b64encode(sha256(found[1].encode()).digest()).decode() if found else ""
    style = f"style-src 'sha256-{digest}'; " if found else ""
    return f"default-src 'none'; {style}base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def _section(heading: str, markup: str) -> str:
    return f"<section><h2>{escape_html(heading)}</h2>{markup}</section>" if markup else ""


def _list(groups: list[tuple[str, list[Saying]]], base: str, lang: str, root: str) -> str:
    rows = []
    for name, sayings in groups:
        values = "".join(f"<li>{_proven(together, base, lang, root)}</li>" for together in _by_proof(sayings))
        rows.append(f"<dt>{escape_html(escape_control(name))}</dt><dd><ul>{values}</ul></dd>")
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _by_proof(sayings: list[Saying]) -> list[list[Saying]]:
    """Those that the same passages prove stand together, so that a sentence stands there once; of two that are called
    the same, each says which it is."""
    together: dict[object, list[Saying]] = {}
    called = Counter(saying.words for saying in sayings)
    for saying in sayings:
        if saying.thing and called[saying.words] > 1:
            saying = replace(saying, words=f"{saying.words} ({short_name(saying.thing)})")
        together.setdefault(saying.passages or saying, []).append(saying)
    return list(together.values())


def _proven(sayings: list[Saying], base: str, lang: str, root: str) -> str:
    """What is said, and below it the words that prove all of it."""
    said = [
        _thing(saying.thing, saying.words, base, root) if saying.thing else escape_html(escape_control(saying.words))
        for saying in sayings
    ]
    listed = said[0] if len(said) == 1 else f"<ul>{''.join(f'<li>{each}</li>' for each in said)}</ul>"
    return listed + "".join(_quote(passage, lang) for passage in sayings[0].passages)


def _thing(thing: NamedNode, name: str, base: str, root: str) -> str:
    """A thing of ours by its page here, another by its own address."""
    path = path_of(thing, base)
    if path is None:
        return link(thing.value, escape_control(name))
    return f'<a href="{escape_html(f"{root}about/{path}")}">{escape_html(escape_control(name))}</a>'


def _quote(passage: Passage, lang: str) -> str:
    words = escape_html(escape_control(passage_text(passage, lang)))
    source = link(passage.address, escape_control(passage_source(passage, lang)))
    return f"<blockquote>{words}<cite>{source}</cite></blockquote>"


@lru_cache
def template(name: str) -> Template:
    """A template of the house by its name."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8").rstrip("\n"))


@lru_cache
def _style() -> str:
    return (TEMPLATES / "page.css").read_text(encoding="utf-8")
