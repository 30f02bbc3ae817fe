"""Refuse quotes of which one names somebody and another tells the part of somebody else.

"Erna Solberg er statsminister. Flere lærere deltok." does not say that she took part.
"""

from itertools import pairwise

from graph.model.claims import Agent
from graph.model.sources import TextSelector
from graph.sources.form.entries import ParticipationEntry
from graph.sources.languages.cues import lists_in
from graph.sources.pages.agents import naming_places
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.terms import telling_of
from graph.sources.text.intervals import Span
from graph.sources.text.quotes import sentence_at, words_at

_STOPS = frozenset(".!?…")


def refuse_part_of_others(
    context: PageContext,
    entry: ParticipationEntry,
    agents: tuple[Agent, ...],
    written: tuple[str, ...],
    roles: tuple[str, ...],
    post: str | None,
    proof: Proof,
) -> None:
    """Raise EntryError where the own quotes tell the part, and none of those that do has a word for an agent.

    A heading tells the part of all that are in its list. The reader's ``role_word:`` decides.
    """
    if entry.role_word is not None or proof.unproven:
        return
    wanted = telling_of(context, roles)
    cues = [each for each in proof.within(context.cues) if each.meanings & wanted and proof.owns(each.start, each.end)]
    places = naming_places(context, agents, written, proof, post)
    stretches = [span for quote in proof.own for span in _sentences(context, quote)]
    stretches += [(each.heading.start, each.end) for each in lists_in(context.text, cues)]
    naming = [span for span in stretches if any(span[0] <= start and end <= span[1] for start, end in places)]
    if cues and not any(start <= each.start and each.end <= end for each in cues for start, end in naming):
        start, end = next(span for span in stretches if span[0] <= cues[0].start and cues[0].end <= span[1])
        who = " or ".join(sorted(agent.name for agent in agents))
        words = words_at(context.text, start, end)
        raise EntryError(
            f"the words that tell the part, {words!r}, have none for {who}; quote those that name them with it, or give"
            " the page's word for them there as written:, or for their part as role_word:",
            "quote",
        )


def _sentences(context: PageContext, quote: TextSelector) -> list[Span]:
    """Return the sentences of a quote; a line break alone, as in a text from a PDF, parts none."""
    page = context.text
    inner = page.sentences[sentence_at(page, quote.start) : sentence_at(page, quote.end - 1)]
    ends = [end for _, end in inner if page.original[end - 1] in _STOPS]
    return list(pairwise([quote.start, *ends, quote.end]))
