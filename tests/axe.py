"""What axe finds on a page in Chromium, and whether the page is wider than its window."""

from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, rules: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return each rule that the page breaks, with the markup that does; of all rules, or of some."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(f"{AXE};1")
    options = {"resultTypes": ["violations"]} | ({"runOnly": [*rules]} if rules else {})
    report = page.evaluate("options => axe.run(document, options)", options)
    return [
        (rule["id"], node["html"][:300] + " " + node["failureSummary"])
        for rule in report["violations"]
        for node in rule["nodes"]
    ]


def is_too_wide(page: Any) -> bool:
    """Return whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
