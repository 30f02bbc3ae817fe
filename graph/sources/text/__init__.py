"""The text of a source: intervals, quotes, mentions."""
