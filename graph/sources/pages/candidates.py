"""Check candidates against the page: it leaves a choice between all of them, and names none of them for certain.

"A eller B" leaves a choice between two, "A, B eller C" between three, and "A og B" leaves none.
"""

from collections.abc import Iterator

from graph.model.claims import Agent
from graph.model.iris import local_name
from graph.sources.form.entries import ParticipationEntry
from graph.sources.languages.alternatives import CANDIDATES, Choice
from graph.sources.pages.context import PageContext
from graph.sources.pages.coordination import own_mentions
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import find_within, sentence_at, words_at


def check_candidates(context: PageContext, entry: ParticipationEntry, agents: tuple[Agent, ...], proof: Proof) -> None:
    """Raise EntryError where the quotes leave no choice between the candidates, or one between more than these.

    Words that may mean any of them leave a choice too: a name that two people have. A language without a pack has no
    words for a choice, and nothing is checked.
    """
    if len(agents) < 2 or proof.unproven or not context.language.has_pack:
        return
    places = [set(_places(context, entry, number, agent, proof)) for number, agent in enumerate(agents)]
    choices = [each for each in context.alternatives if proof.holds(*each.span)]
    left_open = [each for each in choices if sum(_has_one(each, spans) for spans in places) > 1]
    for choice in left_open:
        _require_all_sides(context, choice, places)
        if entry.at_least and entry.at_least > 1:
            words = words_at(context.text, *choice.span)
            raise EntryError(f"the quotes say {words!r}, of one of them alone; write at_least: 1", "at_least")
    shared = any(one & other for number, one in enumerate(places) for other in places[:number])
    if left_open or shared or not all(places) or _tells_choice(context, places, proof):
        return
    names = " and ".join(repr(words_at(context.text, *min(spans))) for spans in places[:2])
    keys = (local_name(agent.name).rpartition(".")[2] for agent in agents)
    listed = ", ".join(
        f"{{holder_of: {key}}}" if agent.holder_of else key for agent, key in zip(agents, keys, strict=True)
    )
    raise EntryError(
        f"the quotes name {names}, and leave no choice between them; write agents: [{listed}] for several who each have"
        " this part",
        "candidates",
    )


def _places(context: PageContext, entry: ParticipationEntry, number: int, agent: Agent, proof: Proof) -> Iterator[Span]:
    """Yield where the proof names a candidate: its own quotes, or else any passage."""
    words = entry.written[number] if entry.written and number < len(entry.written) else None
    if words:
        for quote in proof.all:
            yield from find_within(words, proof.text, quote.start, quote.end)
        return
    own = own_mentions(context, agent, proof)
    near: list[Mention] = own or [each for each in proof.within(context.mentions) if agent.name in each.meanings]
    yield from ((each.start, each.end) for each in near)


def _has_one(choice: Choice, spans: set[Span]) -> bool:
    return any(_is_in(side, spans) for side in choice.sides)


def _is_in(side: tuple[Mention, ...], spans: set[Span]) -> bool:
    """Return whether a side of a choice has one of these names in it."""
    return any(side[0].start <= start and end <= side[-1].end for start, end in spans)


def _require_all_sides(context: PageContext, choice: Choice, places: list[set[Span]]) -> None:
    for side in choice.sides:
        if not any(_is_in(side, spans) for spans in places):
            name = words_at(context.text, side[0].start, side[-1].end)
            message = f"the quotes leave the choice between {words_at(context.text, *choice.span)!r}; add {name!r}"
            raise EntryError(
                f"{message} to the candidates, with an entry under people: or bodies: if need be", "candidates"
            )


def _tells_choice(context: PageContext, places: list[set[Span]], proof: Proof) -> bool:
    """Return whether a sentence that names a candidate has a word for a choice: "eventuelt", "en av", "ellers"."""
    page = context.text
    sentences = {sentence_at(page, start) for spans in places for start, _ in spans}
    cues = [each.start for each in proof.within(context.cues) if CANDIDATES in each.meanings]
    pack = context.language.pack
    cues += [
        start
        for words in (pack.choice_words if pack else ())
        for quote in proof.all
        for start, _ in find_within(words, page, quote.start, quote.end)
    ]
    return any(sentence_at(page, start) in sentences for start in cues)
