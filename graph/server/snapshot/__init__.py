"""The build as it is served: a copy, and its reload."""
