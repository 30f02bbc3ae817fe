"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, from the ground up; a module imports only from those above it in this list:

    names, label, findings, dates, progress       what things are called; what is wrong; days; a bar for long work
    sparql_text, answers                          SPARQL as tokens; what a query gives
    manifest                                      the files of a build read as those of one, or refused
    records, reading, entries, dataset            what a claim is; YAML and CSV; forms to fill in; RDF in and out
    build_folder                                  a folder written whole or not at all
    vocabulary, quotes, registry_records          words of the schemes; passages of a page; who and what there is
    registry_areas, registry_actors               its tables of areas, its files of people, bodies and posts
    registry, registry_files, mentions            look-ups as of a day; the whole registry; names in a text
    proofs, background, meanings, coverage        the words that prove an entry, what they mean, what no claim uses
    claims, accepted, corpus, schema              a page and its claims -> records; the form for editors
    claim_labels, source_statements               what claims are called; a page and its passages -> statements
    claim_statements, registry_statements         records -> statements
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    questions, stores, parameters, ask            queries/*.rq, a build opened, what people type -> an answer
    own_sparql, sheet                             SPARQL of one's own; an answer for people, its columns and proof
    sheet_text, sheet_markup                      it as text for a terminal; as Markdown, HTML and for spreadsheets
    catalogue                                     which questions there are
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
    commands.writing                              what an answer is written as, and where
    commands.asking, commands.building            ask; build, check, status, schema
    commands.exploring                            explore
    __main__                                      motegraf, which imports a command when it is used

The whole of it, top to bottom, is ``build_graph.py`` beside this package.
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"
