"""Tables for people: an answer in a terminal, in Markdown and HTML, in a spreadsheet."""
