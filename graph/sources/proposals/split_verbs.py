"""Verbs of two words with their subject between: "Der la Havforskingsinstituttet fram ein rapport"."""

from graph.sources.proposals.attending import LONGEST_TITLE, AttendanceReader
from graph.sources.proposals.collected import Part, attends
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.name import Name
from graph.sources.text.intervals import Span

_LONGEST_PARTICLE = 20
_LONGEST_MATTER = 150


class SplitVerbReader(AttendanceReader):
    """Reads verbs whose particle, or whose object, follows their subject."""

    def _read_split(self, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add the subject that stands within a verb of two words, with the role of that verb."""
        text, phrases = self.reading.text, self.reading.phrases
        for name in names:
            told = phrases.hears_from.search(text, max(sentence[0], name.start - _LONGEST_MATTER), name.start)
            if told and name.kind in ("person", "office"):
                # "fikk høre om planene fra prosjektleder Kari Strand"
                for each in self._run_after(told.end(), (told.start(), sentence[1]), names):
                    part = Part(event, each, ["speaker"], attends(event), sentence, "likely", "from whom others hear")
                    part.role_word = " ".join(told[0].split()[:2])
                    if each.kind in ("person", "office"):
                        self._keep(part)
                continue
            if name.kind not in ("person", "office", "body", "group"):
                continue
            verb = text[max(sentence[0], name.start - LONGEST_TITLE) : name.start].casefold().split()
            rest = text[name.end : min(sentence[1], name.end + _LONGEST_PARTICLE)].casefold().split()
            for role in self._roles_of_split(verb, rest, name):
                part = Part(event, name, [role], attends(event), sentence, "likely", "a verb around its subject")
                part.role_word = text[name.start : name.end + 1 + len(rest[0])]
                self._keep(part)

    def _roles_of_split(self, before: list[str], after: list[str], name: Name) -> list[str]:
        """Return the role of the verb whose first word stands before a name and its title, and its second after it."""
        if not after or after[0].strip(".,") not in self.reading.words.particles:
            return []
        title = set(name.title.casefold().split())
        own = [word for word in before[-3:] if word not in title][-1:]
        frames = self.reading.pack.frames
        return [
            concept.partition(":")[2]
            for concept, by_frame in frames.items()
            if concept.startswith("role:")
            and own
            and any(f"{own[0]} {after[0].strip('.,')}" in words for words in by_frame.values())
        ]
