"""The front page: what this is, how much there is of what, the newest meetings, ways in, and how sure things are."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.builds.manifest import EXPLORER
from graph.model.iris import BASE, VOCABULARY
from graph.model.labels import Label
from graph.query.counts import Counts, count_entities
from graph.query.results import expect_table, text_of
from graph.server.entity.meetings import Meeting, meetings_of
from graph.server.entity.records import Name, names_of
from graph.server.html.layout import render_page
from graph.server.html.page import page_of
from graph.server.stores import query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, html_answer

LOOKUPS = Path(__file__).parent / "lookups"
# Of the ready questions, those that show best what can be asked; a build may have others, and then fewer stand there.
QUESTIONS = ("who_met_whom", "which_events_are_in_which_county", "who_may_have_been_where")
_TEXTS = {
    "lead": Label(
        "Hvem møtte hvem, hvor, når og om hva på offentlige møter – med setningen som sier det.",
        "Who met whom at public meetings, where, when and about what – with the sentence that says so.",
    ),
    "counts": Label("Så mye er lest", "What has been read so far"),
    "events": Label("møter", "meetings"),
    "one_series": Label("møterekke", "series of meetings"),
    "series": Label("møterekker", "series of meetings"),
    "people": Label("personer med møter", "people with meetings"),
    "bodies": Label("organisasjoner med møter", "bodies with meetings"),
    "newest": Label("De siste møtene som er holdt", "The last meetings that were held"),
    "all_events": Label("Alle møter", "All meetings"),
    "ways": Label("Finn fram", "Find your way"),
    "questions": Label("Spør", "Ask"),
    "all_questions": Label("Alle spørsmål", "All questions"),
    "sure": Label("Hvor sikkert er det?", "How sure is it?"),
    "sure_text": Label(
        "Sikkert er bare det en side sier. «A og/eller B» gjør ingen av dem til deltaker, og en plan er ikke et møte.",
        "Certain is only what a page says. “A and/or B” makes neither a participant, and a plan is not a meeting.",
    ),
    "certain": Label("deltakelser er sikre", "participations are certain"),
    "possible": Label("er bare mulige", "are merely possible"),
    "expected": Label("er ventet", "are expected"),
    "absent": Label("kom ikke", "did not come"),
    "meaning": Label("Hva ordene betyr", "What the words mean"),
    "more": Label("For dem som vil ha mer", "For those who want more"),
    "explorer": Label("Møtene som nettverk, tidslinje og kart", "The meetings as a network, a timeline and a map"),
    "data": Label("Last ned data", "Download the data"),
    "api": Label("For programmer", "For programs"),
    "query": Label("Spør i SPARQL", "Ask in SPARQL"),
}


@dataclass(frozen=True, slots=True)
class FrontModel:
    """What the front page shows; ``questions`` are names of ready questions with their words.

    ``people`` and ``bodies`` are those with a part in a meeting: the registry has many more.
    """

    counts: Counts
    people: int
    bodies: int
    newest: tuple[Meeting, ...]
    questions: tuple[tuple[str, Name], ...]
    has_explorer: bool


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the front page."""
    page = page_of(task, "")
    page = page.titled(page.settings.name, page.text(_TEXTS["lead"]))
    site = {"@context": "https://schema.org", "@type": "WebSite", "name": page.settings.name}
    page = replace(page, json_ld=site | {"url": page.settings.origin, "inLanguage": ["nb", "en"]})
    model = FrontModel(
        _counts(store),
        *_agents_with_meetings(store),
        _newest(store, task.lang),
        _questions(published_store(folder, task.base), task.lang),
        (folder / EXPLORER).is_file(),
    )
    return html_answer(render_page("front.html", model, page, texts=_TEXTS))


# A worker has one store for all its life.
@lru_cache(maxsize=1)
def _counts(store: Store) -> Counts:
    return count_entities(query_fn(store))


@lru_cache(maxsize=1)
def _agents_with_meetings(store: Store) -> tuple[int, int]:
    """Return how many people and how many bodies have a part in a meeting."""
    rows = expect_table(query_fn(store)((LOOKUPS / "agents_with_meetings.rq").read_text(encoding="utf-8"))).rows
    counts = {text_of(what): int(text_of(number)) for what, number in rows}
    return counts.get("people", 0), counts.get("bodies", 0)


@lru_cache(maxsize=8)
def _newest(store: Store, lang: str) -> tuple[Meeting, ...]:
    run = query_fn(store)
    rows = expect_table(run((LOOKUPS / "newest_held.rq").read_text(encoding="utf-8"))).rows
    return meetings_of([row[0] for row in rows], run, lang)


@lru_cache(maxsize=8)
def _questions(store: Store, lang: str) -> tuple[tuple[str, Name], ...]:
    """Return those of the example questions that the build has."""
    nodes = {name: NamedNode(f"{BASE}{VOCABULARY['question']}{name.replace('_', '-')}") for name in QUESTIONS}
    there = [name for name, node in nodes.items() if next(store.quads_for_pattern(node, None, None), None)]
    names = names_of(nodes.values(), query_fn(store), lang)
    return tuple((name, names[nodes[name]]) for name in there)
