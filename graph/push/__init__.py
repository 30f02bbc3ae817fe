"""Pushing: the graphs of a build to a store somewhere else, by SPARQL Update.

    plan        the graphs of a build with their digests; which of them a store lacks, and what it has besides
    sending     in pieces beside the old graphs, and then, all at once, in their place
    verified    whether there is what should be: by counts, and by the ready questions

What is there whole is written down there, in the graph ``graph/pushed``, by digest. So a push that is broken off goes
on where it was, and one that was done does nothing. Until the new graphs are whole, the old ones are not touched.
"""
