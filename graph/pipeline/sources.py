"""The sources of a build: pages and registers, read with what people decided to be one thing."""

from collections.abc import Callable
from typing import NamedTuple

from graph.pipeline.corpus import Corpus, ReadPages
from graph.pipeline.identity import Identity
from graph.pipeline.merging import check_joined
from graph.pipeline.registers import BuiltRegisters, RegistersRun, build_registers
from graph.pipeline.renaming import Renaming


class Sources(NamedTuple):
    """Pages and registers, what registers are built with, and the decisions as they apply to both."""

    read: ReadPages
    registers: BuiltRegisters
    run: RegistersRun
    identity: Identity


def read_sources(
    corpus: Corpus, identity: Identity, new_run: Callable[[Renaming, frozenset[str]], RegistersRun]
) -> Sources:
    """Return the pages and registers of a build.

    Which ids rows bring, and what these tell of events, is known when all are read. Where an id that is kept is none of
    them, or a decision makes one event of two that contradict each other, all is read once more without it.
    """
    while True:
        read = corpus.read(identity)
        run = new_run(read.renaming, identity.joined(read.renaming))
        registers = build_registers(run)
        gone = identity.gone(read.renaming, registers.names, registers.kept | registers.renamed)
        _, found = check_joined([*read.pages, *registers.joined], corpus.ontology) if registers.joined else ([], [])
        wrong = [finding for finding in found if finding.severity == "error"]
        if gone:
            identity = identity.without(gone)
        elif wrong:
            identity = identity.without_contradicted(wrong)
        else:
            return Sources(read, registers, run, identity)
