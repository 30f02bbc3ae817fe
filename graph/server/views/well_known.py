"""What crawlers and people who found a weakness look for at fixed addresses: robots.txt and security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from graph.server.errors import RequestError
from graph.server.settings import Settings
from graph.server.views.responses import conditional, settings_of

ROBOTS, SECURITY = "/robots.txt", "/.well-known/security.txt"
# Each address of these is a query that costs time, and of no use to a crawler.
_NOT_FOR_CRAWLERS = ("sparql", "graphs", "search", "card/")
# A security.txt says until when it holds; the server is still there then, or nobody reads it.
_DAYS = 180
_TEXT = {"Content-Type": "text/plain; charset=utf-8"}


async def robots(request: Request) -> Response:
    """Return what crawlers may fetch, and where the sitemap is."""
    settings = Settings(*settings_of(request))
    refused = "".join(f"Disallow: /{path}\n" for path in _NOT_FOR_CRAWLERS)
    text = f"User-agent: *\n{refused}\nSitemap: {settings.origin}sitemap.xml\n"
    return conditional(request, text.encode(), _TEXT)


async def security(request: Request) -> Response:
    """Return whom to tell of a weakness; 404 where no contact is set."""
    settings = Settings(*settings_of(request))
    if not settings.contact_href:
        raise RequestError(404, "whoever runs this server has set no contact")
    expires = (datetime.now(UTC) + timedelta(days=_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.contact_href}", f"Expires: {expires}", "Preferred-Languages: nb, en"]
    url = settings.url(SECURITY.removeprefix("/"))
    lines += [f"Canonical: {url}"] if url else []
    return conditional(request, "".join(f"{line}\n" for line in lines).encode(), _TEXT)
