"""Møtegraf: who met whom, where, when, about what, and the sentence that says so.

The way of the data, and the module of each step; imports point only upwards in this list:

    names, records, dates, findings, progress     what things are called; what a claim is; days; what is wrong
    reading, entries, vocabulary                  YAML, CSV and SKOS as people write them
    quotes, mentions, proofs                      the words of a page that prove a claim
    registry_records, registry_files, registry    who and what there is, as of a day
    background, claims, coverage, corpus          a page and its claims -> records; what no claim uses
    dataset, claim_statements, registry_statements   records -> quads
    conclude, check, parts, dossiers              claims -> conclusions, checked, dossier by dossier
    publish, summary, status                      the files of a build; what is in it; what is missing
"""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"
