"""Every sentence under a statement names both its ends, or the page says that it leaves them to the context.

All pages are walked. What a name is, is told here by its words alone, without the look-up that the pages use.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import CORPUS, PAGE
from entity_pages import EntityPages
from pyoxigraph import NamedNode
from small_page import linked_home
from test_ten_pages import EXPECTED

from build_graph import build
from graph.model.iris import BASE
from graph.server.urls import resolve

pytestmark = pytest.mark.slow

# Pages that list parts: their statements join the entity of the page and the first name of each entry.
FOLDERS = ("event/", "series/", "person/", "organisation/")
CONTEXT = {"nb": "fra sammenhengen", "en": "from the context"}
QUOTE = '<blockquote[^>]*>(.*?)</blockquote>\\s*(<p class="cite".*?</p>)'
# What meetings are: that alone says of none which it is.
NOUNS = ("møte", "fagdag", "konferanse", "dialogmøte", "dialogmøter", "webinar", "debatt", "paneldebatt")
REGISTRY = {"nb": "fra registeret", "en": "from the registry"}


class Sentence(NamedTuple):
    """A quote with what stands below it, and the two ends of the statement above it."""

    path: str
    ends: tuple[str, str]
    words: str
    below: str


@pytest.fixture(scope="module", params=["first page", "eleven pages"])
def pages(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> EntityPages:
    """Return the pages of a build."""
    import shutil

    if request.param == "first page":
        return EntityPages(built)
    folder = tmp_path_factory.mktemp("eleven")
    home = linked_home(folder)
    for page in (PAGE, *EXPECTED):
        shutil.copytree(CORPUS / page, home / "corpus" / page)
    build(home, folder / "out")
    return EntityPages(folder / "out")


def paths(pages: EntityPages) -> list[str]:
    """Return the addresses of all entities of a build of which something is stated."""
    subjects = {quad.subject.value for quad in pages.store if isinstance(quad.subject, NamedNode)}
    below = sorted(each.removeprefix(BASE) for each in subjects if each.startswith(BASE))
    return [path for path in below if (address := resolve(path, BASE)) and address.entity]


def text(markup: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", "", markup)).split())


def sentences(path: str, markup: str) -> Iterator[Sentence]:
    """Yield the quotes below the parts that a page lists; candidates stand above the quotes of their set."""
    name = text(re.findall("<h1>(.*?)</h1>", markup, re.DOTALL)[0])
    for listed in re.findall('<[uo]l class="participants">(.*?)</[uo]l>', markup, re.DOTALL):
        for each in listed.split("<li>")[1:]:
            other = text(re.findall("<bdi[^>]*>(.*?)</bdi>", each, re.DOTALL)[0])
            for words, below in re.findall(
                '<blockquote[^>]*>(.*?)</blockquote>\\s*(<p class="cite".*?</p>)', each, re.DOTALL
            ):
                yield Sentence(path, (name, other), text(words), text(below))


def names(end: str, words: str) -> bool:
    """Return whether some words name something: by a word of its name, or by what it is and when."""
    telling = re.findall(r"[A-ZÆØÅ][\w-]{1,}", end)
    if any(re.search(rf"(?<!\w){re.escape(each)}", words) for each in telling):
        return True
    if any(word[:7] in words.casefold() for word in re.findall(r"\w{6,}", end.casefold()) if word not in NOUNS):
        return True
    return any(noun in words.casefold() for noun in NOUNS) and re.search(r"\d|høsten", words) is not None


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_sentence_names_both_ends_or_says_that_they_are_from_the_context(pages: EntityPages, lang: str) -> None:
    found = [
        sentence
        for path in paths(pages)
        if path.startswith(FOLDERS)
        for sentence in sentences(path, pages.markup(path, lang))
    ]
    assert len(found) > 50
    wrong = [
        sentence
        for sentence in found
        if CONTEXT[lang] not in sentence.below
        and REGISTRY[lang] not in sentence.below
        and not all(names(end, sentence.words) for end in sentence.ends)
    ]
    # English names of what is Norwegian are not in the words; the Norwegian run compares those.
    assert lang == "en" or wrong == []
    kinds = Counter(CONTEXT[lang] in sentence.below for sentence in found)
    assert kinds[True]
    assert kinds[False]


def test_a_part_has_no_sentence_about_another(pages: EntityPages) -> None:
    """What stands under somebody's name and does not say "who" is from the context, names the one it stands under."""
    for path in paths(pages):
        if not path.startswith(("event/", "person/")):
            continue
        for sentence in sentences(path, pages.markup(path)):
            who = sentence.ends[0 if path.startswith("person/") else 1]
            context = sentence.below.partition("fra sammenhengen: ")[2].partition(" · ")[0]
            if "hvem" in context or "fra registeret" in sentence.below or "sa " in who:
                continue
            assert names(who, sentence.words), sentence


def test_every_quote_has_its_source_and_its_language(pages: EntityPages) -> None:
    count = 0
    every = paths(pages)
    # Of the larger build the pages that list parts: those of its claims are made as those of the first page are.
    for path in every if len(every) < 500 else (each for each in every if each.startswith(FOLDERS)):
        markup = pages.markup(path, "en")
        for attributes, below in re.findall(
            '<blockquote([^>]*)>.*?</blockquote>\\s*<p class="cite"(.*?)</p>', markup, re.DOTALL
        ):
            assert "<cite>" in below, path
            assert 'lang="n' in attributes or "from the registry" in below, (path, attributes, below)
            count += 1
    assert count > 60
