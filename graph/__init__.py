"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, from the ground up; a module imports only from those above it in this list:

    names, findings, dates, progress, spans       names; what is wrong; days; a bar for long work; stretches of a page
    sayings                                       how pages say times
    records, reading, forms, entries, dataset     what a claim is; YAML and CSV; forms, and ours; RDF in and out
    vocabulary, quotes, registry_records, turtle  words of the schemes; passages of a page; who there is; Turtle
    registry_areas, registry_actors               its tables of areas, its files of people, bodies and posts
    registry, registry_files, mentions            look-ups as of a day; the whole registry; names in a text
    tenses, choices, proofs, background           verbs that tell a status; "A or B"; an entry's words; what is known
    known, parties, meanings, coverage            what a page names; whom and what an entry means; what no claim uses
    claims, accepted, corpus, schema              a page and its claims -> records; the form for editors
    claim_labels, source_statements               what claims are called; a page and its passages -> statements
    claim_statements, registry_statements         records -> statements
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    publish, summary, status                      the files of a build; what is in it; what is missing
    __main__                                      the command line

The whole of it, top to bottom, is ``build_graph.py`` beside this package.
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"
