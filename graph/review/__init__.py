"""Review proposals: a person accepts, rejects or mends each, sentence by sentence; every decision is in the journal.

``claims_file`` changes one entry of a claims file and nothing else in it, ``journal`` keeps who decided what, ``page``
is what a person sees of a page, and ``decide`` puts the three together. ``terminal`` asks in a terminal, ``app`` serves
the same to a browser on this machine.
"""
