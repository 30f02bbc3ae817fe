"""Promote a person or body of one page: into the registry, where every page can name them.

The page's entry keeps the names that this page has for them, and says who they are in the registry; a decision leads
from the old id to the new one. Before anything is
written, the page is read with the registry as it will be: it has to say the same, of the new id.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from graph.common.errors import MotegrafError
from graph.common.file_changes import FileChange, text_of
from graph.common.findings import FindingsError, did_you_mean
from graph.common.strict_files import Document, read_yaml
from graph.common.text_files import read_text, strip_bom
from graph.common.yaml_edits import with_entry, with_field
from graph.model.claims import Reading
from graph.model.identity import Decision
from graph.model.iris import PREFIXES, local_name, slug
from graph.registry.lookup import find_agent
from graph.registry.records import Registry, name_key
from graph.sources.decisions.form import FILE, FOLDER
from graph.sources.decisions.read import NAME
from graph.sources.decisions.write import with_decision
from graph.sources.form.entries import BodyEntry, ClaimsForm, PersonEntry, RegisteredEntry, label_of
from graph.sources.pages.actors import SECTIONS
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.read import page_folders, read_claims_in_progress
from graph.sources.pages.source import validate_form

_PAGE_KEY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)")
_FILES = {"person": "people.yaml", "organisation": "organisations.yaml"}
# Labels of these languages can be a body's Norwegian name, the first that there is.
_NORWEGIAN = ("nb", "no", "nn")


class PromotionError(MotegrafError):
    """Somebody cannot be promoted; the message says why, and what to do. Nothing was written."""


class Details(NamedTuple):
    """What the registry is to have on somebody, beside what the page says. ``source`` is that of the identifiers.

    ``who`` promotes them: so it stands in the decision by which the old id leads to the new one.
    """

    id: str | None = None
    name: str | None = None
    also: tuple[str, ...] = ()
    wikidata: str | None = None
    number: str | None = None
    source: str | None = None
    public: bool | None = None
    who: str = ""


class Promotion(NamedTuple):
    """What is to be written: the id on the page, the id in the registry, and the files, what is referred to first."""

    old: str
    new: str
    name: str
    changes: tuple[FileChange, ...]


class _Place(NamedTuple):
    """An entry of a page: its folder, section and key, the files that are read for it, and what it is."""

    folder: Path
    section: str
    key: str
    text: str
    document: Document
    form: ClaimsForm
    entry: PersonEntry | BodyEntry

    @property
    def old(self) -> str:
        return f"{SECTIONS[self.section]}:{self.folder.name}.{self.key}"

    @property
    def where(self) -> str:
        return f"{self.document.name}:{self.document.line((self.section, self.key))}"


def promotion_of(home: Path, id: str, details: Details) -> Promotion:
    """Return what promoting somebody would write. ``id`` is ``page.key``, with or without its kind, or its IRI.

    Raise PromotionError, or FindingsError for a page or registry that has errors.
    """
    background = read_background(home)
    place = _place(home, id, background.registry)
    kind = SECTIONS[place.section]
    name, entry = _registry_entry(place, details, background)
    new = f"{kind}:{details.id or slug(name)}"
    _refuse_taken(home, place, new, name, background.registry, bool(details.id))
    file = f"registry/{_FILES[kind]}"
    before = read_text(home / file, file)
    after = with_entry(before, file, local_name(new), entry)
    claims = with_field(
        place.text,
        place.document.name,
        (place.section, place.key),
        "registry",
        local_name(new),
        without=("kind", "label", "part_of"),
    )
    changes = (
        FileChange(home / file, file, before, after),
        FileChange(place.folder / "claims.yaml", place.document.name, place.text, claims),
        _decision(home, place, new, details.who),
    )
    _require_same(home, place, new, changes, background)
    return Promotion(place.old, new, name, changes)


def _decision(home: Path, place: _Place, new: str, who: str) -> FileChange:
    """Return the change of the file of decisions by which the old id leads to the new one."""
    path = home / FOLDER / FILE
    why = f"Moved from the page {place.folder.name} into the registry."
    decision = Decision("same", (new, place.old), who or "motegraf promote", date.today(), why)
    before = text_of(path, NAME)
    return FileChange(path, NAME, before, with_decision(before or "", decision))


def _place(home: Path, id: str, registry: Registry) -> _Place:
    """Return the entry that an id means. Raise PromotionError where it means none."""
    local, kind = _without_kind(id)
    if kind == "actor":
        raise PromotionError(_of_register(local))
    match = _PAGE_KEY.fullmatch(local)
    if not match:
        known = [each for each in (f"person:{local}", f"organisation:{local}") if each in _spelt(registry)]
        if known:
            raise PromotionError(f"{known[0]} is in the registry already")
        raise PromotionError(f"{id!r} is nobody of a page: write PAGE.KEY, as nettvett.kari for the key kari of a page")
    page, key = match.groups()
    folders = {folder.name: folder for folder in page_folders(home / "corpus")}
    if page not in folders:
        raise PromotionError(f"there is no page {page!r} in corpus/.{did_you_mean(page, folders)}")
    name = f"corpus/{page}/claims.yaml"
    text = read_text(folders[page] / "claims.yaml", name)
    document = read_yaml(strip_bom(text), name)
    form = validate_form(ClaimsForm, document)
    section, entry = _entry(form, name, key, kind)
    return _Place(folders[page], section, key, text, document, form, entry)


def _without_kind(id: str) -> tuple[str, str | None]:
    """Return the local name and the kind that an IRI or a compact name begins with; None where it has none."""
    for kind in (*SECTIONS.values(), "actor", "group"):
        for start in (PREFIXES[kind], f"{kind}:"):
            if id.startswith(start):
                return id.removeprefix(start), kind
    return id, None


def _of_register(local: str) -> str:
    """Return why somebody whom a register names is not promoted, and what to do."""
    register = local.partition(".")[0]
    return (
        f"actor:{local} is known by its words in a register alone, and only a person can tell who that is: enter them "
        f"in registry/people.yaml or registry/organisations.yaml, with sources, and write registry: person:ID or "
        f"registry: organisation:ID at the value in registers/{register}/lookups.yaml, with because and by"
    )


def _entry(form: ClaimsForm, name: str, key: str, kind: str | None) -> tuple[str, PersonEntry | BodyEntry]:
    sections: dict[str, Mapping[str, Any]] = {"people": form.people, "bodies": form.bodies}
    for section, entries in sections.items():
        if key in entries and kind in (None, SECTIONS[section]):
            entry = entries[key]
            if isinstance(entry, RegisteredEntry):
                raise PromotionError(f"{key!r} of {name} is {entry.registry} of the registry already")
            return section, entry
    others = next((each for each in ("offices", "groups") if key in getattr(form, each)), None)
    if others:
        what = {"offices": "an office; enter it in registry/posts.yaml", "groups": "a group, which has no identity"}
        raise PromotionError(f"{key!r} of {name} is {what[others]}: people and bodies are promoted")
    if key == "publisher":
        raise PromotionError("the publisher is described in page.yaml: enter the body there, and write its id")
    keys = [*form.people, *form.bodies]
    listed = f" It has {', '.join(keys)}" if keys and len(keys) <= 20 else ""
    raise PromotionError(f"{name} has no person or body {key!r}.{did_you_mean(key, keys)}{listed}")


def _registry_entry(place: _Place, details: Details, background: Background) -> tuple[str, dict[str, Any]]:
    """Return the Norwegian name and the entry for the registry."""
    entry = place.entry
    if (details.wikidata or details.number) and not details.source:
        raise PromotionError("an identifier needs its source: say with --source where it stands")
    identifiers: dict[str, Any] = {
        key: {"id": value, "source": details.source}
        for key, value in (("number", details.number), ("wikidata", details.wikidata))
        if value
    }
    origin = {"source": f"page {place.folder.name}"}
    also = {"also": list(details.also)} if details.also else {}
    if isinstance(entry, PersonEntry):
        if details.number or details.public is not None:
            raise PromotionError(f"{place.old} is a person: --orgnr and --public are of bodies")
        name = " ".join((details.name or entry.name).split())
        if " " not in name:
            why = f"{name!r} alone would be this person on every page"
            raise PromotionError(f"{why}; give the full name, with its source, by --name ({place.where})")
        return name, {"name": name, **also, **identifiers, **origin}
    name, labels = _names_of_body(place, entry, details)
    public = {} if details.public is None else {"public": str(details.public).lower()}
    above = {"part_of": _part_of(place, entry.part_of, background)} if entry.part_of else {}
    return name, {"name": labels, **also, "kind": entry.kind, **public, **identifiers, **above, **origin}


def _names_of_body(place: _Place, entry: BodyEntry, details: Details) -> tuple[str, dict[str, str]]:
    page = read_yaml(read_text(place.folder / "page.yaml", "page.yaml"), "page.yaml").data
    labels = dict(label_of(entry.label or " ".join(entry.name.split()), page["language"]))
    name = details.name or next((labels[tag] for tag in _NORWEGIAN if tag in labels), None)
    if name is None:
        listed = ", ".join(f"{text} ({tag})" for tag, text in labels.items())
        raise PromotionError(f"the registry needs a Norwegian name: give it by --name; the page has {listed}")
    return name, {"nb": name, **({"en": labels["en"]} if "en" in labels else {})}


def _part_of(place: _Place, name: str, background: Background) -> str:
    own = place.form.bodies.get(name)
    if isinstance(own, RegisteredEntry):
        return own.registry.removeprefix("organisation:")
    if own:
        above = f"{place.folder.name}.{name}"
        raise PromotionError(f"{place.old} is part of {name}, which only this page names: promote {above} first")
    return local_name(find_agent(background.registry, name))


def _refuse_taken(home: Path, place: _Place, new: str, name: str, registry: Registry, chosen: bool) -> None:
    """Raise PromotionError where the registry has the id, or another page the key, or somebody else has the name."""
    local = local_name(new)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", local):
        raise PromotionError(f"{local!r} is no id: give one of a-z, 0-9 and - by --as, such as kari-nordmann")
    same = f"write registry: {{}} at {place.where}"
    taken = next((each for each in _ids(local) if each in _spelt(registry)), None)
    if taken:
        raise PromotionError(
            f"{taken} is in the registry already, called {_spelt(registry)[taken][0]!r}. If it is the same, "
            f"{same.format(local)}; if it is another, give another id by --as"
        )
    namesake = [each for each in registry.by_name.get(name_key(name), ()) if each.startswith(new.partition(":")[0])]
    if namesake and not chosen:
        raise PromotionError(
            f"the registry knows {namesake[0]}, called {name!r} too. If it is the same, "
            f"{same.format(local_name(namesake[0]))}; if it is another, give the new one an id of its own by --as"
        )
    others = [each for each in _pages_with_key(home, local) if each != (place.document.name, place.key)]
    if others:
        files = ", ".join(file for file, _ in others[:5])
        raise PromotionError(
            f"{files} has the key {local!r} for somebody of its own, and a key cannot be an id of the registry: "
            "give another id by --as, or rename that key"
        )


def _ids(local: str) -> Iterator[str]:
    return (f"{kind}:{local}" for kind in SECTIONS.values())


def _spelt(registry: Registry) -> Mapping[str, tuple[str, ...]]:
    return registry.spellings


def _pages_with_key(home: Path, key: str) -> Iterator[tuple[str, str]]:
    """Yield the claims files that name somebody by this key, with the key."""
    line = re.compile(rf"^\s+[\"']?{re.escape(key)}[\"']?\s*:", re.MULTILINE)
    for folder in page_folders(home / "corpus"):
        name = f"corpus/{folder.name}/claims.yaml"
        try:
            text = read_text(folder / "claims.yaml", name)
            data = read_yaml(strip_bom(text), name).data if line.search(text) else None
        except FindingsError:
            continue
        if isinstance(data, dict) and any(key in (data.get(section) or ()) for section in SECTIONS):
            yield name, key


def _require_same(home: Path, place: _Place, new: str, changes: Iterable[FileChange], background: Background) -> None:
    """Raise PromotionError unless the page says the same with the changes, of the new id. Raise FindingsError.

    Both readings are of the folder as it is now, and of a copy of what they need.
    """
    before, findings = read_claims_in_progress(place.folder, background)
    _refuse_errors(findings)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(home / "registry", copy / "registry", ignore=shutil.ignore_patterns("*.json"))
        shutil.copytree(home / "ontology/schemes", copy / "ontology/schemes")
        shutil.copytree(place.folder, copy / "corpus" / place.folder.name)
        for change in changes:
            (copy / change.name).parent.mkdir(exist_ok=True)
            (copy / change.name).write_text(change.after, encoding="utf-8", newline="")
        after, found = read_claims_in_progress(copy / "corpus" / place.folder.name, read_background(copy))
    _refuse_errors(found)
    old, local = local_name(place.old), local_name(new)
    if _content(before, old, local) != _content(after, local, local):
        raise PromotionError(
            f"{place.document.name} would not say the same of {new} as of {place.old}: a name that the registry gives "
            "it stands elsewhere on the page too; look at motegraf check, and write registry: by hand"
        )


def _refuse_errors(findings: Iterable[Any]) -> None:
    errors = [each for each in findings if each.severity == "error"]
    if errors:
        raise FindingsError(errors)


def _content(reading: Reading, old: str, new: str) -> Any:
    """Return what a page says, with one id in the place of another, and without who is known on it alone."""
    kept = (reading.claims, reading.groups, reading.labels, reading.series, reading.decisions, reading.no_claims)
    return _renamed((kept, {**reading.reviews}), old, new)


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    if is_dataclass(value) and not isinstance(value, type):
        # The key of a claim is made of the ids in it.
        own = (field.name for field in fields(value) if field.name != "key")
        return {name: _renamed(getattr(value, name), old, new) for name in own}
    if isinstance(value, Mapping):
        return {_renamed(key, old, new): _renamed(each, old, new) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(each, old, new) for each in value]
    return value
