"""Items: what changed of one entity, with the facts that came and went and the words that prove them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from graph.builds.changes.facts import (
    BRIEF,
    Difference,
    Stated,
    claim_says,
    differences,
    part_key,
    part_words,
    proving_properties,
)
from graph.builds.changes.hosts import kind_of
from graph.builds.changes.records import Fact, Item, Quote
from graph.builds.changes.view import Term, Values, View, entities, first
from graph.model.labels import Label, best_label
from graph.rdf.terms import local_name_of

Views = tuple[View, View]
_NO_QUOTES: tuple[Quote, ...] = ()
# The label of these is made of the names of others.
_NAMED_AFTER_OTHERS = frozenset(("utterance", "inference", "membership", "change", "conflict"))
_CLAIM = Label("påstand", "claim")
_CLAIMS_NOTHING = Label("setning som ikke påstår noe", "sentence that claims nothing")
_ARCHIVED = Label("den arkiverte teksten", "the archived text")
_TERMS_OF_USE = Label("vilkår", "terms of use")
# What is seen of a claim where it is concluded, or what its IRI says.
_CONCLUDED = (
    *("rdfs:label", "mg:event", "mg:subject", "mg:object", "mg:relation", "prov:hadPrimarySource", "mg:agent"),
    *("mg:role", "mg:attendance", "mg:inCapacity", "mg:onBehalfOf", "mg:time", "mg:place", "mg:kind", "mg:status"),
    *("mg:topic", "mg:audience"),
)


@dataclass
class Host:
    """An entity with its changed records by their kind, itself among them, and the IRI that it had before."""

    iri: str
    records: dict[str, list[str]] = field(default_factory=dict)
    former: str = ""

    def of_kinds(self, *kinds: str) -> list[str]:
        """Return the changed records of these kinds."""
        return [record for kind in kinds for record in self.records.get(kind, ())]


def item_of(host: Host, views: Views, moved: Mapping[str, str]) -> Item | None:
    """Return what changed of an entity, or None where that is nothing that a reader would see."""
    names = host.former or host.iri, host.iri
    values = tuple(view.values(name) for view, name in zip(views, names, strict=True))
    before, after = (
        _name(name, view) if described else None for view, name, described in zip(views, names, values, strict=True)
    )
    if before is None and after is None:
        return None
    whole = before is None or after is None
    facts = _Facts(host, views, moved, (values[0], values[1]), whole).all()
    if not facts and not whole and not host.former:
        return None
    proofs = [_proof_of_whole(side, view) if whole else _NO_QUOTES for side, view in zip(values, views, strict=True)]
    day = max(first(each, name) for each in values for name in ("mg:latest", "mg:latestPublished"))
    return Item(host.iri, kind_of(host.iri), before, after, facts, day, host.former, proofs[0], proofs[1])


def _name(entity: str, view: View) -> Label:
    """Return what an entity is called: also of which event something was inferred, and the number of an area."""
    label, kind = view.label(entity), kind_of(entity)
    if kind == "inference":
        # It is named after its claim.
        claim = entity.replace("/inference/", "/claim/").rpartition(".")[0]
        event = first(view.values(claim), "mg:event")
        further = view.label(event) if event else Label("")
    elif kind in ("kommune", "fylke"):
        further = Label(local_name_of(NamedNode(entity)))
    else:
        return label
    if not further.nb:
        return label
    return Label(f"{label.nb} ({further.nb})", f"{label.en or label.nb} ({further.en or further.nb})")


def _proof_of_whole(values: Values, view: View) -> tuple[Quote, ...]:
    """Return the words by which a source tells of an entity."""
    return view.quotes(entities(values, "mg:concludedFrom"), "mg:keyEvidence")


class _Facts:
    """What came and went of one entity. Claims that prove a fact are used up; what others say is a fact of its own."""

    def __init__(
        self, host: Host, views: Views, moved: Mapping[str, str], values: tuple[Values, Values], whole: bool
    ) -> None:
        self.host, self.views, self.moved, self.values, self.whole = host, views, moved, values, whole
        claims = host.of_kinds("claim")
        self.claims = [
            [*dict.fromkeys((*entities(own, "mg:concludedFrom"), *(each for each in claims if view.values(each))))]
            for own, view in zip(values, views, strict=True)
        ]
        self.used: set[str] = set()

    def rename(self, term: Term) -> Term:
        """Return a term of the first dataset as the second one has it."""
        return NamedNode(self.moved.get(term.value, term.value)) if isinstance(term, NamedNode) else term

    def all(self) -> tuple[Fact, ...]:
        """Return all facts that came and went, those of the entity itself first."""
        return (*self._own(), *self._parts(), *self._claims(), *self._conflicts(), *self._of_source())

    def _own(self) -> Iterator[Fact]:
        brief = BRIEF.get(kind_of(self.host.iri)) if self.whole else None
        for each in differences(*self.values, self.views, self.rename):
            is_name = each.property == "rdfs:label" and (self.whole or kind_of(self.host.iri) in _NAMED_AFTER_OTHERS)
            if not is_name and (brief is None or each.property in brief):
                yield from self._facts_of(each)

    def _facts_of(self, each: Difference) -> Iterator[Fact]:
        # One value in the place of one other is a change; of several nobody says which became which.
        pairs: Iterable[tuple[object, object]] = (
            [*zip(each.before, each.after, strict=True)]
            if len(each.before) == len(each.after) == 1
            else [*((old, None) for old in each.before), *((None, new) for new in each.after)]
        )
        for old, new in pairs:
            before, after = each.before.get(old), each.after.get(new)
            yield Fact(
                each.property,
                each.label,
                before and before.words,
                after and after.words,
                each.language,
                self._proof(0, each.property, before),
                self._proof(1, each.property, after),
            )

    def _proof(self, side: int, name: str, value: Stated | None) -> tuple[Quote, ...]:
        """Return the words that prove a value on one side, and take the claims that say it for used."""
        if value is None:
            return _NO_QUOTES
        view = self.views[side]
        claims = [claim for claim in self.claims[side] if claim_says(view.values(claim), name, value.term)]
        self.used.update(claims)
        # What is new or gone is proven as a whole.
        return _NO_QUOTES if self.whole else view.quotes(claims, *proving_properties(name))

    def _parts(self) -> Iterator[Fact]:
        """Yield who came to an event and who went, and who had another part in it."""
        sides: list[dict[str, list[Values]]] = [{}, {}]
        for side, view in enumerate(self.views):
            for record in self.host.of_kinds("participation", "possible"):
                values = view.values(record)
                agent = first(values, "mg:agent") or first(values, "mg:candidate")
                if agent:
                    agent = agent if side else self.moved.get(agent, agent)
                    sides[side].setdefault(agent, []).append(values)
        for agent in sorted({*sides[0], *sides[1]}):
            before, after = sides[0].get(agent, []), sides[1].get(agent, [])
            keys = (
                {part_key(each, self.rename) for each in before},
                {part_key(each, lambda term: term) for each in after},
            )
            if keys[0] != keys[1]:
                old, new = (self._part(side, parts) for side, parts in enumerate((before, after)))
                label = self.views[1 if after else 0].label(agent)
                yield Fact(f"participant {agent}", label, old[0], new[0], "", old[1], new[1])

    def _part(self, side: int, parts: Sequence[Values]) -> tuple[Label | None, tuple[Quote, ...]]:
        if not parts:
            return None, _NO_QUOTES
        view = self.views[side]
        words = [part_words(each, view) for each in parts]
        claims = [claim for each in parts for claim in entities(each, "mg:concludedFrom")]
        self.used.update(claims)
        joined = Label("; ".join(each.nb for each in words), "; ".join(each.en or each.nb for each in words))
        return joined, view.quotes(claims, "mg:keyEvidence")

    def _claims(self) -> Iterator[Fact]:
        """Yield what sources claim anew, or no longer, and what is not seen in another fact."""
        before, after = ([each for each in self.host.of_kinds("claim") if view.values(each)] for view in self.views)
        before, after = self._without_renamed(before, after)
        for claim in sorted({*before, *after}):
            if claim in before and claim in after:
                yield from self._changed_claim(claim)
            elif claim not in self.used and not (self.whole and self._is_of_the_whole(claim)):
                side = 0 if claim in before else 1
                view = self.views[side]
                label, quotes = view.label(claim), view.quotes([claim], "mg:keyEvidence")
                fact = Fact(f"claim {claim}", _CLAIM, after=label, proof_after=quotes)
                yield fact if side else fact.inverse()

    def _without_renamed(self, before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
        """Return the claims of both sides without pairs that say the same of an entity that has another IRI now."""
        if not self.host.former:
            return before, after
        said = {self._said(0, claim): claim for claim in before if claim not in after}
        pairs = [(said[key], claim) for claim in after if claim not in before and (key := self._said(1, claim)) in said]
        gone, come = {old for old, _ in pairs}, {new for _, new in pairs}
        return [each for each in before if each not in gone], [each for each in after if each not in come]

    def _said(self, side: int, claim: str) -> frozenset[object]:
        values = self.views[side].values(claim)
        named_after_it = ("rdfs:label", "mg:audience", "mg:inference")
        terms = ((name, term) for name, each in values.items() if name not in named_after_it for term in each)
        return frozenset((name, term if side else self.rename(term)) for name, term in terms)

    def _is_of_the_whole(self, claim: str) -> bool:
        """Return whether a claim is of the entity itself, its audience or its relations, and not of somebody's part."""
        of_parts = ("mg:agent", "mg:candidate", "mg:candidateHolderOf")
        return not any(view.values(claim).get(name) for view in self.views for name in of_parts)

    def _changed_claim(self, claim: str) -> Iterator[Fact]:
        """Yield how a claim reads otherwise than before, but for what is seen where it is concluded."""
        values = self.views[0].values(claim), self.views[1].values(claim)
        label = self.views[1].label(claim)
        left_out = _CONCLUDED if claim in self.used else _CONCLUDED[:5]
        for each in differences(*values, self.views, self.rename, left_out):
            name = Label(f"{label.nb}: {each.label.nb}", f"{label.en}: {each.label.en or each.label.nb}")
            words = (_joined(each.before), _joined(each.after))
            yield Fact(f"claim {claim} {each.property}", name, words[0], words[1], each.language)
        # The same words elsewhere in the text, after a change before them, are no other words.
        quotes = [
            {(quote.source, quote.text): quote for quote in view.quotes([claim], "mg:evidence")} for view in self.views
        ]
        gone, come = (
            tuple(quote for words, quote in one.items() if words not in other) for one, other in (quotes, quotes[::-1])
        )
        if gone or come:
            yield Fact(f"claim {claim}", label, proof_before=gone, proof_after=come)

    def _conflicts(self) -> Iterator[Fact]:
        """Yield on what sources of the registry disagree anew, or no longer, and what else they report."""
        for record in self.host.of_kinds("conflict"):
            if record != self.host.iri and not self.whole:
                values = self.views[0].values(record), self.views[1].values(record)
                label = self.views[1 if values[1] else 0].label(record)
                for each in differences(*values, self.views, self.rename, ("rdfs:label", "mg:about", "mg:concerns")):
                    yield from self._facts_of(each._replace(property=f"{record} {each.property}", label=label))

    def _of_source(self) -> Iterator[Fact]:
        """Yield what changed of a source besides its own statements: its text, its terms, what claims nothing."""
        if self.whole:
            return
        for record in self.host.of_kinds("text"):
            yield from self._value_of(record, "schema:sha256", _ARCHIVED)
        for record in self.host.of_kinds("source"):
            if record != self.host.iri:
                yield from self._value_of(record, "rdf:value", _TERMS_OF_USE)
        for record in self.host.of_kinds("evidence"):
            reasons = [_reason(view.values(record)) for view in self.views]
            quotes = [(quote,) if (quote := view.quote(record)) else _NO_QUOTES for view in self.views]
            proofs = [quote if reason else _NO_QUOTES for quote, reason in zip(quotes, reasons, strict=True)]
            if reasons[0] != reasons[1]:
                yield Fact(f"evidence {record}", _CLAIMS_NOTHING, reasons[0], reasons[1], "", proofs[0], proofs[1])

    def _value_of(self, record: str, name: str, label: Label) -> Iterator[Fact]:
        old, new = (first(view.values(record), name) for view in self.views)
        if old != new:
            words = [Label(value[:12] if name == "schema:sha256" else value) for value in (old, new)]
            yield Fact(f"{name} {record}", label, words[0] if old else None, words[1] if new else None)


def _joined(values: Mapping[object, Stated]) -> Label | None:
    """Return several values as one, or None where there is none."""
    if not values:
        return None
    each = sorted(value.words for value in values.values())
    return Label("; ".join(one.nb for one in each), "; ".join(one.en or one.nb for one in each))


def _reason(values: Values) -> Label | None:
    """Return why a sentence is taken to claim nothing, in Norwegian and in English."""
    reasons = {
        str(term.language): term.value for term in values.get("mg:claimsNothing", ()) if isinstance(term, Literal)
    }
    return Label(best_label(reasons, "nb"), best_label(reasons, "en")) if reasons else None
