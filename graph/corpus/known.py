"""Known: what the words of a page can stand for, as found in it before its claims are read."""

from operator import attrgetter
from typing import NamedTuple

from graph.model.claims import Collective
from graph.sources.languages.nb_alternatives import Choice, choices
from graph.sources.languages.nb_verbs import statuses_told
from graph.sources.pages.context import Background
from graph.sources.text.mentions import Mention, mentions
from graph.sources.text.quotes import Passages


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
