"""Mentions: where a page writes a name of the registry, or a word that gives a role away, and where it does not."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources.languages.pack import languages, pack_of
from graph.sources.pages.context import Background
from graph.sources.text.mentions import index_of, mentions
from graph.sources.text.quotes import passages

pytestmark = pytest.mark.unit

QUICK = settings(derandomize=True, deadline=None, max_examples=150, database=None)


def names_in(text: str, background: Background) -> list[tuple[str, set[str]]]:
    """The names that a text writes, as it writes them, and what each can mean."""
    bokmal = background.language("nb")
    found = bokmal.names(bokmal.passages(text), background.names)
    return [(text[mention.start : mention.end], set(mention.meanings)) for mention in found]


def cues_in(text: str, background: Background) -> list[tuple[str, set[str]]]:
    """The words of a text that give roles away."""
    bokmal = background.language("nb")
    found = bokmal.cues(bokmal.passages(text))
    return [(text[mention.start : mention.end], set(mention.meanings)) for mention in found]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("Der var Laila Bokhari også.", "Laila Bokhari", "person:laila-bokhari"),
        ("Laila Bokharis innlegg", "Laila Bokharis", "person:laila-bokhari"),
        ("Jøran André Smedal Kallmyr kom", "Jøran André Smedal Kallmyr", "person:joran-kallmyr"),
        ("i Stavanger kommune.", "Stavanger kommune", "organisation:stavanger-kommune"),
        ("Stavanger kommunes møte", "Stavanger kommunes", "organisation:stavanger-kommune"),
        ("(Stavanger)", "Stavanger", "kommune:1103"),
        ("i «Oslo».", "Oslo", "kommune:0301"),
        ("Oslo, Bergen", "Oslo", "kommune:0301"),
        ("fra KS, som", "KS", "organisation:ks"),
        ("Kommunesektorens organisasjon KS", "Kommunesektorens organisasjon KS", "organisation:ks"),
        ("Justisdepartementet har", "Justisdepartementet", "organisation:justis-og-beredskapsdepartementet"),
        ("Justis- og beredskapsdepartementets plan", "Justis- og beredskapsdepartementets",
         "organisation:justis-og-beredskapsdepartementet"),
        ("Statsministeren åpnet", "Statsministeren", "post:statsminister"),
        ("både statsministeren og", "statsministeren", "post:statsminister"),
        ("Justis- og beredskapsministeren kom", "Justis- og beredskapsministeren", "post:justis-og-beredskapsminister"),
        ("Laila\nBokhari", "Laila\nBokhari", "person:laila-bokhari"),
        ("Laila\u00a0Bokhari", "Laila\u00a0Bokhari", "person:laila-bokhari"),
        ("Lai\u00adla Bok\u00adhari", "Lai\u00adla Bok\u00adhari", "person:laila-bokhari"),
        ("Oslo–Drammen", "Oslo", "kommune:0301"),
        ("Oslo/Drammen", "Oslo", "kommune:0301"),
        ("Oslo-møtet", "Oslo", "kommune:0301"),
    ],
)  # fmt: skip
def test_a_name_is_noticed_as_the_page_writes_it(text: str, written: str, meant: str, background: Background) -> None:
    found = names_in(text, background)
    assert found
    assert found[0][0] == written
    assert meant in found[0][1]


@pytest.mark.parametrize(
    "text", ["oslo", "OSLO", "Oslofjorden", "en time til", "ks", "Lailas", "Laila sa. Bokhari kom"]
)
def test_a_word_that_is_no_name_is_not_noticed(text: str, background: Background) -> None:
    assert names_in(text, background) == []


def test_of_names_that_overlap_the_longest_is_noticed(background: Background) -> None:
    text = "I Oslo politidistrikt, Oslo kommune og Oslo kom Oslo kommunes folk."
    assert [written for written, _ in names_in(text, background)] == [
        "Oslo politidistrikt", "Oslo kommune", "Oslo", "Oslo kommunes",
    ]  # fmt: skip


def test_a_name_that_ends_a_text_is_noticed_and_one_cut_short_is_not(background: Background) -> None:
    assert [written for written, _ in names_in("Kom til Stavanger", background)] == ["Stavanger"]
    assert names_in("Der var Laila", background) == []


@pytest.mark.parametrize("name", ["Ålesund", "Hå", "Østfold politidistrikt", "Jøran Kallmyr", "Årdal"])
def test_a_name_with_combining_letters_is_noticed_whole(name: str, background: Background) -> None:
    text = unicodedata.normalize("NFD", f"Det var {name}, og der var det.")
    assert [written for written, _ in names_in(text, background)] == [unicodedata.normalize("NFD", name)]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("som åpnet konferansen", [("åpnet", {"role:opener"})]),
        ("stilte som innleder", [("stilte", {"role:participant"}), ("innleder", {"role:introducer"})]),
        ("holdt en innledning", [("innledning", {"role:introducer"})]),
        ("Deltok gjorde", [("Deltok", {"role:participant"})]),
        ("var til stede", [("til stede", {"role:participant", "attendance:present"})]),
        ("var ikke til stede", [("var ikke til stede", {"attendance:absent"})]),
        ("deltok ikke", [("deltok ikke", {"attendance:absent"})]),
        ("arrangørens ansvar", [("arrangørens", {"role:organiser"})]),
        ("avdeltakelse", []),
        ("åpnede dører", []),
    ],
)
def test_a_word_gives_its_role_away_and_a_part_of_a_word_does_not(
    text: str, cues: list[tuple[str, set[str]]], background: Background
) -> None:
    assert cues_in(text, background) == cues


def test_every_spelling_of_the_registry_is_noticed_where_it_stands_alone(background: Background) -> None:
    missed = {
        (id, name)
        for id, names in background.registry.spellings.items()
        for name in names
        if not any(id in meant for _, meant in names_in(f"Se: {name}.", background))
    }
    assert missed == set()


SETTINGS = {
    "": "se: {}.",
    "any": "se: {}.",
    "subject": "der Kari Nordmann {} om det.",
    "object": "der de {} Kari Nordmann.",
    "event": "der de {} {event}.",
    "heading": "{}: Kari Nordmann",
    "line": "09.00 noe {} Kari Nordmann",
}


@pytest.mark.parametrize("code", languages())
def test_every_cue_of_the_vocabulary_is_noticed_in_its_frame_and_only_a_sure_one_asks(
    code: str, background: Background
) -> None:
    language, pack = background.language(code), pack_of(code)
    assert pack
    missed = set()
    for concept in [*background.vocabulary["role"].values(), *background.vocabulary["attendance"].values()]:
        framed = pack.frames.get(concept.id, {})
        for cue in concept.cues(code):
            for frame in [frame for frame, words in framed.items() if cue in words] or [""]:
                text = SETTINGS[frame].format(cue, event=(pack.event_endings or ("",))[0])
                found = [each for each in language.cues(language.passages(text)) if concept.id in each.meanings]
                if not any(each.sure == (frame == "") for each in found):
                    missed.add((concept.id, cue, frame))
    assert missed == set()


WORDS = st.lists(st.sampled_from(["Oslo", "Laila", "Bokhari", "kommune", "og", "KS", "Oslos", "–", "Hå"]), max_size=12)


@QUICK
@given(WORDS)
def test_mentions_are_whole_words_in_order_and_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    index = index_of([("Oslo", "a"), ("Oslo kommune", "b"), ("Laila Bokhari", "c"), ("KS", "d"), ("Hå", "e")])
    found = mentions(passages(text), index)
    ends = [0, *(mention.end for mention in found)]
    assert all(end <= mention.start for end, mention in zip(ends, found, strict=False))
    for mention in found:
        assert f" {text[mention.start : mention.end]} " in f" {text} "
        assert mention.meanings


@QUICK
@given(WORDS, st.sampled_from([unicodedata.normalize("NFD", "Hå"), "Hå"]), WORDS)
def test_a_name_is_noticed_wherever_it_stands(before: list[str], name: str, after: list[str]) -> None:
    text = " ".join([*before, name, *after])
    found = mentions(passages(text), index_of([("Hå", "e")]))
    assert name in [text[mention.start : mention.end] for mention in found]
