"""Claims as RDF: labels, claims, what is known of their sources."""
