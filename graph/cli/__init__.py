"""The commands of ``motegraf``: one module for each group of commands, imported when one of them is used.

Only click is imported at the top of these modules; all else is imported in the functions that use it. The function of a
command has the command's name, and its docstring begins with the text that stands here, so that ``--help`` imports none
of the modules.
"""

# Which module has which commands, in the order in which ``--help`` shows them.
MODULES = {
    "ask": {
        "ask": "Ask the graph: a ready question by its name, or SPARQL of your own.",
    },
    "network": {
        "ties": "Show who was at the same events as whom, and how often.",
        "path": "Show how two actors are joined by common events, hop by hop.",
        "central": "Show who was with the most others, and who stands between them.",
    },
    "explore": {
        "explore": "Look at the graph: build it, and open its interactive page in a browser.",
    },
    "export": {
        "export": "Write the graph, or what of it you ask for, as a file for others.",
    },
    "push": {
        "push": "Put the graph into a triple store, and prove that it is there.",
    },
    "serve": {
        "serve": "Serve the build over HTTP: SPARQL, a page for every thing, the files.",
    },
    "build": {
        "build": "Build the graph: everything in corpus/ -> build/.",
        "check": "Check the corpus: show all findings about all pages, and write nothing to build/.",
        "status": "Show how far each page is read.",
        "schema": "Write the JSON Schema of claims files.",
        "ontology": "Write the documentation of the ontology.",
    },
}
