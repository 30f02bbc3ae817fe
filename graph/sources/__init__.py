"""The corpus: pages and what a curator wrote about them -> records, every word of it held against the page."""
