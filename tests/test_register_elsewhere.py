"""Registers of other shapes and countries, read by a mapping and lookups alone."""

from pathlib import Path

import pytest
from registers_home import acts_of, read, rows, words, write_register

from graph.common.findings import FindingsError
from graph.model.acts import EventAct, MessageAct

pytestmark = pytest.mark.unit


PEOPLE = """\
people: all
key: file-and-row
event:
  kind: meeting
  status: held
  when: {column: date, formats: [FORMS], languages: [LANGUAGES]}
  parts:
    - {person: who, role: official}
"""


@pytest.mark.parametrize(
    ("language", "form", "cell", "days"),
    [
        ("nb", "D.-D. MMMM YYYY", "3.–5. mars 2019", "2019-03-03/2019-03-05"),
        ("nn", "D. MMMM YYYY", "3. mars 2019", "2019-03-03/2019-03-03"),
        ("en", "D MMMM YYYY", "3rd of March 2019", None),
        ("en", "D [of] MMMM YYYY", "3rd of March 2019", "2019-03-03/2019-03-03"),
        ("en", "MMM D\\, YYYY", "Sept 3, 2019", None),
        ("sv", "[den] D MMMM YYYY", "den 3 augusti 2019", "2019-08-03/2019-08-03"),
        ("da", "MMMM YYYY", "marts 2018", "2018-03-01/2018-03-31"),
        ("de", "D. MMMM YYYY", "3. März 2018", "2018-03-03/2018-03-03"),
        ("es", "D [de] MMMM [de] YYYY", "3 de marzo de 2019", "2019-03-03/2019-03-03"),
        ("fr", "D MMMM YYYY", "1er août 2019", "2019-08-01/2019-08-01"),
        ("nl", "D MMM YYYY", "29 mrt. 2018", "2018-03-29/2018-03-29"),
        ("sl", "D. MMMM YYYY", "25. januarja 2017", "2017-01-25/2017-01-25"),
        ("en", "[Q]Q YYYY", "Q3 2014", "2014-07-01/2014-09-30"),
        ("nb", "[uke] W YYYY", "uke 12 2019", "2019-03-18/2019-03-24"),
        ("en", "YYYY", "2014", "2014-01-01/2014-12-31"),
        ("en", "YYYY-YYYY", "2014-2015", "2014-01-01/2015-12-31"),
        ("en", "MMM-MMM YYYY", "Oct-Dec 2010", "2010-10-01/2010-12-31"),
        ("en", "dddd D MMMM YYYY", "Monday 4 March 2019", "2019-03-04/2019-03-04"),
        ("en", "serial", "43831", "2020-01-01/2020-01-01"),
        ("en", "unix", "1577831400", "2019-12-31/2019-12-31; 23:30"),
        ("en", "unix", "1577831400000", "2019-12-31/2019-12-31; 23:30"),
        ("en", "unix", "15778314", None),
        ("en", "[w/c] D MMMM YYYY +6", "w/c 4 March 2024", "2024-03-04/2024-03-10"),
        ("en", "YYYY-MM-DD+30", "2024-01-31", "2024-01-31/2024-03-01"),
        ("en", "ISO", "2020-01-01 00:00:00", "2020-01-01/2020-01-01"),
        ("en", "DD/MM/YYYY HH:mm", "01/01/2020 00:00", "2020-01-01/2020-01-01"),
        ("et", "D. MMMM YYYY", "4. märts 2024", "2024-03-04/2024-03-04"),
    ],
)
def test_dates_in_words(tmp_path: Path, language: str, form: str, cell: str, days: str | None) -> None:
    mapping = PEOPLE.replace("FORMS", f'"{form}"'.replace("\\,", ",")).replace("LANGUAGES", language)
    mapping += "zone: Europe/Oslo\n" if form == "unix" else ""
    told = rows(write_register(tmp_path / "r", f'date,who\n"{cell}",Ada Prøve\n', mapping))[2]
    if days is None:
        assert told[0].startswith(("error date: fits none", "2019-09-03"))
    else:
        assert told == [f"{days}; meeting; held; Ada Prøve (person official present)"]


