"""HTML: the text of a document by a walk over its tree, and what its head tells.

Blocks end lines, inline elements do not. What is no text of the page (menus, forms, scripts) is left out by the
structure of the document alone, and kept by the part it stands in, so that a person can look at it: nothing is dropped
in silence, and no list or table ever.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from graph.common.limited import LimitExceededError, call_limited
from graph.sources.ingest.document import Extract, Finding, IngestError, Metadata, clean, day_in, join_blocks
from graph.sources.ingest.html_depth import refuse_depth
from graph.sources.ingest.plain import decode

MAX_BYTES = 40_000_000


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table"
    " tbody tfoot thead tr ul"
)
_UNSHOWN = _tags(
    "audio canvas embed frame frameset head iframe input link math meta noscript object script style svg template title"
    " video"
)
# Parts of a page that are not what it is about: by their element or their role.
_ASIDE = {"nav": "menu", "footer": "foot", "aside": "margin", "dialog": "dialog", "search": "search"}
_ROLES = {
    "navigation": "menu",
    "contentinfo": "foot",
    "complementary": "margin",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "search": "search",
    "banner": "head",
    "menu": "menu",
    "menubar": "menu",
}
# Their words are none of the page.
_CONTROLS = frozenset(["button", "select", "textarea"])
# Between the cells of a row.
_CELL = " | "
_GROUPS = frozenset(["dl", "menu", "ol", "table", "ul"])
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SAVED = re.compile(rb"saved from url=\(\d{4}\)(https?://[^\s>]{1,2000})")
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url:\s*(https?://\S{1,2000})\s+saved date:\s*([^\n>]{1,80})")


def extract_html(data: bytes) -> Extract:
    """Return the text of a document, and what it tells of itself. Raise IngestError where it cannot be read."""
    if len(data) > MAX_BYTES:
        megabytes, most = len(data) // 1_000_000, MAX_BYTES // 1_000_000
        raise IngestError(f"it has {megabytes} MB of HTML, and {most} are read at most; save its text alone")
    refuse_depth(data)
    try:
        return call_limited(extract_document, data)
    except LimitExceededError as error:
        raise IngestError(f"{error}; save its text alone") from error


def extract_document(data: bytes) -> Extract:
    """Return the text of a document, and what it tells of itself, whatever time and memory that takes."""
    declared = _CHARSET.search(data[:4_096])
    html, encoding = decode(data, declared[1].decode("ascii") if declared else None)
    try:
        tree = LexborHTMLParser(html)
    except SelectolaxError as error:  # of memory that it cannot have
        raise IngestError("this HTML cannot be parsed; save its text alone") from error
    # Before the walk: the head is no part of the text.
    metadata = _metadata(tree, data)
    blocks, skipped = _walk(tree)
    notes = () if encoding == "utf-8" else (f"the document was {encoding}, and its text is archived as UTF-8",)
    return Extract(join_blocks(blocks), "text/html", "motegraf html (selectolax)", metadata, (), skipped, notes)


@dataclass(slots=True)
class _Open:
    """An element that the walk is in: its block, the list or table it stands in, and the part that is left out."""

    block: int
    group: str
    part: str | None
    is_main: bool
    is_preformatted: bool


class _Walk:
    """The blocks of a tree so far, and the words that were left out, by the part that they stand in."""

    def __init__(self, main: LexborNode | None) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.skipped: dict[str, list[str]] = {}
        self._main = main.mem_id if main else None
        self._open = [_Open(0, "", None, main is None, False)]
        self._words: list[str] = []

    def enter(self, node: LexborNode) -> bool:
        """Begin an element; return whether its children are to be walked."""
        tag, around = node.tag or "", self._open[-1]
        if tag in _UNSHOWN:
            return False
        if tag in _BLOCKS:
            self.end_block()
        elif tag in ("td", "th") and self._words and not self._words[-1].endswith(": "):
            self._words.append(_CELL)
        part = around.part or _part(node, tag, around.is_main and self._main is not None)
        if part and not around.part:
            self.end_block()
        group = around.group or (f"{tag}{node.mem_id}" if tag in _GROUPS else "")
        is_main = around.is_main or node.mem_id == self._main
        if is_main and not around.is_main:
            self.end_block()
        block = node.mem_id if tag in _BLOCKS and tag != "br" else around.block
        self._open.append(_Open(block, group, part, is_main, around.is_preformatted or tag == "pre"))
        return True

    def leave(self, node: LexborNode) -> None:
        """End an element."""
        tag, around = node.tag or "", self._open[-2]
        if tag == "th" and _heads_a_row(node):
            self._words.append(": ")
        if tag in _BLOCKS or (self._open[-1].part, self._open[-1].is_main) != (around.part, around.is_main):
            self.end_block()
        self._open.pop()

    def text(self, words: str) -> None:
        """Add the words of a text node."""
        if not self._open[-1].is_preformatted:
            self._words.append(words)
            return
        first, *lines = words.split("\n")
        self._words.append(first)
        for line in lines:
            self.end_block()
            self._words.append(line)

    def end_block(self) -> None:
        """End a line of the text, if there are words for it."""
        # Empty cells at the ends of a row are none of its words.
        while self._words and (self._words[-1] is _CELL or not self._words[-1].strip()):
            self._words.pop()
        words = "".join(self._words).strip()
        self._words.clear()
        if not words:
            return
        within = self._open[-1]
        if within.part or not within.is_main:
            self.skipped.setdefault(within.part or "outside", []).append(" ".join(words.split()))
        else:
            self.blocks.append((clean(words), within.group or str(within.block)))


def _walk(tree: LexborHTMLParser) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """Return the blocks of a document in their order, and what was left out."""
    if tree.body is None:
        return [], {}
    walk = _Walk(_main_part(tree))
    # No recursion: documents may be deep. A node is ended when it is met for the second time.
    waiting: list[tuple[LexborNode, bool]] = [(tree.body, False)]
    while waiting:
        node, is_end = waiting.pop()
        if is_end:
            walk.leave(node)
        elif node.is_text_node:
            walk.text(node.text_content or "")
        elif node.is_element_node and walk.enter(node):
            waiting.append((node, True))
            children = list(_children(node))
            waiting += ((child, False) for child in reversed(children))
    walk.end_block()
    return walk.blocks, walk.skipped


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the part that a document says is the main one, where it says so of one and of no more."""
    for selector in ("main", "[role=main]"):
        found = tree.css(selector)
        if len(found) == 1:
            return found[0]
    found = tree.css("article")
    return found[0] if len(found) == 1 else None


