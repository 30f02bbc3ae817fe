"""How large the file of the interactive page is for a graph of about a thousand nodes."""

from pathlib import Path

import pytest
from generated_page import generated
from page_chunks import payload_of

pytestmark = pytest.mark.slow


def test_page_of_a_thousand_nodes_is_less_than_a_megabyte(tmp_path: Path) -> None:
    with generated(15, tmp_path) as file:
        page = file.read_bytes()
    assert payload_of(page)["summary"]["entities"] > 900
    assert len(page) <= 1_000_000
