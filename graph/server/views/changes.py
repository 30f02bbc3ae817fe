"""What changed: ``/changes`` with each build, ``/changes/STEP`` with all that changed with one, ``/changes.atom``."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from graph.builds.changes.records import GROUPS, Changes, Fact, Item, Kind, Quote, reading_order
from graph.builds.versions import GroupSummary, Version, changes_file
from graph.common.text import NOT_IN_XML
from graph.model.days import date_in_words
from graph.model.labels import Label, interface_language
from graph.render.changes import counts_in_words, shown_facts
from graph.server.errors import NotAcceptableError, RequestError
from graph.server.formats import choose_format, format_names
from graph.server.html.environment import environment
from graph.server.html.fragments import sentence_address
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, PageRequest, page_of
from graph.server.snapshot.reload import AppState
from graph.server.views.kept import Part, changes_of, has_page, history_of, page_response, part_of
from graph.server.views.responses import conditional, language_of, state_of
from graph.server.views.sparql_protocol import requested_format

FEED_TYPE = "application/atom+xml"
FORMATS = {"text/html": "html", "application/json": "json"}
# A feed reader fetches it again and again.
_MAX_ENTRIES = 30
TEXTS = {
    "front": Label("Forsiden", "Front page"),
    "title": Label("Hva er endret", "What changed"),
    "lead": Label(
        "Hver utgave av grafen, den nyeste først, med det som kom til, ble endret og falt bort siden forrige.",
        "Each build of the graph, the newest first, with what was added, changed and removed since the one before.",
    ),
    "none": Label(
        "Ingen tidligere utgaver er tatt vare på her, så det er ikke noe å sammenligne med.",
        "No earlier builds are kept here, so that there is nothing to compare with.",
    ),
    "how": Label("Den som bygger grafen, tar vare på dem med", "Whoever builds the graph keeps them by means of"),
    "build": Label("Utgave {}", "Build {}"),
    "first": Label("Den første utgaven som er tatt vare på.", "The first build that is kept."),
    "statements": Label("{} utsagn kom til, {} falt bort.", "{} statements were added, {} removed."),
    "all": Label("Alt som er endret", "All that changed"),
    "all_of": Label("Alt som er endret med utgave {}", "All that changed with build {}"),
    "known_on": Label("Bare det som var kjent {}", "Only what was known on {}"),
    "feed": Label("Følg med i en nyhetsleser (Atom)", "Follow in a feed reader (Atom)"),
    "versions": Label("Alle utgaver, med filer", "All builds, with files"),
    "since": Label("Endret siden utgave {}", "Changed since build {}"),
    "more": Label("og {} til", "and {} more"),
    "omitted": Label("{} til er ikke tatt med her.", "{} more are not listed here."),
    "before": Label("før", "before"),
    "after": Label("nå", "now"),
    "renamed": Label("het før", "was named"),
    "other_words": Label("bevist av andre ord", "proven by other words"),
    "supporting": Label(
        "Dertil poster som det ovenfor hviler på, som sitater og tidsangivelser: {} utsagn kom til, {} falt bort.",
        "Further, records on which the above rests, such as quotes and times: {} statements were added, {} removed.",
    ),
    "position": Label("sted i kilden", "place in the source"),
}
KIND_WORDS: dict[Kind, Label] = {
    "added": Label("ny", "new"),
    "changed": Label("endret", "changed"),
    "removed": Label("borte", "gone"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A name, how it changed, and the IRI of its page; none where there is no page of it any more."""

    name: str
    change: Kind
    iri: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of a build: its heading, its counts in words, the first that changed, and how many more there are.

    ``mixed``: not all of them changed in the same way.
    """

    heading: Label
    counts: str
    links: tuple[Link, ...]
    more: int
    mixed: bool


@dataclass(frozen=True, slots=True)
class BuildView:
    """A build in the list: the day in words, and what changed with it."""

    version: Version
    day: Label
    known_on: Label | None
    groups: tuple[GroupView, ...]

    @property
    def has_changes(self) -> bool:
        """Return whether it is known what changed."""
        return self.version.groups is not None


@dataclass(frozen=True, slots=True)
class Proof:
    """Words of a source, the address of the sentence there, and whether they prove what is gone or what is now."""

    quote: Quote
    address: str
    side: Label | None


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact in the language of the page."""

    label: str
    before: str
    after: str
    lang: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An entity that changed, in the language of the page."""

    link: Link
    renamed_from: str
    proofs: tuple[Proof, ...]
    facts: tuple[FactView, ...]
    omitted: int


async def changes(request: Request) -> Response:
    """Return the page of all builds that are kept, with what changed with each."""
    state = state_of(request)
    part = part_of(request, history_of(state))
    return await page_response(request, partial(_changes_page, state, part), part.number)


async def change(request: Request) -> Response:
    """Return the page, or the record, of what changed with a build."""
    state = state_of(request)
    step = request.path_params["step"]
    version = next((each for each in history_of(state) if each.step == step), None)
    if version is None or version.previous is None:
        raise RequestError(404, "nothing is kept of what changed with this build; changes has those that are")
    format = chosen_format(request)
    if format == "json":
        changes_of(state, version)
        return FileResponse(
            changes_file(state.build, version), headers={"Vary": "Accept"}, media_type="application/json"
        )
    return await page_response(request, partial(_change_page, state, version))


async def feed(request: Request) -> Response:
    """Return the feed of builds (RFC 4287)."""
    state, lang = state_of(request), language_of(request)
    root = state.public or str(request.base_url)
    body = await run_in_threadpool(_feed, state, history_of(state)[:_MAX_ENTRIES], lang, root)
    headers = {"Content-Type": f"{FEED_TYPE}; charset=utf-8", "Vary": "Accept-Language, Host"}
    return conditional(request, body, headers)


def chosen_format(request: Request) -> str:
    """Return html or json, which a client wants. Raise NotAcceptableError where it takes neither."""
    wanted = requested_format(request.scope["query_string"])
    format = choose_format(wanted, request.headers.get("accept"), FORMATS)
    if format is None:
        raise NotAcceptableError(FORMATS if wanted is None else format_names(FORMATS))
    return format


def _changes_page(state: AppState, part: Part, asked: PageRequest) -> bytes:
    lang = interface_language(asked.lang)
    model = [_build_view(state, version, lang) for version in part.versions]
    title = _in(TEXTS["title"], lang)
    page = page_of(
        asked,
        title,
        description=_in(TEXTS["lead"], lang),
        section="changes",
        breadcrumbs=(Crumb(_in(TEXTS["front"], lang), ""), Crumb(title)),
        parameters=(("page", str(part.number)),) if part.number > 1 else (),
    )
    return render_page("changes.html", model, page, texts=TEXTS, kinds=KIND_WORDS, part=part)


def _build_view(state: AppState, version: Version, lang: str) -> BuildView:
    groups = version.groups or {}
    known_on = date_in_words(version.known_on) if version.known_on else None
    views = tuple(_group_view(state, name, group, lang) for name, group in groups.items())
    return BuildView(version, date_in_words(version.day), known_on, views)


def _group_view(state: AppState, name: str, group: GroupSummary, lang: str) -> GroupView:
    links = tuple(
        Link(each.en if lang == "en" else each.nb, each.change, each.iri if has_page(state, each.iri) else None)
        for each in group.headlines
    )
    return GroupView(
        GROUPS[name],
        counts_in_words(group.counts, lang),
        links,
        sum(group.counts.values()) - len(links),
        len(group.counts) > 1,
    )


def _change_page(state: AppState, version: Version, asked: PageRequest) -> bytes:
    lang = interface_language(asked.lang)
    found = changes_of(state, version)
    title = _in(TEXTS["all_of"], lang).format(version.tag)
    crumbs = (Crumb(_in(TEXTS["front"], lang), ""), Crumb(_in(TEXTS["title"], lang), "changes"), Crumb(version.tag))
    page = page_of(
        asked,
        title,
        description=_in(TEXTS["since"], lang).format(version.previous),
        section="changes",
        breadcrumbs=crumbs,
        alternates=(Alternate(f"changes/{version.step}?format=json", "application/json", "JSON"),),
        indexed=False,
    )
    model = _build_view(state, version, lang)
    groups = [
        (GROUPS[name], counts_in_words(group.counts, lang), _items(state, group.items, lang), group.omitted)
        for name, group in found.groups.items()
    ]
    return render_page(
        *("change.html", model, page), texts=TEXTS, kinds=KIND_WORDS, groups=groups, supporting=_supporting(found)
    )


def _supporting(found: Changes) -> tuple[int, int]:
    counts = found.supporting.values()
    return sum(each.added for each in counts), sum(each.removed for each in counts)


def _items(state: AppState, items: tuple[Item, ...], lang: str) -> list[ItemView]:
    return [
        ItemView(
            Link(_in(item.label, lang), item.change, item.iri if has_page(state, item.iri) else None),
            item.renamed_from,
            _proofs(item.proof_before, item.proof_after, item.change),
            tuple(_fact_view(fact, item.change, lang) for fact in shown_facts(item.facts, lang)),
            item.omitted,
        )
        for item in reading_order(items, lang)
    ]


def _fact_view(fact: Fact, change: Kind, lang: str) -> FactView:
    proofs = _proofs(fact.proof_before, fact.proof_after, change)
    return FactView(_in(fact.label, lang), _in(fact.before, lang), _in(fact.after, lang), fact.language, proofs)


def _proofs(before: tuple[Quote, ...], after: tuple[Quote, ...], change: Kind) -> tuple[Proof, ...]:
    sides = (TEXTS["before"], TEXTS["after"]) if change == "changed" else (None, None)
    return tuple(
        Proof(quote, sentence_address(quote.url, quote.text), side)
        for quotes, side in zip((before, after), sides, strict=True)
        for quote in quotes
    )


def _feed(state: AppState, history: tuple[Version, ...], lang: str, root: str) -> bytes:
    entries = [
        {
            "id": entry_id(version),
            "version": version,
            "title": _entry_title(version, lang),
            "groups": [_in_feed(view, lang) for view in _build_view(state, version, lang).groups],
        }
        for version in history
    ]
    text = (
        environment()
        .get_template("changes.atom")
        .render(
            entries=entries,
            lang=lang,
            root=root,
            feed_id=f"{state.snapshot.base}changes.atom?lang={lang}",
            title=f"{state.settings.name} – {_in(TEXTS['title'], lang)}",
            subtitle=_in(TEXTS["lead"], lang),
            author=state.settings.publisher or state.settings.name,
            licence=state.settings.licence,
            updated=history[0].built if history else f"{state.snapshot.day}T00:00:00Z",
            statements=_in(TEXTS["statements"], lang),
            first=_in(TEXTS["first"], lang),
        )
    )
    return NOT_IN_XML.sub("\ufffd", text).encode("utf-8", "replace")


def _in_feed(view: GroupView, lang: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Return the heading of a group, its counts, and of the first that changed the name and how."""
    return (
        _in(view.heading, lang),
        view.counts,
        [(each.name, _in(KIND_WORDS[each.change], lang)) for each in view.links],
    )


def entry_id(version: Version) -> str:
    """Return the IRI of the entry of a build: the same from whichever server it is read (RFC 4151)."""
    base = urlsplit(version.base)
    return f"tag:{base.hostname},{version.day}:{base.path}changes/{version.step}"


def _entry_title(version: Version, lang: str) -> str:
    title = _in(TEXTS["build"], lang).format(version.tag)
    counts = [
        f"{_in(GROUPS[name], lang)}: {counts_in_words(group.counts, lang)}"
        for name, group in (version.groups or {}).items()
    ]
    return f"{title}, {_in(date_in_words(version.day), lang)}" + (f" – {'; '.join(counts)}" if counts else "")


def _in(label: Label | None, lang: str) -> str:
    return "" if label is None else label.by_language.best(lang)
