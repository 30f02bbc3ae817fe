"""Quotes are found as text, whatever code points the page or the quote is spelt with, and at the right characters."""

import re
import subprocess
import sys
import unicodedata
from itertools import combinations

import pytest
from conftest import CORPUS, PAGE
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.sources.languages.language import passages_of
from graph.sources.pages.evidence import EntryError, Proof, locate_quote
from graph.sources.text.quotes import MOST_READINGS, find, fold, nearest, passages, sentence_at, unlike_signs

pytestmark = pytest.mark.unit

QUICK = settings(derandomize=True, deadline=None, max_examples=200, database=None)
REAL = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")


def found(quote: str, text: str) -> list[str]:
    """The passages of a text that a quote can mean, as the text has them."""
    return [text[start:end] for start, end in find(quote, passages(text))]


@pytest.mark.parametrize(
    "quote",
    [".*", "[a-z]+", "(", ")", "\\d", "\\", "a|b", "^", "$", "x{2}", "*", "+", "?", "[", "(?i)møtet", "\\w+ \\w+", "."],
)
def test_a_pattern_is_text(quote: str) -> None:
    assert found(quote, "Møtet i oktober 2014 gjaldt 12 saker") == []
    assert found(quote, f"Her står {quote} midt i") == [quote]


# Spellings of the same words: in each row, each of them, as page and as quote, means each other.
SAME = [
    ("Ålesund og Tromsø", unicodedata.normalize("NFD", "Ålesund og Tromsø")),
    ("čáhppes šaddat žirat", unicodedata.normalize("NFD", "čáhppes šaddat žirat")),
    ("Ålesund", "\u212blesund"),
    ("en ü, é og Ü", unicodedata.normalize("NFD", "en ü, é og Ü")),
    ("forebyggingsarbeidet", "fore\u00adbyggings\u00adarbeidet", "fore\u200bbyggings\u2060arbeidet"),
    ("17. oktober", "17.\u00a0oktober", "17.\u2009oktober", "17.\u202foktober", "17. \n\toktober", "17.\u2003oktober"),
    ("17. oktober", "17. \u200boktober", "17.\u00a0\u200b oktober", "17.\r\noktober", "17.\u2028oktober"),
    ("møtet – det første", "møtet - det første", "møtet — det første", "møtet ‑ det første", "møtet − det første"),
    ("2014-2015", "2014–2015", "2014‐2015", "2014‒2015"),
    ("sa «ja» til", 'sa "ja" til', "sa “ja” til", "sa ”ja” til", "sa „ja“ til", "sa »ja« til"),
    ("statsministerens' møte", "statsministerens’ møte", "statsministerens‘ møte"),
]
PAIRS = [(page, quote) for row in SAME for page in row for quote in row]


