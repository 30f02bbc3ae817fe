"""The network: who was where with whom, in networkx; ties, paths and who stands between."""
