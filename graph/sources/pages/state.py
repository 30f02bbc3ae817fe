"""The state of a reader: what has been read of a page so far, and what could not be understood."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.common.findings import Finding
from graph.common.strict_files import Document
from graph.model.claims import Claim
from graph.model.labels import LanguageMap
from graph.model.sources import Source
from graph.sources.form.entries import NoClaimEntry, Proven
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import DependentError, EntryError, Proof
from graph.sources.text.mentions import Mention

# The path to a value in a file: keys, and indexes in lists.
EntryPath = tuple[int | str, ...]


@dataclass
class ReaderState:
    """What has been read of one page so far. ``base_proof`` is the proof of no entry yet, with which entries begin.

    ``refused`` are the entries that could not be understood: what stands in their quotes has its finding already.
    """

    document: Document
    base_proof: Proof
    source: Source
    context: PageContext
    unknown_names: list[Mention] = field(default_factory=list)
    claims: list[tuple[Claim, str]] = field(default_factory=list)
    labels: dict[str, LanguageMap] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    review: str = "accepted"
    findings: list[Finding] = field(default_factory=list)
    warned: set[tuple[EntryPath, str]] = field(default_factory=set)
    refused: list[Proven | NoClaimEntry] = field(default_factory=list)
    failures: int = 0

    @property
    def has_errors(self) -> bool:
        """Return whether an entry could not be understood."""
        return any(finding.severity == "error" for finding in self.findings)

    def name(self, key: str, thing: str) -> None:
        """Let the key of an entry name an entity. Raise EntryError where it already names another."""
        if key in self.context.things:
            raise EntryError(f"{key!r} already names {self.context.things[key]}; one id is one thing")
        self.context.things[key] = thing

    def add(self, claim: Claim) -> None:
        """Add a claim with the review of its entry. Raise EntryError where the page has it already."""
        if claim.key in self.keys:
            raise EntryError(f"{claim.key!r} is claimed twice on this page; put both quotes into one entry")
        self.keys.add(claim.key)
        self.claims.append((claim, self.review))

    def warn(self, message: str, *path: int | str) -> None:
        """Add a warning about the value at this path, once for all parts of an event."""
        if (path[:2], message) in self.warned:
            return
        self.warned.add((path[:2], message))
        self.findings.append(self.document.finding(path, message)._replace(severity="warning"))

    @contextmanager
    def at(self, *path: int | str) -> Iterator[None]:
        """Turn an error inside the block into a finding on the line of this path."""
        try:
            yield
        except DependentError:
            self.failures += 1
        except EntryError as error:
            self.failures += 1
            self.findings.append(self.document.finding((*path, *error.path), str(error)))
        except (LookupError, ValueError) as error:
            self.failures += 1
            self.findings.append(self.document.finding(path, str(error)))

    @contextmanager
    def entry(self, entry: Proven, *path: int | str) -> Iterator[None]:
        """Do as ``at``, with the review of an entry; what stands inside a proposal is no more than proposed."""
        outer = self.review
        if self.review == "accepted":
            self.review = entry.review
        with self.whole(entry), self.at(*path):
            yield
        self.review = outer

    @contextmanager
    def whole(self, entry: Proven | NoClaimEntry) -> Iterator[None]:
        """Note an entry as refused where it, or one inside it, cannot be understood."""
        before = self.failures
        yield
        if self.failures > before:
            self.refused.append(entry)