def test_a_range_in_two_columns_with_times_in_utc(tmp_path: Path) -> None:
    table = """\
From;Until;At;Lobbyist;Firm
2020-06-30;;22:30;Ada Prøve;Alfa AS
2020-06-30;2020-07-02;;Bo Prøve;Beta AS
2020-06-30;2020-06-02;;Bo Prøve;Beta AS
2020-06-30;;25:00;Bo Prøve;Beta AS
"""
    mapping = """\
people: all
key: file-and-row
zone: Europe/Oslo
event:
  kind: meeting
  status: held
  when: {column: From, to: Until, time: {column: At, formats: HH:mm}, written_in: UTC}
  parts:
    - {person: Lobbyist, role: counterpart, on_behalf_of: Firm}
"""
    told = rows(write_register(tmp_path / "r", table, mapping))
    assert told == {
        2: ["2020-07-01/2020-07-01; 00:30; meeting; held; Ada Prøve for Alfa AS (person counterpart present)"],
        3: ["2020-06-30/2020-07-02; meeting; held; Bo Prøve for Beta AS (person counterpart present)"],
        4: ["error Until: ends on 2020-06-02, before it begins on 2020-06-30"],
        5: ["error At: there is no time 25:00"],
    }


def test_a_row_for_each_person_of_a_meeting(tmp_path: Path) -> None:
    table = """\
meeting,day,given,surname,function,organisation,place
M1,05/03/2019,Ada,Prøve,Minister,,Oslo
M1,05/03/2019,Bo,Test,,Alfa AS,
M2,06/03/2019,Ada,Prøve,Minister,,Oslo
M2,06/03/2019,Cy,Test,Director,Beta AS,Bergen
M1,05/03/2019,Di,Test,,Alfa AS,Oslo
"""
    mapping = """\
people: all
key: meeting
repeated: same-event
event:
  kind: meeting
  status: held
  when: {column: day, formats: DD/MM/YYYY}
  place: place
  parts:
    - person: {columns: [given, surname]}
      if: {column: organisation, blank: "true"}
      role: official
      capacity: function
    - person: {columns: [given, surname]}
      if: {column: organisation, blank: "false"}
      role: counterpart
      capacity: {columns: [function, organisation], join: ", "}
    - body: organisation
      role: counterpart
"""
    told = rows(write_register(tmp_path / "r", table, mapping))
    ada = "Ada Prøve as Minister (person official present)"
    assert told == {
        2: [
            f"2019-03-05/2019-03-05; meeting; held; at Oslo; {ada}; Bo Test as Alfa AS (person counterpart present); "
            "Alfa AS (body counterpart represented); Di Test as Alfa AS (person counterpart present)"
        ],
        3: ["same M1"],
        4: [
            f"2019-03-06/2019-03-06; meeting; held; {ada}; Cy Test as Director, Beta AS (person counterpart present); "
            "Beta AS (body counterpart represented)"
        ],
        5: ["same M2", "review place: rows 4 and 5 have the key \"M2\" but place 'Oslo' and 'Bergen'"],
        6: ["same M1"],
    }


def test_several_columns_of_counterparts_and_a_column_that_always_parts(tmp_path: Path) -> None:
    table = """\
id,date,attendees,Org 1,Org 2,Org 3
1,2020-01-02,Ada Prøve; Bo Test (Alfa AS); ; Cy Test,Alfa AS,,Beta AS
2,2020-01-03,,Gamma AS and Delta AS,Alfa AS,
"""
    mapping = """\
people: all
key: id
event:
  kind: meeting
  status: held
  when: date
  parts:
    - person: {column: attendees, split: {at: ";", always: "true"}, before_first: " (", without: whole}
      role: participant
      capacity: {after_first: " (", trim: ")", without: nothing}
    - body: {column: {like: Org *}, every: "true", split: {at: [and], only: looked-up}}
      role: counterpart
"""
    told = rows(write_register(tmp_path / "r", table, mapping))
    assert told[3] == [
        "2020-01-03/2020-01-03; meeting; held; Gamma AS and Delta AS unsplit (unknown counterpart represented); "
        "Alfa AS (body counterpart represented)"
    ]
    assert told[2] == [
        "2020-01-02/2020-01-02; meeting; held; Ada Prøve (person participant present); Bo Test as Alfa AS (person "
        "participant present); Cy Test (person participant present); Alfa AS (body counterpart represented); "
        "Beta AS (body counterpart represented)"
    ]


