"""Who took part in an event of a page, or is to, in which role, and the sentence or line that says so."""

from graph.sources.proposals.collected import Part
from graph.sources.proposals.events import Occasions
from graph.sources.proposals.listed import ListReader
from graph.sources.proposals.owners import OwnerReader
from graph.sources.proposals.reading import Reading
from graph.sources.proposals.sentences import SentenceReader


class _Finder(OwnerReader, ListReader, SentenceReader):
    """Reads in the order of trust: owners, choices, tables, lists, lines, sentences."""


def parts_of(reading: Reading, occasions: Occasions) -> list[Part]:
    """Return the parts that the page tells of, one for each name and event."""
    finder = _Finder(reading, occasions)
    finder.read_owners()
    finder.read_choices()
    finder.read_parties()
    finder.read_tables()
    finder.read_lists()
    finder.read_addressees()
    finder.read_lines()
    finder.read_sentences()
    finder.read_sentences_of_items()
    finder.read_columns()
    finder.read_hosts_of_calendar()
    return finder.merged()
