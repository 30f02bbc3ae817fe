"""Report how far each page of the corpus has been read, and what is missing."""

from dataclasses import dataclass
from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.sources.pages.read import page_folders, read_background_of_pages, read_claims_in_progress


@dataclass(frozen=True, slots=True)
class PageStatus:
    """A page, its sentences and claims in numbers, and what is wrong or uncovered."""

    page: str
    sentences: int
    covered: int
    accepted: int
    proposed: int
    rejected: int
    missing: tuple[Finding, ...]


def page_statuses(home: Path) -> list[PageStatus]:
    """Return the status of every page, whether it can be built or not."""
    background = read_background_of_pages(home)
    rows = []
    for folder in page_folders(home / "corpus"):
        try:
            reading, missing = read_claims_in_progress(folder, background)
        except FindingsError as error:
            rows.append(PageStatus(folder.name, 0, 0, 0, 0, 0, tuple(error.findings)))
            continue
        accepted, proposed, rejected = (reading.reviews.get(each, 0) for each in ("accepted", "proposed", "rejected"))
        read = reading.sentences_read
        rows.append(PageStatus(folder.name, reading.sentences, read, accepted, proposed, rejected, tuple(missing)))
    return rows


def unread(home: Path) -> list[Finding]:
    """Return an error for each thing that no claim covers, on every page, whether it says it is complete or not."""
    background = read_background_of_pages(home)
    findings: list[Finding] = []
    for folder in page_folders(home / "corpus"):
        try:
            findings += read_claims_in_progress(folder, background, complete=True)[1]
        except FindingsError as error:
            findings += error.findings
    return [finding for finding in findings if finding.severity == "error"]


def table(rows: list[PageStatus]) -> str:
    """Return the statuses as a table for people."""
    head = ("page", "sentences", "covered", "accepted", "proposed", "rejected", "missing")
    body = [
        (row.page, row.sentences, row.covered, row.accepted, row.proposed, row.rejected, len(row.missing))
        for row in rows
    ]
    cells = [head, *(tuple(str(cell) for cell in row) for row in body)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )
