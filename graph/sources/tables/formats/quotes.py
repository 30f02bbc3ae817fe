"""Where a quotation mark began that nothing closes: a slow look at the lines of one record, for its finding."""

from collections.abc import Iterable
from itertools import islice


def opening_quote(lines: Iterable[str], skipped: int, delimiter: str, most: int) -> tuple[int, int]:
    """Return the line, from 1, and the column, from 0, of the cell in quotation marks that a record does not close.

    The record begins after ``skipped`` lines; ``most`` lines of it are looked at. It is the cell after whose end
    something else than a delimiter follows, or the last that is open.
    """
    place, line, opened = 0, skipped + 1, (skipped + 1, 0)
    quoted, at_start = False, True
    for line, text in enumerate(islice(lines, skipped, skipped + most), start=skipped + 1):
        position = 0
        while position < len(text):
            sign = text[position]
            following = text[position + 1 : position + 2]
            if quoted:
                if sign == '"' and following == '"':
                    position += 1
                elif sign == '"':
                    quoted = False
                    if following not in (delimiter, "\r", "\n", ""):
                        return opened
            elif sign == delimiter:
                place, at_start = place + 1, True
            else:
                if sign == '"' and at_start:
                    quoted, opened = True, (line, place)
                at_start = False
            position += 1
        if not quoted:
            break
    return opened