def test_a_row_that_makes_several_events_and_a_message(tmp_path: Path) -> None:
    table = """\
nr,dates,reply,who
7,3.3.2020; 10.3.2020,2020-04-01,Alfa AS
8,17.3.2020,,Beta AS
9,17.3.2020,,Gamma AS
"""
    mapping = """\
people: none
key: nr
parts:
  - {body: who, role: counterpart, in_message: sender}
events:
  meeting:
    kind: meeting
    status: held
    when: {column: dates, formats: D.M.YYYY, split: {at: ";", always: "true"}}
  reply:
    if: {column: reply, blank: "false"}
    message: letter
    when: reply
"""
    told = rows(write_register(tmp_path / "r", table, mapping))
    alfa, beta = "Alfa AS (body counterpart represented)", "Beta AS (body counterpart represented)"
    assert told[2] == [
        f"2020-03-03/2020-03-03; meeting; held; {alfa}",
        f"2020-03-10/2020-03-10; meeting; held; {alfa}",
        "2020-04-01/2020-04-01; letter; from Alfa AS (body counterpart None)",
    ]
    assert told[3] == [f"2020-03-17/2020-03-17; meeting; held; {beta}"]
    acts = acts_of(read(tmp_path / "r"))
    assert [act.key for act in acts[2] if isinstance(act, EventAct | MessageAct)] == [
        "7.meeting.1",
        "7.meeting.2",
        "7.reply",
    ]


def test_columns_of_status_and_of_what_is_no_meeting(tmp_path: Path) -> None:
    table = """\
Type,State,Date,Minister,Whom
Meeting,Held,2020-01-01,Ada Prøve,Alfa AS
Meeting,Cancelled,2020-01-02,Ada Prøve,Alfa AS
Meeting,Moved,2020-01-03,Ada Prøve,Alfa AS
Gift,,2020-01-04,Ada Prøve,Alfa AS
Travel,,2020-01-05,Ada Prøve,
Phone,Held,2020-01-06,Ada Prøve,Various firms
Dinner,Held,2020-01-07,Ada Prøve,Alfa AS
"""
    mapping = """\
people: officials
key: file-and-row
skip:
  - {column: Type, is: Travel, because: a journey is no meeting}
event:
  when: Date
  cases:
    - column: Type
      values:
        Meeting: {kind: meeting}
        Phone: {kind: call, mode: telephone}
        Gift: {none: a gift is no meeting}
    - column: State
      otherwise: nothing
      values:
        Held: {status: held}
        Cancelled: {status: cancelled}
        Moved: {status: postponed}
  parts:
    - {person: Minister, role: official}
    - {body: {column: Whom, lookup: whom}, role: counterpart}
"""
    lookups = "whom: {because: b, by: b, values: {'Various *': {match: like, is: group, open: 'true'}}}\n"
    told = rows(write_register(tmp_path / "r", table, mapping, lookups))
    assert told == {
        2: [
            "2020-01-01/2020-01-01; meeting; held; Ada Prøve (person official present); "
            "Alfa AS (body counterpart represented)"
        ],
        3: [
            "2020-01-02/2020-01-02; meeting; cancelled; Ada Prøve (person official expected); "
            "Alfa AS (body counterpart expected)"
        ],
        4: [
            "2020-01-03/2020-01-03; meeting; postponed; Ada Prøve (person official expected); "
            "Alfa AS (body counterpart expected)"
        ],
        5: ["none: a gift is no meeting"],
        6: ["none: a journey is no meeting"],
        7: [
            "2020-01-06/2020-01-06; call; held; telephone; open; Ada Prøve (person official present); "
            "Various firms (group counterpart represented)"
        ],
        8: ["error Type: is none of its cases"],
    }


