"""The registry: who and what claims are about, and areas and offices as of a day."""
