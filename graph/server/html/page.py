"""What a page says about itself beside its content: language, place, title, links to the same elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from graph.model.days import date_in_words
from graph.model.labels import Label, interface_language
from graph.server.settings import Settings
from graph.server.urls import path_of


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page: its name, and its path below ``/``; None for the page itself."""

    name: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another format: its path below ``/`` (with its query, if any), media type and name."""

    path: str
    media_type: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its interface language, the tag of its labels' language, its place and what its head says.

    ``root`` is the relative way to ``/``; ``path`` is its own below ``/``, ``parameters`` those of its address that the
    other language keeps. ``lang_chosen``: the reader named a language in the address, and links keep it. ``section`` is
    the path of the part of the site that is marked in the navigation. ``json_ld`` is embedded as data. ``iri`` is that
    of the entity that it is about, ``kind`` what Open Graph calls it, ``card`` the path of what others embed of it.
    """

    lang: str
    labels: str
    root: str
    path: str
    base: str
    title: str
    settings: Settings = field(default_factory=Settings)
    description: str = ""
    section: str = ""
    breadcrumbs: tuple[Crumb, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    lang_chosen: bool = False
    alternates: tuple[Alternate, ...] = ()
    json_ld: Mapping[str, object] | None = None
    iri: str | None = None
    kind: str = "website"
    card: str = ""
    indexed: bool = True

    def titled(self, title: str, description: str | None = None) -> "Page":
        """Return the page with another title, and another description where one is given."""
        return replace(self, title=title, description=self.description if description is None else description)

    def text(self, label: Label | str) -> str:
        """Return a label in the language of the page; a text as it is."""
        if isinstance(label, Label):
            return str((label.en or label.nb) if self.lang == "en" else label.nb)
        return label

    def href(self, path: str, **parameters: object) -> str:
        """Return the relative address of a path below ``/``; it keeps the language that the reader chose."""
        given = [(name, str(value)) for name, value in parameters.items() if value is not None and value != ""]
        return self._address(f"{self.root}{path}" or "./", [*self._language(), *given])

    def entity_href(self, entity: NamedNode | str) -> str:
        """Return the address of the page of an entity of ours, or another's own; empty where it is not of the web."""
        node = NamedNode(entity) if isinstance(entity, str) else entity
        path = path_of(node, self.base)
        if path is not None:
            return self.href(f"about/{path}")
        return node.value if node.value.startswith(("http://", "https://")) else ""

    def absolute(self, path: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
        """Return the URL at which others reach a path; empty where the site's own is not set."""
        url = self.settings.url(path)
        return self._address(url, parameters) if url else ""

    @property
    def canonical(self) -> str:
        """Return the URL of this page, in its language where the reader chose one; empty where that is not set."""
        return self.absolute(self.path, [*self.parameters, *self._language()])

    @property
    def citation(self) -> str:
        """Return how to cite this page: the site, the year and build, the title, its address here, and its IRI.

        The IRI is an address that need not lead anywhere yet; the one of this server leads to what is cited.
        """
        settings = self.settings
        year = f" ({settings.day[:4]})" if settings.day else ""
        title = f"“{self.title}”" if self.lang == "en" else f"«{self.title}»"
        build = f", {'build' if self.lang == 'en' else 'utgave'} {settings.build}" if settings.build else ""
        day = f" ({self.text(date_in_words(settings.day))})" if settings.day else ""
        # An entity has an address of its own; of other pages the parameters say what stands there.
        site = settings.public or settings.origin
        if not site:
            address = self.iri or ""
        elif self.iri:
            address = f"{site}{self.path.removeprefix('about/')}"
        else:
            address = self._address(f"{site}{self.path}", [*self.parameters, *self._language()])
        iri = f", id: {self.iri}" if self.iri and self.iri != address else ""
        return f"{settings.publisher or settings.name}{year}: {title}{build}{day}. {address}{iri}".strip()

    def language_href(self, lang: str) -> str:
        """Return the address of this page in another language."""
        return self._address("", [*self.parameters, ("lang", lang)])

    def _language(self) -> list[tuple[str, str]]:
        return [("lang", self.labels)] if self.lang_chosen else []

    @staticmethod
    def _address(path: str, parameters: Iterable[tuple[str, str]]) -> str:
        path, hash_, fragment = path.partition("#")
        encoded = urlencode(list(parameters))
        joined = f"{path}{'&' if '?' in path else '?'}{encoded}" if encoded else path
        return f"{joined}{hash_}{fragment}"


class PagedTask(Protocol):
    """A task that is answered by a page."""

    @property
    def base(self) -> str:
        """The base of the IRIs of the build."""

    @property
    def path(self) -> str:
        """The path of the page, or of its entity, below ``/``."""

    @property
    def root(self) -> str:
        """The relative way to ``/``."""

    @property
    def lang(self) -> str:
        """The tag of the language of labels."""

    @property
    def lang_chosen(self) -> bool:
        """Whether the address names the language."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Those of the address, names and values in turn."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The values of ``Settings``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """A request for a page that is made without the store, where a task would be one with it."""

    base: str
    path: str
    root: str
    lang: str
    lang_chosen: bool
    parameters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


def page_of(
    task: PagedTask,
    title: str,
    *,
    path: str | None = None,
    description: str = "",
    section: str = "",
    breadcrumbs: tuple[Crumb, ...] = (),
    parameters: tuple[tuple[str, str], ...] = (),
    alternates: tuple[Alternate, ...] = (),
    json_ld: Mapping[str, object] | None = None,
    iri: str | None = None,
    kind: str = "website",
    card: str = "",
    indexed: bool = True,
) -> Page:
    """Return the page that answers a task."""
    return Page(
        lang=interface_language(task.lang),
        labels=task.lang,
        root=task.root,
        path=task.path if path is None else path,
        base=task.base,
        lang_chosen=task.lang_chosen,
        settings=Settings(*task.settings),
        title=title,
        description=description,
        section=section,
        breadcrumbs=breadcrumbs,
        parameters=parameters,
        alternates=alternates,
        json_ld=json_ld,
        iri=iri,
        kind=kind,
        card=card,
        indexed=indexed,
    )
