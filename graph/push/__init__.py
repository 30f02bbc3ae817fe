"""Push: put the graphs of a build into a store elsewhere, by SPARQL Update.

    plan        the graphs of a build with their digests; which of them the store lacks, and what it has besides
    upload      upload in chunks beside the old graphs, then swap all of them in one request
    verify      compare with the build: by counts, and by the ready questions

Graphs that are whole in the store are listed there, in the graph ``graph/pushed``, with their digests. So a push that
was interrupted continues where it stopped, and a push that was finished does nothing. The old graphs are not touched
before the new ones are whole.
"""
