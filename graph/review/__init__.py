"""Review proposals: a person accepts, rejects or mends each, sentence by sentence; every decision is in the journal.

``claims_file`` changes one entry of a claims file and nothing else in it, ``journal`` keeps who decided what, ``page``
is what a person sees of a page, and ``decide`` puts the three together. ``terminal`` asks in a terminal, ``app`` serves
the same to a browser on this machine, behind ``guard``.

``same`` is the review of what may be one and the same: ``same_evidence`` has what sources say, ``same_view`` what is
shown, ``same_terminal`` and ``same_app`` ask. Its decisions stand in ``decisions/identity.yaml``.
"""
