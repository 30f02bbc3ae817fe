"""Bundle the ES modules of the page into one script, since a file that is opened from disk may load no others.

Each module becomes a function of its own. What it exports are getters of an object of its name, so that imports are
live, as those of ES modules are. A module is written with these forms alone, each at the start of a line:

    import * as dom from "./dom.js";
    import { svgRenderer } from "./svg_renderer.js";
    export { el, filled as fill };

A bundler of others would need Node, which the two commands of the project do not.
"""

import re
from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from graph.common.errors import MotegrafError

_NAMESPACE = re.compile(r'^import \* as (\w+) from "\./(\w+)\.js";$', re.MULTILINE)
_NAMED = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
# A comment that has its lines to itself. A text in a script never has a line that begins like one.
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_STATEMENT = re.compile(r"^(import|export)\b.*$", re.MULTILINE)


class ModuleError(MotegrafError):
    """A module that is not written in the forms that can be bundled."""


def bundle(folder: Path, apart: Collection[str] = ()) -> str:
    """Return the modules of a folder but those that stand ``apart`` as one script, each after those that it imports.

    In the page ``motegraf.textFit`` has what ``text_fit.js`` exports. Raise ModuleError where a module is written in
    other forms, imports what is not there, or where modules import one another in a circle.
    """
    sources = {
        file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.js")) if file.stem not in apart
    }
    imports = {name: _imports(name, source, sources) for name, source in sources.items()}
    try:
        order = [*TopologicalSorter(imports).static_order()]
    except CycleError as error:
        raise ModuleError(f"modules import one another in a circle: {' -> '.join(error.args[1])}") from error
    exported = {name: _exports(name, source) for name, source in sources.items()}
    return "".join(['"use strict";\nconst motegraf = {};\n', *(_wrap(name, sources[name], exported) for name in order)])


def without_comments(script: str) -> str:
    """Return a script without the comments that have lines to themselves, and without indents."""
    return _INDENT.sub("", _COMMENT.sub("", script))


def module_name(stem: str) -> str:
    """Return the name of a module in the page: ``textFit`` for ``text_fit``."""
    first, *rest = stem.split("_")
    return first + "".join(map(str.capitalize, rest))


def _imports(name: str, source: str, sources: Mapping[str, str]) -> list[str]:
    """Return the modules that one imports, sorted."""
    result = {stem for pattern in (_NAMESPACE, _NAMED) for _, stem in pattern.findall(source)}
    statements = len(_NAMESPACE.findall(source)) + len(_NAMED.findall(source)) + len(_EXPORT.findall(source))
    if len(_STATEMENT.findall(source)) != statements:
        raise ModuleError(
            f"{name}.js imports or exports in a form that cannot be bundled; see graph/explorer/modules.py"
        )
    if missing := result - sources.keys():
        raise ModuleError(
            f"{name}.js imports {', '.join(f'{each}.js' for each in sorted(missing))}, which is not there"
        )
    return sorted(result)


def _exports(name: str, source: str) -> dict[str, str]:
    """Return what a module exports: the names outside, each with its name inside."""
    result: dict[str, str] = {}
    for names in _EXPORT.findall(source):
        for each in filter(None, (part.strip() for part in names.split(","))):
            inside, _, outside = each.partition(" as ")
            if (outside or inside) in result:
                raise ModuleError(f"{name}.js exports {outside or inside} twice")
            result[outside or inside] = inside
    return result


def _wrap(name: str, source: str, exported: Mapping[str, Mapping[str, str]]) -> str:
    """Return a module as a function that is run at once. Lines keep their places below its head."""

    def names_in(match: re.Match[str]) -> str:
        wanted = [each.strip().partition(" as ") for each in match[1].split(",")]
        if missing := [each for each, _, _ in wanted if each not in exported[match[2]]]:
            raise ModuleError(f"{name}.js imports {', '.join(missing)}, which {match[2]}.js does not export")
        pairs = ", ".join(f"{each}: {local}" if local else each for each, _, local in wanted)
        return f"const {{ {pairs} }} = motegraf.{module_name(match[2])};"

    body = _NAMESPACE.sub(lambda match: f"const {match[1]} = motegraf.{module_name(match[2])};", source)
    body = _EXPORT.sub("", _NAMED.sub(names_in, body)).rstrip("\n")
    getters = "\n".join(f"  get {outside}() {{ return {inside}; }}," for outside, inside in exported[name].items())
    return f"(() => {{ // {name}.js\n{body}\nmotegraf.{module_name(name)} = {{\n{getters}\n}};\n}})();\n"