def _part(node: LexborNode, tag: str, is_inside: bool) -> str | None:
    """Return the part of a page that an element begins and that is not what the page is about, or None."""
    attributes = node.attributes
    role = (attributes.get("role") or "").lower()
    if role in _ROLES and not (role == "banner" and is_inside):
        return _ROLES[role]
    if tag == "header" and not is_inside and not node.css("h1"):
        return "head"
    # An article has a foot of its own, and a main part a margin that may hold a list of participants.
    part = None if is_inside and tag in ("footer", "aside") else _ASIDE.get(tag)
    return part or ("controls" if tag in _CONTROLS else "hidden" if _is_hidden(node) else None)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in style


def _heads_a_row(node: LexborNode) -> bool:
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following is not None and following.tag == "td"


def _metadata(tree: LexborHTMLParser, data: bytes) -> Metadata:
    meta = list(_meta(tree))
    linked = list(_linked_data(tree))
    titles = [
        *(Finding(value, "overskriften på siden", "the page's heading") for value in _only_heading(tree)),
        *_of_meta(meta, ("og:title", "dc.title", "dcterms.title"), "tittel"),
        *(Finding(node.text(strip=True), "sidens <title>", "the page's <title>") for node in tree.css("title")[:1]),
    ]
    days = [
        *(
            Finding(day, f"datePublished i JSON-LD: {value}", f"datePublished in JSON-LD: {value}")
            for value in _published(linked)
            if (day := day_in(value))
        ),
        *_days_of_meta(meta),
        *_days_of_elements(tree),
    ]
    publishers = [
        *_of_meta(meta, ("dc.publisher", "dcterms.publisher", "publisher", "og:site_name"), "utgiver"),
        *(Finding(name, "publisher i JSON-LD", "publisher in JSON-LD") for name in _publishers(linked)),
    ]
    return Metadata(
        titles=tuple(titles),
        publishers=tuple(publishers),
        days=tuple(days),
        languages=tuple(_languages(tree, meta)),
        addresses=tuple(_addresses(tree, meta, data)),
        licences=tuple(_licences(tree, meta)),
        retrieved=tuple(_retrieved(data)),
    )


