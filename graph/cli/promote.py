"""The command that moves a person or body of a page into the registry."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.completion import complete_page_actors
from graph.cli.options import examples, home_option, print_findings, quiet_option

if TYPE_CHECKING:
    from graph.review.promotion import Promotion


@click.command(
    epilog=examples(
        "motegraf promote nettvett.kari --dry-run",
        "motegraf promote nettvett.kari --as kari-nordmann",
    )
)
@click.argument("id", metavar="PAGE.KEY", shell_complete=complete_page_actors)
@home_option
@click.option("--as", "new", metavar="ID", help="Id in the registry, such as kari-nordmann.  [default: by the name]")
@click.option(
    "--name", metavar="TEXT", help="Name in the registry; of a body, the Norwegian one.  [default: the page's]"
)
@click.option("--also", metavar="TEXT", multiple=True, help="Another name, which every page may use. Repeatable.")
@click.option("--wikidata", metavar="Q…", help="Item in Wikidata; with --source.")
@click.option("--orgnr", metavar="NUMBER", help="Norwegian organisation number of a body; with --source.")
@click.option("--source", metavar="TEXT", help="Where the identifiers stand.")
@click.option("--public/--not-public", default=None, help="Whether a body is a public one.  [default: not known]")
@click.option("--who", metavar="NAME", help="Who decides so.  [default: the name of this account]")
@click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing.")
@quiet_option
def promote(
    id: str,
    home: Path,
    new: str | None,
    name: str | None,
    also: tuple[str, ...],
    wikidata: str | None,
    orgnr: str | None,
    source: str | None,
    public: bool | None,
    who: str | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Move a person or body of a page into the registry, so that every page can name them.

    PAGE.KEY is the page's folder in corpus/ and the key under people: or bodies: of its claims.yaml. The entry there
    keeps the page's own names and says who it is in the registry; the page says the same as before, of the new id, and
    a decision in decisions/identity.yaml leads from the old id to it. All files are written, or none is.
    """
    from graph.common.file_changes import diff_of, write_together
    from graph.common.page_files import PageFileError
    from graph.common.text import escape_control
    from graph.common.yaml_edits import YamlEditError
    from graph.review.journal import current_user
    from graph.review.promotion import Details, PromotionError, promotion_of
    from graph.sources.decisions.write import DecisionError

    details = Details(new, name, also, wikidata, orgnr, source, public, who or current_user())
    try:
        with print_findings():
            promotion = promotion_of(home, id, details)
        if dry_run:
            for line in diff_of(promotion.changes):
                click.echo(escape_control(line))
            return
        write_together(promotion.changes)
    except (PromotionError, YamlEditError, DecisionError) as error:
        raise click.UsageError(escape_control(str(error))) from error
    except PageFileError as error:
        click.echo(f"error: {escape_control(str(error))}", err=True)
        click.get_current_context().exit(1)
    if not quiet:
        _report(promotion, home)


def _report(promotion: "Promotion", home: Path) -> None:
    """Say who is who now, and in which files."""
    from graph.common.text import escape_control
    from graph.sources.pages.json_schema import FILE

    files = ", ".join(change.name for change in promotion.changes)
    click.echo(escape_control(f"{promotion.old} is now {promotion.new} ({promotion.name}): {files} changed"))
    if (home / FILE).exists():
        click.echo("motegraf schema makes editors complete the new id")
