"""SPARQL tokens: no term changes the query around it, and nothing is hidden from the guard."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from graph import HOME
from graph.query.guard import violations
from graph.query.sparql import prefixes
from graph.query.sparql.limits import limit_problem
from graph.query.sparql.parameters import bind_parameters, fill_values, parameter_names, serialize_term
from graph.query.sparql.prefixes import declare_prefixes, expand_dotted_names
from graph.query.sparql.tokens import (
    ambiguous_escape,
    external_call,
    is_distinct,
    projected_variables,
    query_form,
    tokens,
    unclosed_quote,
)

pytestmark = pytest.mark.unit

QUERIES = [file.read_text(encoding="utf-8") for file in sorted(HOME.glob("**/*.rq")) if ".venv" not in file.parts]
# A parameter in a subselect, a filter, a comment, a string, an IRI, and beside names that begin like it.
TRICKY = """# ?_who is a parameter
PREFIX ex: <http://example.org/?_who#>
SELECT ?x ?_whole ?y WHERE {
  { SELECT ?x WHERE { ?x ex:knows ?_who } }
  ?x ex:said "?_who" , '''it's ?_who''' , "a \\" ?_who" ; ex:age ?y .  # ?_who
  FILTER(?y < 10 && COALESCE(?_who, ?x) != <http://example.org/?_who>)
}"""
HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        ['"', "'", '"""', "\\", '\\"', "\n", "\r\n", "?_who", "$_who", "# comment", '" . ?s ?p ?o . "', "} #", "\u2028"]
    ),
    st.text(alphabet="\"'\\\n\r?_{}#<>@^u0æ", max_size=30),
    st.integers(1000, 5000).map(lambda length: "æ" * length),
)
LANGUAGES = st.sampled_from([None, "nb", "en", "zh-Hant"])
ADDRESSES = st.text(alphabet="abcæøå-._~?&=/:@!$'()*+,;41", max_size=30)


def terms() -> st.SearchStrategy[NamedNode | Literal]:
    """Any term that a parameter can be."""
    literals = st.builds(lambda text, tag: Literal(text, language=tag), HOSTILE, LANGUAGES)
    typed = st.builds(lambda text: Literal(text, datatype=NamedNode("http://example.org/t")), HOSTILE)
    return literals | typed | ADDRESSES.map(lambda path: NamedNode(f"http://example.org/a#{path}"))


@pytest.mark.parametrize("query", [*QUERIES, TRICKY])
def test_joined_tokens_are_the_query(query: str) -> None:
    assert "".join(text for _, text in tokens(query)) == query


@given(st.text(alphabet="?_who \"'\\\n#<>{}().;,a:@^|&=!1-"))
def test_joined_tokens_are_any_text(text: str) -> None:
    assert "".join(part for _, part in tokens(text)) == text


@settings(max_examples=300, deadline=None)
@given(terms())
def test_bind_parameters_replaces_only_the_variable(term: NamedNode | Literal) -> None:
    before, after = tokens(TRICKY), tokens(bind_parameters(TRICKY, {"who": term}))
    # A literal is several tokens: a string, and its language or ^^ and datatype.
    put_in = tokens(serialize_term(term))
    expected = [each for token in before for each in (put_in if token == ("variable", "?_who") else [token])]
    assert list(after) == expected


@settings(max_examples=300, deadline=None)
@given(terms(), terms())
def test_bound_query_gives_the_result_of_engine_substitution(
    term: NamedNode | Literal, other: NamedNode | Literal
) -> None:
    store = Store()
    where = "WHERE { BIND(SAMETERM(?_one, ?_two) AS ?same) BIND(DATATYPE(?_one) AS ?kind) BIND(STR(?_two) AS ?text) }"
    ours = store.query(bind_parameters(f"SELECT ?same ?kind ?text {where}", {"one": term, "two": other}))
    # It substitutes only what is projected.
    theirs = store.query(
        f"SELECT ?same ?kind ?text ?_one ?_two {where}",
        substitutions={Variable("_one"): term, Variable("_two"): other},
    )
    assert isinstance(ours, QuerySolutions)
    assert isinstance(theirs, QuerySolutions)
    assert [tuple(row) for row in ours] == [tuple(row)[:3] for row in theirs]


