"""What the interactive page is told."""
