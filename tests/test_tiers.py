"""Every test belongs to one tier, and the mark nearest to a test decides which."""

import pytest

pytest_plugins = "pytester"
pytestmark = pytest.mark.unit

FILE = """
import pytest
pytestmark = pytest.mark.unit
def test_fast(): pass
@pytest.mark.slow
def test_slow(): pass
@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.server)])
def test_both(size): pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project whose tests are sorted into tiers."""
    pytester.makeconftest("from tiers import pytest_collection_modifyitems")
    pytester.makeini("[pytest]\nmarkers =\n    unit\n    server\n    slow\n")
    return pytester


@pytest.mark.parametrize(
    ("tier", "names"),
    [("unit", ["test_fast", "test_both[1]"]), ("slow", ["test_slow"]), ("server", ["test_both[2]"])],
)
def test_mark_nearest_to_a_test_decides_its_tier(project: pytest.Pytester, tier: str, names: list[str]) -> None:
    project.makepyfile(FILE)
    result = project.runpytest_inprocess("--collect-only", "-q", "-m", tier)
    assert [line.partition("::")[2] for line in result.outlines if "::" in line] == names


def test_file_without_a_tier_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile("def test_nothing(): pass")
    result = project.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*tests without a tier*", "*::test_nothing"])
