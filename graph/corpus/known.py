"""Known: what the words of a page can stand for, as found in it before its claims are read."""

from operator import attrgetter
from typing import NamedTuple

from graph.corpus.background import Background
from graph.corpus.choices import Choice, choices
from graph.corpus.mentions import Mention, mentions
from graph.corpus.quotes import Passages
from graph.corpus.tenses import statuses_told
from graph.model.claims import Collective


class Known(NamedTuple):
    """What the words of a page can stand for: the background, the names in the page, and what its file names itself."""

    against: Background
    mentions: list[Mention]
    cues: list[Mention]
    tenses: list[Mention]
    choices: list[Choice]
    groups: dict[str, Collective]
    things: dict[str, str]


def known_of(page: Passages, against: Background) -> Known:
    """What stands in a page, before anything of its claims file is known."""
    names, cues = mentions(page, against.names), mentions(page, against.cues)
    told = sorted(statuses_told(page, against.verbs), key=attrgetter("start"))
    return Known(against, names, cues, told, choices(page, names, cues), groups={}, things={})
