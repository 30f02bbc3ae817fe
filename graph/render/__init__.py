"""Sheets: an answer as people read it, in a terminal, in Markdown and HTML, in a spreadsheet."""
