"""What the interactive page is given."""
