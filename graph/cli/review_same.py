"""``motegraf review --same``: people decide which candidates are one and the same."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graph.review.same import SameReview
    from graph.review.same_evidence import Evidence

_KINDS = ("event", "person", "body", "post", "area")


def open_review(home: Path, build: Path | None, kinds: list[str], who: str | None) -> "tuple[SameReview, Evidence]":
    """Return the review of what may be one in a build, and what looks up its evidence.

    Raise FindingsError where there is no build, or where what was decided cannot be read.
    """
    from graph.cli.target import Target, open_target
    from graph.common.progress import progress_bar
    from graph.common.text import pluralize
    from graph.identity.candidates import candidates, clusters
    from graph.identity.things import things_of
    from graph.review.same import SameReview
    from graph.review.same_evidence import Evidence
    from graph.sources.decisions.read import read_decisions

    decisions = read_decisions(home)
    run, prefixes = open_target(Target(None, build, None, None, False, home, False))
    things = things_of(run, kinds or _KINDS)
    found = clusters(candidates(things, decisions, progress=progress_bar))
    review = SameReview(home, found, (who or "").strip() or decider(home))
    review.refresh()
    pairs = f"{pluralize(len(review.pairs), 'pair')} in {pluralize(len(found), 'cluster')}" if found else "no pair"
    click.echo(f"{pluralize(len(things), 'thing')} compared, {pairs} to decide; {review.who} decides", err=True)
    return review, Evidence(run, prefixes)


def decider(home: Path) -> str:
    """Return who decides, where nobody is named: the name that git has for them here, else that of their account."""
    import getpass
    import subprocess

    try:
        told = subprocess.run(
            ["git", "config", "user.name"],
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=5,
            check=False,
        )
        if name := " ".join(told.stdout.split()):
            return name
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise click.UsageError("say who decides, with --as NAME") from error


def review_same(
    home: Path,
    build: Path | None,
    kinds: list[str],
    who: str | None,
    lang: str,
    ask: Callable[[str], str] | None,
    serve: Callable[["SameReview", "Evidence"], None],
) -> None:
    """Review what may be one: in the terminal where there is ``ask``, else by the page that ``serve`` serves."""
    from graph.common.text import pluralize
    from graph.review.same_terminal import review_pairs

    review, evidence = open_review(home, build, kinds, who)
    if not review.pairs:
        click.echo("There is nothing to decide: no pair is proposed that is not decided already.")
        click.echo("motegraf same --min-score 0.6 lists what is less alike.")
        return
    if ask is None:
        serve(review, evidence)
        return
    if made := review_pairs(review, evidence, ask, click.echo, lang):
        click.echo(f"{pluralize(made, 'decision')} in decisions/identity.yaml; motegraf build takes in what is decided")
