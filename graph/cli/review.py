"""Commands by which people decide about proposals, and look at what was decided."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import examples, home_option, print_findings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from graph.review.guard import Access


@click.command(
    epilog=examples("motegraf review --terminal dialogmoter-hosten-2014", "motegraf review --same --terminal")
)
@click.argument("page", required=False, metavar="[ID]")
@home_option
@click.option("--terminal", is_flag=True, help="Review in this terminal, without a browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page.  [default: a free one]")
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@click.option("--lang", type=click.Choice(("nb", "en")), default="nb", show_default=True, help="Language of the words.")
@click.option("--same", is_flag=True, help="Decide which things may be one and the same, pair by pair.")
@click.option("--events", is_flag=True, help="With --same: only events; with --people or --bodies, these too.")
@click.option("--people", is_flag=True, help="With --same: only people.")
@click.option("--bodies", is_flag=True, help="With --same: only bodies (organisations).")
@click.option(
    "--build",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --same: folder with a finished build.  [default: build/ in the --home folder]",
)
@click.option("--as", "who", metavar="NAME", help="With --same: who decides.  [default: the name that git has for you]")
def review(
    page: str | None,
    home: Path,
    terminal: bool,
    port: int,
    no_open: bool,
    lang: str,
    same: bool,
    events: bool,
    people: bool,
    bodies: bool,
    build: Path | None,
    who: str | None,
) -> None:
    """Decide about proposals: accept, reject or mend each, sentence by sentence.

    Serves a page for a browser on this machine alone, until Ctrl-C. Every decision is a line in the page's journal
    (review.jsonl), and can be undone. With --terminal and without ID, the pages with proposals are listed.

    With --same, decide which things of several sources are one and the same, as motegraf same lists them. Every
    decision is written to decisions/identity.yaml, and can be undone.
    """
    from graph.common.text import pluralize
    from graph.review.terminal import review as review_in_terminal
    from graph.sources.pages.context import read_background

    if same:
        if page:
            raise click.UsageError("--same is about a build, not about a page; leave out ID")
        _review_same(
            home, build, {"event": events, "person": people, "body": bodies}, who, terminal, port, no_open, lang
        )
        return
    if events or people or bodies or build or who:
        raise click.UsageError("--events, --people, --bodies, --build and --as go with --same")
    folder = _page_folder(home, page) if page else None
    with print_findings():
        background = read_background(home)
        if not terminal:
            _serve(home, page, background, port, no_open, lang)
            return
        if folder is None:
            _list_pages(home, background)
            return
        decisions = review_in_terminal(folder, background, lambda words: _ask(words), click.echo, lang)
    if decisions:
        click.echo(f"{pluralize(decisions, 'decision')}; motegraf journal {folder.name} shows what was decided")


def _serve(home: Path, page: str | None, background: object, port: int, no_open: bool, lang: str) -> None:
    """Serve the review of pages to a browser on this machine, until it is told to stop."""
    from graph.review.app import Settings, application
    from graph.sources.pages.context import Background

    assert isinstance(background, Background)
    chosen = {"lang": lang} | ({"page": page} if page else {})
    _serve_page(
        lambda access: application(Settings(home / "corpus", background, access.key, access.hosts)),
        chosen,
        port,
        no_open,
    )


def _review_same(
    home: Path,
    build: Path | None,
    kinds: dict[str, bool],
    who: str | None,
    terminal: bool,
    port: int,
    no_open: bool,
    lang: str,
) -> None:
    """Review which things are one and the same, in a browser or in this terminal."""
    from graph.cli.review_same import review_same
    from graph.review.same import SameReview
    from graph.review.same_app import SameSettings, same_application
    from graph.review.same_evidence import Evidence

    def serve(pairs: SameReview, evidence: Evidence) -> None:
        _serve_page(
            lambda access: same_application(SameSettings(pairs, evidence, access)), {"lang": lang}, port, no_open
        )

    chosen = [kind for kind, is_wanted in kinds.items() if is_wanted]
    with print_findings():
        review_same(home, build, chosen, who, lang, _ask if terminal else None, serve)


def _serve_page(make: "Callable[[Access], Starlette]", parameters: dict[str, str], port: int, no_open: bool) -> None:
    """Serve an application to a browser on this machine, until it is told to stop."""
    import socket
    import webbrowser
    from urllib.parse import urlencode

    import uvicorn

    from graph.review.guard import Access, new_key

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise click.ClickException(f"127.0.0.1:{port} cannot be listened at: {error.strerror}") from error
    port = listener.getsockname()[1]
    # A browser may come before the server is ready; it waits.
    listener.listen()
    key = new_key()
    app = make(Access(key, frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})))
    address = f"http://127.0.0.1:{port}/?{urlencode({'key': key} | parameters)}"
    click.echo(f"{address}\nCtrl-C ends the review; every decision is kept.")
    if not no_open:
        webbrowser.open(address)
    with listener:
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _ask(words: str) -> str:
    """Return what a person types; the end of the input is the end of the review."""
    try:
        return input(words)
    except EOFError:
        return "q"


@click.command(epilog=examples("motegraf journal dialogmoter-hosten-2014", "motegraf journal --rules"))
@click.argument("page", required=False, metavar="[ID]")
@home_option
@click.option("--rules", is_flag=True, help="Show for each rule how many of its proposals were right as they stood.")
def journal(page: str | None, home: Path, rules: bool) -> None:
    """Show who decided what, and how often each rule was right.

    Of one page, or of all.
    """
    from graph.common.text import escape_control
    from graph.review.journal import precision, read, standing
    from graph.sources.pages.read import page_folders

    with print_findings():
        folders = [_page_folder(home, page)] if page else page_folders(home / "corpus")
    decisions = [(folder.name, made) for folder in folders for made in read(folder)]
    if rules:
        kept = [made for folder in folders for made in standing(read(folder))]
        for rule, right, decided in precision(kept):
            click.echo(escape_control(f"{right} of {decided} ({right / decided:.0%})  {rule}"))
        if not kept:
            click.echo("nothing is decided yet")
        return
    for name, made in decisions:
        what = f"{made.what} {made.field}".strip()
        place = " ".join(str(step) for step in made.path if step not in ("events", "participations"))
        rule = f"  [{made.rule}]" if made.rule else ""
        click.echo(escape_control(f"{made.at}  {made.who}  {name}  {what}  {place}{rule}"))
    if not decisions:
        click.echo("nothing is decided yet")


def _page_folder(home: Path, page: str) -> Path:
    from graph.common.findings import did_you_mean

    folder = home / "corpus" / page
    if not folder.is_dir() or page.startswith("."):
        corpus = home / "corpus"
        names = [each.name for each in corpus.iterdir() if each.is_dir()] if corpus.is_dir() else []
        raise click.UsageError(f"{page!r} is no page of the corpus.{did_you_mean(page, names)}")
    return folder


def _list_pages(home: Path, background: object) -> None:
    from graph.common.findings import FindingsError
    from graph.common.text import escape_control, pluralize
    from graph.review.claims_file import ReviewError
    from graph.review.page import read_review_page
    from graph.sources.pages.context import Background
    from graph.sources.pages.read import page_folders

    assert isinstance(background, Background)
    listed = 0
    for folder in page_folders(home / "corpus"):
        try:
            page = read_review_page(folder, background)
        except (FindingsError, ReviewError) as error:
            # One page that cannot be read does not hide the others, nor is it hidden itself.
            click.echo(f"{folder.name} cannot be reviewed: {escape_control(str(error))}", err=True)
            continue
        undecided = sum(item.state == "proposed" for item in page.items)
        if undecided:
            listed += 1
            click.echo(f"{folder.name}: {pluralize(undecided, 'proposal')} to decide")
    if not listed:
        click.echo("there is nothing to review; motegraf propose makes proposals")