@settings(max_examples=200, deadline=None)
@given(terms())
def test_bound_term_is_read_back_unchanged(term: NamedNode | Literal) -> None:
    (row,) = Store().query(bind_parameters("SELECT ?x WHERE { VALUES ?x { ?_term } }", {"term": term}))
    assert row["x"] == term


@settings(max_examples=100, deadline=None)
@given(st.lists(terms(), max_size=5))
def test_filled_values_are_read_back_unchanged(given: list[NamedNode | Literal]) -> None:
    actual = Store().query(fill_values("SELECT ?x WHERE { VALUES ?x { } }", "x", given))
    assert [row["x"] for row in actual] == given


def test_parameter_names_ignore_strings_and_comments() -> None:
    assert parameter_names(TRICKY) == ["whole", "who"]
    assert parameter_names('SELECT * { ?s $_b ?_a ; ?_b "?_c" . # ?_d\n }') == ["b", "a"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT ?a ?b WHERE { ?a ?b ?c }", ["a", "b"]),
        ("SELECT DISTINCT $a { SELECT ?b { ?b ?c ?d } }", ["a"]),
        ("SELECT (COUNT(?x) AS ?n) ?y (SUM(?z + (?w)) AS ?s) { ?x ?y ?z }", ["n", "y", "s"]),
        ("# SELECT ?no\nPREFIX a: <b:#SELECT> SELECT ?a FROM <g:g> { ?x ?y ?z }", ["a"]),
        ("SELECT * { ?x ?y ?z }", []),
        ("select ?a where { ?a ?b 'SELECT ?c' }", ["a"]),
    ],
)
def test_projected_variables_are_those_of_the_outermost_select(query: str, names: list[str]) -> None:
    assert projected_variables(query) == names


@pytest.mark.parametrize(
    ("query", "distinct"),
    [
        ("PREFIX select: <distinct:> # SELECT DISTINCT\nselect # x\n distinct ?a { ?a ?b ?c }", True),
        ("SELECT ?a { { SELECT DISTINCT ?a { ?a ?b ?c } } }", False),
        ("SELECT REDUCED ?a { ?a ?b 'SELECT DISTINCT' }", False),
        ("ASK { ?a ?b ?c }", False),
    ],
)
def test_only_the_outermost_select_is_distinct(query: str, distinct: bool) -> None:
    assert is_distinct(query) == distinct


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX select: <ask:#x>\nBASE <b:b> describe <a>", "DESCRIBE"),
        ("PREFIX : <a:a> CONSTRUCT WHERE { :a :b 'ASK' }", "CONSTRUCT"),
        ("ASK{}", "ASK"),
        ("INSERT DATA { <a:a> <b:b> 1 }", "INSERT"),
        ("PREFIX a: <b:> LOAD <http://example.org>", "LOAD"),
        ("", None),
        ("# SELECT", None),
        ("garbage SELECT", None),
        ("'SELECT'", None),
    ],
)
def test_query_form_is_the_first_keyword_after_the_prologue(query: str, expected: str | None) -> None:
    assert query_form(query) == expected


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { SERVICE <a:a> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE"),
        ("PREFIX : <a:a> SELECT * { ?s a :.SERVICE <a:a> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p 1#\nSERVICE <a:a> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p 'a'SERVICE<a:a> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p <a:b#c> . SERVICE <a:a> { } }", "SERVICE"),
        ("SELECT * { ?s ?p '''# ' '''SERVICE <a:a> { } }", "SERVICE"),
        ("LOAD <a:a>", "LOAD"),
        ("SELECT * { ?s ?p a:SERVICE , SERVICE:a , :LOAD }", None),
        ("SELECT ?SERVICE $LOAD { ?SERVICE ?p ?o }", None),
        ("SELECT * { ?s ?p 'SERVICE' , \"LOAD\" , '''\nSERVICE''' } # SERVICE", None),
        ("SELECT * { ?s ?p <http://example.org/#SERVICE> }", None),
        ("SELECT * { ?s ?p 'it\\'s SERVICE' , _:SERVICE , 'x'@SERVICE }", None),
        ("SELECT * { ?s ?p 'a\\\\u0027 SERVICE' }", None),
    ],
)
def test_external_call_detects_service_and_load_only(query: str, word: str | None) -> None:
    assert external_call(query) == word


