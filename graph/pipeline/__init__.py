"""One build, step by step: parts, cache, rules, shapes, summary."""