def _meta(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        value = " ".join((attributes.get("content") or "").split())
        if name and value:
            yield name.lower(), value


def _of_meta(meta: list[tuple[str, str]], names: tuple[str, ...], what: str) -> Iterator[Finding]:
    for wanted in names:
        for name, value in meta:
            if name == wanted:
                yield Finding(value, f"<meta {name}>", f"<meta {name}>")


_DAY_NAMES = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "date",
    "pubdate",
)


def _days_of_meta(meta: list[tuple[str, str]]) -> Iterator[Finding]:
    for each in _of_meta(meta, _DAY_NAMES, "dag"):
        if day := day_in(each.value.replace("/", "-")):
            yield Finding(day, f"{each.basis_nb}: {each.value}", f"{each.basis_en}: {each.value}")


def _days_of_elements(tree: LexborHTMLParser) -> Iterator[Finding]:
    """Yield the days of ``<time>`` elements that say that they are of publication."""
    for node in tree.css("time"):
        attributes = node.attributes
        value = attributes.get("datetime") or node.text(strip=True)
        about = " ".join(str(attributes.get(name) or "") for name in ("itemprop", "class", "pubdate")).lower()
        is_published = "pubdate" in attributes or "publi" in about
        if is_published and (day := day_in(value)):
            yield Finding(day, f"<time>: {value}", f"<time>: {value}")


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield each node of the JSON-LD of a document; what is no JSON is passed over, as browsers do."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            waiting: list[Any] = [json.loads(script.text() or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(each for each in value.values() if isinstance(each, dict | list))


def _published(linked: list[dict[str, Any]]) -> list[str]:
    return [each["datePublished"] for each in linked if isinstance(each.get("datePublished"), str)]


def _publishers(linked: list[dict[str, Any]]) -> Iterator[str]:
    for each in linked:
        publisher = each.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and not name.startswith("http"):
            yield name


def _only_heading(tree: LexborHTMLParser) -> list[str]:
    found = [words for node in tree.css("h1") if (words := " ".join(clean(node.text()).split()))]
    return found if len(found) == 1 else []


def _languages(tree: LexborHTMLParser, meta: list[tuple[str, str]]) -> Iterator[Finding]:
    root = tree.css_first("html")
    if root is not None and (tag := root.attributes.get("lang") or root.attributes.get("xml:lang")):
        yield Finding(tag, f"<html lang={tag}>", f"<html lang={tag}>")
    yield from _of_meta(meta, ("og:locale", "dc.language", "dcterms.language"), "språk")


def _addresses(tree: LexborHTMLParser, meta: list[tuple[str, str]], data: bytes) -> Iterator[Finding]:
    if saved := _SINGLE_FILE.search(data) or _SAVED.search(data[:4_096]):
        address = saved[1].decode("ascii", "replace")
        yield Finding(address, "notert da siden ble lagret", "noted when the page was saved")
    for node in tree.css('link[rel~="canonical"]'):
        if (node.attributes.get("href") or "").startswith(("http://", "https://")):
            yield Finding(node.attributes["href"] or "", "<link rel=canonical>", "<link rel=canonical>")
    yield from (each for each in _of_meta(meta, ("og:url",), "adresse") if each.value.startswith("http"))


def _licences(tree: LexborHTMLParser, meta: list[tuple[str, str]]) -> Iterator[Finding]:
    for node in tree.css('link[rel~="license"], a[rel~="license"]'):
        if (node.attributes.get("href") or "").startswith(("http://", "https://")):
            yield Finding(node.attributes["href"] or "", "lenke med rel=license", "a link with rel=license")
    yield from _of_meta(meta, ("dcterms.license", "dc.rights", "dcterms.rights", "copyright"), "rettigheter")


def _retrieved(data: bytes) -> Iterator[Finding]:
    from email.utils import parsedate_to_datetime

    if saved := _SINGLE_FILE.search(data):
        written = re.sub(r"\s*GMT([+-]\d{4}).*", r" \1", saved[2].decode("ascii", "replace").strip())
        written = re.sub(r"^(\w{3}) (\w{3}) (\d{2}) (\d{4})", r"\1, \3 \2 \4", written)
        try:
            day = parsedate_to_datetime(written).date().isoformat()
        except ValueError:
            return
        yield Finding(day, "notert da siden ble lagret", "noted when the page was saved")
