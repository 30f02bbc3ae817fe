"""Four registers in the shape of public ones, each row against what it claims."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from registers_home import REGISTERS, read

from graph.cli.main import motegraf
from graph.model.acts import Act
from graph.sources.tables.preview import preview_rows

pytestmark = pytest.mark.slow

SAMPLES = ["eu-mep-meetings", "uk-cabinet-office-2010-q4", "si-lobbying-contacts", "einnsyn-moetemapper"]
# Words for people, and what says nothing of what a row means.
NOT_COMPARED = {"because", "why", "value", "withheld"}


def compared(acts: list[dict[str, Any]]) -> list[Any]:
    """Return acts without words for people and without what is null, in an order of their own."""
    return sorted((slim(act) for act in acts), key=lambda act: json.dumps(act, sort_keys=True))


def slim(act: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in act.items() if name not in NOT_COMPARED and value not in (None, False, [])}
    if act["act"] == "message":
        told.pop("topic_said", None)
    for name in ("topic_said", "capacity_said"):
        if isinstance(told.get(name), str):
            told[name] = " ".join(told[name].split())
    if "parts" in told:
        told["parts"] = compared_parts(told["parts"])
    return told


def compared_parts(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((slim({"act": "part", **part}) for part in parts), key=lambda part: json.dumps(part, sort_keys=True))


def preview(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(motegraf, ["preview", *arguments, "--json"])
    assert result.stdout, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.mark.parametrize("name", SAMPLES)
def test_each_row_claims_what_it_says(name: str) -> None:
    expected = json.loads((REGISTERS / name / "expected.json").read_text(encoding="utf-8"))
    actual = preview(str(REGISTERS / name))
    assert actual["register"] == expected["register"]
    assert list(actual["rows"]) == list(expected["rows"])
    for row, acts in expected["rows"].items():
        assert compared(actual["rows"][row]) == compared(acts), f"row {row}"


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_changes_where_only_some_rows_are_asked_for(name: str) -> None:
    folder = str(REGISTERS / name)
    whole = preview(folder)["rows"]
    for row in whole:
        assert preview(folder, "--rows", row)["rows"] == {row: whole[row]}


def test_the_exit_says_whether_all_is_understood() -> None:
    codes = {name: CliRunner().invoke(motegraf, ["preview", str(REGISTERS / name)]).exit_code for name in SAMPLES}
    assert codes == {
        "eu-mep-meetings": 1,
        "uk-cabinet-office-2010-q4": 0,
        "si-lobbying-contacts": 0,
        "einnsyn-moetemapper": 1,
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_a_few_rows_are_kept_and_all_are_counted(name: str) -> None:
    register = read(REGISTERS / name)
    whole = preview_rows(register, None)
    seen: list[list[Act]] = []
    few = preview_rows(read(REGISTERS / name), None, 3, seen.append)
    assert few.acts == whole.acts[:3]
    assert few.tally.rows == len(seen) == len(whole.acts)
    assert few.tally.acts == whole.tally.acts
