"""The commands ties, path and central, as they are run on the first page."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from servers import oxigraph

from graph.__main__ import motegraf

pytestmark = pytest.mark.unit

Run = Callable[..., Result]
ADDRESS = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
BOKHARI, SOLBERG = "laila-bokhari", "erna-solberg"
KALLMYR, ASSIDIQ = "joran-kallmyr", "yousef-bartho-assidiq"


@pytest.fixture
def run(built: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: CliRunner().invoke(motegraf, [*words, "--build", str(built)])


@pytest.fixture(scope="module")
def there(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an endpoint with the first page."""
    with oxigraph(built / "motegraf.nq", tmp_path_factory.mktemp("endpoint") / "store") as server:
        yield server.url


def table_rows(result: Result) -> list[list[str]]:
    """The cells of a table in Markdown, its headings first; what ties rest on stands below them."""
    assert result.exit_code == 0, result.output
    table, _, note = result.stdout.partition("\n\n")
    meaning = note.startswith(("«Begge var på» betyr her at ", "“Both were at” means here that "))
    assert meaning == ("sikre" in table or "certain" in table)
    rows = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in table.splitlines()]
    return [[cell.strip() for cell in row] for row in rows if not row[0].startswith("---")]


@pytest.mark.parametrize("name", [BOKHARI, "laila bokhari", "person:laila-bokhari"])
def test_ties_of_an_actor_by_any_name(run: Run, name: str) -> None:
    result = run("ties", name, "-f", "markdown")
    assert table_rows(result) == [
        ["annen", "sikre", "mulige", "begge var på", "begge kan ha vært på"],
        ["Jøran Kallmyr", "1", "0", "Konferanse i Sarpsborg (2014-10-01/2014-10-31)", ""],
        ["Yousef Bartho Assidiq", "1", "0", "Dialogmøte i Haugesund (2014-12-01/2014-12-31)", ""],
        [
            *("Erna Solberg", "0", "4", ""),
            "Dialogmøte i Fredrikstad (2014-09-01/2014-12-31); Dialogmøte i Oslo (2014-09-01/2014-12-31); "
            "Dialogmøte i Tromsø (2014-09-01/2014-12-31); Dialogmøte i Ålesund (2014-09-01/2014-12-31)",
        ],
    ]
    assert result.stderr == "3 ties\n"


def test_ties_without_actor_lists_the_strongest_with_total(run: Run) -> None:
    result = run("ties", "--lang", "en", "--top", "2", "-f", "markdown")
    assert table_rows(result) == [
        ["one", "other", "certain", "possible", "both were at", "both may have been at"],
        ["Jøran Kallmyr", "Laila Bokhari", "1", "0", "Conference in Sarpsborg (2014-10-01/2014-10-31)", ""],
        [
            "Laila Bokhari",
            "Yousef Bartho Assidiq",
            "1",
            "0",
            "Dialogue meeting in Haugesund (2014-12-01/2014-12-31)",
            "",
        ],
    ]
    assert result.stderr == "2 of 3 ties\n"


def test_organisers_option_adds_columns(run: Run) -> None:
    result = run("ties", "haugesund-kommune", "--organisers", "-f", "markdown")
    assert table_rows(result) == [
        [
            *("annen", "sikre", "mulige", "arrangør", "arrangør, mulig deltaker", "begge var på"),
            *("begge kan ha vært på", "den ene arrangerte, den andre var på"),
            "den ene arrangerte, den andre kan ha vært på",
        ],
        ["Laila Bokhari", "0", "0", "1", "0", "", "", "Dialogmøte i Haugesund (2014-12-01/2014-12-31)", ""],
        ["Yousef Bartho Assidiq", "0", "0", "1", "0", "", "", "Dialogmøte i Haugesund (2014-12-01/2014-12-31)", ""],
    ]
    assert result.stdout.endswith(" Den som arrangerte noe, trenger ikke å ha vært der.\n")
    assert run("ties", "haugesund-kommune").stdout == ""


def test_events_left_out_are_counted(run: Run) -> None:
    result = run("ties", "--groups", "--largest", "4", "-f", "csv")
    assert [row["otherLabel"] for row in csv.DictReader(io.StringIO(result.stdout))] == [
        "Laila Bokhari",
        "Yousef Bartho Assidiq",
        "Laila Bokhari",
    ]
    assert result.stderr == (
        "3 ties\npairs leave out 1 of 7 events, which have more than 4 actors; --largest counts them\n"
    )


def test_path_prints_proof_under_each_hop(run: Run) -> None:
    result = run("path", SOLBERG, BOKHARI, "--certainty", "all", "-k", "1")
    assert result.stdout.splitlines() == [
        "vei  ledd  fra           på                    til            tidligst    senest      sikkerhet",
        "───────────────────────────────────────────────────────────────────────────────────────────────",
        "1    1     Erna Solberg  Dialogmøte i Ålesund  Laila Bokhari  2014-09-01  2014-12-31  mulig",
        "  «I tillegg til disse stedene har også Oslo, Ålesund, Fredrikstad og Tromsø arrangert dialogmøter",
        "  med deltakelse fra statsministeren og/eller statssekretær Laila Bokhari i løpet av høsten.»",
        "  (char=2786,2972; fra sammenhengen: hvem)",
        "  Dialogmøter høsten 2014",
        f"  {ADDRESS}",
        "  Erna Solberg, statsminister",
        "  fra registeret, kilde: regjeringen.no id742859; martigso/ministersNor; everypolitician cabinet.csv",
        "",
        "Et sikkert ledd betyr at kildene oppgir begge som til stede på samme arrangement, og at det er",
        "holdt; et mulig, at de kan ha vært der. Ingen av delene betyr at de snakket sammen, og jo flere som",
        "var der, dess mindre sier det.",
    ]
    assert result.stderr == "1 path\nthere are more paths; -k 2 shows up to 2\n"


