"""Names of people and bodies, taken apart so that they can be compared: words, initials, acronyms, identifiers."""
