"""Which column of a file a mapping means, and which columns it uses."""

from collections.abc import Iterable

from graph.common.findings import Finding, did_you_mean
from graph.common.strict_files import Document
from graph.sources.tables.form.values import Column, ColumnForm
from graph.sources.tables.formats import Table
from graph.sources.tables.reading.patterns import like
from graph.sources.tables.reading.text import fold_blanks

Path = tuple[int | str, ...]


class ColumnIndex:
    """The columns of one file by what a mapping calls them; ``used`` are those that it uses, counted from 0."""

    def __init__(self, table: Table, document: Document, findings: list[Finding]) -> None:
        self.table, self.document, self.findings = table, document, findings
        self.used: set[int] = set()
        self.headings = tuple(map(fold_blanks, table.columns))
        self._listed = ", ".join(heading or '""' for heading in self.headings[:40])
        if len(self.headings) > 40:
            self._listed += f" and {len(self.headings) - 40} more"

    def name(self, column: int) -> str:
        """Return how findings call a column: by its heading, or by its place where that is empty or stands twice."""
        heading = self.headings[column]
        return heading if heading and self.headings.count(heading) == 1 else f"column {column + 1}"

    def one(self, reference: Column, path: Path) -> int | None:
        """Return the column that a reference means; None, with a finding, where there is none or more than one."""
        places = self.places(reference, path)
        if len(places) > 1:
            named = " and ".join(f'"{self.name(place)}"' for place in places[:3])
            message = f"{_words(reference)} fits the columns {named} of {self.table.name}; name one of them"
            if path and path[-1] == "column":
                message += ", or say every: true where each names somebody"
            self.problem(path, message)
        return places[0] if len(places) == 1 else None

    def several(self, references: Iterable[Column], path: Path) -> tuple[int, ...]:
        """Return the columns that references mean, one each."""
        found = (self.one(each, (*path, number)) for number, each in enumerate(references))
        return tuple(place for place in found if place is not None)

    def places(self, reference: Column, path: Path) -> list[int]:
        """Return all columns that a reference fits, and note that they are used."""
        form = ColumnForm.model_construct(heading=reference) if isinstance(reference, str) else reference
        places = self._fitting(form)
        if form.position is not None:
            place = form.position - 1
            if place >= len(self.headings):
                self.problem(path, f"{self.table.name} has {len(self.headings)} columns, and no column {form.position}")
            elif self.headings[place] and self.headings.count(self.headings[place]) == 1:
                message = f'column {form.position} of {self.table.name} has the heading "{self.headings[place]}"'
                self.problem(path, f"{message}; name it by that, for columns are moved")
        elif not places and not form.optional:
            near = "" if form.like else did_you_mean(form.heading or (form.any or ("",))[0], self.headings)
            message = f"there is no column {_words(reference)} in {self.table.name}.{near} Columns: {self._listed}"
            self.problem(path, message)
        self.used.update(places)
        return places

    def _fitting(self, form: ColumnForm) -> list[int]:
        if form.position is not None:
            return [form.position - 1] if form.position <= len(self.headings) else []
        if form.like is not None:
            test = like([form.like])
            return [place for place, heading in enumerate(self.headings) if test(heading)]
        wanted = {fold_blanks(each) for each in ([form.heading] if form.heading is not None else form.any or ())}
        places = [place for place, heading in enumerate(self.headings) if heading in wanted]
        if places:
            return places
        return [place for place in range(len(self.headings)) if f"column {place + 1}" in wanted]

    def problem(self, path: Path, message: str) -> None:
        """Note a mistake of the mapping."""
        self.findings.append(self.document.finding(path, message))


def _words(reference: Column) -> str:
    if isinstance(reference, str):
        return f'"{reference}"'
    if reference.heading is not None:
        return f'"{reference.heading}"'
    if reference.any is not None:
        return " or ".join(f'"{each}"' for each in reference.any)
    return f'like "{reference.like}"' if reference.like else f"{reference.position}"
