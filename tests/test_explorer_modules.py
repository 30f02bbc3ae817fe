"""The modules of the interactive page, put together as one script."""

import re
from pathlib import Path

import pytest

from graph.explorer.html import FOLDER, UNPACK
from graph.explorer.modules import ModuleError, bundle, module_name, without_comments

pytestmark = pytest.mark.unit


def write(folder: Path, **sources: str) -> Path:
    for name, source in sources.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder


def test_modules_follow_those_that_they_import(tmp_path: Path) -> None:
    first = "function text() {}\n\nexport { text, text as words };\n"
    second = (
        'import * as base from "./z_base.js";\nimport { words as say, text } from "./z_base.js";\nsay(base, text);\n'
    )
    made = bundle(write(tmp_path, z_base=first, a_page=second))
    assert made.index("// z_base.js") < made.index("// a_page.js")
    assert "const base = motegraf.zBase;" in made
    assert "const { words: say, text } = motegraf.zBase;" in made
    assert "get text() { return text; },\n  get words() { return text; }," in made
    assert not re.search(r"^(import|export)\b", made, re.MULTILINE)


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ({"a": 'import * as b from "./b.js";\n', "b": 'import * as a from "./a.js";\n'}, "in a circle: "),
        ({"a": 'import * as b from "./b.js";\n'}, r"a\.js imports b\.js, which is not there"),
        ({"a": 'import { no } from "./b.js";\n', "b": "export { yes };\n"}, r"a\.js imports no, which b\.js does not"),
        ({"a": "export default 1;\n"}, r"a\.js imports or exports in a form that cannot be bundled"),
        ({"a": 'import b from "./b.js";\n', "b": ""}, r"a\.js imports or exports in a form that cannot be bundled"),
        ({"a": "export { x, y as x };\n"}, r"a\.js exports x twice"),
    ],
)
def test_what_cannot_be_bundled_is_named(tmp_path: Path, sources: dict[str, str], message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        bundle(write(tmp_path, **sources))


def test_every_module_of_the_page_is_in_its_script_after_what_it_imports() -> None:
    made = bundle(FOLDER, {UNPACK})
    stems = {file.stem for file in FOLDER.glob("*.js")} - {UNPACK}
    places = {stem: made.index(f"// {stem}.js\n") for stem in stems}
    imports = [
        (file.stem, name)
        for file in FOLDER.glob("*.js")
        for name in re.findall(r'from "\./(\w+)\.js";$', file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(imports) > 100
    assert [pair for pair in imports if places[pair[1]] > places[pair[0]]] == []
    assert {module_name(name) for name in places} == set(re.findall(r"^motegraf\.(\w+) = \{$", made, re.MULTILINE))


def test_comments_go_only_where_they_have_their_lines_to_themselves() -> None:
    script = (
        "/* Two\n   lines. */\n  // One.\n  /** @type {any} */ (first)(1); // here\nsecond(2);\n\t/* three */\n"
        "const url = 'https://a/*b*/c';\n"
    )
    assert without_comments(script) == (
        "/** @type {any} */ (first)(1); // here\nsecond(2);\nconst url = 'https://a/*b*/c';\n"
    )


def test_no_text_in_a_script_has_a_line_that_looks_like_a_comment() -> None:
    """It would be taken for one where the page is packed."""
    looks = re.compile(r"^[ \t]*(//|/\*)", re.MULTILINE)
    texts = re.findall(r"`[^`]*`", without_comments(bundle(FOLDER, {UNPACK})))
    assert len(texts) > 100
    sources = [text for file in FOLDER.glob("*.js") for text in re.findall(r"`[^`]*`", file.read_text("utf-8"))]
    assert [text for text in sources if text.startswith("`\n") and looks.search(text)] == []
