"""Counting: how many there are of something, as people read it."""


def counted(count: int, what: str) -> str:
    """``1 row``, ``3 rows``."""
    return f"{count} {what}{'s' if count != 1 else ''}"


def thousands(count: int, lang: str) -> str:
    """``10 000`` in Norwegian, with a narrow space that does not break, and ``10,000`` in English."""
    return f"{count:,}".replace(",", "\u202f" if lang == "nb" else ",")
