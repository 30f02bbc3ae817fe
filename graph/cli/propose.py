"""The command that proposes claims: into the claims files of the corpus, or from a text to the screen."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import examples, home_option, print_findings, quiet_option

if TYPE_CHECKING:
    from graph.model.edtf import Bounds
    from graph.sources.pages.context import Background
    from graph.sources.proposals.write import Improve


@click.command(
    epilog=examples(
        "motegraf propose dialogmoter-hosten-2014",
        "motegraf propose minutes.txt --language nb --published 2019-01-15 --json",
    )
)
@click.argument("pages", nargs=-1, metavar="[ID | FILE]...")
@home_option
@click.option("--language", metavar="TAG", help="Language of a FILE, such as nb or nn.  [default: by its words]")
@click.option("--published", metavar="DAY", help="Day on which a FILE was published, or the first and last as A/B.")
@click.option("--publisher", metavar="NAME", help="Who published a FILE.")
@click.option("--model-url", metavar="URL", help="Ask a language model too, at this address (OpenAI's form, …/v1).")
@click.option("--model", metavar="NAME", help="Name of that model. Its key is read from MOTEGRAF_MODEL_KEY alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as one JSON object, and write nothing.")
@quiet_option
def propose(
    pages: tuple[str, ...],
    home: Path,
    language: str | None,
    published: str | None,
    publisher: str | None,
    model_url: str | None,
    model: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Propose claims: who met whom, when and where, each with the words that say so.

    For pages of the corpus (all that are not read completely, unless IDs are given), proposals are written into their
    claims files with review: proposed; nothing of them is published before somebody accepts it. What a person touched
    or rejected stays. For a FILE (text, HTML, PDF, DOCX, ODT) they are printed.

    With --model-url and --model, a language model proposes too; the text of the page then leaves this machine.
    """
    from graph.sources.pages.context import read_background

    improve = _second_proposer(model_url, model)
    with print_findings():
        background = read_background(home)
    files = [Path(page) for page in pages if _is_file(page, home)]
    if files:
        if len(pages) > 1:
            raise click.UsageError("a FILE is proposed for alone; add files to the corpus by motegraf add")
        _propose_file(files[0], language, published, publisher, as_json, background, improve)
        return
    if language or published or publisher:
        raise click.UsageError("--language, --published and --publisher are of a FILE; page.yaml has those of a page")
    _propose_pages(pages, home, as_json, quiet, background, improve)


def _second_proposer(url: str | None, name: str | None) -> "Improve":
    """Return what adds the proposals of a model, or nothing. A model that fails costs a line, and no proposal."""
    from graph.sources.proposals.write import as_they_are

    if (url is None) != (name is None):
        raise click.UsageError("a model is given by --model-url and --model together")
    if url is None or name is None:
        return as_they_are
    from graph.common.text import escape_control
    from graph.sources.proposals.model import Model, ModelError, with_model
    from graph.sources.proposals.propose import Proposals

    model = Model(url, name)
    click.echo(f"note: the text of the page leaves this machine for {url}", err=True)

    def improve(proposals: Proposals) -> Proposals:
        try:
            improved, dropped = with_model(proposals, model)
        except ModelError as error:
            click.echo(f"warning: {escape_control(str(error))}; only the rules propose", err=True)
            return proposals
        if dropped:
            why = "their words are not in the page, or no role"
            click.echo(f"note: {dropped} of the model's proposals were dropped: {why}", err=True)
        return improved

    return improve


def _is_file(page: str, home: Path) -> bool:
    return not (home / "corpus" / page).is_dir() and Path(page).is_file()


def _propose_file(
    file: Path,
    language: str | None,
    published: str | None,
    publisher: str | None,
    as_json: bool,
    background: "Background",
    improve: "Improve",
) -> None:
    """Print the proposals for a file."""
    from graph.sources.ingest.add import read_unchanged
    from graph.sources.ingest.document import IngestError
    from graph.sources.ingest.formats import extract
    from graph.sources.ingest.imprint import language_of
    from graph.sources.proposals.propose import ProposalError
    from graph.sources.proposals.write import propose_text

    try:
        extracted, _ = extract(read_unchanged(file))
        text = extracted.text
        if extracted.media_type == "text/plain":
            # Positions and quotes are those of the file itself.
            from graph.sources.ingest.plain import decode

            text = decode(file.read_bytes())[0].replace("\r\n", "\n")
        tag = language or language_of(text, extracted.metadata, background.vocabulary)[0]
        if tag is None:
            raise ProposalError("its language cannot be told; give --language nb, nn, en, or another")
        proposals, _ = propose_text(text, tag, _bounds(published), publisher, background, improve)
    except (IngestError, ProposalError) as error:
        click.echo(f"{file}: error: {error}", err=True)
        click.get_current_context().exit(1)
    _print(proposals, as_json)


