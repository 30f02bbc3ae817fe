"""Read the actors of one page: people, bodies and offices that its claims file names and the registry does not know.

They are known on this page alone: their ids begin with the id of the source (``person:lyngen-2019.geir-solvik``), and
no global file lists them. That one of them is somebody whom the registry or another page names, is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graph.common.findings import did_you_mean
from graph.model.claims import PageActor
from graph.model.iris import local_name
from graph.model.labels import Label
from graph.registry.lookup import find_agent
from graph.registry.records import Organisation, Person, Post, name_key
from graph.sources.form.entries import BodyEntry, ClaimsForm, OfficeEntry, PersonEntry, RegisteredEntry, label_of
from graph.sources.pages.context import Background
from graph.sources.pages.evidence import EntryError
from graph.sources.text.mentions import Index, Spellings, index_of
from graph.sources.text.quotes import Passages, find, nearest, unlike_signs

Entry = PersonEntry | BodyEntry | OfficeEntry
# The sections of a claims file that name actors, and what the ids in each begin with.
SECTIONS = {"people": "person", "bodies": "organisation", "offices": "post"}


class RegisteredActor(NamedTuple):
    """Somebody of the registry whom a claims file calls by a key and by names of its page."""

    key: str
    id: str
    names: tuple[str, ...]


def actor_entries(form: ClaimsForm) -> Iterator[tuple[str, str, Entry]]:
    """Yield each actor that only this page names: section, key and entry."""
    for section, key, entry in _all_entries(form):
        if not isinstance(entry, RegisteredEntry):
            yield section, key, entry


def registered_entries(form: ClaimsForm) -> Iterator[tuple[str, str, RegisteredEntry]]:
    """Yield each entry about somebody of the registry: section, key and entry."""
    for section, key, entry in _all_entries(form):
        if isinstance(entry, RegisteredEntry):
            yield section, key, entry


def _all_entries(form: ClaimsForm) -> Iterator[tuple[str, str, Entry | RegisteredEntry]]:
    sections: tuple[tuple[str, Mapping[str, Entry | RegisteredEntry]], ...] = (
        ("people", form.people),
        ("bodies", form.bodies),
        ("offices", form.offices),
    )
    for section, entries in sections:
        for key, entry in entries.items():
            yield section, key, entry


def registered_actor(section: str, key: str, entry: RegisteredEntry, background: Background) -> RegisteredActor:
    """Return whom of the registry an entry means. Raise EntryError where nobody there has that id."""
    kind, registry = SECTIONS[section], background.registry
    id = entry.registry if entry.registry.startswith(f"{kind}:") else f"{kind}:{entry.registry}"
    known: Iterable[str] = registry.people if kind == "person" else registry.organisations
    if id not in known:
        what = "person" if kind == "person" else "body"
        hint = did_you_mean(local_name(id), map(local_name, known))
        mend = "leave registry: out for somebody whom only this page names"
        raise EntryError(f"the registry has no {what} {entry.registry!r}.{hint} Or {mend}", "registry")
    if _taken(background, key) not in (None, id):
        raise EntryError(f"the registry knows {_taken(background, key)} already, which is another; choose another key")
    return RegisteredActor(key, id, (" ".join(entry.name.split()), *(entry.also or ())))


def actor_of(
    source: str, language: str, section: str, key: str, entry: Entry, form: ClaimsForm, background: Background
) -> PageActor:
    """Return the actor of an entry of a source in this language.

    Raise EntryError where the registry has that id, or a body that the entry names is none.
    """
    kind = SECTIONS[section]
    taken = _taken(background, key)
    if taken:
        raise EntryError(f"the registry knows {taken} already; use that, or choose another key")
    name = " ".join(entry.name.split())
    label = entry.label if isinstance(entry, BodyEntry) and entry.label else name
    above = entry.part_of if isinstance(entry, BodyEntry) else entry.body if isinstance(entry, OfficeEntry) else None
    return PageActor(
        id=f"{kind}:{source}.{key}",
        name=name,
        label=label_of(label, language),
        also=entry.also or (),
        kind=body_type(entry.kind, background) if isinstance(entry, BodyEntry) else None,
        part_of=_body(source, above, form, background, "part_of" if section == "bodies" else "body") if above else None,
    )


def _taken(background: Background, key: str) -> str | None:
    """Return whom or which post of the registry a key is the id of, if any."""
    registry = background.registry
    known = (("person", registry.people), ("organisation", registry.organisations), ("post", registry.posts))
    return next((f"{kind}:{key}" for kind, ids in known if f"{kind}:{key}" in ids), None)


def _body(source: str, name: str, form: ClaimsForm, background: Background, key: str) -> str:
    """Return the body of that key or name, of this page or of the registry."""
    own = form.bodies.get(name)
    if isinstance(own, RegisteredEntry):
        name = own.registry.removeprefix("organisation:")
    elif own:
        return f"organisation:{source}.{name}"
    try:
        body = find_agent(background.registry, name)
    except LookupError as error:
        raise EntryError(f"{error}{did_you_mean(name, form.bodies)}", key) from error
    if body not in background.registry.organisations:
        raise EntryError(f"{name!r} is no body", key)
    return body


def body_type(name: str, background: Background) -> str:
    """Return the name of a type of body. Raise EntryError, with the types there are, where it is none."""
    types = background.vocabulary["body-type"]
    if name not in types:
        hint = did_you_mean(name, types)
        listed = ", ".join(sorted(types))
        message = f"unknown kind of body {name!r}; known are {listed}.{hint}"
        raise EntryError(f"{message} More are added in ontology/schemes/body-types.ttl", "kind")
    return name


def require_named(names: tuple[str, ...], text: Passages, endings: Iterable[str]) -> None:
    """Raise EntryError where a name is not in the page, alone or with an ending of the genitive.

    The first is that of ``name:``, the others are those of ``also:``.
    """
    for key, name in zip(("name", *["also"] * len(names)), names, strict=False):
        if not any(letter.isalnum() for letter in name):
            raise EntryError(f"{name!r} is no name: it has no letter and no figure", key)
        if not any(find(f"{name}{ending}", text) for ending in ("", *endings)):
            near = nearest(name, text)
            hint = (f"; the page has {near!r}" if near else "") + unlike_signs(name, text)
            raise EntryError(f"the name {name!r} is not in the page{hint}", key)


def namesake_of(actor: PageActor, background: Background) -> str | None:
    """Return the person, body or post of the registry that has the name of an actor and is of its kind, if any."""
    kind = actor.id.partition(":")[0]
    namesakes = background.registry.by_name.get(name_key(actor.name), ())
    return next((id for id in namesakes if id.startswith(f"{kind}:")), None)


def with_actors(
    background: Background, actors: list[PageActor], registered: Iterable[RegisteredActor] = ()
) -> Background:
    """Return the background in which these actors are known too, and those of the registry by names of the page."""
    names_of = {each.id: each.names for each in registered}
    if not actors and not names_of:
        return background
    registry = background.registry.extended(
        people=[_person(each) for each in actors if each.id.startswith("person:")],
        organisations=[_organisation(each) for each in actors if each.id.startswith("organisation:")],
        posts=[_post(each) for each in actors if each.id.startswith("post:")],
        names=names_of,
    )
    spellings = [(name, each.id) for each in actors for name in (each.name, *each.also)]
    own = index_of([*spellings, *((name, id) for id, names in names_of.items() for name in names)])
    together = {word: [*names, *background.names.get(word, ())] for word, names in own.items()}
    return background._replace(registry=registry, names=_Names(together, background.names))


class _Names(Mapping[str, Spellings]):
    """The names of a page before those of the registry, which are too many to copy for every page."""

    def __init__(self, own: dict[str, Spellings], registry: Index) -> None:
        """Let the names of a page, each with those of the registry that begin alike, go before the registry's."""
        self._own, self._registry = own, registry

    def __getitem__(self, word: str) -> Spellings:
        return self._own[word] if word in self._own else self._registry[word]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._registry, **self._own})

    def __len__(self) -> int:
        return len({*self._registry, *self._own})


def _person(actor: PageActor) -> Person:
    return Person(actor.id, actor.name, actor.also, wikidata=None, party=None)


def _organisation(actor: PageActor) -> Organisation:
    name = Label(actor.name)
    return Organisation(actor.id, name, actor.kind or "", public=False, also=actor.also, part_of=actor.part_of)


def _post(actor: PageActor) -> Post:
    return Post(actor.id, Label(actor.name), actor.also, actor.part_of, holders=(), conflicts=())
