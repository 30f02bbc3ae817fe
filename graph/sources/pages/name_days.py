"""Ask about names that a page uses before anybody had them: the day may be wrong, or somebody else is meant."""

from collections.abc import Iterator

from graph.common.findings import Finding
from graph.model.edtf import Bounds
from graph.model.sources import Source
from graph.registry.records import DatedName, Registry, name_key
from graph.sources.pages.context import PageContext
from graph.sources.text.mentions import Mention

_FILES = {"person": "registry/people.yaml", "organisation": "registry/organisations.yaml"}


def names_before_their_time(context: PageContext, source: Source, file: str) -> Iterator[Finding]:
    """Yield a question for each name of a page that nobody had when it was published; ``file`` is that of its text.

    An older name is no question: whoever writes of 2011 may use the names of 2011, and readers who know no other do.
    """
    registry, until = context.background.registry, Bounds(None, source.published_latest)
    pack, told = context.language.pack, set()
    endings = ("", *(pack.genitive.endings if pack else ()))
    for mention in context.mentions if registry.dated_names else ():
        words = context.text.original[mention.start : mention.end]
        known = {id: _dated(registry, id, words, endings) for id in mention.meanings}
        later = [(id, dated) for id, dated in known.items() if dated and not _any_used(dated, until)]
        if later and len(later) == len(known) and later[0][0] not in told:
            told.add(later[0][0])
            yield Finding(file, _line(context, mention), _question(words, *later[0], source), "question")


def _dated(registry: Registry, id: str, words: str, endings: tuple[str, ...]) -> tuple[DatedName, ...]:
    """Return what is known of the days of a name, which may stand in the genitive."""
    keys = [name_key(words.removesuffix(ending)) for ending in endings if words.endswith(ending)]
    return next((dated for key in keys if (dated := registry.dated_names.get((id, key)))), ())


def _any_used(dated: tuple[DatedName, ...], when: Bounds) -> bool:
    return any(each.used.overlaps(when) for each in dated)


def _line(context: PageContext, mention: Mention) -> int:
    return context.text.original.count("\n", 0, mention.start) + 1


def _question(words: str, id: str, dated: tuple[DatedName, ...], source: Source) -> str:
    first = min(each.used.earliest for each in dated if each.used.earliest)
    known_by = "; ".join(dict.fromkeys(each.source for each in dated if each.source))
    file = _FILES[id.partition(":")[0]]
    basis = f" ({known_by})" if known_by else ""
    return (
        f"{words!r} is a name of {id} from {first} on{basis}, and the page was published "
        f"by {source.published_latest}. Is somebody else meant? Else mend the day in page.yaml, or names: in {file}"
    )
