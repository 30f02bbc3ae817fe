"""What changed between two datasets, for people: entities by group, what is stated of them, and what proves it."""
