"""Propose claims from the text of a page: events, who took part in what role, and the words that say so.

``names`` finds who and what is named, ``lines`` what kind of line each is, ``times`` when things are (``reading`` holds
these together); ``occasions`` and ``calendars`` find the events, ``where`` their places; ``owners``, ``listed`` and
``sentences`` who has which part in them. ``propose`` puts it together, ``entries`` gives it the form of a claims file,
and ``write`` holds it against the check and writes it. Nothing here decides: a person accepts or rejects each proposal.
"""
