"""Take files in as pages: the bytes as received, the text in them, and what a file tells of itself, with its basis."""
