"""The JSON Schema of claims files takes the real file and refuses what the build refuses."""

import json
from typing import Any

import pytest
import yaml
from conftest import CORPUS, PAGE
from jsonschema import Draft202012Validator
from test_claims_of_one_file import CLAIMS

from graph import HOME
from graph.sources.pages.json_schema import FILE

pytestmark = pytest.mark.slow

SCHEMA = Draft202012Validator(json.loads((HOME / FILE).read_text(encoding="utf-8")))


def claims() -> Any:
    """The claims of the first page as an editor's YAML reads them."""
    return yaml.safe_load((CORPUS / PAGE / "claims.yaml").read_text(encoding="utf-8"))


def test_it_is_a_schema_and_takes_the_first_page() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    assert [error.message for error in SCHEMA.iter_errors(claims())] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "confrence"), ("status", "hold"), ("topics", ["weather"]), ("open_list", "guests"), ("sttaus", "held")],
)
def test_it_refuses_words_that_no_scheme_has(key: str, value: object) -> None:
    written = claims()
    written["events"]["oslo-2014-host"][key] = value
    assert list(SCHEMA.iter_errors(written))


@pytest.mark.parametrize("role", ["organizer", ["speaker", "oepner"]])
def test_it_refuses_roles_that_do_not_exist(role: object) -> None:
    written = claims()
    written["events"]["oslo-2014-host"]["participations"][0]["role"] = role
    assert list(SCHEMA.iter_errors(written))


def test_the_claims_file_names_the_schema_in_its_first_line() -> None:
    first = (CORPUS / PAGE / "claims.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../claims.schema.json"


def test_it_takes_a_page_of_one_file() -> None:
    written = yaml.load(CLAIMS, Loader=yaml.BaseLoader)
    assert [error.message for error in SCHEMA.iter_errors(written)] == []
    written["bodies"]["hl"]["kind"] = "conference"
    assert list(SCHEMA.iter_errors(written))
