"""Match the tables of others against the graph: the Reconciliation Service API 0.2 of the W3C Community Group.

``vocabulary`` has the types and properties, ``request`` reads what clients send, ``candidates`` finds and scores,
``facts`` and ``identifiers`` look up what properties are compared with, ``answer`` is what a worker does.
"""
