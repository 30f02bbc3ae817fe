"""The content security policy of pages."""

# No script and no style but that of this server; forms are sent to it alone; nobody frames a page.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# A card is made to be framed, and has links alone.
CARD_POLICY = PAGE_POLICY.replace("form-action 'self'", "form-action 'none'").replace(
    "frame-ancestors 'none'", "frame-ancestors *"
)
