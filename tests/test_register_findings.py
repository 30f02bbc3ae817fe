"""What is wrong with a register is said with file, row or line, column, value, what is near to it, and what to do."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from registers_home import read, write_register

from graph.cli.main import motegraf
from graph.common.findings import FindingsError
from graph.sources.tables.tally import Tally

pytestmark = pytest.mark.slow

TABLE = "id,date,minister,lobbyist,place\n1,2020-01-02,Ada Prøve,Alfa AS,Oslo\n2,2020-01-03,Ada Prøve,Beta AS,Bergen\n"
MAPPING = """\
people: officials
key: id
event:
  kind: meeting
  status: held
  when: {column: date, formats: YYYY-MM-DD}
  place: place
  parts:
    - {person: minister, role: official}
    - {body: lobbyist, role: counterpart}
"""
FILE, MAP, LOOKUPS = (f"registers/meetings/{name}" for name in ("table.csv", "mapping.yaml", "lookups.yaml"))


def findings(folder: Path, table: str = TABLE, mapping: str = MAPPING, lookups: str = "", more: str = "") -> list[str]:
    """Return all findings about a register: those of its forms, or else those of its rows."""
    written = write_register(folder / "meetings", table, mapping, lookups, more=more)
    try:
        register = read(written)
        tally = Tally()
        for number, acts in register.acts(register.rows()):
            tally.add(number, acts)
        return [str(each) for each in (*register.findings, *tally.findings(register))]
    except FindingsError as error:
        return [str(each) for each in error.findings]


def looked_up(place: str, more: str = "") -> tuple[str, str]:
    """Return a mapping whose places have a lookup, and lookups with these entries."""
    mapping = MAPPING.replace("place: place", f"place: {{column: place, lookup: places{more}}}")
    return mapping, f"places: {{by: b, because: c, values: {{{place}}}}}\n"


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    assert findings(tmp_path, mapping=MAPPING.replace("lobbyist", "lobbyists")) == [
        f'{MAP}:10: there is no column "lobbyists" in {FILE}. Did you mean lobbyist? '
        "Columns: id, date, minister, lobbyist, place",
        f'{FILE}: column "lobbyist" is neither used nor under unused:. Say why it makes no claim',
    ]


def test_a_day_that_no_month_has(tmp_path: Path) -> None:
    assert findings(tmp_path, TABLE.replace("2020-01-03", "2020-11-31")) == [
        f'{FILE} row 3, date: "2020-11-31" is no day of YYYY-MM-DD: November has 30 days, not 31. '
        "Nothing is guessed: add its form to formats, or give a lookup with when: or review:"
    ]


@pytest.mark.parametrize(
    ("cell", "forms", "why"),
    [
        ("Nov-10", "MMM-YY, MMM-DD", "MMM-YY (2010-11-01/2010-11-30) and MMM-DD (2010-11-10)"),
        ("03/04/2010", "DD/MM/YYYY, MM/DD/YYYY", "DD/MM/YYYY (2010-04-03) and MM/DD/YYYY (2010-03-04)"),
    ],
)
def test_a_day_that_can_be_read_in_two_ways(tmp_path: Path, cell: str, forms: str, why: str) -> None:
    table = TABLE.replace("2020-01-03", cell).replace("2020-01-02", "2010-01-02")
    mapping = MAPPING.replace("YYYY-MM-DD", f"[YYYY-MM-DD, {forms}]")
    assert findings(tmp_path, table, mapping, more="period: 2010") == [
        f'{FILE} row 3, date: "{cell}" fits two forms, {why}; keep one of them, or give a lookup.'
    ]


def test_a_day_that_only_one_order_allows_is_no_guess(tmp_path: Path) -> None:
    table = TABLE.replace("2020-01-03", "13/04/2010")
    assert findings(tmp_path, table, MAPPING.replace("YYYY-MM-DD", "[YYYY-MM-DD, DD/MM/YYYY, MM/DD/YYYY]")) == []


def test_a_column_that_nobody_speaks_of(tmp_path: Path) -> None:
    assert findings(tmp_path, mapping=MAPPING.replace("  place: place\n", "")) == [
        f'{FILE}: column "place" is neither used nor under unused:. Say why it makes no claim'
    ]
    assert findings(tmp_path, mapping=f"{MAPPING}unused: {{place: not of the meeting}}\n") == [
        f'{MAP}:11: the column "place" is under unused:, and the mapping uses it'
    ]


def test_bytes_of_another_encoding(tmp_path: Path) -> None:
    folder = write_register(tmp_path / "meetings", TABLE, MAPPING)
    (folder / "table.csv").write_bytes(TABLE.replace("Prøve", "Prove").replace("Alfa AS", "Alfa’s").encode("cp1252"))
    with pytest.raises(FindingsError) as error:
        read(folder)
    assert f"{FILE} row 2: byte 0x92 is not UTF-8. It is ’ in windows-1252; write encoding: windows-1252" in str(
        error.value
    )


@pytest.mark.parametrize(("agree", "why"), [("must_agree: date\n", " (must_agree)"), ("", "")])
def test_rows_of_one_key_that_disagree(tmp_path: Path, agree: str, why: str) -> None:
    mapping = MAPPING.replace("key: id\n", f"key: id\nrepeated: same-event\n{agree}")
    assert findings(tmp_path, TABLE.replace("\n2,", "\n1,").replace("Bergen", "Oslo"), mapping) == [
        f"{FILE} row 3, date: rows 2 and 3 have the key \"1\" but date '2020-01-02' and '2020-01-03'{why}."
    ]


def test_a_key_that_stands_twice_where_nobody_says_why(tmp_path: Path) -> None:
    assert findings(tmp_path, TABLE.replace("\n2,", "\n1,")) == [
        f'{FILE} row 2, id: rows 2, 3 have the key "1"; say repeated: same-event, or name more columns in key (2 rows).'
    ]


def test_an_empty_key(tmp_path: Path) -> None:
    assert findings(tmp_path, TABLE.replace("\n2,", "\n ,")) == [
        f'{FILE} row 3, id: the key, "id", is empty: no event has a name. Name columns that no row leaves '
        "blank, or file-and-row; or skip: the row with a reason"
    ]


def test_an_identifier_that_could_be_empty(tmp_path: Path) -> None:
    mapping = MAPPING.replace("body: lobbyist", "body: {column: lobbyist, id: {pattern: '[0-9]*'}}")
    assert findings(tmp_path, mapping=mapping) == [
        f"{MAP}:10: '[0-9]*' fits nothing too, and would make an empty identifier"
    ]


def test_values_that_no_lookup_has(tmp_path: Path) -> None:
    mapping, lookups = looked_up("Bergenn: {mode: video}", ", otherwise: error")
    table = f"{TABLE}3,2020-01-04,Ada Prøve,Gamma AS,Bergen\n"
    assert [each for each in findings(tmp_path, table, mapping, lookups) if "warning" not in each] == [
        f'{FILE} row 2, place: 2 values, 3 rows: is in no lookup (places): "Bergen" (2), "Oslo" (1). Did you mean '
        "Bergenn? Add it to lookups.yaml, or say otherwise: as-written, nothing or review"
    ]


def test_many_values_are_cut_at_twenty(tmp_path: Path) -> None:
    table = TABLE + "".join(f"{number},x{number % 30},Ada,Beta,Oslo\n" for number in range(3, 200))
    (finding,) = findings(tmp_path, table)
    assert finding.startswith(f"{FILE} row 4, date: 30 values, 197 rows: fits none of the forms YYYY-MM-DD: ")
    assert '"x3" (7), "x4" (7)' in finding
    assert finding.count("(7)") + finding.count("(6)") == 20
    assert " and 10 more. Nothing is guessed" in finding


def test_a_file_that_is_another_than_was_archived(tmp_path: Path) -> None:
    folder = write_register(tmp_path / "meetings", TABLE, MAPPING)
    (folder / "table.csv").write_text(TABLE + "3,2020-01-04,Ada,Beta,Oslo\n", encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read(folder)
    assert "registers/meetings/register.yaml:9: table.csv is not the one that was archived: its sha256 is " in str(
        error.value
    )
    assert "Is it another release?" in str(error.value)


def test_a_number_of_rows_that_is_not_so(tmp_path: Path) -> None:
    assert findings(tmp_path, more="rows: 3") == [
        "registers/meetings/register.yaml:10: table.csv has 2 rows, and 3 are noted; correct one of them"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status:", "statsu:", "5: unknown key 'statsu'. Did you mean status?"),
        ("kind: meeting", "kind: meetign", "4: unknown kind 'meetign'. Did you mean meeting"),
        ("people: officials", "people: everybody", "1: 'everybody' is not one of 'officials', 'all' or 'none'"),
        ("people: officials\n", "", "1: 'people' is missing"),
        ("key: id", "key: id\nzone: Europe/Olso", "3: there is no zone 'Europe/Olso'. Did you mean Europe/Oslo"),
        ("YYYY-MM-DD", "YYYY-mm-dd", "6: 'YYYY-mm-dd': 'd' is no part of a date; parts are YYYY, YY, "),
        ("YYYY-MM-DD", '"%d/%m/%Y %H:%M"', "6: '%d/%m/%Y %H:%M': "),
        ("people: officials", "people:", "1: 'people' is empty; write people: officials, all or none"),
        (
            "body: lobbyist",
            "body: {column: lobbyist, split: ;}",
            "10: 'split' has keys and values of its own, not just",
        ),
        (
            "key: id",
            "key: id\nunused: [place]",
            "3: 'unused' has keys and values of its own, not just 'place'; write",
        ),
        ("YYYY-MM-DD", "[[x], MMM]", "6: "),
        ("YYYY-MM-DD", "MMM", "6: 'MMM' has no year, and register.yaml gives no period: that one could be taken from"),
        ("}\n  place", ", empty: period}\n  place", "6: an empty date means the period of the file, and register.yaml"),
        ("}\n  place", ", languages: [xx]}\n  place", "6: no names of months are there for the language 'xx'"),
        ("key: id", "key: id\nfill_down: date", "3: date is a date, and dates are never filled down"),
        ("place: place", "place: {column: place, lookup: plcaes}", "7: there is no lookup 'plcaes' in lookups.yaml"),
        ("body: lobbyist", "body: {column: lobbyist, take: '(?=x)(a)'}", "10: '(?=x)(a)' is no regular expression of"),
        ("body: lobbyist", "body: {column: lobbyist, take: 'a'}", "10: 'a' has 0 groups; it needs one"),
        ("body: lobbyist", "body: {column: lobbyist}, person: place", "10: 'parts': give one of person, body, group"),
        ("key: id", "key: {position: 1}", '2: column 1 of registers/meetings/table.csv has the heading "id"; name it'),
        ("key: id", "key: file-and-row\nnewest: id", "1: 'the file': repeated, newest and must_agree are of a key in"),
        ("key: id", "key: &x id", "2: anchors, aliases and tags are not read"),
        ("key: id", "key: id\nkey: id", "3: the key 'key' stands here twice"),
        (
            "status: held",
            "message: letter",
            "10: rows may tell of messages: say in_message: sender, recipient or nobody",
        ),
    ],
)
def test_mistakes_of_a_mapping(tmp_path: Path, old: str, new: str, said: str) -> None:
    told = findings(tmp_path, mapping=MAPPING.replace(old, new, 1))
    assert any(each.startswith(f"{MAP}:{said}") for each in told), told


@pytest.mark.parametrize(
    ("form", "meant"),
    [
        ('"%d/%m/%Y %H:%M"', "DD/MM/YYYY HH:mm"),
        ("dd.mm.yyyy HH:mm", "DD.MM.YYYY HH:mm"),
        ("YYYY-mm-dd", "YYYY-MM-DD"),
    ],
)
def test_a_form_of_other_programs(tmp_path: Path, form: str, meant: str) -> None:
    (told, *_) = findings(tmp_path, mapping=MAPPING.replace("YYYY-MM-DD", form))
    assert told.endswith(f"Did you mean {meant}?")


def test_a_value_that_another_form_reads(tmp_path: Path) -> None:
    table = TABLE.replace("2020-01-03", "1/13/2020 2:30 PM")
    assert findings(tmp_path, table) == [
        f'{FILE} row 3, date: "1/13/2020 2:30 PM" fits none of the forms YYYY-MM-DD. Nothing is guessed: add its form '
        "to formats (M/DD/YYYY h:mm a would read it), or give a lookup with when: or review:"
    ]


def test_values_beside_their_section(tmp_path: Path) -> None:
    mapping, _ = looked_up("")
    (told, *_) = findings(tmp_path, mapping=mapping, lookups="places: {by: b, because: c, Oslo: {mode: video}}\n")
    assert told == f"{LOOKUPS}:1: 'Oslo' stands beside by: and because:; put it under values: of places"


def test_two_columns_of_one_role(tmp_path: Path) -> None:
    two = f"{MAPPING}    - {{body: place, role: counterpart}}\n".replace("  place: place\n", "")
    assert findings(tmp_path, mapping=two) == [
        f"{MAP}:10: lobbyist and place are both counterpart, body; write another: true where each of them names "
        "somebody, or if: where the rows differ"
    ]
    assert (
        findings(tmp_path, mapping=two.replace("place, role: counterpart", "place, role: counterpart, another: 'true'"))
        == []
    )


def test_a_pattern_that_fits_two_columns(tmp_path: Path) -> None:
    table = TABLE.replace("place", "minister 2", 1)
    mapping = MAPPING.replace("person: minister", "person: {column: {like: minister*}}").replace("  place: place\n", "")
    assert findings(tmp_path, table, mapping) == [
        f'{MAP}:8: like "minister*" fits the columns "minister" and "minister 2" of {FILE}; name one of them, or say '
        "every: true where each names somebody"
    ]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("Oslo: {is: nothing, mode: online}", "'Oslo': the entry has two meanings: is: nothing and mode"),
        ("Oslo: {mode: online, review: x}", "'Oslo': the entry has two meanings: review and mode"),
        ("Oslo: {because: x}", "the entry does not say what the value means, as is: body or mode: online"),
        (
            '"New York": {mode: video}, "New  York": {mode: online}',
            "'New  York' and 'New York' are one value, white space folded, with two meanings",
        ),
        ("Oslo: {bodies: x}", "'Oslo': bodies is no meaning of a place; such are area, is, kind, mode, none, place"),
        ("Oslo: body", "'Oslo': is: body is no meaning of a place; only is: nothing is"),
        ("Oslo: {mode: on-line}", "'on-line' is not one of 'in-person', 'telephone', 'video', 'online' or 'other'"),
        ("'(': {match: regex, mode: online}", "'(' is no regular expression of RE2: missing ): ("),
        ("Oslo: {area: oslo}", "'oslo' is no area: write kommune:0301 or fylke:03"),
        ("Oslo: {area: 'kommune:0302'}", "'kommune:0302' is not in the registry. Did you mean kommune:"),
    ],
)
def test_mistakes_of_lookups(tmp_path: Path, entries: str, said: str) -> None:
    mapping, lookups = looked_up(entries)
    told = findings(tmp_path, mapping=mapping, lookups=lookups)
    assert any(each.startswith(f"{LOOKUPS}:1: ") and said in each for each in told), told


def test_a_value_that_fits_two_patterns(tmp_path: Path) -> None:
    mapping, lookups = looked_up("'O*': {match: like, mode: video}, '*o': {match: like, mode: online}")
    assert findings(tmp_path, mapping=mapping, lookups=lookups) == [
        f"{FILE} row 2, place: \"Oslo\" fits 'O*' and '*o' of the lookup places, which have two meanings; "
        "give it one of its own."
    ]


def test_a_lookup_says_who_and_why(tmp_path: Path) -> None:
    mapping, _ = looked_up("")
    assert findings(tmp_path, mapping=mapping, lookups="places: {values: {Oslo: {mode: video}}}\n") == [
        f"{LOOKUPS}:1: 'Oslo' lacks because and by: say why, and who decided, here or for the whole section"
    ]


def test_lookups_that_nothing_needs(tmp_path: Path) -> None:
    mapping, lookups = looked_up("Trondheim: {mode: video}")
    told = findings(tmp_path, mapping=mapping, lookups=f"{lookups}spare: {{by: b, because: c, values: {{x: body}}}}\n")
    assert told == [f"{LOOKUPS}:2: warning: no column uses the lookup 'spare'"]
    shown = CliRunner().invoke(motegraf, ["preview", str(tmp_path / "meetings"), "--lang", "en"])
    assert "«Trondheim» fits no value" in shown.stdout


@pytest.mark.parametrize("cell", ["---", "?", "…"])
def test_a_name_of_signs_alone(tmp_path: Path, cell: str) -> None:
    assert findings(tmp_path, TABLE.replace("Beta AS", cell)) == [
        f'{FILE} row 3, lobbyist: "{cell}" names nobody: it has no letter; put it under nothing:, or into a lookup.'
    ]


def test_headings_that_stand_twice(tmp_path: Path) -> None:
    table = f"{TABLE}id,date,minister,lobbyist,place\n"
    assert findings(tmp_path, table) == [
        f"{FILE} row 4: repeats the headings; under skip:, write {{headings: true, because: headings again}}."
    ]
    skipped = MAPPING.replace("key: id\n", "key: id\nskip: [{headings: 'true', because: again}]\n")
    assert findings(tmp_path, table, skipped) == []


def test_a_moment_in_another_zone(tmp_path: Path) -> None:
    table = TABLE.replace("2020-01-03", "2020-01-03T23:30:00Z")
    mapping = MAPPING.replace("YYYY-MM-DD", "ISO")
    (finding,) = findings(tmp_path, table, mapping)
    assert finding.startswith(
        f'{FILE} row 3, date: "2020-01-03T23:30:00Z" is no day of ISO: its time is in the zone Z; say zone: in '
        "mapping.yaml, such as Europe/Oslo."
    )
    assert findings(tmp_path, table, mapping.replace("key: id", "key: id\nzone: Europe/Oslo")) == []


def test_an_expression_that_would_never_end(tmp_path: Path) -> None:
    table = f"{TABLE}3,2020-01-03,Ada,{'a' * 50_000}!,Oslo\n"
    mapping = MAPPING.replace("body: lobbyist", "body: {column: lobbyist, id: {pattern: '(a+)+b'}}")
    begun = time.process_time()
    assert findings(tmp_path, table, mapping) == []
    assert time.process_time() - begun < 5


def test_a_hundred_thousand_lookups(tmp_path: Path) -> None:
    values = "".join(f"    Place number {number}: {{mode: online}}\n" for number in range(100_000))
    mapping, _ = looked_up("")
    begun = time.process_time()
    told = findings(tmp_path, mapping=mapping, lookups=f"places:\n  by: b\n  because: c\n  values:\n{values}")
    assert told == []
    assert time.process_time() - begun < 60


def test_preview_of_a_register_that_is_not_there(tmp_path: Path) -> None:
    done = CliRunner().invoke(motegraf, ["preview", "no-such-register"])
    assert done.exit_code == 2
    assert "there is no register 'no-such-register'" in done.stderr


@pytest.mark.parametrize("rows", ["0x", "5-2", "-3", "1-", "²"])
def test_preview_of_rows_that_are_none(tmp_path: Path, rows: str) -> None:
    done = CliRunner().invoke(motegraf, ["preview", "x", "--rows", rows])
    assert done.exit_code == 2
    assert "rows" in done.stderr
