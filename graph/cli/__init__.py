"""The commands of ``motegraf``: one module for each group of commands, imported when one of them is used.

Only click is imported at the top of these modules; all else is imported in the functions that use it. The function of a
command has the command's name, and its docstring begins with the text that stands here, so that ``--help`` imports none
of the modules.
"""

# Which module has which commands, in the order in which ``--help`` shows them.
MODULES = {
    "ask": {
        "ask": "Ask the graph a ready question by its name, or SPARQL of your own.",
    },
    "network": {
        "ties": "Show who was at the same events as whom, and how often.",
        "path": "Show how two actors are linked through events, step by step.",
        "central": "Rank actors by whom they met and whom they link.",
    },
    "explore": {
        "explore": "Build the graph, and open its interactive page in a browser.",
    },
    "export": {
        "export": "Write the graph, or a part of it, to a file for other programs.",
    },
    "diff": {
        "diff": "Say what changed between two builds, in words and with the sentences that prove it.",
    },
    "push": {
        "push": "Load the graph into a triple store, and verify it there.",
    },
    "serve": {
        "serve": "Serve the build over HTTP: pages to read, SPARQL, files.",
    },
    "add": {
        "add": "Add files: documents as pages of the corpus, tables as registers.",
    },
    "preview": {
        "preview": "Show what the rows of a register would claim, before anything is built.",
    },
    "propose": {
        "propose": "Propose claims: who met whom, when and where, each with the words that say so.",
    },
    "review": {
        "review": "Decide about proposals: accept, reject or mend each, sentence by sentence.",
        "journal": "Show who decided what, and how often each rule was right.",
    },
    "same": {
        "same": "List which things of several sources may be one and the same, with what speaks for and against it.",
    },
    "promote": {
        "promote": "Move a person or body of a page into the registry, so that every page can name them.",
    },
    "build": {
        "build": "Build the graph: everything in corpus/ and registers/ -> build/.",
        "check": "Check corpus and registers: print every finding, and write nothing to build/.",
        "status": "Show how much of each page has been read.",
        "schema": "Write the JSON Schemas of claims files, registers and decisions.",
        "ontology": "Write the documentation of the ontology.",
    },
}