def test_several_files_with_other_headings(tmp_path: Path) -> None:
    first = "Minister,Date,Organisation,Purpose\nAda Prøve,March,Alfa AS,Trade\n"
    second = "Name of Minister,Date of Meeting,Organisation,Purpose of meeting,\n,,,,\nBo Prøve,May 2011,Beta AS,Tax,\n"
    mapping = """\
people: officials
key: file-and-row
event:
  kind: meeting
  status: held
  when: {column: {any: [Date, Date of Meeting]}, formats: [MMMM, MMMM YYYY]}
  topic: {column: {like: Purpose*}}
  parts:
    - {person: {column: {any: [Minister, Name of Minister]}}, role: official}
    - {body: Organisation, role: counterpart}
unused:
  - {column: {heading: "", optional: "true"}, because: no heading and nothing in it}
"""
    folder = write_register(
        tmp_path / "r",
        {"q1.csv": first, "q2.csv": second},
        mapping,
        more={"q1.csv": "period: 2011-01/2011-03", "q2.csv": "period: 2011-04/2011-06"},
    )
    register = read(folder)
    told = {register.file_of(number): [words(act) for act in acts] for number, acts in acts_of(register).items()}
    assert told == {
        (0, 2): [
            "2011-03-01/2011-03-31; meeting; held; about Trade; Ada Prøve (person official present); "
            "Alfa AS (body counterpart represented)"
        ],
        (1, 2): ["none: blank"],
        (1, 3): [
            "2011-05-01/2011-05-31; meeting; held; about Tax; Bo Prøve (person official present); "
            "Beta AS (body counterpart represented)"
        ],
    }
    keys = {act.key for acts in acts_of(register).values() for act in acts if isinstance(act, EventAct)}
    assert keys == {"q1-2", "q2-3"}
    assert [source.id for source in register.sources] == ["r.q1", "r.q2"]


def test_days_months_and_years_in_columns_of_their_own(tmp_path: Path) -> None:
    table = "Año,Mes,Día,Sujeto pasivo,Representado\n2019,marzo,5,Ada Prøve,Alfa AS\n2019,marzo,,Bo Prøve,\n"
    mapping = """\
people: all
key: file-and-row
event:
  kind: meeting
  status: held
  when: {columns: [Día, Mes, Año], formats: [D MMMM YYYY, MMMM YYYY]}
  parts:
    - {actor: Sujeto pasivo, role: official}
    - {body: Representado, role: counterpart}
"""
    told = rows(write_register(tmp_path / "r", table, mapping, language="es"))
    assert told[2][0].startswith("2019-03-05/2019-03-05; meeting; held; Ada Prøve (unknown official represented)")
    assert told[3][0].startswith("2019-03-01/2019-03-31; meeting; held; Bo Prøve")


def test_two_releases_of_one_table(tmp_path: Path) -> None:
    mapping = """\
people: none
key: id
event: {kind: meeting, status: held, when: date, parts: [{body: who, role: counterpart}]}
"""
    tables = {
        "old.csv": "id,date,who\na,2020-01-01,Alfa AS\nb,2020-01-02,Beta AS\nc,2020-01-03,Gamma AS\n",
        "new.csv": "id,date,who\nb,2020-01-02,Beta AS\na,2020-01-31,Alfa AS\nd,2020-01-04,Delta AS\n",
    }
    folder = write_register(
        tmp_path / "r", tables, mapping, more={"old.csv": "release: 2020-02-01", "new.csv": "release: 2020-03-01"}
    )
    register = read(folder)
    told = {register.file_of(number): [words(act) for act in acts] for number, acts in acts_of(register).items()}
    newer = ["none: a newer release has the event"]
    assert told == {
        (0, 2): newer,
        (0, 3): newer,
        (0, 4): ["2020-01-03/2020-01-03; meeting; held; Gamma AS (body counterpart represented)"],
        (1, 2): ["2020-01-02/2020-01-02; meeting; held; Beta AS (body counterpart represented)"],
        (1, 3): ["2020-01-31/2020-01-31; meeting; held; Alfa AS (body counterpart represented)"],
        (1, 4): ["2020-01-04/2020-01-04; meeting; held; Delta AS (body counterpart represented)"],
    }
    (finding,) = register.release_findings()
    assert finding.severity == "warning"
    assert "events of an older release are not in the newest: row 4 of old.csv. They stay" in finding.message


