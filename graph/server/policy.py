"""Content security policies of pages: those with the style of the site, and those that have one in themselves."""

import re
from base64 import b64encode
from hashlib import sha256

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# No script and no style but that of this server; forms are sent to it alone; nobody frames a page.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def inline_style_policy(document: bytes) -> str:
    """Return the policy that allows the style of this document alone, and forms to this server alone."""
    match = _STYLE.search(document.decode())
    digest = b64encode(sha256(match[1].encode()).digest()).decode() if match else ""
    style = f"style-src 'sha256-{digest}'; " if match else ""
    return f"default-src 'none'; {style}base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
