"""What is known of each language: dates, verbs, alternatives."""
