"""RDF: terms, statements, Turtle, serialisers."""
