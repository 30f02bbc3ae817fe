"""Links to a sentence of a web page: text fragments, as browsers have them (https://wicg.github.io/scroll-to-text-fragment/)."""

from urllib.parse import quote

# Longer ones are named by their first and last words.
_MAX_LETTERS, _WORDS = 160, 5


def sentence_address(url: str | None, text: str) -> str:
    """Return the address of a sentence of the page at ``url``; ``url`` itself where it cannot have one."""
    if not url or not url.startswith(("http://", "https://")) or "#" in url:
        return url or ""
    words = text.split()
    if len(text) <= _MAX_LETTERS or len(words) < 3 * _WORDS:
        return f"{url}#:~:text={_encode(' '.join(words))}"
    return f"{url}#:~:text={_encode(' '.join(words[:_WORDS]))},{_encode(' '.join(words[-_WORDS:]))}"


def _encode(text: str) -> str:
    # A hyphen is syntax there, and ``quote`` leaves it.
    return quote(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")
