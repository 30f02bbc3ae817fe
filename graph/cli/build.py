"""Commands that read what people write: build, check, status, schema, ontology."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import Day, examples, home_option, print_findings, quiet_option, show_findings, warn_of_left_out
from graph.common.collector import fewer_collections
from graph.common.text import pluralize
from graph.pipeline.register_options import RegisterOptions

partial_option = click.option(
    "--accept-partial", is_flag=True, help="Leave out the rows of a register that have an error, and build all others."
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Work in so many processes at once where there is much to do.  [default: one for each core]",
)

scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of a scheduler of Dask distributed do that, as tcp://host:8786.",
)

if TYPE_CHECKING:
    from graph.pipeline.summary import Summary
    from graph.pipeline.workers import Workers


@click.command(epilog=examples("motegraf build --strict"))
@home_option
@quiet_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.  [default: build/ in the --home folder]",
)
@click.option(
    "--base-iri",
    metavar="IRI",
    help="Base of the IRIs of events, people and everything else in the corpus; it ends in / or #.",
)
@click.option("--as-known-on", type=Day(), help="Use only pages that were surely public by this day (YYYY-MM-DD).")
@click.option(
    "--keep",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Keep this build as a version, and N of them at most, with what changed from each to the next.",
)
@click.option("--strict", is_flag=True, help="Write nothing, and exit with 1, if a page or a register has an error.")
@partial_option
@click.option(
    "--whole-files",
    is_flag=True,
    help="Put large registers into motegraf.nq and all other files too, instead of parts; memory grows with them.",
)
@jobs_option
@scheduler_option
def build(
    home: Path,
    quiet: bool,
    out: Path | None,
    base_iri: str | None,
    as_known_on: date | None,
    keep: int | None,
    strict: bool,
    accept_partial: bool,
    whole_files: bool,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Build the graph: everything in corpus/ and registers/ -> build/.

    A finding is an error, a warning or a question about a file; each is printed with its file, and its line or row. A
    page with an error is left out, and named: a quote that is not in its page, an unknown name, a violated shape. So is
    a register with an error, unless --accept-partial leaves out its wrong rows alone. Where nothing can be built,
    nothing is written.
    """
    from graph.model.iris import BASE

    if base_iri is not None:
        # Here, not above: it imports the engine, which a build with nothing changed does without.
        from graph.rdf.terms import base_problem

        if problem := base_problem(base_iri):
            raise click.BadParameter(problem, param_hint="--base-iri")
    target = out or home / "build"
    options = RegisterOptions(accept_partial, whole_files)
    summary = _build(home, target, base_iri or BASE, as_known_on, quiet, strict, options, (jobs, scheduler))
    if not quiet:
        click.echo(f"{summary}\n{'written to':<18} {_from_here(target)}")
    if keep is not None:
        _keep(target, keep, quiet)


@click.command(epilog=examples("motegraf check --complete"))
@home_option
@quiet_option
@click.option(
    "--complete",
    is_flag=True,
    help="Count it as an error where a sentence of a page has not been read; check everything by pySHACL too.",
)
@partial_option
@jobs_option
@scheduler_option
def check(
    home: Path, quiet: bool, complete: bool, accept_partial: bool, jobs: int | None, scheduler: str | None
) -> None:
    """Check corpus and registers: print every finding, and write nothing to build/.

    A finding is an error, a warning or a question about a file; each is printed with its file, and its line or row. The
    exit code is 1 if one of them is an error, unless --accept-partial leaves out its row; warnings and questions stop
    nothing.
    """
    from graph.common.findings import FindingsError
    from graph.model.iris import BASE

    options = RegisterOptions(accept_partial, complete=complete)
    summary = _build(home, None, BASE, None, quiet, True, options, (jobs, scheduler))
    if complete and (home / "corpus").exists():
        from graph.sources.pages.status import unread

        with print_findings():
            if findings := unread(home):
                raise FindingsError(findings)
    if not quiet:
        errors = sum(finding.severity == "error" for finding in summary.findings)
        left_out = f"{pluralize(errors, 'error')}, in rows that are left out"
        click.echo(f"{summary}\n{left_out if errors else 'no errors' if summary.findings else 'no findings'}")


