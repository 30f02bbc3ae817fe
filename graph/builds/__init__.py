"""The folder of a build and its manifest."""
