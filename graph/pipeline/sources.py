"""The sources of a build: pages and registers, read with what people decided to be one thing."""

from collections.abc import Callable
from typing import NamedTuple

from graph.pipeline.corpus import Corpus, ReadPages
from graph.pipeline.identity import Identity
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

    Which ids rows bring is known when all are read. Where one that is kept is none of them, all is read once more, and
    the next id of the thing is kept.
    """
    while True:
        read = corpus.read(identity)
        run = new_run(read.renaming, identity.joined(read.renaming))
        registers = build_registers(run)
        gone = identity.gone(read.renaming, registers.names, registers.kept | registers.renamed)
        if not gone:
            return Sources(read, registers, run, identity)
        identity = identity.without(gone)
