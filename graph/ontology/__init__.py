"""Concepts of the schemes, and the documentation of the ontology."""
