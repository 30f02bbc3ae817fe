"""Lookups whose keys fit no value of a table: what they were about is spelt otherwise now, or has gone."""

from collections.abc import Mapping, Set

from graph.common.findings import Finding
from graph.sources.tables.reading import Register

# So many keys of a lookup are listed; of the others their number is told.
MOST_KEYS = 20


def forget_used(register: Register) -> None:
    """Forget which keys of lookups fitted a value: from now on, those count that fit what is read next."""
    for lookup in register.lookups.values():
        lookup.used.clear()
    for reader in register.readers:
        for part in (part for event in reader.events for part in event.parts):
            for actors in (*part.actors, part.client, part.part_of):
                if actors is not None:
                    actors.forget()


def used_keys(register: Register) -> dict[str, list[str]]:
    """Return the keys of each lookup that fitted a value, in order."""
    return {name: sorted(lookup.used) for name, lookup in sorted(register.lookups.items()) if lookup.used}


def stale_findings(register: Register, used: Mapping[str, Set[str]]) -> list[Finding]:
    """Return a warning for each key of a lookup that is not among the ``used`` ones."""
    document, findings = register.folder.lookups_document, list[Finding]()
    for name, lookup in register.lookups.items() if document is not None else ():
        assert document is not None
        keys = lookup.keys()
        stale = [key for key in keys if key not in used.get(name, ())]
        for place, key in enumerate(stale[:MOST_KEYS], 1):
            rest = len(stale) - place
            more = f", nor do {rest:,} more keys of {name}" if place == MOST_KEYS and rest else ""
            message = f'"{key}" fits no value of the table{more}; remove it, or correct it'
            findings.append(document.finding((name, "values", key), message)._replace(severity="warning"))
    return findings
