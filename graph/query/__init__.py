"""SPARQL: text and guard, questions, stores, look-ups, parameters, results, remote endpoints."""
