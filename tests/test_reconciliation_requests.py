"""Whatever JSON is sent to the reconciliation service, it is read within its limits, or refused with a status."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.server.errors import RequestError
from graph.server.reconcile.facts import country_code, day_bounds
from graph.server.reconcile.identifiers import SCHEMES, normal_value
from graph.server.reconcile.names import without_identifiers
from graph.server.reconcile.request import (
    MAX_CANDIDATES,
    MAX_CELL,
    MAX_IDS,
    MAX_LETTERS,
    MAX_QUERIES,
    read_batch,
    read_extension,
)
from graph.server.reconcile.vocabulary import PROPERTIES, TYPES, matching, properties_of

pytestmark = pytest.mark.unit

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
VALUE = st.sampled_from([*PROPERTIES]) | ANY
PROPERTY = st.fixed_dictionaries({}, optional={"pid": VALUE, "v": ANY | st.lists(ANY, max_size=3)})
QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text(max_size=30) | ANY,
        "type": st.sampled_from([*TYPES]) | st.lists(st.sampled_from([*TYPES]), max_size=3) | ANY,
        "limit": st.integers(1, 100) | ANY,
        "properties": st.lists(PROPERTY, max_size=3) | ANY,
        "type_strict": st.sampled_from(["any", "all", "should"]) | ANY,
    },
)


def attempt(read: Callable[[str], Any], text: str) -> Any:
    """Return what is read, or None where it is refused as it should be."""
    problem: RequestError | None = None
    try:
        return read(text)
    except RequestError as error:
        problem = error
    assert problem.status in (400, 413)
    assert problem.message
    return None


@given(st.dictionaries(st.text(max_size=5), QUERY, max_size=4) | ANY)
def test_any_batch_is_read_or_refused(batch: Any) -> None:
    queries = attempt(read_batch, json.dumps(batch))
    if queries is None:
        return
    assert list(queries) == list(batch)
    assert len(queries) <= MAX_QUERIES
    for query in queries.values():
        assert 1 <= query.limit <= MAX_CANDIDATES
        assert len(query.name) <= MAX_LETTERS
        assert set(query.types) <= set(TYPES)
        for each in query.properties:
            assert each.property in PROPERTIES
            assert all(isinstance(value, str) and len(value) <= MAX_LETTERS for value in each.values)


@given(
    st.fixed_dictionaries({"ids": st.lists(st.text(max_size=9)) | ANY}, optional={"properties": st.lists(ANY) | ANY})
)
def test_any_extension_is_read_or_refused(wanted: Any) -> None:
    query = attempt(read_extension, json.dumps(wanted))
    if query is not None:
        assert len(query.ids) <= MAX_IDS
        assert all(id in PROPERTIES and 1 <= number <= MAX_CELL for id, number in query.properties)


@given(st.text())
def test_any_text_is_read_as_a_batch_or_refused(text: str) -> None:
    for read in (read_batch, read_extension):
        attempt(read, text)


@given(st.text(max_size=60))
def test_any_value_is_read_or_says_nothing(text: str) -> None:
    bounds = day_bounds(text)
    assert bounds is None or bounds.earliest or bounds.latest
    assert country_code(text) == "" or len(country_code(text)) == 2
    for scheme in SCHEMES:
        normal = normal_value(scheme, text)
        assert normal_value(scheme, normal) == normal
    rest, found = without_identifiers(text)
    assert found or rest == text
    matching(text, PROPERTIES.values())


@pytest.mark.parametrize(
    ("scheme", "text", "value"),
    [
        ("wikidata", "Q42", "Q42"),
        ("wikidata", " q42 ", "Q42"),
        ("wikidata", "https://www.wikidata.org/wiki/Q42", "Q42"),
        ("wikidata", "http://www.wikidata.org/entity/Q42", "Q42"),
        ("wikidata", "https://example.org/Q42", ""),
        ("wikidata", "P31", ""),
        ("wikidata", "Q0", ""),
        ("organisation-number", "974 760 673", "974760673"),
        ("organisation-number", "NO974760673MVA", "974760673"),
        ("organisation-number", "974.760.673", "974760673"),
        ("organisation-number", "97476067", ""),
        # A figure is wrong.
        ("organisation-number", "974760674", ""),
        ("area-number", "0301", "0301"),
        ("area-number", "301", "0301"),
        ("area-number", "3", "03"),
        ("area-number", "K-0301", "0301"),
        ("area-number", "03011", ""),
        ("register-id", " 123-45 ", "123-45"),
    ],
)
def test_identifiers_are_read_as_tables_write_them(scheme: str, text: str, value: str) -> None:
    assert normal_value(scheme, text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("NO", "NO"), ("no", "NO"), ("Norge", "NO"), ("Sweden", "SE"), ("Sverige", "SE"), ("Nowhere", "")],
)
def test_countries_are_read_by_code_and_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2014-12-01", ("2014-12-01", "2014-12-01")),
        ("2014-12-01T10:00:00Z", ("2014-12-01", "2014-12-01")),
        ("2014-12-01 00:00", ("2014-12-01", "2014-12-01")),
        ("2014-12", ("2014-12-01", "2014-12-31")),
        ("2014", ("2014-01-01", "2014-12-31")),
        ("2014-02-30", None),
        ("i går", None),
        ("", None),
    ],
)
def test_days_are_read_as_tables_write_them(text: str, days: tuple[str, str] | None) -> None:
    assert day_bounds(text) == (None if days is None else tuple(map(date.fromisoformat, days)))


def test_every_type_has_properties_and_every_property_a_type() -> None:
    assert all(properties_of(id) for id in TYPES)
    assert all(set(each.types) <= set(TYPES) for each in PROPERTIES.values())
    assert all(not each.value_type or each.value_type in TYPES for each in PROPERTIES.values())