def test_declare_prefixes_adds_missing_prefixes() -> None:
    prefixes = {"ex": "http://example.org/", "mg": "http://example.org/mg#", "foaf": "http://xmlns.com/foaf/0.1/"}
    query = "PREFIX mg: <mine:>\nSELECT * { ?s ex:a mg:b , other:c ; ex:d 'foaf:e' } # foaf:f"
    assert declare_prefixes(query, prefixes) == f"PREFIX ex: <http://example.org/>\n{query}"


@pytest.mark.parametrize("query", [*QUERIES, TRICKY, "SELECT * { " + "{" * 198 + "}" * 198 + " }"])
def test_ordinary_queries_are_within_limits(query: str) -> None:
    assert limit_problem(query) is None


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT * " + "{" * 201 + "}" * 201, "nested 201 levels deep"),
        ("SELECT * { FILTER(" + "(" * 5000 + ")" * 5000 + ") }", "nested 5,002 levels deep"),
        ("SELECT * { ?s ?p " + "[ ?p " * 300 + "] " * 300 + "}", "nested 301 levels deep"),
        ("SELECT * { FILTER(" + "!" * 5000 + "?x) }", "operators and clauses"),
        ("SELECT * { {} " + "UNION {} " * 5000 + "}", "operators and clauses"),
        ("SELECT * { " + "BIND(1 AS ?x) " * 5000 + "}", "operators and clauses"),
        ("SELECT * { ?s a" + "/a" * 5000 + " ?o }", "operators and clauses"),
        ("SELECT * { ?s ?p '" + "x" * 100_000 + "' }", "characters"),
    ],
)
def test_limit_problem_rejects_what_could_end_an_engine(query: str, why: str) -> None:
    assert why in str(limit_problem(query))


@pytest.mark.parametrize("harmless", ["# {{{{\n", "'{{{{'", '"""({[\n"""', "<a:#(((>"])
def test_nesting_ignores_brackets_in_strings(harmless: str) -> None:
    assert limit_problem("SELECT * { ?s ?p " + f"{harmless} , " * 100 + "1 }") is None


@pytest.mark.parametrize(
    ("query", "escape"),
    [
        ("SELECT * { \\u0053ERVICE <a:a> { ?s ?p ?o } }", "\\u0053"),
        ('SELECT * { VALUES ?a {"\\u0022"} SERVICE <a:a> { ?s ?p ?o } VALUES ?b {"\\u0022"} }', "\\u0022"),
        ("SELECT * { } # \\u000A SERVICE", "\\u000A"),
        ("SELECT * { ?s ?p <a:\\U0000003E> }", "\\U0000003E"),
        ('SELECT * { ?s ?p "caf\\u00e9" }', None),
        ("SELECT * { ?s ?p 'a\\\\n' }", None),
    ],
)
def test_ambiguous_escapes_are_detected(query: str, escape: str | None) -> None:
    assert ambiguous_escape(query) == escape


@settings(max_examples=200, deadline=None)
@given(terms())
def test_bound_terms_have_no_ambiguous_escapes(term: NamedNode | Literal) -> None:
    assert ambiguous_escape(bind_parameters("SELECT * { ?s ?p ?_term }", {"term": term})) is None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p (" + "1 " * 900 + ") }", "ASK {" + "GRAPH ?g {}" * 900 + "}",
        "ASK {" + "VALUES ?a {1}" * 900 + "}",
        "ASK {" + "?a a ?c." * 900 + "}", "ASK {?s " + "a ?x;" * 900 + "}", "ASK {?s a " + "?x," * 900 + "?y}",
    ],
    ids=["a collection", "graphs", "values", "triples", "predicates", "objects"],
)  # fmt: skip
def test_limit_problem_rejects_long_chains(query: str) -> None:
    assert limit_problem(query)


