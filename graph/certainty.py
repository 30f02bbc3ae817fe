"""Certainty: that somebody was there, or only that they may have been, are different answers."""

CERTAIN, POSSIBLE = "certain", "possible"
# Which answers are wanted.
CERTAINTIES = (CERTAIN, POSSIBLE, "all")
