"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, from the ground up; a module imports only from those above it in this list:

    names, label, findings, dates, progress       what things are called; what is wrong; days; a bar for long work
    sparql_text, answers                          SPARQL as tokens; what a query gives
    manifest                                      the files of a build read as those of one, or refused
    addresses, credentials, from_clauses          where an endpoint is, who asks there, and of which graphs
    refusals, response, exchange, remote_answers  a query sent, its answer read whole, or in words why there is none
    spans, sayings                                     how pages say times
    records, reading, forms, entries, dataset     what a claim is; YAML and CSV; forms, and ours; RDF in and out
    build_folder, turtle                          a folder written whole or not at all; Turtle from compact names
    vocabulary, quotes, registry_records          words of the schemes; passages of a page; who and what there is
    registry_areas, registry_actors               its tables of areas, its files of people, bodies and posts
    registry, registry_files, mentions            look-ups as of a day; the whole registry; names in a text
    tenses, choices, proofs, background           verbs that tell a status; "A or B"; an entry's words; what is known
    known, parties, meanings, coverage            what a page names; whom and what an entry means; what no claim uses
    claims, accepted, corpus, schema              a page and its claims -> records; the form for editors
    claim_labels, source_statements               what claims are called; a page and its passages -> statements
    claim_statements, registry_statements         records -> statements
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    questions, stores, endpoint                   queries/*.rq; a build, or an endpoint, as a place to ask
    parameters, ask                               what people type -> terms; a question -> its answer
    own_sparql, sheet                             SPARQL of one's own; an answer for people, its columns and proof
    sheet_text, sheet_markup                      it as text for a terminal; as Markdown, HTML and for spreadsheets
    catalogue                                     which questions there are
    network, ties, hops, paths, centrality        who was where with whom, in networkx; from one to another
    network_tables                                them as tables for people and programs
    publish, summary, status                      the files of a build; what is in it; what is missing
    result_formats                                an answer for programs
    explorer.looked_up, explorer.sources          what the interactive page is told: look-ups, claims and pages,
    explorer.ready_answers, explorer.told         answers, things and ties
    explorer.short_names, explorer.first_view     what it draws at first, and how long names are there
    explorer.wide_drawing, explorer.tall_drawing  where things stand on wide screens, and on narrow ones
    explorer.drawing, explorer.outlines           networkx -> pyvis -> what the page draws; the lines of its map
    explorer.assembled, explorer                  one file; the whole of it
    commands, commands.options                    the command line: which commands there are; what they share
    commands.builds, commands.completing          which build is asked; completion in the shell
    commands.places                               where a command asks: a build, or an endpoint
    commands.answering, commands.writing          what is sent and what comes back; what it is written as, and where
    commands.asking, commands.building            ask; build, check, status, schema
    commands.network_options, commands.tying      what these share: ties, path, central
    commands.exploring                            explore
    __main__                                      motegraf, which imports a command when it is used

The whole of it, top to bottom, is ``build_graph.py`` beside this package.
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"
