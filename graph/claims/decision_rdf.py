"""Decisions of the reader about a claim -> quads in ``graph:curated``: what was inferred, and by which words decided.

What a page says and what its reader infers are kept apart: the graph of the source never holds an inferred value.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad

from graph.claims.source_rdf import CURATED, reason_literals, source_name
from graph.claims.times import is_reading, season_months, time_label
from graph.model.claims import Claim, Decision, EventClaim, Inference, ParticipationClaim, When, WorkClaim
from graph.model.labels import LanguageMap, common_languages
from graph.model.sources import Source
from graph.rdf.statements import label_quads, quads_about
from graph.rdf.terms import lang_literal

# What an inference is about, and how its label says so.
_PARTS = {
    "time": ("mg:time", LanguageMap({"nb": "slutning om tid", "en": "inference of the time"})),
    "place": ("mg:place", LanguageMap({"nb": "slutning om sted", "en": "inference of the place"})),
    "agent": ("mg:agent", LanguageMap({"nb": "slutning om aktør", "en": "inference of the agent"})),
    "body": (
        "mg:ofBody",
        LanguageMap({"nb": "slutning om hvem møtet tilhører", "en": "inference of whose meeting it is"}),
    ),
    "principal": (
        "mg:onBehalfOf",
        LanguageMap({"nb": "slutning om hvem noen møter for", "en": "inference of whom somebody represents"}),
    ),
}


def inferences_of(claim: Claim) -> dict[str, Inference]:
    """Return what a reader inferred of a claim: of its time, place, agent, body, or whom an agent represented."""
    by_part = {
        "time": _of_time(claim.when) if isinstance(claim, EventClaim | WorkClaim) and claim.when else None,
        "place": claim.place.inference if isinstance(claim, EventClaim) and claim.place else None,
        "agent": claim.inference if isinstance(claim, ParticipationClaim) else None,
        "body": claim.body_inference if isinstance(claim, EventClaim) else None,
        "principal": claim.principal_inference if isinstance(claim, ParticipationClaim) else None,
    }
    return {part: inference for part, inference in by_part.items() if inference}


def _of_time(when: When) -> Inference | None:
    """Return what was inferred of a time: that it is no exact month follows from the word, which months from us."""
    if when.inference or not is_reading(when):
        return when.inference
    label = time_label(when if when.convention else When(season_months(when.edtf), when.as_written, when.reading))
    return Inference(
        None,
        LanguageMap(
            {"nb": f"«{when.as_written}» er lest som {label.nb}", "en": f"“{when.as_written}” is read as {label.en}"}
        ),
    )


def is_inferred(claim: Claim, part: str) -> bool:
    """Return whether the value itself is the reader's, and not only what words of the page mean."""
    if part == "country":
        return True
    inference = inferences_of(claim).get(part)
    return inference is not None and inference.basis is not None


def decision_statements(
    claim: Claim, name: str, values: list[tuple[str, str | Literal | None]], language: str
) -> Iterator[Quad]:
    """Yield what the reader decided about a claim of this compact name; ``values`` are those that were inferred."""
    yield from quads_about(CURATED, name, *values, *_words(claim, language))
    key = name.partition(":")[2]
    for part, inference in inferences_of(claim).items():
        term, words = _PARTS[part]
        node = f"inference:{key}.{part}"
        yield from quads_about(CURATED, name, ("mg:inference", node))
        yield from quads_about(
            CURATED,
            node,
            ("rdf:type", "mg:Inference"),
            ("mg:inferredProperty", term),
            ("mg:inferredFrom", inference.basis),
            *(("mg:because", reason) for reason in reason_literals(inference.because)),
        )
        yield from label_quads(CURATED, node, _with_reason(words, inference.because))


def _with_reason(words: LanguageMap, because: str | LanguageMap | None) -> LanguageMap:
    """Return what an inference is about, with the reason in the languages in which the reader gives it."""
    if not isinstance(because, LanguageMap):
        return words
    return LanguageMap({tag: f"{words.best(tag)}: {reason}" for tag, reason in because.items()})


def decisions_about(source: Source, decisions: Iterable[Decision]) -> Iterator[Quad]:
    """Yield what the reader decided about events and other things of a page although it does not say so."""
    for each in decisions:
        name = f"decision:{source.id}.{each.key}"
        yield from quads_about(
            CURATED,
            name,
            ("rdf:type", "mg:Decision"),
            ("mg:concerns", each.subject),
            ("prov:hadPrimarySource", source_name(source)),
            *(("mg:because", reason) for reason in reason_literals(each.because)),
        )
        languages = common_languages([each.text, each.because])
        label = LanguageMap({tag: f"{each.text.best(tag)}: {each.because.best(tag)}" for tag in languages})
        yield from label_quads(CURATED, name, label)


def _words(claim: Claim, language: str) -> Iterator[tuple[str, Literal | None]]:
    if isinstance(claim, EventClaim) and claim.status_word:
        yield "mg:statusWord", lang_literal(claim.status_word, language)
    if isinstance(claim, ParticipationClaim) and claim.role_word:
        yield "mg:roleWord", lang_literal(claim.role_word, language)
