"""OpenSearch 1.1: tells browsers how this site is searched, so that its search can be added to the address bar."""

from starlette.requests import Request
from starlette.responses import Response

from graph.model.labels import Label
from graph.server.html.environment import environment
from graph.server.views.responses import conditional, language_of, state_of

MEDIA_TYPE = "application/opensearchdescription+xml"
# The standard allows no longer short name.
_MAX_SHORT_NAME = 16
_DESCRIPTION = Label(
    "Søk etter personer, organisasjoner, møter, steder og temaer.",
    "Search people, bodies, meetings, places and topics.",
)


async def open_search(request: Request) -> Response:
    """Return the description of the search of this site."""
    state, lang = state_of(request), language_of(request)
    body = (
        environment()
        .get_template("opensearch.xml")
        .render(
            name=state.settings.name,
            short_name=state.settings.name[:_MAX_SHORT_NAME],
            description=_DESCRIPTION.en if lang == "en" else _DESCRIPTION.nb,
            lang=lang,
            site=state.public or str(request.base_url),
        )
    )
    headers = {"Content-Type": f"{MEDIA_TYPE}; charset=utf-8", "Vary": "Accept-Language, Host"}
    return conditional(request, body.encode(), headers)
