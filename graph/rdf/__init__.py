"""Statements in and out: quads, Turtle, serialisers."""
