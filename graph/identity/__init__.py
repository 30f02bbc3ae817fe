"""Identity: which things of several sources are one and the same. A machine proposes, people decide."""
