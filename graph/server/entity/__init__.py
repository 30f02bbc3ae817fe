"""The page of an entity: its description, and the HTML of it."""
