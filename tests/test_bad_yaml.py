"""YAML that does not parse, or that attacks whoever reads it: a finding with file and line, soon and in little memory.

What could end a whole process is read in a process of its own.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from small_page import (
    CLAIMS,
    CLAIMS_YAML,
    TEXT,
    Mistake,
    line_of,
    linked_home,
    refused_findings,
    small_page,
    with_mistake,
)

from build_graph import build
from graph.common.findings import FindingsError
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text

pytestmark = pytest.mark.slow

HELD = "    status: held\n"

UNREADABLE = {
    "two values in one": Mistake(HELD, "    status: held: not\n", ("not YAML",)),
    "a quotation mark that is not closed": Mistake(
        "label: {nb: Møte i Stavanger,", 'label: {nb: "Møte,', ("not YAML",)
    ),
    "words with a quotation mark before more": Mistake(
        "label: {nb: Møte i Stavanger,", 'label: {nb: "Møte" i Stavanger,', ("not YAML", "in quotation marks")
    ),
    "a tab": Mistake(HELD, "\tstatus: held\n", ("not YAML", "begins with a tab, and YAML takes spaces alone")),
    "a tab after spaces": Mistake(HELD, "    \tstatus: held\n", ("not YAML", "begins with a tab")),
    "no-break spaces before a key": Mistake(
        HELD,
        "\u00a0\u00a0\u00a0\u00a0status: held\n",
        ("not YAML", "column 1 stands a no-break space (U+00A0), and YAML takes ordinary spaces alone"),
    ),
    "a wide space before a key": Mistake(HELD, "\u3000status: held\n", ("not YAML", "ideographic space (U+3000)")),
    "a no-break space after a colon": Mistake(
        HELD, "    status:\u00a0held\n", ("not YAML", "column 12 stands a no-break space (U+00A0)")
    ),
    "a key twice": Mistake(HELD, f"{HELD}    status: planned\n", ("'status'", "twice"), at="status: planned"),
    "an event twice": Mistake("  mote-i-haugesund:", "  mote-i-stavanger: ", ("'mote-i-stavanger'", "twice")),
    "a section twice": Mistake(
        "groups:\n", "relations: \n  []\ngroups:\n", ("'relations'", "twice"), at="relations: \n"
    ),
    "an anchor": Mistake(HELD, "    status: &held held\n", ("anchors",)),
    "an alias": Mistake(HELD, "    status: *held\n", ("aliases",)),
    "a tag": Mistake(HELD, "    status: !!python/object/apply:os.system [ls]\n", ("tags",)),
    "a merge key": Mistake(HELD, "    <<: *held\n", ("aliases",)),
    "a list as a key": Mistake(HELD, "    [status]: held\n", ("key",)),
    "a second document": Mistake("groups:\n", "---\ngroups:\n", ("not YAML", "document"), at="---"),
    "a control letter": Mistake(HELD, "    status: he\x07ld\n", ("not YAML",)),
    "a zero byte": Mistake(HELD, "    status: held\x00\n", ("not YAML",)),
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


@pytest.mark.parametrize("mistake", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_invalid_yaml_is_one_finding_at_its_line(linked: Path, built: Path, mistake: Mistake) -> None:
    claims = with_mistake(CLAIMS, mistake)
    small_page(linked, claims)
    (finding,) = refused_findings(linked, built)
    assert finding.file == CLAIMS_YAML
    line = line_of(mistake.at or mistake.new, claims)
    assert finding.line == line or f"line {line}" in finding.message
    assert [words for words in mistake.says if words not in finding.message] == []


@pytest.mark.parametrize(
    ("says", "comment", "finding"),
    [
        ("says: møtet var #nyttig", "#nyttig", "the page has '#nyttig'; put the words in quotation marks"),
        ("says: møtet var\t #nyttig og   # bra", "#nyttig og   # bra", "the page has '#nyttig'"),
        ('says: "møtet var #nyttig"', None, None),
        ("says: møtet var  # nyttig", None, None),
        ("says: møtet var # see above", None, None),
        ('says: "møtet var" #nyttig', None, None),
        ("says: møtet var#nyttig", None, "not in the words"),
    ],
)
def test_words_of_the_page_are_not_lost_in_a_comment(
    linked: Path, says: str, comment: str | None, finding: str | None
) -> None:
    text = TEXT.replace("møtet var nyttig", "møtet var #nyttig og bra")
    claims = with_mistake(CLAIMS, Mistake("says: møtet var nyttig", says, ()))
    claims = with_mistake(claims, Mistake("Hun sa at møtet var nyttig.", "'Hun sa at møtet var #nyttig og bra.'", ()))
    small_page(linked, claims, text)
    if comment:
        with pytest.raises(FindingsError) as error:
            build(linked)
        (refused,) = error.value.findings
        assert (refused.file, refused.line) == (CLAIMS_YAML, line_of(says.split("\t")[0].split(" #")[0], claims))
        assert refused.message.startswith(f"{comment!r} is a comment in YAML, and {finding}")
    elif finding:
        with pytest.raises(FindingsError):
            build(linked)
    else:
        build(linked)


# The form is wrong and not only a word: the finding says it in the curator's language, not in the program's.
MISSHAPEN = {
    "a label in no language": Mistake("label: {nb: Møte i Haugesund,", "label: {norsk: Møte i Haugesund,", ()),
    "a label in a language that is written shorter": Mistake(
        "label: {nb: Møte i Haugesund,", "label: {nob: Møte i Haugesund,", ()
    ),
    "a label with two texts in a language": Mistake(
        "label: {nb: Møte i Haugesund, en:", "label: {nb: Møte i Haugesund, NB:", ()
    ),
    "a label that is a list": Mistake(
        "label: {nb: Møte i Haugesund, en: Meeting in Haugesund}", "label: [Møte i Haugesund]", ()
    ),
    "an agent that is a list": Mistake("agent: flere-foreldre", "agent: [flere-foreldre]", ()),
    "candidates that are a word": Mistake(
        "candidates: [{holder_of: statsminister}, laila-bokhari]", "candidates: laila-bokhari", ()
    ),
    "an agent with an unknown key": Mistake("agent: flere-foreldre", "agent: {post: statsminister}", ()),
    "a section that is a word": Mistake("relations:\n", "plans: none\nrelations:\n", (), at="plans: none"),
    "a section that is a list": Mistake("relations:\n", "plans: [a]\nrelations:\n", (), at="plans: [a]"),
    "an event that is a word": Mistake("relations:\n", "plans:\n  plan: a\nrelations:\n", (), at="plan: a"),
    "a time that is a word": Mistake("when: {edtf: 2014-12, said: I desember}", "when: 2014-12", ()),
    "a quote that is a mapping": Mistake("quote: Flere foreldre deltok.", "quote: {nb: Flere foreldre}", ()),
    "an empty label": Mistake("label: {nb: Møte i Haugesund,", "label: {nb: '',", ()),
    "no role": Mistake("        role: introducer\n", "        role: []\n", ()),
}
JARGON = ("dictionary", "tuple", "instance", "Form", "Entry", "validation", "string", "Bilingual", "integer", "[key]")


@pytest.mark.parametrize("mistake", MISSHAPEN.values(), ids=MISSHAPEN.keys())
def test_yaml_of_wrong_shape_is_one_plain_finding(linked: Path, built: Path, mistake: Mistake) -> None:
    claims = with_mistake(CLAIMS, mistake)
    small_page(linked, claims)
    findings = refused_findings(linked, built)
    shown = "\n".join(map(str, findings))
    place = (CLAIMS_YAML, line_of(mistake.at or mistake.new, claims))
    assert [(finding.file, finding.line) for finding in findings] == [place], shown
    assert [word for word in JARGON if word in findings[0].message] == []


def test_long_value_is_shortened_in_message(linked: Path, built: Path) -> None:
    claims = with_mistake(CLAIMS, Mistake("nb: Møte i Haugesund", f"nb: {'x' * 6000}", ()))
    small_page(linked, claims)
    (finding,) = refused_findings(linked, built)
    assert finding.line == line_of("xxx, en:", claims)
    assert len(finding.message) < 300


@pytest.mark.parametrize("claims", ["- a\n- b\n", "just words\n", "[]\n", "''\n"])
def test_claims_that_are_no_mapping_are_findings(linked: Path, built: Path, claims: str) -> None:
    small_page(linked, claims)
    first = refused_findings(linked, built)[0]
    assert first.file.startswith("corpus/liten-side/")
    assert [word for word in JARGON if word in first.message] == []


def test_empty_section_is_accepted(linked: Path) -> None:
    small_page(linked, f"{CLAIMS}\nplans:\n\n")
    assert build(linked).claims == 11


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
ATTACKS = {
    "aliases of aliases": LAUGHS,
    "aliases of aliases in an indented mapping": f"events:\n  x:\n    {LAUGHS.replace(chr(10), chr(10) + '    ')}",
    "10,000 brackets": f"events: {'[' * 10_000}{']' * 10_000}",
    "10,000 braces": "{a: " * 10_000 + "x" + "}" * 10_000,
    "a million brackets": "[" * 1_000_000 + "]" * 1_000_000,
    "a million dashes": "- " * 1_000_000 + "x",
    "a million braces": "{a: " * 900_000,
    "a line of spaces": " " * 3_900_000,
    "three million stars": "*" * 3_000_000,
}
# Seconds after which a process will never end.
ENDLESS = 120
READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
from graph.common.findings import FindingsError
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text
for file in map(Path, sys.argv[1:]):
    try:
        read_yaml(read_text(file, file.name), file.name)
        print("read")
    except FindingsError as error:
        print(error)
"""


