"""Møtegraf: who met whom, where, when, about what, and the sentence that says so."""

from pathlib import Path

# Where corpus, registry and ontology lie.
HOME = Path(__file__).resolve().parent.parent
# What is said where they do not.
ONLY_THE_PACKAGE = (
    "this package is installed without the checkout that it works on: "
    "install it from there by pip install -e ., or name such a folder with --home"
)

__version__ = "0.2.0"