LISTS = """\
{"id": 1, "on": 45355.6041666667, "who": [
 {"type": "official", "first": "Ada", "last": "Prøve", "title": "Minister", "of": null},
 {"type": "lobbyist", "first": "Bo", "last": "Test", "title": "CEO", "of": {"name": "Alfa AS", "no": 7}},
 {"type": "lobbyist", "first": "Cy", "last": "Test", "title": null, "of": {"name": "Beta AS", "no": null}}],
 "hosts": ["Vert A", "Vert B"], "ids": [11, 12]}
{"id": 2, "on": 45356, "who": [], "hosts": ["Vert A", "Vert B"], "ids": [11]}
"""
OF_LISTS = """\
people: all
key: id
event:
  kind: meeting
  status: held
  when: {column: "on", formats: serial}
  parts:
    - person: {columns: [who/*/first, who/*/last]}
      if: {column: who/*/type, is: official}
      role: official
      capacity: {columns: [who/*/title, who/*/of/name], join: ", "}
    - person: {columns: [who/*/first, who/*/last]}
      if: {not: {column: who/*/type, is: official}}
      role: counterpart
      capacity: {columns: [who/*/title, who/*/of/name], join: ", "}
      on_behalf_of: who/*/of/name
    - {body: {column: who/*/of/name, id: who/*/of/no}, role: counterpart}
    - {body: {column: hosts/*, id: ids/*}, role: organiser, if: {column: hosts/*, begins: Vert}}
"""


def test_lists_within_items_are_read_element_by_element(tmp_path: Path) -> None:
    lines = [line.replace("\n", "") for line in LISTS.replace("]}\n{", "]}\0{").split("\0")]
    folder = write_register(tmp_path / "r", {"t.jsonl": "\n".join(lines)}, OF_LISTS)
    told = rows(folder)
    assert told[0] == [
        "2024-03-04/2024-03-04; 14:30; meeting; held; Ada Prøve as Minister (person official present); "
        "Bo Test as CEO, Alfa AS for Alfa AS (person counterpart present); "
        "Cy Test as Beta AS for Beta AS (person counterpart present); Alfa AS #7 (body counterpart represented); "
        "Beta AS (body counterpart represented); Vert A #11 (body organiser None); Vert B #12 (body organiser None)"
    ]
    # Two lists that are not as long do not say which is whose.
    assert told[1] == ["error ids/*: has a list of 1, and hosts/* one of 2: nobody says which is whose"]
    event = acts_of(read(folder))[0][0]
    assert isinstance(event, EventAct)
    assert [cell.selector.fragment for cell in event.parts[1].cells] == ["#/0/who/1/first", "#/0/who/1/last"]


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("dddd, D [de] MMMM [de] YYYY", "dilluns, 4 de març de 2024"),
        ("dddd, D [d']MMMM [de] YYYY", "dijous, 11 d’abril de 2024"),
        ("D [d’]MMMM YYYY", "1 d'agost 2024"),
    ],
)
def test_apostrophes_are_alike(tmp_path: Path, form: str, cell: str) -> None:
    mapping = PEOPLE.replace("FORMS", f'"{form}"').replace("LANGUAGES", "ca")
    (told,) = rows(write_register(tmp_path / "r", f'date,who\n"{cell}",Ada Prøve\n', mapping))[2]
    assert told.startswith("2024-")


DIARY = """\
Date,Organisation,Purpose
,,
Hon. Ada Example Minister for Samples,,
1 July 2023,Alfa AS,Ports
,,
2 July 2023,"Beta AS
Gamma AS
",Rail
Hon. Bo Prøve Minister for Trials
3 July 2023,Alfa AS,Ports
Prepared by the office,,
"""
OF_DIARY = """\
people: officials
key: file-and-row
sections:
  - {column: Date, begins: Hon., as: minister}
skip:
  - {column: Date, alone: true, begins: Prepared, because: a note}
event:
  kind: meeting
  status: held
  when: {column: Date, formats: D MMMM YYYY}
  topic: Purpose
  parts:
    - person: {column: minister, before_first: " Minister", drop: Hon.}
      capacity: {take: "(Minister .*)"}
      role: official
    - {body: {column: Organisation, split: {at: "\\n", always: true}}, role: counterpart}
"""


