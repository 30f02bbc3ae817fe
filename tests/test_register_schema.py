"""The JSON Schemas of the files of a register take those of the tests, and refuse words that no form has."""

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from registers_home import REGISTERS, ROOT

pytestmark = pytest.mark.unit

FILES = ("register", "mapping", "lookups")
REAL = sorted(file for folder in (REGISTERS, ROOT / "benchmarks/registers") for file in folder.glob("*/*.yaml"))


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / f"registers/{name}.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_they_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name).schema)


@pytest.mark.parametrize("file", REAL, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_they_take_real_files_as_editors_read_them(file: Any) -> None:
    # An editor reads true as true, and 2014 as a number, where the build reads words; days it reads as words.
    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        sign: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
        for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    written = yaml.load(file.read_text(encoding="utf-8"), Loader=Loader)
    assert [error.message for error in schema(file.stem).iter_errors(written)] == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("mapping", {"people": "everybody", "key": "id", "event": {"kind": "meeting"}}),
        ("mapping", {"people": "all", "key": "id", "event": {"kind": "meetign"}}),
        ("mapping", {"people": "all", "key": "id", "event": {"parts": [{"body": "x", "role": "organizer"}]}}),
        ("mapping", {"people": "all", "key": "id", "evnet": {"kind": "meeting"}}),
        ("lookups", {"place": {"values": {"Zoom": {"mode": "on-line"}}}}),
        ("lookups", {"place": {"values": {"Zoom": {"modus": "online"}}}}),
        ("lookups", {"topic": {"values": {"Zoom": {"topics": ["weather"]}}}}),
        ("register", {"url": "https://example.org"}),
        ("register", {"url": "example.org"}),
    ],
)
def test_they_refuse_words_that_no_form_has(name: str, written: Any) -> None:
    assert list(schema(name).iter_errors(written))
