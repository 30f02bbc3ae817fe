"""Plain records of sources, claims, labels, concepts, times and names; without RDF, without files."""
