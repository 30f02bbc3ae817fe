"""The description of an entity, and its page."""
