"""The command ``serve``: the build over HTTP."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from graph.cli.options import Seconds, SuggestingChoice, examples, home_option, print_findings
from graph.cli.site import site_options

if TYPE_CHECKING:
    from graph.server.settings import Settings

_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
_HOST_NAME = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]+", re.IGNORECASE)


def _check_names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not _HOST_NAME.fullmatch(name):
            raise click.BadParameter(f"{name!r} is not a host name such as graph.example.org")
    return names


def _check_proxies(_: click.Context, __: click.Parameter, addresses: tuple[str, ...]) -> tuple[str, ...]:
    from ipaddress import ip_network

    for address in addresses:
        try:
            ip_network(address)
        except ValueError as error:
            message = f"{address!r} is no IP address or network such as 127.0.0.1 or 10.0.0.0/8: {error}"
            raise click.BadParameter(message) from error
    return addresses


def _check_url(_: click.Context, __: click.Parameter, address: str | None) -> str | None:
    from graph.rdf.terms import base_problem

    if address is None:
        return None
    address = address if address.endswith("/") else f"{address}/"
    if base_problem(address):
        raise click.BadParameter(f"{address!r} is not a URL such as https://graph.example.org/")
    return address


@click.command(
    epilog=examples(
        "motegraf serve --port 8080",
        "motegraf serve --public https://graph.example.org/ --trust-proxy 127.0.0.1",
    )
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="IP address to listen on; 0.0.0.0 is all of this machine's."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8077,
    show_default=True,
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--timeout",
    type=Seconds(0.1, 3600),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Seconds that one query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(64, 1_000_000),
    default=512,
    show_default=True,
    metavar="MB",
    help="Megabytes of memory that one query may take.",
)
@click.option(
    "--graph-memory",
    type=click.IntRange(0, 100_000_000),
    metavar="MB",
    help="Megabytes of memory that a large graph may take, in all workers together; one that takes more is read from "
    "an index on disk, and so is any with 0.  [default: half of what is free]",
)
@click.option(
    "--rows",
    type=click.IntRange(1, 10_000_000),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Rows that one result may have.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=4,
    show_default=True,
    metavar="N",
    help="Queries that may run at once.",
)
@click.option(
    "--per-client",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Queries that one client may run at once.  [default: half of --workers]",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    callback=_check_names,
    metavar="HOST",
    help="Answer only requests for this host name; may be repeated.  [default: localhost; any name if --host is "
    "not this machine alone]",
)
@click.option(
    "--public",
    callback=_check_url,
    metavar="URL",
    help="URL at which others reach this server.  [default: that of each request]",
)
@click.option(
    "--trust-proxy",
    "proxies",
    multiple=True,
    callback=_check_proxies,
    metavar="ADDRESS",
    help="Believe X-Forwarded-For and X-Request-ID from this IP address or network alone, so that limits hold for each "
    "client behind the proxy; may be repeated.",
)
@site_options
@click.option(
    "--log-format",
    type=SuggestingChoice(("text", "json")),
    default="text",
    show_default=True,
    help="Format of the log on stderr.",
)
@click.option("--log-queries", is_flag=True, help="Log the text of queries too; it can be personal data.")
@click.option(
    "--metrics",
    type=SuggestingChoice(("on", "off")),
    help="Whether /metrics shows counts of requests and workers.  [default: on if only this machine can reach the "
    "server and --public is not given, else off]",
)
@click.option(
    "--warm-up",
    type=SuggestingChoice(("on", "off")),
    default="on",
    show_default=True,
    help="Whether the pages of a small build are made while nobody waits, so that no first reader does.",
)
@click.option(
    "--result-cache",
    type=click.IntRange(0, 4_096),
    default=16,
    show_default=True,
    metavar="MB",
    help="Memory for results of queries that are asked again and again; 0 keeps none.",
)
@click.option(
    "--build",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with a finished build.  [default: build/ in the --home folder]",
)
@home_option
def serve(
    host: str,
    port: int,
    timeout: float,
    memory: int,
    graph_memory: int | None,
    rows: int,
    workers: int,
    per_client: int | None,
    names: tuple[str, ...],
    public: str | None,
    proxies: tuple[str, ...],
    log_format: str,
    log_queries: bool,
    metrics: str | None,
    warm_up: str,
    result_cache: int,
    build: Path | None,
    home: Path,
    site: "Settings",
) -> None:
    """Serve the build over HTTP: pages to read, SPARQL, files.

    The server is read-only, and reachable from this machine alone unless --host says otherwise. A new build is loaded
    while it runs. docs/serving.md lists addresses and limits; docs/public-server.md puts it on the web.
    """
    from graph.builds.manifest import verify_build

    folder = (build or home / "build").resolve()
    with print_findings("nothing is served"):
        verify_build(folder)

    from graph.query.questions import questions_folder
    from graph.server.app import serve as run_server
    from graph.server.limits import Limits
    from graph.server.operation.options import Operation
    from graph.server.operation.proxy import TrustedProxies

    share = max(1, workers // 2) if per_client is None else min(per_client, workers)
    limits = Limits(
        timeout=timeout,
        memory=memory,
        graph_memory=graph_memory,
        max_rows=rows,
        workers=workers,
        queries_per_client=share,
        max_result_cache_bytes=result_cache * 1_000_000,
    )
    host_names = names or (_LOOPBACK_NAMES if host in _LOOPBACK_NAMES else ())
    if host_names and public:
        host_names = (*host_names, str(urlsplit(public).hostname))
    allowed = frozenset(host_names)
    show_metrics = metrics == "on" if metrics else host in _LOOPBACK_NAMES and public is None
    operation = Operation(log_format, log_queries, show_metrics, warm_up == "on", TrustedProxies.of(proxies))
    run_server(folder, questions_folder(home), host, port, limits, allowed, public, site, operation)