@pytest.mark.parametrize(("page", "quote"), PAIRS, ids=[f"{page!a} {quote!a}" for page, quote in PAIRS])
def test_the_same_words_are_found_however_page_and_quote_spell_them(page: str, quote: str) -> None:
    text = f"Først noe å fylle på med. Det var {page}, og så slutt."
    assert found(f"var {quote}, og", text) == [f"var {page}, og"]
    assert found(quote, text) == [page]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("resume", "et resumé her"),
        ("Aland", "på Åland her"),
        ("o", "en ø her"),
        ("STAVANGER", "i Stavanger her"),
        ("x2", "x² her"),
        ("fi", "ﬁ her"),
        ("lese", "Han leser."),
        ("eser", "Han leser."),
        ("201", "i 2014 her"),
        ("fa", "en fa\u0301x her"),
        ("fax", "et fax\u0301 her"),
        ("a  b", "ab her"),
        ("ab", "a b her"),
        ("", "noe"),
        ("…", "noe"),
        (" … ", "noe"),
        ("\u00ad", "no\u00ade"),
    ],
)
def test_other_words_are_not_found(quote: str, text: str) -> None:
    assert found(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text", "hint"),
    [
        ("et offisielt møte", "Det var et ofﬁsielt møte i går.", "U+FB01 latin small ligature fi"),
        ("et ofﬁsielt møte", "Det var et offisielt møte i går.", "U+FB01 latin small ligature fi"),
        ("et \u200emøte", "Det var et møte i går.", "U+200E left-to-right mark"),
        ("et møte", "Det var et \u202amøte\u202c i går.", "U+202A left-to-right embedding, U+202C pop directional"),
        ("i ４. etasje", "Det var i 4. etasje.", "U+FF14 fullwidth digit four"),
        (
            "et møte ... i går",
            "Det var et møte om noe i går.",
            "words left out are written …, not with three full stops",
        ),
        ("et møte... i går", "Det var et møte… i går.", "not with three full stops"),
    ],
)
def test_signs_that_look_alike_are_named(quote: str, text: str, hint: str) -> None:
    assert found(quote, text) == []
    assert hint in unlike_signs(quote, passages(text))
    with pytest.raises(EntryError, match=re.escape(hint)):
        locate_quote(quote, Proof("p", passages(text)), "quote")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("et annet møte", "Det var et ofﬁsielt møte i går."),
        ("Moter", "Det var Møter."),
        ("…", "ﬁ"),
        ("x ... y", "x z."),
    ],
)
def test_other_words_do_not_look_alike(quote: str, text: str) -> None:
    assert unlike_signs(quote, passages(text)) == ""


@pytest.mark.parametrize(
    ("quote", "text", "passages_found"),
    [
        ("a … d", "Da kom a b c d og e.", ["a b c d"]),
        ("a … d", "Da kom a b a c d.", ["a b a c d", "a c d"]),
        ("a … d", "Da kom a b d c d.", ["a b d", "a b d c d"]),
        ("a … c … d", "Da kom a c c d.", ["a c c d"]),
        ("a … a", "Da kom a a a.", ["a a", "a a a", "a a"]),
        ("a… d", "Da kom a b d.", ["a b d"]),
        ("a …", "Da kom a b a.", ["a", "a"]),
        ("a … b", "Da kom a. Så kom b.", []),
        ("a … b", "Da kom a\nog b.", []),
        ("x … y", "Da kom x bl.a. den 17. oktober med y.", ["x bl.a. den 17. oktober med y"]),
        ("b … a", "Da kom a b.", []),
        ("a b … b c", "Da kom a b c.", []),
        ("Møtet … .", "Først. Møtet var her. Så.", ["Møtet var her."]),
    ],
)
def test_every_reading_of_words_left_out_counts(quote: str, text: str, passages_found: list[str]) -> None:
    assert found(quote, text) == passages_found


@pytest.mark.parametrize(
    "text", ["Kl. 10 møttes de.", "Bl.a. KS var der.", "Den 2. februar kom de.", "Nr. 2 kom.", "Tore O. Moe kom."]
)
def test_a_full_stop_that_ends_no_sentence_does_not_end_one(text: str) -> None:
    assert [text[start:end] for start, end in passages_of(text, "nb").sentences] == [text]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nb", ("Møtet begynte kl. 12.", "Ordfører Kari Nordmann åpnet møtet.")),
        ("nb", ("Møtet var i sal 3.", "Kari Nordmann deltok.")),
        ("nb", ("Møtet ble hevet kl. 12.30.", "Saken ble utsatt.")),
        ("nb", ("Formannskapet behandlet sak 12/24.", "Saken ble utsatt.")),
        ("nn", ("Møtet byrja kl. 12.", "Ordførar Kari opna det.")),
        ("da", ("Mødet begyndte kl. 12.", "Borgmester Mette åbnede.")),
        ("nb", ("Møtet ble holdt 17. Mai 2014 i Oslo.",)),
        ("nb", ("Kong Harald 5. Åpnet møtet.",)),
        ("nb", ("Sak 12. Budsjett for neste år",)),
        ("nb", ("1.2. Budsjett",)),
        ("nb", ("Møtet 14.-15. Mars i Oslo",)),
        ("da", ("Mødet var den 3. Juni 2020.",)),
    ],
)
def test_a_number_of_an_hour_or_a_room_ends_a_sentence_and_an_ordinal_does_not(
    language: str, sentences: tuple[str, ...]
) -> None:
    text = " ".join(sentences)
    assert tuple(text[start:end] for start, end in passages_of(text, language).sentences) == sentences