def _bounds(published: str | None) -> "Bounds | None":
    from graph.model.edtf import Bounds
    from graph.sources.ingest.imprint import given_days

    if published is None:
        return None
    try:
        days = given_days(published)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
    return Bounds(days.earliest, days.latest)


def _propose_pages(
    pages: tuple[str, ...], home: Path, as_json: bool, quiet: bool, background: "Background", improve: "Improve"
) -> None:
    """Write the proposals for pages of the corpus into their claims files, or print them."""
    from graph.cli.options import show_findings
    from graph.common.findings import FindingsError, did_you_mean
    from graph.common.page_files import PageFileError
    from graph.common.text import pluralize
    from graph.sources.pages.read import page_folders
    from graph.sources.proposals.propose import ProposalError
    from graph.sources.proposals.write import propose_page

    with print_findings():
        folders = {folder.name: folder for folder in page_folders(home / "corpus")}
    for page in pages:
        if page not in folders:
            raise click.UsageError(f"{page!r} is no page of the corpus, and no file.{did_you_mean(page, folders)}")
    failed = False
    for name in pages or [name for name, folder in folders.items() if _is_unfinished(folder)]:
        try:
            if as_json:
                _print_page(folders[name], background, improve)
                continue
            written = propose_page(folders[name], background, improve)
        except FindingsError as error:
            show_findings(error.findings)
            failed = True
            continue
        except (ProposalError, PageFileError) as error:
            click.echo(f"corpus/{name}: error: {error}", err=True)
            failed = True
            continue
        if not quiet:
            counts = f"{pluralize(written.events, 'event')}, {pluralize(written.parts, 'part')} proposed"
            kept = f"; {written.kept} kept as they are" if written.kept else ""
            left = f"; {len(written.dropped)} left out, which check would refuse" if written.dropped else ""
            click.echo(f"corpus/{name}: {counts}{kept}{left}")
    if failed:
        click.get_current_context().exit(1)


def _is_unfinished(folder: Path) -> bool:
    """Return whether a page is not said to be read completely."""
    from graph.common.findings import FindingsError
    from graph.common.strict_files import read_yaml
    from graph.common.text_files import read_text

    try:
        described = read_yaml(read_text(folder / "page.yaml", "page.yaml"), "page.yaml").data
    except FindingsError:
        return True
    return not (isinstance(described, dict) and described.get("reading") == "complete")


def _print_page(folder: Path, background: "Background", improve: "Improve") -> None:
    from graph.model.edtf import Bounds
    from graph.sources.pages.source import read_source
    from graph.sources.proposals.write import propose_text

    source, _, _, _ = read_source(folder, background)
    published = Bounds(source.published_earliest, source.published_latest)
    found, _ = propose_text(source.text, source.language, published, source.publisher, background, improve)
    _print(found, as_json=True)


def _print(proposals: object, as_json: bool) -> None:
    """Print proposals as JSON, or as lines for people."""
    import json

    from graph.common.text import escape_control
    from graph.sources.proposals.propose import Proposals, json_of

    assert isinstance(proposals, Proposals)
    found = json_of(proposals)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if not found["events"]:
        click.echo("no event was found")
    for event in found["events"]:
        time, place = event["time"] or {}, event["place"] or {}
        where = place.get("said") or ("on line" if place.get("online") else "place not said")
        click.echo(
            escape_control(
                f"{event['label']}: {event['kind']}, {event['status']}, {time.get('said') or 'time not said'}, {where}"
            )
        )
        for part in event["parts"]:
            attendance = f", {part['attendance']}" if part["attendance"] else ""
            click.echo(escape_control(f"  {part['name']}: {', '.join(part['roles'])}{attendance} ({part['strength']})"))
            click.echo(escape_control(f"    «{' '.join(part['quote'].split())}»"))
