"""Look up the passages that prove a statement: the sentence or row that says it, never that of what stands around it.

Pages, answers, ``--proof`` and tables have their passages from here. Of an agent's part in an event those claims count
that say what is shown: a role, an attendance, and not the plan of what was held.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from graph.query.lookup import LOOKUPS, lookup_rows
from graph.query.passages import Ends, Names, Passage, names_of, one_space, unnamed_ends
from graph.query.questions import Headings
from graph.query.results import QueryError, QueryFn, Table, Term, text_of
from graph.query.table_rows import join_rows
from graph.rdf.terms import iri, local_name_of, short_name

# The properties whose objects a statement joins; all others lead to agents.
_EVENT, _WHAT, _AS_WRITTEN = "event", ("subject", "object"), "asWritten"
_MARKS = ("placeAsWritten", "venueAsWritten", "timeAsWritten")
# Things that a source speaks of itself, and not by a statement that joins others: each is its own end.
_OWN = {"event": "event", "series": "event", "letter": "what", "plan": "what", "audience": "who", "group": "who"}
# The roles from which each property follows; None stands for all.
_ROLES = {
    iri("schema:attendee"): None,
    iri("schema:performer"): {iri("role:opener"), iri("role:introducer"), iri("role:speaker")},
    iri("schema:organizer"): {iri("role:organiser")},
}
_ORGANIZER, _PRESENT, _HELD = iri("schema:organizer"), iri("attendance:present"), iri("status:held")
_ROLE, _ATTENDANCE, _STATUS = iri("mg:role"), iri("mg:attendance"), iri("mg:status")
_EVENT_STATUS = iri("mg:eventStatus")
# A property, and the term at its other end.
Statement = tuple[NamedNode, Term]
Claimed = dict[Term | None, set[Term | None]]


def row_passages(table: Table, headings: Headings, run: QueryFn) -> list[list[Passage]]:
    """Return for each row the passages that prove it, each once, in the order of their pages and positions."""
    columns = [table.columns.index(name) for name in headings.proof]
    statements = [
        ([entity for column in columns for entity in entities_in_cell(row[column])], row) for row in table.rows
    ]
    return statement_passages(statements, run)


def statement_passages(
    statements: Sequence[tuple[Collection[NamedNode], Collection[Term | None]]], run: QueryFn
) -> list[list[Passage]]:
    """Return for each statement the passages that prove it, each once, in order.

    A statement is the entities that prove it, and the terms that it shows. Where it shows a role or an attendance, of
    several claims those count that say it; where it shows no attendance, those that say the one which came of them.
    """
    proof = _look_up_passages((entity for entities, _ in statements for entity in entities), run)
    several = {entity: claims for entity, passages in proof.items() if len(claims := _claims_of(passages)) > 1}
    claimed = _look_up_claims({*several, *(claim for claims in several.values() for claim in claims)}, run)
    fitting = (
        [passage for entity in entities for passage in _fitting(entity, proof.get(entity, ()), terms, claimed)]
        for entities, terms in statements
    )
    return join_rows(fitting, run)


def passages_by_entity(entities: Iterable[Term], run: QueryFn) -> dict[Term | None, list[Passage]]:
    """Return the passages that prove each of these entities, in order; an entity without any is left out."""
    proof = _look_up_passages(entities, run)
    return dict(zip(proof, join_rows(proof.values(), run), strict=True))


def claims_passages(claims: Iterable[Term | None], run: QueryFn) -> list[Passage]:
    """Return what these claims rest on, each once, in order; a row of a register once, with all that proves any."""
    proof = _look_up_passages((claim for claim in claims if claim is not None), run)
    return join_rows([[passage for passages in proof.values() for passage in passages]], run)[0]


def _look_up_passages(entities: Iterable[Term], run: QueryFn) -> dict[Term, list[Passage]]:
    """Return a passage for each claim that proves an entity, and for each term of office that it follows from."""
    rows = lookup_rows(entities, LOOKUPS / "proof.rq", run)
    ends = _ends((row[0] for row in rows), run)
    proof: dict[Term, list[Passage]] = {}
    for entity, words, *cells in rows:
        assert entity is not None
        position, source, url, claim, heading = (None if term is None else term.value for term in cells)
        text, language = text_of(words), words.language if isinstance(words, Literal) else None
        # A cell leans on its row, which is shown around it.
        is_sentence = position and heading is None and entity in ends
        unnamed = unnamed_ends(text, ends[entity]) if is_sentence else ()
        passage = Passage(text, position, source or "", url, language, claim, unnamed, heading)
        proof.setdefault(entity, []).append(passage)
    return proof


def _claims_of(passages: Iterable[Passage]) -> set[NamedNode]:
    return {NamedNode(passage.claim) for passage in passages if passage.claim}


def _fitting(
    entity: NamedNode, passages: Collection[Passage], terms: Collection[Term | None], claimed: Mapping[Term, Claimed]
) -> list[Passage]:
    """Return the passages of an entity whose claims say the role and the attendance that a statement shows, if any.

    Of an event that was held, those of sources that tell of the plan alone prove only what nobody else says.
    """
    claims = {claim: claimed.get(claim, {}) for claim in _claims_of(passages)}
    if len(claims) < 2:
        return [*passages]
    roles, attendances = (
        {term for claim in claims.values() for term in claim.get(name, ()) if term in terms}
        for name in (_ROLE, _ATTENDANCE)
    )
    attendances = attendances or claimed.get(entity, {}).get(_ATTENDANCE, set())
    of_role = {claim for claim, says in claims.items() if not roles or roles & says.get(_ROLE, set())}
    fit = {claim for claim in of_role if not attendances or attendances & claims[claim].get(_ATTENDANCE, attendances)}
    status = claimed.get(entity, {}).get(_EVENT_STATUS, set())
    of_status = {claim for claim in fit if not status or status & claims[claim].get(_STATUS, status)}
    # What was planned alone is said by those who told of the plan.
    proving = {claim.value for claim in of_status or fit or of_role}
    return [passage for passage in passages if passage.claim is None or passage.claim in proving]


def entities_in_cell(cell: Term | None) -> list[NamedNode]:
    """Return the entities of a cell of a proof column: one IRI, or several separated by spaces.

    Raise QueryError where the text is not an IRI.
    """
    if isinstance(cell, NamedNode):
        return [cell]
    try:
        return [NamedNode(iri) for iri in cell.value.split()] if isinstance(cell, Literal) else []
    except ValueError as error:
        raise QueryError(f"this row cannot be proven: {cell} is not the IRI of an entity") from error


def participation_passages(
    entity: NamedNode, statements: Iterable[Statement], run: QueryFn
) -> dict[Statement, list[Passage]]:
    """Return the passages that prove statements between an event and its agents; others are left out.

    ``entity`` is the event or the agent. Of the claims those count that tell of the role; not those that tell of
    another attendance, nor, of what was held, those of a source that only tells of the plan.
    """
    result: dict[Statement, list[Passage]] = {each: [] for each in statements if each[0] in _ROLES}
    if not result:
        return {}
    rows = lookup_rows([entity], LOOKUPS / "participations.rq", run)
    proof = _look_up_passages((part for part, *_ in rows if part is not None), run)
    claimed = _look_up_claims((claim for passages in proof.values() for claim in _claims_of(passages)), run)
    for part, event, agent, status in rows:
        assert part is not None
        for name in _ROLES:
            statement = (name, agent if event == entity else event)
            if statement in result:
                result[statement] += _proving(name, status == _HELD, proof.get(part, ()), claimed)
    return dict(zip(result, join_rows(result.values(), run), strict=True))


def _proving(
    name: NamedNode, held: bool, passages: Iterable[Passage], claimed: Mapping[Term, Claimed]
) -> list[Passage]:
    """Return the passages that prove a property of an event; those of the registry only beside a claim that does."""
    proving = [
        passage
        for passage in passages
        if passage.claim is None or _proves(name, held, claimed.get(NamedNode(passage.claim), {}))
    ]
    return proving if any(passage.claim for passage in proving) else []


def _look_up_claims(entities: Iterable[Term], run: QueryFn) -> Mapping[Term, Claimed]:
    """Return what each claim says, by property, and the attendance of each participation."""
    claimed: dict[Term, Claimed] = {}
    for claim, name, value in lookup_rows(entities, LOOKUPS / "claims_of_participations.rq", run):
        assert claim is not None
        claimed.setdefault(claim, {}).setdefault(name, set()).add(value)
    return claimed


def _proves(name: NamedNode, held: bool, claimed: Claimed) -> bool:
    """Return whether a claim proves this property of an event, which was held or not."""
    roles, attendances, statuses = (claimed.get(each, set()) for each in (_ROLE, _ATTENDANCE, _STATUS))
    wanted = _ROLES[name]
    if wanted is not None and roles and not roles & wanted:
        return False
    if name != _ORGANIZER and attendances and _PRESENT not in attendances:
        return False
    return not (held and statuses and _HELD not in statuses)


def _ends(things: Iterable[Term | None], run: QueryFn) -> dict[Term | None, Ends]:
    """Return what each of these things joins; an event, a letter or a plan is its own end."""
    things = {*things}
    rows = lookup_rows(things, LOOKUPS / "ends.rq", run)
    own = {thing: _OWN[kind] for thing in things if isinstance(thing, NamedNode) and (kind := _kind(thing)) in _OWN}
    names = _look_up_names([*own, *(other for *_, other in rows)], run)
    result: dict[Term | None, Ends] = defaultdict(Ends)
    for entity, end in own.items():
        result[entity].joined.append((end, names[entity]))
    for thing, property, other in rows:
        kind = local_name_of(property) if isinstance(property, NamedNode) else ""
        if kind == _AS_WRITTEN:
            result[thing].as_written.add(one_space(text_of(other)))
        elif kind in _MARKS:
            result[thing].marks.add(one_space(text_of(other)))
        elif other in names:
            sort = "what" if kind in _WHAT else "event" if kind == _EVENT else "who"
            result[thing].joined.append((sort, names[other]))
    return dict(result)


def _kind(thing: NamedNode) -> str:
    return short_name(thing).partition(":")[0]


def _look_up_names(things: Iterable[Term | None], run: QueryFn) -> Mapping[Term | None, Names]:
    """Return the names of each of these things that is an entity; of one without any, no names."""
    words: dict[Term | None, list[tuple[str, str]]] = {each: [] for each in things if isinstance(each, NamedNode)}
    for thing, sort, name in lookup_rows(words, LOOKUPS / "names.rq", run):
        words[thing].append((text_of(sort), text_of(name)))
    return {each: names_of(short_name(each), words[each]) for each in words if isinstance(each, NamedNode)}
