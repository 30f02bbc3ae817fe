"""Identifiers of the registry: what proves that two are one, and what is no identifier."""

from datetime import date
from pathlib import Path

import pytest

from graph import HOME
from graph.model.edtf import Bounds
from graph.registry.identifiers import identifiers_of
from graph.registry.load import read_registry
from graph.registry.lookup import find_municipality
from graph.registry.records import Registry
from graph.registry.values import value_problem

pytestmark = pytest.mark.unit

AUTUMN = Bounds(date(2014, 9, 1), date(2014, 12, 31))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(HOME / "registry")


def test_identifiers_are_pairs_of_scheme_and_value(registry: Registry) -> None:
    found = identifiers_of(registry)
    assert found["person:erna-solberg"] == {("wikidata", "Q291644")}
    assert ("no-orgnr", "972417831") in found["organisation:justis-og-beredskapsdepartementet"]
    assert found["kommune:0105"] == {("wikidata", "Q108025")}
    assert "person:laila-bokhari" not in found


def test_numbers_on_which_sources_differ_prove_nothing(registry: Registry) -> None:
    assert [
        each for each in identifiers_of(registry).get("organisation:stavanger-kommune", ()) if "no-orgnr" in each
    ] == []


def test_item_that_two_areas_share_proves_nothing(registry: Registry) -> None:
    assert registry.areas["fylke:03"].wikidata == registry.areas["kommune:0301"].wikidata
    assert not {"fylke:03", "kommune:0301"} & identifiers_of(registry).keys()


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("q42", "; write Q42"),
        (" Q42", "; write Q42"),
        ("https://www.wikidata.org/wiki/Q42", "; write Q42"),
        ("Q042", ""),
        ("42", ""),
        ("Q1 or Q2", ""),
        ("<b>Q</b>", ""),
    ],
)
def test_wrong_item_of_wikidata_says_what_to_write(value: str, hint: str) -> None:
    assert value_problem("wikidata", value) == f"{value!r}: an item of Wikidata is written as Q42{hint}"


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("03", " 03 is the county Oslo; a municipality has four figures"),
        ("301", " Its leading zero is lost: write 0301"),
        ("1193", " Did you mean 19"),
        ("9999", " Numbers of municipalities stand in registry/municipalities.csv"),
    ],
)
def test_number_of_no_municipality_says_which_may_be_meant(registry: Registry, number: str, hint: str) -> None:
    with pytest.raises(LookupError) as error:
        find_municipality(registry, number, None, AUTUMN)
    assert str(error.value).startswith(f"there is no municipality {number!r}.{hint}")


def test_registry_of_areas_alone_has_no_other_identifiers(tmp_path: Path) -> None:
    empty = Registry({}, {}, {}, {}, (), (), {}, {}, {})
    assert identifiers_of(empty) == {}
