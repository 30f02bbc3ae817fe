"""Find pages that the corpus has twice: they would be two witnesses of the same words."""

import hashlib
import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize
from urllib.parse import urlsplit

from graph.common.findings import Finding, Severity
from graph.pipeline.parts import Part

# How many words make a shingle, and how many shingles a sketch of a text.
SHINGLE, SKETCH = 5, 64
# Texts that share at least this part of their sketches may be a text and its reprint.
ALIKE = 0.7
# A reprint may be cut and edited, but it shares at least this part of the shorter text.
LEAST_OF_REPRINT = 0.3
# Marks that no reader sees.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def digest_of(text: str) -> str:
    """Return the digest of the words of a text: line ends, white space and marks that nobody sees do not count."""
    words = " ".join(normalize("NFC", text).translate(_UNSEEN).split())
    return hashlib.sha256(words.encode()).hexdigest()


def sketch_of(text: str) -> tuple[int, ...]:
    """Return the smallest digests of the runs of five words of a text: two texts share as many as they are alike."""
    words = text.casefold().split()
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:SKETCH])


def shared_part(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much of the shorter of two texts stands in the other, by their sketches: 0 to 1.

    A full sketch has the smallest digests alone; the two are compared as far as both are whole.
    """
    whole = min((sketch[-1] for sketch in (one, other) if len(sketch) == SKETCH), default=None)
    ours, theirs = (sketch if whole is None else sketch[: bisect_right(sketch, whole)] for sketch in (one, other))
    return len({*ours} & {*theirs}) / max(1, min(len(ours), len(theirs)))


def find_copies(pages: Sequence[Part]) -> Iterator[Finding]:
    """Yield an error for a text that is there twice, a warning for an address, a question for nearly the same text.

    A page whose description says ``reprint_of:`` is none of these: it is known to be no witness of its own. An error
    says so where its text is another one.
    """
    ordered = sorted(pages, key=lambda page: page.name)
    by_name = {page.name: page for page in ordered}
    first: dict[str, str] = {}
    for page in ordered:
        original = page.facts.reprint_of
        if original is not None:
            problem = _reprint_problem(page, original, by_name)
            if problem:
                yield _finding(page, "reprint_of", f"reprint_of: {original!r} {problem}")
            continue
        for what, value in (("text", page.facts.text), ("address", _address(page.facts.url))):
            if not value:
                continue
            other = first.setdefault(f"{what} {value}", page.name)
            if other != page.name:
                mend = f"remove one, or write reprint_of: {other}, which makes them one witness"
                # A page may change under its address; its text cannot be another page.
                key, severity = _KEYS[what]
                yield _finding(page, key, f"the same {what} as corpus/{other}; {mend}", severity)
                break
    yield from _near_copies(ordered)


# The key of a description at which a copy is reported, and how grave it is.
_KEYS: dict[str, tuple[str, Severity]] = {"text": ("sha256", "error"), "address": ("url", "warning")}


def _finding(page: Part, key: str, message: str, severity: Severity = "error") -> Finding:
    """Return a finding at a key of a page's description."""
    return Finding(f"corpus/{page.name}/page.yaml", page.facts.lines.get(f"page.yaml:{key}", 1), message, severity)


def _reprint_problem(page: Part, original: str, by_name: Mapping[str, Part]) -> str | None:
    """Return why a page is no reprint of the one that it names; a chain or a ring would leave no witness to count."""
    if original == page.name or original not in by_name:
        return "is no other page of the corpus, or has errors"
    further = by_name[original].facts.reprint_of
    if further == page.name:
        return "says of itself that it is a reprint of this page; one of the two is the first"
    if further is not None:
        return f"is a reprint itself; write reprint_of: {further}"
    share = shared_part(page.facts.sketch, by_name[original].facts.sketch)
    if share < LEAST_OF_REPRINT:
        return (
            f"has another text: they share {share:.0%} of the shorter one, and a reprint at least"
            f" {LEAST_OF_REPRINT:.0%}; remove reprint_of:, or name the page whose text this is"
        )
    return None


def _address(url: str) -> str:
    """Return an address without what does not tell two pages apart: scheme, www, fragment, a slash at the end."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}{query}" if url else ""


def _near_copies(pages: Sequence[Part]) -> Iterator[Finding]:
    pages_with: dict[int, list[Part]] = defaultdict(list)
    for page in pages:
        if page.facts.reprint_of is not None:
            continue
        if _may_be_alike(page.facts.sketch, pages_with):
            yield from _near_copies_of(page, pages_with)
        for digest in page.facts.sketch:
            pages_with[digest].append(page)


def _may_be_alike(sketch: Sequence[int], pages_with: Mapping[int, Sequence[Part]]) -> bool:
    """Return whether a page can share enough of a sketch: one that does has some of any so many digests of it.

    The rarest are looked at: what stands in every page, such as the name of a paper, says nothing.
    """
    fewest = len(sketch) - int(ALIKE * len(sketch)) + 1
    return any(sorted((pages_with.get(digest, ()) for digest in sketch), key=len)[:fewest])


def _near_copies_of(page: Part, pages_with: Mapping[int, Sequence[Part]]) -> Iterator[Finding]:
    """Yield a question where the page that shares most of the sketch of this one may be the same text."""
    sketch = page.facts.sketch
    others = [other for digest in sketch for other in pages_with.get(digest, ())]
    for name, number in Counter(other.name for other in others).most_common(1):
        texts = {each.name: each.facts.text for each in others}
        share = number / max(len(sketch), 1)
        if share >= ALIKE and texts[name] != page.facts.text:
            message = f"nearly the same text as corpus/{name} ({share:.0%}); if it is a reprint, write"
            yield _finding(page, "sha256", f"{message} reprint_of: {name}", "question")