def test_long_values_data_is_within_limits() -> None:
    assert limit_problem("ASK { VALUES (?a ?b) { " + "(1 2) " * 2000 + "} }") is None


KNOWN = {"c": "https://w3id.org/motegraf/claim/"}


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("ASK { c:a.b.c ?p ?o }", "ASK { <https://w3id.org/motegraf/claim/a.b.c> ?p ?o }"),
        ("ASK { c:a.b ?p ?o }", "ASK { c:a.b ?p ?o }"),
        ("ASK { c:a..b ?p c:a.b-c.d. }", None),
        (r"ASK { c:a.b.c\/d\.e ?p ?o }", "ASK { <https://w3id.org/motegraf/claim/a.b.c/d.e> ?p ?o }"),
        ("PREFIX c: <http://e/> ASK { c:a.b.c ?p ?o }", "PREFIX c: <http://e/> ASK { <http://e/a.b.c> ?p ?o }"),
        (
            "BASE <http://e/> PREFIX c: <d/> ASK { c:a.b.c ?p ?o }",
            "BASE <http://e/> PREFIX c: <d/> ASK { c:a.b.c ?p ?o }",
        ),
        ("ASK { d:a.b.c ?p 'c:a.b.c' } # c:a.b.c", "ASK { d:a.b.c ?p 'c:a.b.c' } # c:a.b.c"),
    ],
)
def test_dotted_names_are_expanded(query: str, sent: str | None) -> None:
    whole = expand_dotted_names(query, KNOWN)
    if sent is not None:
        assert whole == sent
    if "d:" not in query and "BASE" not in query:
        Store().query(whole, prefixes=KNOWN)


@given(st.text(alphabet='c:a.b\\<>"{}|^`/#%41 ;SERVICE', max_size=40))
def test_other_names_are_not_expanded(local: str) -> None:
    """Whatever stands in a name becomes one IRI, or stays as it is."""
    query = f"c:a.b.c{local}"
    before, after = tokens(query), tokens(expand_dotted_names(query, KNOWN))
    assert [kind for kind, _ in after] == [
        "iri" if kind == "prefixed" and text != now else kind
        for (kind, text), (_, now) in zip(before, after, strict=True)
    ]


PIECES = st.lists(st.sampled_from([*"ab:.._", r"\.", r"\/", r"\_", "%41", "/", "\n", "<", " c:"]), max_size=8)


@settings(max_examples=500)
@given(PIECES.map("".join))
@example(r"a\/b.c.d")
@example(r"a.b\/c.d")
@example(r"a:b.c:d.e")
def test_no_name_with_several_dots_is_overlooked(name: str) -> None:
    """Queries without one are not looked at name by name: it makes no difference."""
    query = f"ASK {{ c:{name} ?p ?o }}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prefixes, "_DOTTED", re.compile(""))
        expected = expand_dotted_names(query, KNOWN)
    assert expand_dotted_names(query, KNOWN) == expected


@pytest.mark.parametrize("unit", ["'\\", '"\\', "\\'''\n", '\\"""\n'])
def test_unclosed_quotes_are_scanned_once(unit: str) -> None:
    query = f"ASK {{}} {unit * 4_000}"
    actual = tokens(query)
    assert "".join(text for _, text in actual) == query
    assert len(actual) < 12
    assert unclosed_quote(query) in (7, 8)
    assert next(violations(query)) == ("quotes", "these quotation marks are not closed")


@pytest.mark.parametrize("query", ["ASK { ?s ?p '' , \"\" , '''a'b''' , 'it\\'s' } # it's", TRICKY])
def test_closed_quotes_are_no_violation(query: str) -> None:
    assert unclosed_quote(query) is None
