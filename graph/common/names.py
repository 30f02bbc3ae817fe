"""Fold names, so that they are found however people spell them: without case, accents and letters of one language."""

import unicodedata

# Letters that Unicode does not decompose, as its transform Latin-ASCII writes them. Not in it: ə, which Azerbaijanis
# write as a, and the marks that stand for ayn, hamza and soft signs in names from other alphabets. Two letters of other
# alphabets are written in two ways by their own readers. The search of the interactive page has the same table.
PLAIN_LETTERS = {
    "æ": "ae",
    "ø": "o",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ĸ": "q",
    "ŋ": "n",
    "ŧ": "t",
    "ƀ": "b",
    "ɓ": "b",
    "ƃ": "b",
    "ƈ": "c",
    "ȼ": "c",
    "ɖ": "d",
    "ɗ": "d",
    "ƌ": "d",
    "ɛ": "e",
    "ɇ": "e",
    "ǝ": "e",
    "ə": "a",
    "ƒ": "f",
    "ɠ": "g",
    "ǥ": "g",
    "ɣ": "g",
    "ƕ": "hv",
    "ɨ": "i",
    "ȷ": "j",
    "ɉ": "j",
    "ƙ": "k",
    "ƚ": "l",
    "ɫ": "l",
    "ɲ": "n",
    "ƞ": "n",
    "ɔ": "o",
    "ɵ": "o",
    "ƣ": "oi",
    "ƥ": "p",
    "ɍ": "r",
    "ƭ": "t",
    "ƫ": "t",
    "ʈ": "t",
    "ʉ": "u",
    "ʋ": "v",
    "ƴ": "y",
    "ɏ": "y",
    "ƶ": "z",
    "ȥ": "z",
    "ʒ": "z",
    "ⱥ": "a",
    "ⱦ": "t",
    "ʾ": "",
    "ʿ": "",
    "ʼ": "",
    "ʻ": "",
    "ʹ": "",
    "ʺ": "",
    "ё": "е",
    "ς": "σ",
}
# Of letters before these, Latin and Greek ones, folding drops the marks. A mark of another script tells words apart, as
# that of й does.
_FIRST_OF_OTHER_SCRIPTS = "\u0400"


class _Letters(dict[int, str]):
    """What each character becomes, found out when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_letter(chr(code))
        return self[code]


def _fold_letter(letter: str) -> str:
    if letter in PLAIN_LETTERS:
        return PLAIN_LETTERS[letter]
    category = unicodedata.category(letter)
    if category == "Cf" or "\u0300" <= letter <= "\u036f":
        return ""
    if category[0] not in "LMN":
        return " "
    base = unicodedata.normalize("NFD", letter)[0]
    return PLAIN_LETTERS.get(base, base) if base < _FIRST_OF_OTHER_SCRIPTS else letter


_LETTERS = _Letters()


def fold_name(text: str) -> str:
    """Return a name in lower case, without accents and without what tells the spellings of æ, ø and å apart.

    Letters and figures of every script stay, signs are spaces: a text of signs alone folds to "", which is no name and
    matches none.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return " ".join(plain.replace("aa", "a").replace("oe", "o").split())
