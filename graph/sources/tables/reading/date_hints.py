"""What may be meant by a form of dates that nobody can read dates by: one that other programs read."""

import re

# Directives of strptime, as in %d/%m/%Y.
_DIRECTIVES = dict(
    zip(
        ("%d", "%m", "%Y", "%y", "%b", "%B", "%A", "%H", "%I", "%M", "%S", "%p", "%z"),
        ("DD", "MM", "YYYY", "YY", "MMM", "MMMM", "dddd", "HH", "hh", "mm", "ss", "a", "Z"),
        strict=True,
    )
)
_SMALL = re.compile(r"(?<![A-Za-z])(y{4}|y{2}|d{1,2}|m{1,4})(?![A-Za-z])")


def did_you_mean_form(form: str) -> str:
    """Return a sentence that names the form which is likely meant, or an empty text."""
    meant = re.sub("%[A-Za-z]", lambda match: _DIRECTIVES.get(match[0], match[0]), form)
    if meant == form:
        # Minutes stand behind hours.
        day, hours, clock = form.partition(next((each for each in ("HH", "H", "hh", "h") if each in form), "\0"))
        meant = _SMALL.sub(lambda match: match[0].upper(), day) + hours + clock
    return f" Did you mean {meant}?" if meant != form else ""
