"""Tiers of tests: every test belongs to exactly one, so that the fast ones can be run alone (``pytest -m unit``).

A test file names the tier of its tests: ``pytestmark = pytest.mark.unit``. A test that belongs to another tier has a
mark of its own, which counts instead: the mark nearest to a test decides. ``pyproject.toml`` says what each tier is.
"""

import re
from pathlib import Path

import pytest

TIERS = ("unit", "browser", "server", "engine", "slow")
_MARKS = re.compile(rf"\bmark\.({'|'.join(TIERS)})\b")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a test file that names other tiers only, where one tier is asked for: its import costs time."""
    tier = config.option.markexpr.strip()
    if tier not in TIERS or not collection_path.match("test_*.py"):
        return None
    tiers = _MARKS.findall(collection_path.read_text(encoding="utf-8"))
    # A file without any tier is read, and refused. None leaves the decision to others.
    return True if tiers and tier not in tiers else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave every test the mark of its own tier. Raise UsageError if a test has none."""
    tiers = [next((mark.name for mark in item.iter_markers() if mark.name in TIERS), None) for item in items]
    unmarked = [item.nodeid for item, tier in zip(items, tiers, strict=True) if tier is None]
    if unmarked:
        listed = "\n".join(unmarked[:10])
        raise pytest.UsageError(f"tests without a tier; add pytestmark = pytest.mark.unit (or a slower one):\n{listed}")
    for item, tier in zip(items, tiers, strict=True):
        for node in item.listchain():
            node.own_markers = [mark for mark in node.own_markers if mark.name not in TIERS]
        item.add_marker(str(tier))
