"""Findings: how they are shown, and which of them stop a page."""

import pytest

from graph.common.findings import Finding, Severity

pytestmark = pytest.mark.unit


def test_finding_is_an_error_by_default() -> None:
    assert Finding("corpus/a/claims.yaml", 3, "unknown role 'gjest'").severity == "error"


@pytest.mark.parametrize(
    ("line", "severity", "shown"),
    [
        (3, "error", "a.yaml:3: odd"),
        (0, "error", "a.yaml: odd"),
        (3, "warning", "a.yaml:3: warning: odd"),
        (0, "question", "a.yaml: question: odd"),
    ],
)
def test_finding_as_text_has_line_and_severity(line: int, severity: Severity, shown: str) -> None:
    assert str(Finding("a.yaml", line, "odd", severity)) == shown
