"""What every other package may use: errors, findings, progress, text, strict YAML and CSV."""
