"""Days of the week that a page names without a date, where it gives the date of that day elsewhere."""

import re
from dataclasses import replace
from datetime import date

from graph.sources.proposals.reading import Reading
from graph.sources.proposals.times import Time, resolve

# A span of more days has no day of the week of its own at each end.
_MOST_DAYS = 3
# A day of that name this many days away is the same or the next one.
_NEAREST = 7


class Weekdays:
    """The days of a page that have a date, by the day of the week."""

    def __init__(self, reading: Reading) -> None:
        """Take the days of a page."""
        self._numbers = {word: at for at, words in enumerate(reading.pack.dates.weekdays) for word in words}
        self._dated: dict[int, set[date]] = {}
        for each in reading.times:
            if not re.search(r"\d", each.said):
                continue
            time = resolve(each, reading.language, reading.published, "planned")
            if time.earliest and time.latest and (time.latest - time.earliest).days <= _MOST_DAYS:
                for day in (time.earliest, time.latest):
                    self._dated.setdefault(day.weekday(), set()).add(day)

    def settle(self, time: Time) -> Time:
        """Return a day of the week alone as the one day of that name near it whose date the page gives."""
        number = self._numbers.get(time.said.casefold())
        if number is None or time.earliest is None:
            return time
        days = [day for day in self._dated.get(number, ()) if abs((day - time.earliest).days) <= _NEAREST]
        if len(days) != 1:
            return time
        return replace(time, earliest=days[0], latest=days[0], edtf=days[0].isoformat())
