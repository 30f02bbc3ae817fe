"""What a source, a claim, a label, a time and an IRI are: plain records, without RDF, without files."""