def test_rows_that_are_headings_of_the_rows_below(tmp_path: Path) -> None:
    folder = write_register(tmp_path / "r", DIARY, OF_DIARY)
    told = rows(folder)
    ada = "Ada Example as Minister for Samples (person official present)"
    bo = "Bo Prøve as Minister for Trials (person official present)"
    alfa = "Alfa AS (body counterpart represented)"
    heading = ["none: a heading of the rows below it"]
    assert told == {
        2: ["none: blank"],
        3: heading,
        4: [f"2023-07-01/2023-07-01; meeting; held; about Ports; {ada}; {alfa}"],
        5: ["none: blank"],
        6: [
            f"2023-07-02/2023-07-02; meeting; held; about Rail; {ada}; Beta AS (body counterpart represented); "
            "Gamma AS (body counterpart represented)"
        ],
        7: heading,
        8: [f"2023-07-03/2023-07-03; meeting; held; about Ports; {bo}; {alfa}"],
        9: ["none: a note"],
    }
    event = acts_of(read(folder))[6][0]
    assert isinstance(event, EventAct)
    assert [cell.selector.fragment for cell in event.parts[0].cells] == ["cell=3,1"]
    assert event.parts[0].cells[0].words == "Hon. Ada Example Minister for Samples"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("as: minister", "as: Purpose", "mapping.yaml:4: there is a column 'Purpose' already; call these rows"),
        ("column: minister,", "column: ministre,", 'mapping.yaml:13: there is no column "ministre"'),
        ("key: file-and-row", "key: Date\nrepeated: same-event\nnewest: Date", "sections lends them words of other"),
        ("column: Date, begins: Hon., as", "any_column: true, begins: Hon., as", "give one of column"),
    ],
)
def test_mistakes_of_sections(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(FindingsError) as error:
        read(write_register(tmp_path / "r", DIARY, OF_DIARY.replace(old, new, 1)))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("only: looked-up", "Beta AS Gamma AS unsplit (unknown counterpart represented)"),
        ("always: true", "Beta AS (body counterpart represented); Gamma AS (body counterpart represented)"),
    ],
)
def test_lines_of_a_cell_part_names_where_the_mapping_says_so(tmp_path: Path, rule: str, parts: str) -> None:
    mapping = OF_DIARY.replace("always: true", rule)
    told = rows(write_register(tmp_path / "r", DIARY, mapping))
    assert told[6][0].partition("present); ")[2] == parts
    # A break within the line of a cell that has no other line parts nothing.
    assert told[4][0].endswith("Alfa AS (body counterpart represented)")


def test_as_many_identifiers_as_names(tmp_path: Path) -> None:
    mapping = """\
people: all
key: file-and-row
event:
  kind: meeting
  status: held
  when: {column: dates, formats: D.M.YYYY, split: {at: "\\n", always: true}}
  parts: [{body: {column: names, id: ids, split: {at: ";", always: true}}, role: counterpart}]
"""
    table = 'dates,names,ids\n"3.3.2020\n4.3.2020",Alfa AS; Beta AS,7; 8\n3.3.2020,Alfa AS; Beta AS,7\n'
    told = rows(write_register(tmp_path / "r", table, mapping))
    parts = "Alfa AS #7 (body counterpart represented); Beta AS #8 (body counterpart represented)"
    assert told[2] == [f"2020-03-0{day}/2020-03-0{day}; meeting; held; {parts}" for day in (3, 4)]
    assert told[3] == [f"2020-03-03/2020-03-03; meeting; held; {parts.replace(' #7', '').replace(' #8', '')}"]


def test_a_condition_on_a_list_is_of_any_element(tmp_path: Path) -> None:
    tags = ('["x", "internal"]', '["x", "y"]', "[]")
    lines = [
        f'{{"id": {number}, "on": "2024-03-0{number}", "tags": {each}}}' for number, each in enumerate(tags, start=4)
    ]
    mapping = """\
people: none
key: id
skip:
  - {column: tags/*, is: internal, because: internal}
  - {column: tags/*, blank: true, because: without a tag}
event: {kind: meeting, status: held, when: "on"}
"""
    told = rows(write_register(tmp_path / "r", {"t.jsonl": "\n".join(lines)}, mapping))
    assert told == {
        0: ["none: internal"],
        1: ["2024-03-05/2024-03-05; meeting; held"],
        2: ["none: without a tag"],
    }