@pytest.mark.parametrize("name", ATTACKS)
def test_hostile_yaml_is_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text(ATTACKS[name], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=False, timeout=ENDLESS
    )
    assert done.returncode == 0, f"the process ended with {done.returncode}: {done.stderr[-300:]}"
    assert "claims.yaml" in done.stdout or name == "a line of spaces"


def test_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(FindingsError) as error:
        read_text(file, "claims.yaml")
    assert "50 MB is more than the 4 MB" in str(error.value)


def test_anchors_are_refused_before_composing() -> None:
    with pytest.raises(FindingsError) as error:
        read_yaml(LAUGHS, "claims.yaml")
    assert [(finding.line, "anchors" in finding.message) for finding in error.value.findings] == [(1, True)]


def test_a_mistake_in_a_file_of_many_lists_is_a_finding_at_its_line() -> None:
    # So many lists of mappings might be nested, and are counted before anything else.
    text = "a:\n" + "- - b: c\n" * 30 + "  d: e: f\n"
    with pytest.raises(FindingsError) as error:
        read_yaml(text, "claims.yaml")
    assert [(finding.line, finding.message[:9]) for finding in error.value.findings] == [(32, "not YAML:")]


@pytest.mark.parametrize("text", ["a: b & c", "a: 5 * 3!", "a: '*'", 'a: "&b"', "a: R&D", "a: Hei!", "a: !"])
def test_anchor_characters_within_words_are_accepted(text: str) -> None:
    assert isinstance(read_yaml(text, "claims.yaml").data["a"], str)


@pytest.mark.parametrize("word", ["0301", "NO", "no", "yes", "1e3", "2014-10-05", "null", "~", "0x1f", "1_000", "="])
def test_every_scalar_is_read_as_string(word: str) -> None:
    assert read_yaml(f"a: {word}", "claims.yaml").data == {"a": word}