@click.command(epilog=examples("motegraf status"))
@home_option
def status(home: Path) -> None:
    """Show how much of each page has been read.

    For each page of the corpus: how many of its sentences are covered by claims (what the page says, with the words
    that say it), how many claims are accepted, proposed and rejected, and what is missing.
    """
    from graph.common.findings import FindingsError
    from graph.sources.pages.status import page_statuses, table

    with print_findings():
        rows = page_statuses(home)
        click.echo(table(rows))
        missing = [finding for row in rows for finding in row.missing]
        if any(finding.severity == "error" for finding in missing):
            raise FindingsError(missing)
        show_findings(missing)


@click.command(epilog=examples("motegraf schema --check"))
@home_option
@click.option("--check", is_flag=True, help="Write nothing, and exit with 1 if the file is out of date.")
def schema(home: Path, check: bool) -> None:
    """Write the JSON Schemas of claims files, registers and decisions.

    Editors use them to complete and check the claims.yaml of a page, the three files of a register, and what was
    decided to be the same. They are written to corpus/claims.schema.json, registers/*.schema.json and
    decisions/identity.schema.json.
    """
    from graph.sources.decisions.form import SCHEMA, decisions_schema
    from graph.sources.pages.context import read_background
    from graph.sources.pages.json_schema import FILE, claims_schema
    from graph.sources.tables.form.json_schema import register_schemas

    with print_findings():
        background = read_background(home)
        schemas = {FILE: claims_schema(background), **register_schemas(background), SCHEMA: decisions_schema()}
        for file, text in schemas.items():
            _write_or_check(home / file, file.as_posix(), text, "motegraf schema", check)


@click.command(epilog=examples("motegraf ontology --check"))
@home_option
@click.option("--check", is_flag=True, help="Write nothing, and exit with 1 if the file is out of date.")
def ontology(home: Path, check: bool) -> None:
    """Write the documentation of the ontology.

    It is one page in Norwegian and English with every term, and is written to docs/ontology.html.
    """
    from graph.ontology.docs import FILE, render_ontology_page

    with print_findings():
        _write_or_check(home / FILE, str(FILE), render_ontology_page(home), "motegraf ontology", check)


def _keep(out: Path, most: int, quiet: bool) -> None:
    """Keep the build as a version. End the program with 1 where that fails: the build itself is written."""
    from graph.builds.versions import keep_version, version_folder

    with print_findings("the build is written, but not kept as a version"):
        version = keep_version(out, most)
    if version is not None and not quiet:
        click.echo(f"{'kept as':<18} {_from_here(version_folder(out, version))}")


def _from_here(folder: Path) -> Path:
    """Return the path of a folder, from the working directory where it lies below it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _write_or_check(file: Path, name: str, text: str, command: str, check: bool) -> None:
    """Write the text to the file or, where it is only to be checked, raise FindingsError where it differs."""
    from graph.common.findings import Finding, FindingsError

    if not check:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        raise FindingsError([Finding(name, 0, f"is out of date; run: {command}")])


@fewer_collections()
def _build(
    home: Path,
    out: Path | None,
    base: str,
    as_known_on: date | None,
    quiet: bool,
    strict: bool,
    options: RegisterOptions,
    workers: tuple[int | None, str | None],
) -> "Summary":
    """Build, or only check, and show the findings; return the figures. End the program with 1 for errors."""
    # Here, not above: --help and completion need none of it; and a build with nothing changed needs little.
    from graph.common.progress import no_progress, progress_bar
    from graph.pipeline.last_build import LastBuild

    with print_findings():
        last = LastBuild(home, out, base, as_known_on, *options.as_texts())
        summary = last.summary(strict)
        if summary is None:
            import build_graph

            progress = no_progress if quiet else progress_bar
            with _workers(*workers) as at_work:
                summary = build_graph.build(home, out, base, as_known_on, progress, strict, last, at_work, options)
        show_findings(summary.findings)
    warn_of_left_out(summary)
    return summary


def _workers(jobs: int | None, scheduler: str | None) -> "AbstractContextManager[Workers]":
    """Return what makes parts: workers of a scheduler, or so many processes of this machine."""
    if scheduler is not None:
        if jobs is not None:
            raise click.UsageError("give --jobs or --scheduler: a scheduler knows how many workers it has")
        from graph.pipeline.scheduler import Cluster

        return Cluster(scheduler)
    from graph.pipeline.workers import cores, in_parallel

    return in_parallel(jobs or cores())
