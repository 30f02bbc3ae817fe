"""Remote SPARQL endpoints: send a query, read the result, and explain in words why there is none."""
