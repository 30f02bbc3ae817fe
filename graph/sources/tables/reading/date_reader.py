"""The dates of a column, read by the forms that its mapping has: one meaning, or why there is none."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from graph.sources.tables.reading.dates import DateForm, NoDay, Span, Zones

_DAY_NUMBER = re.compile(r"[2-5]\d{4}(\.\d+)?", re.ASCII)


class DateReader:
    """Reads the dates of one column of one file by its forms; what a text gives is kept for the next time."""

    def __init__(
        self, forms: Sequence[DateForm], zone: ZoneInfo | None, period: tuple[date, date] | None, written_in: str | None
    ) -> None:
        """Take the forms; ``period`` is the one of the file, ``zone`` that of the register."""
        self.forms, self.period = tuple(forms), period
        self.zones = Zones(zone, ZoneInfo(written_in) if written_in else None)
        self._memory: dict[str, Span | NoDay] = {}

    def read(self, value: object) -> Span | NoDay:
        """Return the days of a value: text, or a date as a workbook has it."""
        if isinstance(value, datetime):
            clock = None if value.time() == time() else value.time().replace(tzinfo=None)
            return self.at(Span(value.date(), value.date()), clock) if clock else Span(value.date(), value.date())
        if isinstance(value, date):
            return Span(value, value)
        text = str(value)
        known = self._memory.get(text)
        if known is None:
            if len(self._memory) > 50_000:
                self._memory.clear()
            known = self._memory[text] = self._read(text)
        return known

    def _read(self, text: str) -> Span | NoDay:
        given: list[tuple[str, Span | NoDay]] = []
        for form in self.forms:
            for each in form.read(text, self.zones, self.period) or ():
                given.append((form.form, each))
        spans: dict[object, tuple[str, Span | NoDay]] = {
            each[:3]: (form, each) for form, each in given if isinstance(each, Span)
        }
        waiting = [(form, each) for form, each in given if isinstance(each, NoDay) and each.review]
        if len(spans) + len(waiting) > 1:
            fitting = [*spans.values(), *waiting]
            names = [f"{form} ({_words(each)})" for form, each in fitting]
            return NoDay(f"fits two forms, {' and '.join(names[:2])}; keep one of them, or give a lookup")
        if spans:
            ((_, span),) = spans.values()
            assert isinstance(span, Span)
            return span
        if problems := waiting or given:
            problem = problems[0][1]
            assert isinstance(problem, NoDay)
            return problem
        why = f"fits none of the forms {', '.join(form.form for form in self.forms)}"
        serial = "; it looks like the number of a day: serial reads such" if _DAY_NUMBER.fullmatch(text) else ""
        return NoDay(why + serial)

    def at(self, span: Span, clock: time) -> Span:
        """Return a span with a time of day that its words or another cell give, in the zone of the register."""
        if self.zones.written and self.zones.register and span.earliest == span.latest:
            moment = datetime.combine(span.earliest, clock, self.zones.written).astimezone(self.zones.register)
            return span._replace(earliest=moment.date(), latest=moment.date(), begins=f"{moment:%H:%M}")
        return span._replace(begins=f"{clock:%H:%M}")


def _words(each: Span | NoDay) -> str:
    if isinstance(each, NoDay):
        return "without a year"
    return f"{each.earliest}" if each.earliest == each.latest else f"{each.earliest}/{each.latest}"
