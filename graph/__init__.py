"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, from the ground up. Modules import downwards only; ``tests/test_house.py`` holds each to its floor:

    names, label, certainty, counting             what things are called; certain and possible; how many, in words
    findings, dates, progress                     what is wrong; days; a bar for long work
    records, reading, dataset, turtle             what a claim is; YAML and CSV; RDF in and out; Turtle from names
    sparql_text, answers, visible                 SPARQL as tokens; what a query gives; words as a terminal shows them
    xml_letters                                   what XML cannot write
    manifest, build_folder                        the files of a build read as those of one, or refused; written whole
    vocabulary                                    words of the schemes

    registry                                      who and what claims are about
      records, areas, actors, files                 what is known of each; its tables, its files; all of it
      look_ups, statements                          as of a day; as RDF
    corpus                                        what pages say
      spans, quotes, sayings, mentions              stretches of a text, passages, the times and names in it
      tenses, choices, background                   how pages say statuses, "A or B"; what they are read against
      forms, entries, proofs                        what may stand in a file; ours; the words that prove an entry
      known, parties, meanings, coverage            what a page names; whom and what it means; what no claim uses
      kept, declared, accepted, claims              what was read so far; its keys; what is accepted; entries -> records
      pages, schema                                 a page and its claims, whole; the form for editors

    claim_labels, source_statements               what claims are called; a page and its passages -> RDF
    claim_statements                              records -> RDF
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    publish, summary, status                      the files of a build; what is in it; what is missing
    void, dcat                                    how much there is of what; the catalogue of a build

    questions, stores                             queries/*.rq; a build opened
    endpoint                                      questions at any SPARQL server
      addresses, credentials, from_clauses          where it is, who asks there, and of which graphs
      refusals, response, exchange                  in words why there is no answer; one read whole; a query sent
      remote_answers, remote                        an answer of a server; a server as a place to ask
    things, parameters, ask                       what people type found, and put in; an answer
    executables                                   the questions as RDF
    own_sparql, result_formats                    SPARQL of one's own; answers for programs
    sheet                                         answers for people
      cells, text, markup                           columns and proof; for a terminal; Markdown, HTML, spreadsheets
    catalogue                                     which questions there are
    network                                       who was where with whom, in networkx
      presence, ties, hops, paths                   the network; who with whom; from one to another
      centrality, tables                            who stands between; all that as tables
    exports                                       the graph, or a selection, as files for others
      selection, json_ld, framed, rdf_files         what stands on its own; RDF in six formats, JSON-LD as trees
      network_files, participation_table            GraphML, GEXF, nodes and edges; one table for spreadsheets
    accompanying                                  what goes with the dataset in a build
    explorer                                      the interactive page
      looked_up, facts, packed                      look-ups; what its first sentence counts; large graphs in parts
      sources, ready_answers, told                  what it is told: claims and pages, answers, things
      short_names, first_view                       what it draws at first, and how long names are there
      wide_drawing, tall_drawing                    where things stand on wide screens, and on narrow ones
      drawing, outlines, assembled                  networkx -> pyvis -> the page; the lines of its map; one file

    push                                          the graphs of a build to a triple store
      plan, sending, verified                       what is to be done; in pieces, then at once; is it there?
    ontology_page                                 docs/ontology.html
      terms, page                                   what it says of each term; as HTML
    serve                                         the build over HTTP (its docstring says how it is made)
      limits, media, refusals                       what may be taken; formats; why not
      frames, compression, cores                    words between processes; fewer bytes; where processes run
      addresses, about, pages                       which thing is where; what is known of it; as HTML
      doors                                         what is let through
      confined, tasks, worker                       what a worker gives up; what it does; its process
      workers, turns, pool                          a worker seen from outside; whose turn it is; all of them
      protocol                                      SPARQL's protocol
      served, taking_up, description                the copy that is served; the next one; what it says of itself
      sockets, manners, replies                     connections; every request; every answer
      asking, files, editor, yasgui                 queries and graphs; files; the first page; an editor with more
      things, app                                   a thing over HTTP; which address is what

    commands                                      the command line, a module imported when it is used
      options, builds, completing, places           what commands share; which build is asked, and where
      answering, writing, network_options           what comes back, what it is written as; ties, path, central
      asking, building, exploring, tying            the commands that ask, make, show
      exporting, pushing, serving                   and those that hand on
      program                                       all of them, as one
    __main__                                      motegraf, begun and ended

The whole of it, top to bottom, is ``build_graph.py`` beside this package.
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent
# What is said where they do not.
ONLY_THE_PACKAGE = (
    "this package is installed without the checkout that it works on: "
    "install it from there by pip install -e ., or name such a folder with --home"
)

__version__ = "0.1.0"
