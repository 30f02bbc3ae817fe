"""The text of SPARQL queries: tokens, limits, parameters, prefixes."""
