"""Each rule by which something is proposed has two pages behind it, and each idiom; what has one alone is listed.

A rule is a reason that proposals give, or a field of words of ``proposing:`` in a pack, without which a page is read
otherwise. An idiom is several words in a row. Single words, whose forms any dictionary gives, need no page.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from conftest import CORPUS
from proposal_answers import pages

from graph import HOME
from graph.model.edtf import Bounds, bounds
from graph.sources.languages.pack import Pack
from graph.sources.pages.context import Background, PageContext, page_context, read_background
from graph.sources.proposals.occasions import occasions_of
from graph.sources.proposals.parts import parts_of
from graph.sources.proposals.propose import Proposals, json_of
from graph.sources.proposals.reading import Reading
from graph.sources.proposals.wrapped import with_lines_joined

pytestmark = pytest.mark.unit
LANGUAGES = ("nb", "nn")
FEWEST = 2

# What one page has alone, or none.
RARE = yaml.safe_load((Path(__file__).parent / "proposal_rules.yaml").read_text(encoding="utf-8"))


def _rare(what: str) -> set[str]:
    return {*RARE["elsewhere"][what], *RARE["alone"][what]}


@cache
def _background() -> Background:
    return read_background(HOME)


@cache
def _texts() -> dict[str, tuple[str, str, Bounds]]:
    """Return language, text and day of each page, by its name."""
    found = {name: (page["language"], page["text"], bounds(str(page["published"]))) for name, page in pages().items()}
    for file in sorted(CORPUS.glob("*/page.yaml")):
        page = yaml.safe_load(file.read_text(encoding="utf-8"))
        day = Bounds(page["published"]["earliest"], page["published"]["latest"])
        found[file.parent.name] = (page["language"], file.with_name("page.txt").read_text(encoding="utf-8"), day)
    return found


@cache
def _context(name: str) -> PageContext:
    language, text, _ = _texts()[name]
    return page_context(_background().language(language).passages(with_lines_joined(text)), language, _background())


def _pack(language: str) -> Pack:
    pack = _background().language(language).pack
    assert pack is not None
    return pack


def _read(name: str, pack: Pack) -> Proposals:
    _, text, day = _texts()[name]
    reading = Reading(_context(name), pack, day, None, text)
    found = occasions_of(reading)
    return Proposals(reading, found.events, parts_of(reading, found))


@cache
def _proposals(name: str) -> Proposals:
    return _read(name, _pack(_texts()[name][0]))


def _without(pack: Pack, field: str) -> Pack:
    empty = type(getattr(pack.proposing, field))()
    return pack.model_copy(update={"proposing": pack.proposing.model_copy(update={field: empty})})


def _reasons_in_code() -> Iterator[str]:
    """Yield each reason that the code can give."""
    for file in sorted((HOME / "graph/sources/proposals").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                given = [each.value for each in node.keywords if each.arg == "because"]
                if name in ("_add", "_keep", "Part", "_new"):
                    given += node.args
                yield from (
                    each.value
                    for each in given
                    if isinstance(each, ast.Constant) and isinstance(each.value, str) and " " in each.value
                )


def test_each_reason_is_given_on_two_pages() -> None:
    given: Counter[str] = Counter()
    for name in _texts():
        found = _proposals(name)
        given.update({each.because for each in (*found.events, *found.parts)})
    rare = {each for each in _reasons_in_code() if given[each] < FEWEST}
    assert rare == _rare("reasons")


@pytest.mark.slow
def test_each_field_of_words_matters_on_two_pages() -> None:
    rare = set()
    for field in type(_pack("nb").proposing).model_fields:
        changed = 0
        for language in LANGUAGES:
            own = _pack(language)
            other = _without(own, field)
            for name, (of, text, _) in _texts().items():
                words = getattr(own.proposing, field)
                if of == language and changed < FEWEST and any(word in text.casefold() for word in words):
                    changed += json_of(_read(name, other)) != json_of(_proposals(name))
        if changed < FEWEST:
            rare.add(field)
    assert rare == _rare("fields")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_idiom_stands_on_two_pages(language: str) -> None:
    pack = _pack(language)
    idioms = {
        word for field in type(pack.proposing).model_fields for word in getattr(pack.proposing, field) if " " in word
    }
    idioms |= {word for frames in pack.frames.values() for words in frames.values() for word in words if " " in word}
    texts = [" ".join(text.casefold().split()) for of, text, _ in _texts().values() if of == language]
    standing = {
        each: sum(bool(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)) for text in texts) for each in idioms
    }
    assert {each for each, times in standing.items() if times == 1} == set(RARE["idioms"][language])
