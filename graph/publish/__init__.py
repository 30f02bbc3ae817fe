"""Publish: the files of a build, its catalogue, and exports of the graph or a selection of it."""
