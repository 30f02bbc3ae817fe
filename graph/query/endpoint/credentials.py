"""Credentials for an endpoint: their source is named to the user, they themselves are never printed."""

import base64
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.common.text import is_valid_unicode
from graph.query.endpoint.urls import EndpointUrl, is_loopback
from graph.query.results import InvalidQueryError

TOKEN, USER, PASSWORD = "MOTEGRAF_ENDPOINT_TOKEN", "MOTEGRAF_ENDPOINT_USER", "MOTEGRAF_ENDPOINT_PASSWORD"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The header to send, and in words where it comes from."""

    header: str = field(repr=False)
    source: str


def credentials_for(
    address: EndpointUrl, insecure: bool = False, environment: Mapping[str, str] = os.environ
) -> Credentials | None:
    """Return credentials from the URL, the environment or netrc, in this order, or None.

    Raise InvalidQueryError where they would travel unencrypted and ``insecure`` does not allow it.
    """
    credentials = _find_credentials(address, environment)
    if credentials and address.scheme == "http" and not (insecure or is_loopback(address)):
        raise InvalidQueryError(
            f"the credentials of {credentials.source} would go to {address.host} unencrypted; ask at https://, or with "
            "--insecure if you mean it"
        )
    return credentials


def searched_sources(address: EndpointUrl) -> str:
    """Return in words where credentials are looked for."""
    return f"the address, {TOKEN}, {USER} with {PASSWORD}, or netrc for {address.host}"


def _find_credentials(address: EndpointUrl, environment: Mapping[str, str]) -> Credentials | None:
    if address.user is not None:
        return _basic(*address.user, "the address")
    if token := environment.get(TOKEN):
        if not token.isascii() or not token.isprintable() or " " in token:
            raise InvalidQueryError(f"{TOKEN} has letters that no token has")
        return Credentials(f"Bearer {token}", TOKEN)
    if user := environment.get(USER):
        if PASSWORD not in environment:
            raise InvalidQueryError(f"{USER} is set, {PASSWORD} is not")
        return _basic(user, environment[PASSWORD], USER)
    return _in_netrc(address, environment)


def _basic(user: str, password: str, source: str) -> Credentials:
    """Return credentials of HTTP Basic authentication (RFC 7617), in which the name of a user has no colon."""
    if ":" in user:
        raise InvalidQueryError(f"the user's name in {source} has a colon, which it cannot have")
    if not is_valid_unicode(user + password):
        raise InvalidQueryError(f"the user's name or the password of {source} is not UTF-8")
    return Credentials(f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode('ascii')}", source)


def _in_netrc(address: EndpointUrl, environment: Mapping[str, str]) -> Credentials | None:
    """Return the credentials of the entry for this very host: a ``default`` entry would go to any server."""
    override = environment.get("NETRC")
    file = Path(override) if override else Path.home() / ("_netrc" if os.name == "nt" else ".netrc")
    if not override and not file.is_file():
        return None
    try:
        entry = netrc.netrc(str(file)).hosts.get(address.host)
    except netrc.NetrcParseError as error:
        # Its own message repeats words of the file.
        raise InvalidQueryError(f"netrc cannot be read: {file}, line {error.lineno}") from None
    except (OSError, UnicodeDecodeError):
        raise InvalidQueryError(f"netrc cannot be read: {file}") from None
    return _basic(entry[0], entry[2] or "", f"netrc ({file})") if entry else None
