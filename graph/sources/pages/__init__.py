"""Pages as sources: a page and its claims, read and checked."""