def test_sentences_are_cut_where_they_end() -> None:
    text = "Tittel uten punktum\n\nDe kom. «Hvem?» Ærlig talt! (Ja.) 12 svarte …\r\nSlutt"
    assert [text[start:end] for start, end in passages(text).sentences] == [
        "Tittel uten punktum", "De kom.", "«Hvem?»", "Ærlig talt!", "(Ja.)", "12 svarte …", "Slutt",
    ]  # fmt: skip


MANY_READINGS = """
import resource
from graph.sources.languages.language import passages_of
from graph.sources.pages.evidence import EntryError, Proof, locate_quote
from graph.sources.text.quotes import MOST_READINGS, find, passages
resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
print(len(find(" … ".join(["og"] * 8), passages("Det var " + "og " * 60 + "slutt."))))
"""


def test_many_words_left_out_are_read_quickly_and_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY_READINGS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr[-60:]) == (f"{53 * 54 // 2}\n", "")


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["og"] * 51, "og " * 33_000),
        (["der"] * 51, "Og der. " * 12_000),
        ([*"abcd"] * 12 + ["slutt"], "a b c d " * 12_500),
        (["og", "mer"] * 25, "ord og mer og mer.\n" * 5_000),
    ],
    ids=["one sentence of one word", "sentences that are too short", "a last word that is nowhere", "short lines"],
)
def test_many_words_left_out_of_a_long_page_are_read_as_far_as_anybody_can_want(parts: list[str], text: str) -> None:
    page = passages(text)
    places = [(at, at + len(parts[-1])) for at in range(len(text)) if text.startswith(parts[-1], at)]
    ends = [end for _, end in places if sentence_at(page, end - 1) == 0][len(parts) - 1 :]
    assert find(" … ".join(parts), page) == [(0, end) for end in ends][:MOST_READINGS]


@QUICK
@given(
    st.lists(st.sampled_from(["a", "b", "."]), max_size=9),
    st.lists(st.sampled_from(["a", "b"]), min_size=2, max_size=4),
)
def test_the_readings_are_all_the_ways_to_choose_words_in_their_order(words: list[str], parts: list[str]) -> None:
    page = passages(" ".join(words))
    chosen = (choice for choice in combinations(range(len(words)), len(parts)))
    fitting = {(choice[0] * 2, choice[-1] * 2 + 1) for choice in chosen if [words[at] for at in choice] == parts}
    assert find("…".join(parts), page) == sorted(fitting)


def test_the_nearest_passage_is_found_in_a_long_page_and_cut() -> None:
    filling = "lorem ipsum dolor sit amet consectetur "
    page = passages(filling * 1250 + f"\n{REAL}" * 10)
    assert nearest("dolor ipsum lorem amet sit consectetur " * 5, page) == f"{(filling * 7)[:240]}…"


@pytest.mark.parametrize(
    ("quote", "text", "near"),
    [
        ("Flere foreldre deltog.", "Noe annet. Flere foreldre deltok. Slutt.", "Flere foreldre deltok."),
        ("flere … deltog", "Noe annet. Flere foreldre deltok. Slutt.", "Flere foreldre deltok."),
        (
            "nasjonale møter",
            "I brevet ba hun om lokale møter for alle i hele landet, også i Nord-Norge.",
            "lokale møter",
        ),
        ("Flere foreldre del\u00adtog.", "Noe. Fle\u00adre for\u00adeldre del\u00adtok.", "Fle\u00adre for\u00adeldre"),
    ],
)
def test_the_nearest_passage_begins_with_a_whole_word_of_the_page(quote: str, text: str, near: str) -> None:
    shown = nearest(quote, passages(text))
    assert shown is not None
    assert near in shown
    assert re.search(rf"(^|\s){re.escape(shown.rstrip('…'))}", text), f"{shown!r} begins inside a word"


