"""Names of languages, by the tags that sources have."""

from graph.model.labels import Label

_NAMES = {
    "nb": Label("norsk bokmål", "Norwegian Bokmål"),
    "nn": Label("nynorsk", "Norwegian Nynorsk"),
    "no": Label("norsk", "Norwegian"),
    "en": Label("engelsk", "English"),
    "sv": Label("svensk", "Swedish"),
    "da": Label("dansk", "Danish"),
    "se": Label("nordsamisk", "Northern Sami"),
    "sma": Label("sørsamisk", "Southern Sami"),
    "smj": Label("lulesamisk", "Lule Sami"),
    "fkv": Label("kvensk", "Kven"),
    "de": Label("tysk", "German"),
    "fr": Label("fransk", "French"),
    "fi": Label("finsk", "Finnish"),
    "is": Label("islandsk", "Icelandic"),
}


def language_label(tag: str) -> Label:
    """Return the name of a language by its tag (BCP 47); the tag itself where it has no name here."""
    return _NAMES.get(tag.lower()) or _NAMES.get(tag.partition("-")[0].lower()) or Label(tag, tag)
