"""The build that is served: a snapshot of it, and its reload when it has changed."""
