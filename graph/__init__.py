"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, from the ground up. Modules import downwards only; ``tests/test_house.py`` holds each to its floor:

    names, label, findings, dates, progress       what things are called; what is wrong; days; a bar for long work
    records, reading, dataset, turtle             what a claim is; YAML and CSV; RDF in and out; Turtle from names
    sparql_text, answers, visible                 SPARQL as tokens; what a query gives; words as a terminal shows them
    manifest, build_folder                        the files of a build read as those of one, or refused; written whole
    vocabulary                                    words of the schemes

    registry                                      who and what claims are about
      records, areas, actors, files                 what is known of each; its tables, its files; all of it
      look_ups, statements                          as of a day; as RDF
    corpus                                        what pages say
      spans, quotes, sayings, tenses, choices       stretches and passages; how pages say times, statuses, "A or B"
      mentions, background                          names in a text; everything that pages are read against
      forms, entries, proofs                        what may stand in a file; ours; the words that prove an entry
      known, parties, meanings, coverage            what a page names; whom and what it means; what no claim uses
      claims, accepted, pages, schema               a page and its claims -> records; the form for editors

    claim_labels, claim_statements                what claims are called; records -> RDF
    source_statements                             a page and its passages -> RDF
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    publish, summary, status                      the files of a build; what is in it; what is missing

    endpoint                                      questions at any SPARQL server
      addresses, credentials, from_clauses          where it is, who asks there, and of which graphs
      exchange, response, remote_answers            a query sent, its answer read whole
      refusals, remote                              in words why there is none; a place to ask
    questions, stores, parameters, ask            queries/*.rq; a build opened; what people type; an answer
    own_sparql, catalogue, result_formats         SPARQL of one's own; which questions there are; answers for programs
    sheet                                         answers for people
      cells, text, markup                           columns and proof; for a terminal; Markdown, HTML, spreadsheets
    network                                       who was where with whom, in networkx
      presence, ties, hops, paths                   the network; who with whom; from one to another
      centrality, tables                            who stands between; all that as tables
    explorer                                      the interactive page
      looked_up, sources, ready_answers, told       what it is told: look-ups, claims and pages, answers, things
      short_names, first_view                       what it draws at first, and how long names are there
      wide_drawing, tall_drawing                    where things stand on wide screens, and on narrow ones
      drawing, outlines, assembled                  networkx -> pyvis -> the page; the lines of its map; one file

    serve                                         the build over HTTP (its docstring says how it is made)
      limits, media, refusals, frames               what may be taken; formats; why not; words between processes
      confined, tasks, worker                       what a worker gives up; what it does; its process
      turns, pool                                   whose turn it is; the workers
      doors, protocol, description                  what is let through; SPARQL's protocol; what it says of itself
      served, taking_up                             the copy that is served; the next one
      sockets, manners, replies                     connections; every request; every answer
      addresses, about, pages, things               which thing is where; what is known of it; as HTML; over HTTP
      asking, files, editor, app                    queries and graphs; files; the first page; which address is what

    commands                                      the command line, a module imported when it is used
      options, builds, completing, places           what commands share; which build is asked, and where
      answering, writing, network_options           what comes back, what it is written as; ties, path, central
      asking, building, exploring, serving, tying   the commands
    __main__                                      motegraf

The whole of it, top to bottom, is ``build_graph.py`` beside this package.
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"
