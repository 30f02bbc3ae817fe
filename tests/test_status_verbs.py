"""Status verbs: which words of a page tell that something is planned, was held, is put off or cancelled."""

import pytest

from graph import HOME
from graph.ontology.concepts import read_vocabulary
from graph.sources.languages.language import Language

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def bokmal() -> Language:
    """Bokmål, with the words of the real vocabulary."""
    return Language("nb", read_vocabulary(HOME / "ontology/schemes"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I mai arrangerte Oslo et møte.", [("held", "arrangerte")]),
        ("Møtet ble avholdt i mai.", [("held", "ble avholdt")]),
        ("Oslo har, sammen med KS, arrangert møter.", [("held", "har, sammen med KS, arrangert")]),
        ("Det er blitt holdt tre møter.", [("held", "blitt holdt")]),
        ("Møtet fant sted i mai.", [("held", "fant sted")]),
        ("I mai var det også et dialogmøte i Oslo.", [("held", "var det også et dialogmøte")]),
        ("I mai var det planlagt et møte.", [("planned", "planlagt"), ("planned", "planlagt et møte")]),
        ("Oslo har ikke bare arrangert ett møte.", [("held", "har ikke bare arrangert")]),
        ("Møtet ble avholdt i Oslo, ikke i Bergen.", [("held", "ble avholdt")]),
        ("Her vil flere kommuner arrangere et møte.", [("planned", "vil flere kommuner arrangere")]),
        ("Skal møtet holdes i Oslo?", [("planned", "Skal møtet holdes")]),
        ("Møtet skal være avholdt innen mai.", [("planned", "skal være avholdt")]),
        ("Møtet vil bli arrangert i mai.", [("planned", "vil bli arrangert")]),
        ("Oslo kommer til å arrangere et møte.", [("planned", "kommer til å arrangere")]),
        ("Møtet er planlagt avholdt i mai.", [("planned", "planlagt"), ("planned", "planlagt avholdt")]),
        ("Oslo planlegger å arrangere et møte.", [("planned", "planlegger")]),
        ("Møtet arrangeres 3. mai.", [("planned", "arrangeres")]),
        ("Møtet ble avlyst.", [("cancelled", "avlyst")]),
        ("Møtet ble utsatt.", [("postponed", "utsatt")]),
        ("Oslo vil ha. Bergen arrangerte møter.", [("held", "arrangerte")]),
        (
            "Kommunene som arrangerte møter, vil arrangere et til.",
            [("held", "arrangerte"), ("planned", "vil arrangere")],
        ),
        ("Noen har valgt å arrangere egne møter.", []),
        ("Hun vil oppfordre til å arrangere møter.", []),
        ("Oslo arrangerte ikke noe møte.", []),
        ("Møtet ble aldri avholdt.", []),
        ("Møtet som ikke ble avholdt.", []),
        ("Oslo skal ikke arrangere møtet.", []),
        ("Møtet kunne vært avholdt i mai.", []),
        ("Oslo burde ha arrangert et møte.", []),
        ("Møtet skulle arrangeres i mai.", []),
        ("Oslo arrangerte kanskje et møte.", []),
        ("Trolig ble møtet avholdt i mai.", []),
        ("Arrangerte Oslo et møte?", []),
        ("Oslo arrangerte et møte, trolig i mai.", [("held", "arrangerte")]),
        ("Oslo vil trolig arrangere et møte.", [("planned", "vil trolig arrangere")]),
    ],
)
def test_verbs_tell_a_status(text: str, told: list[tuple[str, str]], bokmal: Language) -> None:
    found = bokmal.statuses(bokmal.passages(text))
    assert [(status, text[each.start : each.end]) for each in found for status in each.meanings] == [
        (f"status:{status}", words) for status, words in told
    ]
