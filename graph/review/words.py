"""Entries of a claims file in words, in a line each, for a person who reviews them."""

from typing import Any

from graph.model.labels import Label
from graph.review.journal import Decision
from graph.review.page import Item, ReviewPage, Sentence
from graph.sources.pages.context import Background

_STATES = {
    "undecided": Label("ikke avgjort", "undecided"),
    "accepted": Label("godtatt", "accepted"),
    "rejected": Label("avvist", "rejected"),
    "no claim": Label("påstår ingenting", "claims nothing"),
    "empty": Label("ingen forslag", "nothing proposed"),
    "proposed": Label("foreslått", "proposed"),
}
_STRENGTHS = {
    "sure": Label("sikkert", "sure"),
    "likely": Label("sannsynlig", "likely"),
    "weak": Label("usikkert", "weak"),
}
# The rules of proposals, in the words of the reader; a rule of a word has that word in it.
_RULES = {
    "the words ": Label("ordene ", "the words "),
    "a list under a heading": Label("en liste under en overskrift", "a list under a heading"),
    "an item of a programme": Label("en programpost", "an item of a programme"),
    "a line with a role before a colon": Label("en linje med en rolle før kolon", "a line with a role before a colon"),
    "a word for attendance": Label("et ord for oppmøte", "a word for attendance"),
    "a verb of meeting": Label("et verb for å møtes", "a verb of meeting"),
    "whose event it is": Label("hvem sitt møte det er", "whose event it is"),
    "whose calendar it is": Label("hvem sin kalender det er", "whose calendar it is"),
    "the body of the minutes": Label("organet som referatet gjelder", "the body of the minutes"),
    "a cross in a table": Label("et kryss i en tabell", "a cross in a table"),
    "a choice between names": Label("et valg mellom navn", "a choice between names"),
    "a body that gathers": Label("et organ som samles", "a body that gathers"),
    "calendar": Label("en kalender", "a calendar"),
    "a word for an event with a verb or a day": Label(
        "et ord for et møte med et verb eller en dag", "a word for an event with a verb or a day"
    ),
}
# Why a sentence may claim nothing; a person chooses one with a key.
REASONS = (
    Label("overskrift", "a heading"),
    Label("melding fra nettstedet", "a notice of the site"),
    Label("synspunkt", "a view"),
    Label("sitat", "a quotation"),
    Label("kontaktopplysning", "contact details"),
    Label("praktisk opplysning", "a practical matter"),
    Label("bakgrunn", "background"),
    Label("noe annet enn et møte", "something other than a meeting"),
)


# What a decision did, of one that is taken back.
_DONE = {
    "accept": Label("godtatt", "accepted"),
    "reject": Label("avvist", "rejected"),
    "change": Label("endret", "changed"),
    "add": Label("lagt til", "added"),
    "no_claim": Label("påstår ingenting", "claims nothing"),
}


def in_language(label: Label, lang: str) -> str:
    """Return a label in a language of the interface, nb or en."""
    return label.nb if lang == "nb" else label.en or label.nb


def state_in_words(state: str, lang: str) -> str:
    """Return the state of a sentence or an entry in words."""
    return in_language(_STATES[state], lang)


def strength_in_words(strength: str, lang: str) -> str:
    """Return how sure a proposal is, in words."""
    return in_language(_STRENGTHS[strength], lang) if strength in _STRENGTHS else strength


def rule_in_words(rule: str, lang: str) -> str:
    """Return by which rule something is proposed, in words."""
    for known, label in _RULES.items():
        if rule.startswith(known):
            return f"{in_language(label, lang)}{rule.removeprefix(known)}"
    return rule


def decision_in_words(made: Decision, page: ReviewPage, background: Background, lang: str) -> str:
    """Return what a decision did, and to what, in a line."""
    entry = made.before or made.after or {}
    if made.path[:1] == ("events",):
        what = item_in_words(Item(made.path, "", str(made.path[1]), entry, "", ()), page, background, lang)
    else:
        what = str(entry.get("quote") or entry.get("name") or made.path[-1])
    return f"{in_language(_DONE[made.what], lang) if made.what in _DONE else made.what}: {what}"


def item_in_words(item: Item, page: ReviewPage, background: Background, lang: str) -> str:
    """Return what an entry says, in a line: an event with time and place, or who has which part in it."""
    entry = item.entry
    if item.is_event:
        parts = [label_of(entry), _concept(background, "kind", entry.get("kind"), lang)]
        parts += [_concept(background, "status", entry.get("status"), lang), _when(entry), _where(entry)]
        return " · ".join(part for part in parts if part)
    if entry.get("candidates"):
        joint = " eller " if lang == "nb" else " or "
        who = joint.join(_name(each, page, background) for each in entry["candidates"])
    else:
        agents = entry.get("agents") or [entry.get("agent")]
        who = ", ".join(_name(each, page, background) for each in agents)
    roles = entry.get("role")
    every = roles if isinstance(roles, list) else [roles]
    told = ", ".join(_concept(background, "role", role, lang) for role in every if role)
    attendance = _concept(background, "attendance", entry.get("attendance"), lang)
    return " · ".join(part for part in (who, told, attendance) if part)


def _name(agent: Any, page: ReviewPage, background: Background) -> str:
    """Return the name of an agent: as the page's sections have it, else as the registry has."""
    key, registry = page.name_of(agent), background.registry
    if body := registry.organisations.get(f"organisation:{key}"):
        return body.name.nb
    if person := registry.people.get(f"person:{key}"):
        return person.name
    post = registry.posts.get(f"post:{key}")
    return post.label.nb if post else key


def label_of(entry: dict[str, Any]) -> str:
    """Return the label of an event, in whatever language it has one."""
    label = entry.get("label")
    return str(next(iter(label.values()), "")) if isinstance(label, dict) else str(label or entry.get("kind") or "")


def _concept(background: Background, scheme: str, name: Any, lang: str) -> str:
    concept = background.vocabulary[scheme].get(str(name)) if name else None
    return concept.labels.get(lang, str(name)) if concept else str(name or "")


def _when(entry: dict[str, Any]) -> str:
    when = entry.get("when") or {}
    edtf, said = when.get("edtf", ""), when.get("said", "")
    return f"{edtf} («{said}»)" if edtf and said else str(edtf or said)


def _where(entry: dict[str, Any]) -> str:
    where = entry.get("where") or {}
    places = [where.get(name) for name in ("venue", "written", "municipality", "country")]
    return ", ".join(dict.fromkeys(str(place) for place in places if place))


def words_elsewhere(item: Item, sentence: Sentence, page: ReviewPage) -> str | None:
    """Return the words that prove an entry where they stand in another sentence than it is shown with."""
    if not item.spans or sentence.span[0] <= item.spans[0][0] < sentence.span[1]:
        return None
    return " ".join(page.text.original[slice(*item.spans[0])].split())
