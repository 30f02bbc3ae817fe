"""Completion in the shell: names of questions and of their parameters, and values that the build has for them.

Where something is wrong nothing is offered and nothing is printed: somebody is typing.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph import HOME

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from graph.query.questions import Parameter, Question

Items = list["CompletionItem[str]"]


def complete_questions(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Return questions whose names begin like this; in bash, which splits at ``=``, also values of a parameter."""
    words, given = ctx.params.get("words") or (), ctx.params.get("given") or ()
    if given and "=" not in given[-1]:
        return list(_values(ctx, given[-1], incomplete, ""))
    return [] if words else list(_questions(ctx, incomplete))


def complete_parameters(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Return the parameters of the question whose names begin like this, and after ``=`` values of one."""
    from click.shell_completion import CompletionItem

    name, equals, value = incomplete.partition("=")
    if equals:
        return list(_values(ctx, name, value, f"{name}="))
    question = _question(ctx)
    return [
        CompletionItem(f"{each.name}=", help=each.label.nb)
        for each in (question.parameters.values() if question else ())
        if each.name.startswith(incomplete)
    ]


def complete_actors(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Return the actors whose ids or names begin like this."""
    from click.shell_completion import CompletionItem

    from graph.model.labels import Label
    from graph.query.questions import Parameter

    values = _matching_values(
        Parameter("actor", "actor", Label(""), None), incomplete, ctx.params.get("build") or _home(ctx) / "build"
    )
    return [CompletionItem(_shell_escape(value), help=meaning) for value, meaning in values]


def complete_page_actors(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Return pages whose names begin like this, and after a full stop the people and bodies that a page names."""
    from click.shell_completion import CompletionItem

    corpus = _home(ctx) / "corpus"
    page, stop, key = incomplete.partition(".")
    if not stop:
        names = sorted(each.name for each in corpus.iterdir() if each.is_dir()) if corpus.is_dir() else []
        return [CompletionItem(f"{name}.") for name in names if name.startswith(page)]
    return [
        CompletionItem(f"{page}.{each}", help=name)
        for each, name in _actors_of_page(corpus / page / "claims.yaml")
        if each.startswith(key)
    ]


def _actors_of_page(file: Path) -> Iterator[tuple[str, str]]:
    """Yield key and name of the people and bodies that a claims file names itself, but for those of the registry."""
    from graph.common.findings import FindingsError
    from graph.common.strict_files import read_yaml
    from graph.common.text_files import read_text, strip_bom

    with suppress(FindingsError, AttributeError):
        data = read_yaml(strip_bom(read_text(file, file.name)), file.name).data
        for section in ("people", "bodies"):
            for key, entry in (data.get(section) or {}).items():
                if "registry" not in entry:
                    yield key, entry.get("name", "")


def _questions(ctx: click.Context, incomplete: str) -> "Iterator[CompletionItem[str]]":
    from glob import escape

    from click.shell_completion import CompletionItem

    from graph.common.findings import FindingsError
    from graph.query.questions import questions_folder, read_question

    files: list[Path] = []
    with suppress(FindingsError):
        files = sorted(questions_folder(_home(ctx)).glob(f"{escape(incomplete)}*.rq"))
    for file in files:
        with suppress(FindingsError):
            yield CompletionItem(file.stem, help=read_question(file).summary.nb)


def _question(ctx: click.Context) -> "Question | None":
    from graph.common.findings import FindingsError
    from graph.query.questions import find_question, questions_folder
    from graph.query.results import InvalidQueryError

    # Where an option lacks its value, click has not parsed the words yet: they are left in ctx.args.
    words = ctx.params.get("question") or " ".join(ctx.params.get("words") or ctx.args).partition("=")[0]
    with suppress(FindingsError, InvalidQueryError):
        return find_question(questions_folder(_home(ctx)), words)
    return None


def _values(ctx: click.Context, name: str, typed: str, before: str) -> "Iterator[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    question = _question(ctx)
    parameter = question.parameters.get(name) if question else None
    if parameter is None:
        return
    for value, meaning in _matching_values(parameter, typed, ctx.params.get("build") or _home(ctx) / "build"):
        yield CompletionItem(before + _shell_escape(value), help=meaning)


def _matching_values(parameter: "Parameter", typed: str, build: Path) -> Iterator[tuple[str, str]]:
    """Yield ids that begin like the text, else names that do, each with its meaning."""
    from graph.common.findings import FindingsError
    from graph.model.labels import CERTAINTIES
    from graph.query.lookup import entity_names
    from graph.query.questions import LITERAL_KINDS
    from graph.query.results import QueryError
    from graph.query.stores import connect_build, opens_without_indexing
    from graph.rdf.terms import local_name_of

    if parameter.kind in LITERAL_KINDS:
        values = CERTAINTIES if parameter.kind == "certainty" else filter(None, [parameter.example])
        yield from ((value, parameter.label.nb) for value in values if value.startswith(typed))
        return
    with suppress(FindingsError, QueryError):
        for entity, names in (
            entity_names(parameter.kind, connect_build(build)).items() if opens_without_indexing(build) else ()
        ):
            if local_name_of(entity).startswith(typed.casefold()):
                yield local_name_of(entity), names[0]
            else:
                like = (name for name in names if not typed or _begins_like(name, typed))
                yield from ((name, local_name_of(entity)) for name in like)


def _begins_like(name: str, typed: str) -> bool:
    from graph.common.names import fold_name

    folded = fold_name(typed)
    return bool(folded) and fold_name(name).startswith(folded)


def _shell_escape(value: str) -> str:
    r"""Return the value as the shell needs it: in bash a space is "\ ", and click's script removes a backslash."""
    return value.replace(" ", "\\\\ ") if os.environ.get("_MOTEGRAF_COMPLETE") == "bash_complete" else value


def _home(ctx: click.Context) -> Path:
    return ctx.params.get("home") or HOME
