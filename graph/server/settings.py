"""Settings of a site that its pages name: who runs it, how to reach them, and which build it has."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What is not set is empty, and pages leave it out.

    ``public`` is the URL at which others reach the site, ``build`` the tag of the build, ``day`` the day on which it
    was made, ``known_on`` the day whose knowledge it holds (both ISO 8601).
    """

    name: str = "Møtegraf"
    publisher: str = ""
    contact_email: str = ""
    contact_url: str = ""
    licence: str = ""
    public: str = ""
    build: str = ""
    day: str = ""
    known_on: str = ""

    def packed(self) -> tuple[str, ...]:
        """Return the values in their order, as a message to a worker has them."""
        return astuple(self)
