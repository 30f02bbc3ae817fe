"""Endpoints: a query sent to a SPARQL server, and its answer read, or in words why there is none."""
