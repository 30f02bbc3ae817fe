"""Settings of a site that its pages name: who runs it, how to reach them, and which build it has."""

import re
from dataclasses import dataclass
from operator import attrgetter

# The last part of the address of a licence in the list of the EU (CC_BY_4_0), and the address for people.
_EU_LICENCE = re.compile(r"http://publications\.europa\.eu/resource/authority/licence/(CC_?\w+)")
_CREATIVE_COMMONS = re.compile(r"CC_(BY(?:_[A-Z]{2})*)_(\d)_(\d)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is not set is empty, and pages leave it out.

    ``public`` is the URL at which others reach the site, ``licence`` that of the licence of the data, ``build`` the tag
    of the build, ``day`` the day on which it was made, ``known_on`` the day whose knowledge it holds (ISO 8601),
    ``origin`` the URL at which the site is asked for, which is ``public`` where that is set.
    """

    name: str = "Møtegraf"
    publisher: str = ""
    contact_email: str = ""
    contact_url: str = ""
    public: str = ""
    licence: str = ""
    build: str = ""
    day: str = ""
    known_on: str = ""
    origin: str = ""

    def packed(self) -> tuple[str, ...]:
        """Return the values in their order, as a message to a worker has them."""
        return _packed(self)

    def url(self, path: str) -> str:
        """Return the URL at which others reach a path below ``/``; empty where the site's own is not set."""
        return f"{self.public}{path}" if self.public else ""

    @property
    def contact(self) -> str:
        """Return the address at which readers reach whoever runs the site: of an e-mail, else of a page."""
        return self.contact_email or self.contact_url

    @property
    def contact_href(self) -> str:
        """Return the address that a link for contact leads to; empty where none is set."""
        return f"mailto:{self.contact_email}" if self.contact_email else self.contact_url

    @property
    def licence_name(self) -> str:
        """Return the name of the licence: ``CC BY 4.0``; its address where that is of no list that is known here."""
        match = _EU_LICENCE.fullmatch(self.licence)
        return _spaced(match[1]) if match else self.licence

    @property
    def licence_href(self) -> str:
        """Return the address of the licence that people read."""
        match = _EU_LICENCE.fullmatch(self.licence)
        parts = _CREATIVE_COMMONS.fullmatch(match[1]) if match else None
        if not parts:
            return self.licence
        return f"https://creativecommons.org/licenses/{parts[1].lower().replace('_', '-')}/{parts[2]}.{parts[3]}/"


# Not astuple, which copies each value, for every request.
_packed = attrgetter(*Settings.__slots__)


def _spaced(name: str) -> str:
    """Return the name of a licence as people write it: ``CC_BY_SA_4_0`` is CC BY-SA 4.0."""
    parts = _CREATIVE_COMMONS.fullmatch(name)
    return f"CC {parts[1].replace('_', '-')} {parts[2]}.{parts[3]}" if parts else name.replace("_", " ")
