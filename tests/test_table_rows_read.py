"""Rows that are no whole rows of their table, as the mapping of a register takes them."""

from pathlib import Path

import pytest
from registers_home import acts_of, read, write_register

pytestmark = pytest.mark.unit

MAPPING = """people: none
key: file-and-row
skip:
  - {column: who, begins: Note, because: a note}
event:
  kind: meeting
  status: held
  when: date
  parts:
    - body: who
      role: counterpart
unused: {topic: nothing is read of it here}
"""


def outcomes(folder: Path, table: str, mapping: str = MAPPING, more: str = "") -> dict[int, list[str]]:
    """Return what becomes of each row of a small register: why it claims nothing, or the kind of its act."""
    acts = acts_of(read(write_register(folder / "small", table, mapping, more=more)))
    return {
        row: [getattr(act, "because", None) or getattr(act, "why", None) or type(act).__name__ for act in acts[row]]
        for row in acts
    }


def test_a_note_of_one_cell_is_skipped_and_a_row_of_another_width_is_an_error(tmp_path: Path) -> None:
    table = (
        'who,date,topic\nBEUC,2020-01-02,x\nNote: of 2020\n,\nETUC,2020-01-03\n"a" b,2020-01-03,x\nBEUC,2020-01-04,y\n'
    )
    assert outcomes(tmp_path, table) == {
        2: ["EventAct"],
        3: ["a note"],
        4: ["blank"],
        5: ["it has 2 cells, and the header has 3"],
        6: ['a quotation mark stands in a cell in quotation marks; write "" for it'],
        7: ["EventAct"],
    }


def test_a_table_without_header_is_mapped_by_the_places_of_its_columns(tmp_path: Path) -> None:
    mapping = MAPPING.replace("who", "column 1").replace("date", "column 2").replace("topic", "column 3")
    table = "BEUC,2020-01-02,x\nETUC,2020-01-03,y\n"
    assert outcomes(tmp_path, table, mapping, "header_row: 0") == {1: ["EventAct"], 2: ["EventAct"]}
