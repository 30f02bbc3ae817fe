"""What registers add to the files and figures of a build: their parts, and the counts of these."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph.builds.parts import Part
from graph.common.findings import Finding, FindingsError
from graph.common.lines import split_lines
from graph.model.iris import BASE
from graph.pipeline.cache import Cache, Codec, Stored
from graph.pipeline.digests import digest
from graph.pipeline.partition_record import compress_lines, compression, decompress
from graph.pipeline.parts import Part as PagePart
from graph.pipeline.record_checks import Signature
from graph.pipeline.registers import BuiltRegisters, RegistersRun, StoredPart, page_of, texts_of
from graph.pipeline.shared_parts import SHARED, SharedPart, digest_of_large_file, merge_shared
from graph.pipeline.signature_counts import count_signatures, count_terms_of
from graph.publish.void import TermCounts
from graph.query.counts import Counts
from graph.rdf.serialize import rebase_nquads
from graph.rdf.terms import iri

if TYPE_CHECKING:
    from graph.explorer.data.segments import Segment

_CLAIM, _EVIDENCE = (f"{iri('rdf:type')} {iri(name)}" for name in ("mg:Claim", "mg:Evidence"))


class RegisterFigures(NamedTuple):
    """How much registers bring; ``statements`` and ``counts`` are those of parts alone, all others of all registers.

    ``registers_known`` of ``registers`` went in; ``withheld`` are parts of somebody in an event that are not published,
    ``reviews`` what waits for a person to decide.
    """

    registers: int = 0
    registers_known: int = 0
    rows: int = 0
    rows_left_out: int = 0
    claims: int = 0
    evidence: int = 0
    withheld: int = 0
    reviews: int = 0
    statements: int = 0
    parts: int = 0
    counts: Counts = Counts()


class RegisterParts(NamedTuple):
    """The parts of a build, the counts of terms in each, and figures of all registers.

    ``pages`` yields what the interactive page is given of each; where they are too many for a page, ``segments`` gives
    functions that return what the index of each has, and what is made of them can be put into ``folder``.
    """

    parts: Sequence[Part]
    terms: Sequence[TermCounts]
    figures: RegisterFigures
    pages: Callable[[], Iterable[bytes]] = tuple
    segments: Callable[[], Sequence[Callable[[], "Segment"]]] = tuple
    folder: Path = Path()


NONE = RegisterParts((), (), RegisterFigures())


@contextmanager
def register_parts(built: BuiltRegisters, run: RegistersRun, base: str) -> Iterator[RegisterParts]:
    """Open the parts of a build, with its entities under a base IRI. Their files last as long as the context.

    Raise FindingsError where the disk has no room for them.
    """
    cache = run.cache
    if not built.parts:
        yield RegisterParts((), (), _figures(built, ()))
        return
    try:
        with tempfile.TemporaryDirectory(prefix="shared-", dir=cache.folder) as folder:
            shared = [*_shared(built.parts, run, Path(folder))]
            parts = [*map(partial(_own_part, cache=cache, base=base), built.parts)]
            parts += [_shared_part(each, base) for each in shared]
            terms = [count_terms_of(each.facts.signatures, each.facts.days) for each in built.parts]
            terms += [count_terms_of(each.signatures, ("", "")) for each in shared]
            pages = partial(map, partial(page_of, cache=cache), built.parts)
            segments = partial(_segments, built.parts, cache)
            yield RegisterParts(parts, terms, _figures(built, shared), pages, segments, Path(folder))
    except OSError as error:
        message = f"parts of registers cannot be written: {error.strerror or error}; what was there is unchanged"
        raise FindingsError([Finding(str(cache.folder), 0, message)]) from error


def _segments(parts: Iterable[StoredPart], cache: Cache) -> list[Callable[[], "Segment"]]:
    """Return for each part a function that gives its segment: the one that is kept, or one that is made and kept."""
    # Here, not above: few builds have so many meetings.
    from graph.explorer.data.segments import Segment, make_segment

    codec = Codec[Segment](lambda segment: Stored({}, segment.data), lambda stored: Segment(stored.body))

    def segment_of(part: StoredPart) -> Segment:
        return cache.get_or_create(f"{part.name}.segment", part.key, lambda: make_segment(page_of(part, cache)), codec)

    return [partial(segment_of, part) for part in parts]


def _shared(parts: Iterable[StoredPart], run: RegistersRun, folder: Path) -> Iterator[SharedPart]:
    """Yield what the parts of each register share; it is merged only where some of them share something else."""
    for register, several in groupby(parts, lambda part: part.facts.register):
        of_register, name = [*several], f"{register}.shared"
        key = digest(run.inputs.program, compression(), *(part.facts.shared_key for part in of_register))
        stored, file = run.cache.find(name, key, SHARED), run.cache.large_file(name, key)
        if stored is None or digest_of_large_file(file) != stored.sha256:
            texts = (split_lines(decompress(texts_of(part, run.cache)[1])) for part in of_register)
            stored = merge_shared(register, texts, run.context.checks, folder)
            stored.file.replace(file)
            run.cache.store(name, key, stored, SHARED)
        yield stored._replace(file=file)


def _own_part(part: StoredPart, cache: Cache, base: str) -> Part:
    facts = part.facts
    return Part(
        facts.register,
        facts.name,
        facts.statements,
        facts.size,
        lambda: _rebased(texts_of(part, cache)[0], base),
    )


def _shared_part(part: SharedPart, base: str) -> Part:
    return Part(part.register, "shared", part.statements, part.size, lambda: _rebased(part.file.read_bytes(), base))


def _rebased(text: bytes, base: str) -> bytes:
    """Return compressed lines under a base IRI."""
    if base == BASE:
        return text
    return compress_lines(sorted(rebase_nquads(split_lines(decompress(text)), base)))[0]


def _figures(built: BuiltRegisters, shared: Sequence[SharedPart]) -> RegisterFigures:
    own = [part.facts for part in (*built.parts, *built.whole)]
    apart = [part.facts for part in built.parts]
    acts: Counter[str] = Counter()
    for facts in own:
        acts.update(facts.acts)
    counts = Counter(count_signatures(chain.from_iterable(each.signatures for each in shared))._asdict())
    for facts in apart:
        # People and bodies of the registry are among the main statements.
        counts.update({name: n for name, n in facts.counts._asdict().items() if name not in ("people", "bodies")})
    signatures = [*chain.from_iterable(facts.signatures for facts in own)]
    signatures += chain.from_iterable(part.signatures for part in shared)
    return RegisterFigures(
        registers=len(built.folders),
        registers_known=len(built.names),
        rows=sum(facts.rows for facts in own),
        rows_left_out=sum(facts.rows_left_out for facts in own),
        claims=_number_of(_CLAIM, signatures) + _number_in(_CLAIM, built.joined),
        evidence=_number_of(_EVIDENCE, signatures) + _number_in(_EVIDENCE, built.joined) + built.shared_evidence,
        withheld=acts["withheld"],
        reviews=acts["reviews"],
        statements=sum(facts.statements for facts in apart) + sum(part.statements for part in shared),
        parts=len(apart) + len(shared),
        counts=Counts(**counts),
    )


def _number_in(token: str, joined: Iterable[PagePart]) -> int:
    """Return how many things of a type rows bring that are concluded from with pages."""
    return sum(f" {token} " in line for part in joined for line in part.lines)


def _number_of(token: str, signatures: Iterable[tuple[Signature, int]]) -> int:
    return sum(number for signature, number in signatures if token in signature)
