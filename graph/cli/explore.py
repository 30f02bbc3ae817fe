"""The command ``explore``: the interactive page."""

from datetime import date
from pathlib import Path

import click

from graph.cli.options import Day, examples, home_option, print_findings, quiet_option, warn_of_left_out


@click.command(epilog=examples("motegraf explore --no-open"))
@home_option
@quiet_option
@click.option("--as-known-on", type=Day(), help="Use only pages that were surely public by this day (YYYY-MM-DD).")
@click.option("--no-open", is_flag=True, help="Print the path of the page, and open no browser.")
def explore(home: Path, quiet: bool, as_known_on: date | None, no_open: bool) -> None:
    """Build the graph, and open its interactive page in a browser.

    The page is one file, build/explorer.html. It needs no network and can be sent on as it is.
    """
    import build_graph
    from graph.builds.manifest import EXPLORER_COLUMNS
    from graph.cli.builds import build_as_known_on
    from graph.common.progress import no_progress, progress_bar
    from graph.explorer import FILE

    progress = no_progress if quiet else progress_bar
    with print_findings():
        if as_known_on is None:
            folder = home / "build"
            warn_of_left_out(build_graph.build(home, folder, progress=progress, strict=False))
        else:
            folder = build_as_known_on(home, as_known_on, progress)
    page = (folder / FILE).resolve()
    click.echo(page)
    if (folder / EXPLORER_COLUMNS).exists():
        words = "has more meetings than a file holds: the page shows an overview of them, and all of it is shown by"
        click.echo(f"{page.name} {words}: motegraf serve --build {folder}", err=True)
    if not no_open:
        import webbrowser

        webbrowser.open(page.as_uri())
