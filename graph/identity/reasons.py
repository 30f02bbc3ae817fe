"""What a score says: a number, what speaks for one thing and for two, and whether an identifier settles it."""

from dataclasses import dataclass

from graph.model.labels import Label

Identifiers = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things may be one, or may not: ``key`` for programs, ``label`` for people (nb, en)."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two things are one, from 0 to 1, in our judgement; it is no probability.

    ``veto``: identifiers of one scheme differ. ``proof``: an identifier is the same. Without a proof it is below 1.
    """

    value: float
    speaks_for: tuple[Reason, ...] = ()
    speaks_against: tuple[Reason, ...] = ()
    veto: bool = False
    proof: bool = False


def reason(key: str, nb: str, en: str) -> Reason:
    """Return a reason with its words in both languages."""
    return Reason(key, Label(nb, en))


def compare_identifiers(a: Identifiers, b: Identifiers) -> tuple[list[Reason], list[Reason]]:
    """Return what identifiers say for and against one thing: the same one, or other ones of the same scheme."""
    same = sorted(a & b)
    shared = {scheme for scheme, _ in same}
    proofs = [
        reason("same-identifier", f"samme identifikator: {scheme} {value}", f"the same identifier: {scheme} {value}")
        for scheme, value in same
    ]
    vetoes = []
    for scheme in sorted(({scheme for scheme, _ in a} & {scheme for scheme, _ in b}) - shared):
        first, second = (", ".join(sorted(value for each, value in ids if each == scheme)) for ids in (a, b))
        words = f"{scheme} {first}", f"{scheme} {second}"
        vetoes.append(
            reason(
                "other-identifier",
                f"ulike identifikatorer: {' / '.join(words)}",
                f"different identifiers: {' / '.join(words)}",
            )
        )
    return proofs, vetoes