def test_nothing_is_near_a_quote_of_another_page() -> None:
    assert nearest("Stortinget behandlet statsbudsjettet i går kveld.", passages("Været blir fint hele uka.")) is None


LETTERS = "aæøåÅéčŋ12ABxy"
MARKS = "\u00ad\u200b\u0301\u030a\u00a0\u2009 \n–-—«»“”’'\".,!?…()"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS * 3 + MARKS), max_size=60)
SENTENCES = st.lists(
    st.lists(
        st.sampled_from(["Møtet", "var", "åpent", "i", "Ålesund", "bl.a.", "17.", "«ja»", "og/eller"]), min_size=1
    ),
    min_size=1,
    max_size=5,
).map(lambda rows: " ".join(f"Det {' '.join(words)} her{'.!?'[len(words) % 3]}" for words in rows))


def alphanumeric(text: str) -> str:
    """The letters and figures of a text, composed."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())


@QUICK
@given(TEXTS)
@example("a\u00ad\u030a")
def test_folding_loses_no_letter(text: str) -> None:
    dropped = re.sub("[\u00ad\u200b]", "", text)
    assert alphanumeric(fold(text).text) == alphanumeric(dropped)


@QUICK
@given(TEXTS)
@example("a \u200b b")
@example("a \u00ad\n")
def test_folding_twice_is_folding_once_and_white_space_is_one(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
    assert not re.search(r"\s\s", once)


@QUICK
@given(TEXTS)
def test_each_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.positions) == len(folded.text) + 1
    assert list(folded.positions) == sorted(folded.positions)
    assert folded.positions[-1] == len(text)
    for letter, place in zip(folded.text, folded.positions, strict=False):
        if letter.isalnum():
            assert unicodedata.normalize("NFD", letter)[0] == unicodedata.normalize("NFD", text[place])[0]


@pytest.mark.slow
@QUICK
@given(SENTENCES, st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]))
def test_every_sentence_of_a_text_is_found_at_its_place(text: str, page_form: str, quote_form: str) -> None:
    text = unicodedata.normalize(page_form, text)  # type: ignore[arg-type]
    page = passages(text)
    for start, end in page.sentences:
        assert (start, end) in find(unicodedata.normalize(quote_form, text[start:end]), page)  # type: ignore[arg-type]


@QUICK
@given(SENTENCES, st.data())
def test_a_found_passage_has_the_parts_of_its_quote_in_order_within_one_sentence(
    text: str, data: st.DataObject
) -> None:
    words = st.sampled_from(sorted(set(text.split())))
    parts = data.draw(st.lists(words, min_size=1, max_size=3))
    page = passages(text)
    for start, end in find(" … ".join(parts), page):
        passage, at = fold(text[start:end]).text, 0
        assert passage.startswith(fold(parts[0]).text)
        assert passage.endswith(fold(parts[-1]).text)
        for part in parts:
            at = passage.index(fold(part).text, at) + len(fold(part).text)
        assert sentence_at(page, start) == sentence_at(page, end - 1)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_sentence_of_the_real_page_is_found_once_in_any_spelling(form: str) -> None:
    text = unicodedata.normalize(form, REAL).replace(" ", "\u00a0").replace("e", "e\u00ad")  # type: ignore[arg-type]
    page = passages_of(text, "nb")
    real = passages_of(REAL, "nb")
    assert len(page.sentences) == len(real.sentences)
    for (start, end), place in zip(real.sentences, page.sentences, strict=True):
        assert find(REAL[start:end], page) == [(place[0], place[1])] or text[place[1] - 1] == "\u00ad"
