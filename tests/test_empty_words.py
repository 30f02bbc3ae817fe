"""Names that are signs alone, pages without a word, and truth in other words: findings, where there was none."""

from pathlib import Path

import pytest
from conftest import add_page

from build_graph import build
from graph.common.findings import FindingsError

pytestmark = pytest.mark.unit


def only_finding(home: Path) -> tuple[str, str]:
    with pytest.raises(FindingsError) as error:
        build(home, strict=True)
    (finding,) = error.value.findings
    return finding.file, finding.message


@pytest.mark.parametrize(
    ("old", "new"), [("name: Erna Solberg", "name: '!!!'"), ("name: Erna Solberg", "name: Erna Solberg\n  also: ['…']")]
)
def test_a_name_of_signs_alone_in_the_registry(empty_home: Path, old: str, new: str) -> None:
    file = empty_home / "registry/people.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found, message = only_finding(empty_home)
    assert (found, message.endswith("has no letter and no figure")) == ("registry/people.yaml", True)


def test_a_name_of_signs_alone_on_a_page(empty_home: Path) -> None:
    claims = "people:\n  somebody: {name: '...'}\n"
    add_page(empty_home, "p", "Noe skjedde ... her.\n", claims, "2014-04-01", reading="partial")
    assert only_finding(empty_home) == ("corpus/p/claims.yaml", "'...' is no name: it has no letter and no figure")


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_a_page_without_a_word(empty_home: Path, text: str) -> None:
    add_page(empty_home, "p", text, "", "2014-04-01", reading="partial")
    assert only_finding(empty_home) == ("corpus/p/page.txt", "is empty; put the text of the page into it")


@pytest.mark.parametrize("value", ["True", "yes", "ja", "1"])
def test_a_body_is_public_or_not_in_the_words_for_it(empty_home: Path, value: str) -> None:
    file = empty_home / "registry/organisations.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("public: true", f"public: {value}", 1), encoding="utf-8")
    assert only_finding(empty_home) == ("registry/organisations.yaml", f"'{value}' is neither true nor false")
