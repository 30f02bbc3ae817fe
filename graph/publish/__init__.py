"""Exports: the graph, or what of it is asked for, as files for others to go on with."""