def test_path_as_csv_has_each_hop_and_its_proof(run: Run) -> None:
    result = run("path", KALLMYR, ASSIDIQ, "--in-time", "-f", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    base = "https://w3id.org/motegraf"
    assert [
        [
            row[name]
            for name in ("path", "hop", "oneLabel", "event", "otherLabel", "earliest", "latest", "certainty", "order")
        ]
        for row in rows
    ] == [
        [
            *("1", "1", "Jøran Kallmyr", f"{base}/event/sarpsborg-2014-10", "Laila Bokhari"),
            *("2014-10-01", "2014-10-31", "certain", ""),
        ],
        [
            *("1", "2", "Laila Bokhari", f"{base}/event/haugesund-2014-12", "Yousef Bartho Assidiq"),
            *("2014-12-01", "2014-12-31", "certain", "certain"),
        ],
    ]
    assert [(row["onePart"], row["otherPart"]) for row in rows] == [
        (
            f"{base}/participation/sarpsborg-2014-10.joran-kallmyr",
            f"{base}/participation/sarpsborg-2014-10.laila-bokhari",
        ),
        (
            f"{base}/participation/haugesund-2014-12.laila-bokhari",
            f"{base}/participation/haugesund-2014-12.yousef-bartho-assidiq",
        ),
    ]
    source = f"Dialogmøter høsten 2014 | {ADDRESS} | from the context: which meeting"
    assert [row["proof"].splitlines() for row in rows] == [
        [
            "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen. "
            f"| char=1202,1298 | {source}",
            "Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen. "
            f"| char=1299,1389 | {source}",
        ],
        [
            "Statssekretær Laila Bokhari holdt en innledning om kommunens rolle og bidrag i det forebyggende arbeidet. "
            f"| char=2468,2573 | {source}",
            "I tillegg holdt Yousef Bartho Assidiq, prosjektleder i Minotenk, et innlegg hvor han beskrev ulike "
            "faktorer som kan føre til at personer blir radikaliserte og hvordan omgivelsene kan håndtere en slik "
            f"situasjon. | char=2574,2784 | {source}",
        ],
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            (ASSIDIQ, KALLMYR, "--in-time"),
            "no certain path in time from Yousef Bartho Assidiq to Jøran Kallmyr\n"
            "Yousef Bartho Assidiq is joined to 1 other by certain paths in time\n"
            "without --in-time: one of 2 hops\n",
        ),
        (
            (SOLBERG, KALLMYR),
            "no certain path from Erna Solberg to Jøran Kallmyr\n"
            "Erna Solberg is joined to 0 others by certain paths\n"
            "Jøran Kallmyr is joined to 2 others and 3 groups that nobody named by certain paths\n"
            "--certainty all: one of 2 hops\n",
        ),
        (
            ("anders-anundsen", SOLBERG, "--certainty", "all"),
            "no path from Anders Anundsen to Erna Solberg\n"
            "Anders Anundsen is in no event that was held\n"
            "Erna Solberg is joined to 3 others and 3 groups that nobody named by paths\n",
        ),
    ],
)
def test_missing_path_explains_alternatives(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run("path", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", message)


def test_central_ranks_actors_and_events(run: Run) -> None:
    assert table_rows(run("central", "-f", "markdown")) == [
        ["hvem", "slag", "andre", "arrangementer", "mellomposisjon", "krets"],
        ["Laila Bokhari", "person", "2", "3", "1.0000", "1"],
        ["Jøran Kallmyr", "person", "1", "1", "0.0000", "1"],
        ["Yousef Bartho Assidiq", "person", "1", "1", "0.0000", "1"],
    ]
    both = run("central", "--on", "actors-and-events", "--by", "betweenness", "--top", "2", "-f", "markdown")
    assert [row[:-1] for row in table_rows(both)] == [
        ["hvem", "slag", "andre", "arrangementer", "mellomposisjon"],
        ["Laila Bokhari", "person", "2", "3", "0.8000"],
        ["Dialogmøte i Haugesund", "arrangement", "2", "", "0.4000"],
    ]
    assert both.stderr == "2 of 6 rows\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ties", "leila-bokhari"), "there is no actor 'leila-bokhari' in this graph. Did you mean"),
        (("path", BOKHARI, "Laila Bokhari"), "are the same actor"),
        (("path", BOKHARI, "dialogmoter-2014"), "there is no actor 'dialogmoter-2014'"),
        (("central", "-o", "central.ttl"), "turtle is not a format for tables"),
        (
            ("ties", "--endpoint", "https://example.org/sparql"),
            "--build and --as-known-on cannot be combined with --endpoint",
        ),
        (("ties", "--top", "0"), "0 is not in the range x>=1"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("ties", "Laila Bokhari", "--organisers", "--groups", "--proof"),
        ("path", SOLBERG, ASSIDIQ, "--certainty", "all", "--in-time"),
        ("central", "--on", "actors-and-events", "--certainty", "all"),
    ],
)
def test_network_commands_query_an_endpoint(words: tuple[str, ...], run: Run, there: str) -> None:
    result = CliRunner().invoke(motegraf, [*words, "--endpoint", there])
    assert (result.exit_code, result.stdout) == (0, run(*words).stdout)


def test_no_build_ends_with_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(motegraf, ["ties", "--build", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path}: holds no whole build")


def test_quiet_output_to_file_prints_nothing(run: Run, tmp_path: Path) -> None:
    result = run("ties", SOLBERG, "-q", "-o", str(tmp_path / "ties.md"))
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "ties.md").read_text(encoding="utf-8").splitlines()[2].startswith("| Laila Bokhari | 0 | 4 |")
