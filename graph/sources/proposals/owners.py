"""Whose event it is: the body of minutes, the owner in "formannskapets dialogmøter", the person of a calendar."""

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.sources.proposals.clauses import ClauseReader
from graph.sources.proposals.collected import Part, attends
from graph.sources.proposals.event_phrases import LETTER, LOWER
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.name import Name, is_acronym, is_title
from graph.sources.proposals.phrases import any_of
from graph.sources.proposals.reading import EventWord
from graph.sources.text.intervals import Span

# Between an owner in the genitive and the word for its event: "formannskapets nye dialogmøter".
_GENITIVE = re.compile(rf"s?’?\s+(?:{LOWER}+ )?")

_BODY_OF = re.compile(rf"(?<!\w)({LETTER}+)s\s+(?:{LOWER}+\s+)?$")
_LONGEST_VERB = 20
_LONGEST_ACRONYM = 7
# So many lines at the head of minutes name the body whose they are.
_HEAD_OF_MINUTES = 6
# Further from a word for a meeting stands no name of whose it is.
_NEAR = 150


def _is_body_by_sign(words: str, minutes: tuple[str, ...]) -> bool:
    """Return whether words are an acronym, as that of a council in the head of its minutes: "FAU"."""
    return is_acronym(words) and len(words) < _LONGEST_ACRONYM and words.casefold() not in minutes


class OwnerReader(ClauseReader):
    """Reads whose event it is."""

    def read_owners(self) -> None:
        """Read whose event it is: "møte i politirådet for Rana", "formannskapets dialogmøter", the body of minutes."""
        reading = self.reading
        for event in self.occasions.events:
            for span in event.evidence[:2]:
                for word in reading.within(reading.event_words, span):
                    for name in self._owners(word.start, word.end, span):
                        if event.kind == "visit":
                            part = Part(
                                event, name, ["participant"], attends(event), span, "likely", "whose visit it is"
                            )
                            part.role_word = word.text
                            self._keep(part)
                            continue
                        self._add(event, name, ["organiser"], None, span, "likely", "whose event it is")
            if event.party:
                part = Part(
                    event, event.party, ["participant"], attends(event), event.evidence[0], "likely", "who has it"
                )
                part.role_word = self._word_of(event)
                self._keep(part)
            if event.council:
                part = Part(event, event.council, ["organiser"], None, event.evidence[0], "likely", "a council decides")
                part.role_word = event.council_word
                self._keep(part)
        self._read_owner_of_series()
        if self.main and self.occasions.genre == "minutes":
            for name, line in self._body_of_minutes():
                evidence = (line.start, line.end)
                self._add(self.main, name, ["organiser"], None, evidence, "likely", "the body of the minutes")
                for event in self.occasions.events:
                    is_meeting = event.title.casefold().split()[:1] and event.title.casefold().split()[0].endswith(
                        reading.words.apart
                    )
                    if (event.is_next or (event.is_moved and is_meeting)) and event.kind == self.main.kind:
                        self._add(event, name, ["organiser"], None, evidence, "likely", "the next meeting of a body")

    def _read_owner_of_series(self) -> None:
        """Add whose meetings are counted to each that the page tells of: "Rådet holdt fire møter. På møtet …"."""
        reading = self.reading
        for sentence, kind in self.occasions.series:
            name = next(iter(reading.within(reading.names, sentence)), None)
            if name is None or name.start != sentence[0] or name.kind != "body":
                continue
            words = [each for each in reading.within(reading.event_words, sentence) if each.is_plural]
            for event in self.occasions.events:
                owned = any("organiser" in part.roles for part in self.of_event.get(id(event), ()))
                if words and event.kind == kind and not owned and not event.is_entry:
                    part = Part(event, name, ["organiser"], None, sentence, "likely", "whose meetings are counted")
                    part.role_word = words[0].text
                    self._keep(part)
            return

    def _word_of(self, event: Occasion) -> str:
        """Return the first word for an event in the passage that names it."""
        words = self.reading.within(self.reading.event_words, event.evidence[0])
        return words[0].text if words else ""

    def read_parties(self) -> None:
        """Read who meets: "møte med politimesteren", "møte mellom ordførerne og statsråden"."""
        reading = self.reading
        for event in self.occasions.events:
            for span in event.evidence[:2]:
                for word in reading.within(reading.event_words, span):
                    for name in self._parties(word, span):
                        part = Part(
                            event, name, ["participant"], attends(event), span, "likely", "who a meeting is with"
                        )
                        part.role_word = word.text
                        self._keep(part)

    def _parties(self, word: EventWord, span: Span) -> list[Name]:
        """Return the names right after a word for a meeting and "med" or "mellom", and those joined to them."""
        if word.is_plural:
            return []
        names = self.reading.within(self.reading.names, (word.end, span[1]))
        if len(names) > 1 and names[0].kind == "body" and names[1].kind == "person":
            # "Møte med leder i Utdanningsforbundet, Steffen Handal"
            title = self.reading.text[word.end : names[0].start].split()[1:2]
            names = names[1:] if title and is_title(title[0], self.reading.phrases) else names
        first = next(iter(names), None)
        if first and first.kind == "other" and first.text in self.proper:
            first = replace(first, kind="body")
            names = [first, *names[1:]]
        if first is None or first.kind not in ("person", "office", "body", "group"):
            return []
        if not self.reading.phrases.parties.fullmatch(self.reading.text, word.end, first.start):
            return []
        joined = self._joined(names, backwards=False)
        buildings = self.reading.words.buildings
        return [
            each
            for each in joined
            if each.kind not in ("place", "other") and (each is first or not each.text.casefold().endswith(buildings))
        ]

    def _body_of_minutes(self) -> list[tuple[Name, Line]]:
        """Return the body of the minutes: a council or a group, rather than the municipality that it belongs to."""
        reading = self.reading
        head = reading.lines[:_HEAD_OF_MINUTES]
        for line in head:
            if line.kind is Kind.LABEL and line.label.endswith(reading.words.bodies) and line.body < line.end:
                # "Utvalg: Kommunestyret" is read as a line with a label.
                return []
        found = [(name, line) for line in head for name in self._bodies_of_minutes(line)]
        municipal = reading.words.municipal
        found.sort(key=lambda each: (each[0].text.casefold().endswith(municipal), not self._is_beside(*each)))
        return found[:1]

    def _is_beside(self, name: Name, line: Line) -> bool:
        """Return whether a body stands in a line with the word for minutes, or below a wider one after a dash."""
        return self.reading.has_word(self.reading.words.minutes, (line.start, line.end))

    def _bodies_of_minutes(self, line: Line) -> Iterator[Name]:
        """Yield the body whose minutes a line at the head is about: beside the word for minutes, or in capitals."""
        reading = self.reading
        text = reading.text[line.start : line.end]
        beside = reading.phrases.minutes.search(text)
        found = beside and (beside["before"] or beside["after"])
        if found is None and text.isupper() and len(text) < 80:
            found = text
        own = (found or "").strip(" –-.")
        _, dash, narrower = (own or text).rpartition(" – ")
        if dash and narrower.split()[0].casefold().endswith(reading.words.definite_bodies):
            # "SLT Halden – arbeidsgruppa ungdom"
            own = narrower if narrower.split()[0].casefold().endswith(reading.words.bodies) else own
        if own and (
            _is_body_by_sign(own, reading.words.minutes)
            or any(word.casefold().endswith(reading.words.bodies) for word in own.split())
        ):
            start = line.start + text.find(own)
            yield Name(start, start + len(own), "body", own)
            return
        for name in reading.within(reading.names, (line.start, line.end)):
            is_building = name.text.casefold().split()[0].endswith(reading.words.buildings)
            away = reading.phrases.away.search(reading.text[max(0, name.start - 25) : name.start])
            if name.kind == "body" and not is_building and line.kind is not Kind.LABEL and not away:
                yield name

    def _owners(self, start: int, end: int, span: Span) -> Iterator[Name]:
        text = self.reading.text
        bare = _BODY_OF.search(text, max(span[0], start - _NEAR), start)
        words = self.reading.words
        if bare and bare[1].casefold().endswith(words.definite_bodies) and bare[1].casefold().endswith(words.councils):
            # "ungdomsrådets omvisning"
            yield Name(bare.start(1), bare.end(1), "body", bare[1])
        near = max(span[0], start - _NEAR), min(span[1], end + _NEAR)
        for name in self.reading.within(self.reading.names, near):
            after = text[end : name.start] if name.start >= end else ""
            of_it = self.reading.phrases.event_of.fullmatch(text, end, name.start) if name.start >= end else None
            is_body = name.kind == "body" or (name.kind == "other" and name.text.casefold().endswith(words.definite))
            if of_it and is_body and text[start:end].casefold().endswith(words.definite):
                # "årsmøtet til Natteravnene"
                yield replace(name, kind="body")
                continue
            has_it = name.kind == "body" and self.reading.phrases.has_event.fullmatch(text, name.end, start)
            if has_it and not self._begins_with_names(name, span):
                yield name
            is_genitive = name.kind in ("body", "other") and _GENITIVE.fullmatch(text, name.end, start)
            if name.kind == "body" and self.reading.phrases.meeting_in.fullmatch(after):
                if not name.text.casefold().endswith(self.reading.words.institutions):
                    yield name
            elif is_genitive and name.text.endswith(self.reading.pack.genitive.endings):
                yield replace(name, kind="body", text=name.text[:-1])

    def _begins_with_names(self, name: Name, span: Span) -> bool:
        """Return whether others stand before a body that has a meeting: it may be with them."""
        return any(
            each.kind in ("person", "office", "group")
            for each in self.reading.within(self.reading.names, (span[0], name.start))
        )

    def read_columns(self) -> None:
        """Read the columns of a calendar that a role heads, such as "Innleder", and whose meetings the rows are."""
        reading = self.reading
        if not any(event.row for event in self.occasions.events):
            return
        roles = reading.context.background.vocabulary["role"]
        of_head = {cue: name for name, concept in roles.items() for cue in concept.cues(reading.language.code)}
        for event in self.occasions.events:
            if event.row is None:
                continue
            for head, span in event.row.cells:
                for name in reading.within(reading.names, span) if head in of_head else ():
                    if name.kind in ("person", "office") or (name.kind == "body" and name.start == span[0]):
                        line = (event.row.line.start, event.row.line.end)
                        part = Part(event, name, [of_head[head]], attends(event), line, "likely", "a column for a role")
                        self._keep(part)
            for name, sentence, word in self._owners_of_rows():
                part = Part(event, name, ["organiser"], None, sentence, "likely", "whose meetings the rows are")
                part.role_word = word
                self._keep(part)

    def _owners_of_rows(self) -> list[tuple[Name, Span, str]]:
        """Return the body that has had several meetings, by the text above a table: "Forumet har hatt fire møter"."""
        reading = self.reading
        first = min(event.row.line.start for event in self.occasions.events if event.row)
        for sentence in reading.page.sentences:
            if sentence[0] >= first:
                break
            word = next((each for each in reading.within(reading.event_words, sentence) if each.is_plural), None)
            name = next(iter(reading.within(reading.names, sentence)), None)
            if word and name and name.start == sentence[0] and name.kind == "body":
                verb = reading.text[name.end : name.end + _LONGEST_VERB].split()[:1]
                if verb and verb[0] in reading.words.perfect:
                    return [(name, sentence, word.text)]
        return []

    def read_hosts_of_calendar(self) -> None:
        """Add whose calendar it is to the events that name nobody else of the same office."""
        reading = self.reading
        if self.occasions.genre != "calendar":
            return
        if not self.occasions.events:
            return
        first = min(start for event in self.occasions.events for start, _ in event.evidence)
        head = reading.within(reading.names, (0, first))
        people = [each for each in head if each.kind == "person" and (each.title or each.refers)]
        rows = any(event.row for event in self.occasions.events)
        if not people or (len({each.who for each in people}) > 1 and not rows):
            return
        for event in self.occasions.events:
            if event.status in ("cancelled", "postponed") or not event.is_entry or self._is_of_another(event, people):
                continue
            if event.row is not None:
                self._read_who(event, people)
            elif not any(part.name.who == people[0].who for part in self.of_event.get(id(event), ())):
                stands_in = reading.has_word(reading.pack.representation.phrases, event.evidence[0])
                attendance = "represented" if stands_in else attends(event)
                roles = [
                    role for role in self._roles_in(event.evidence[0]) if role in ("speaker", "introducer", "opener")
                ]
                own = any(set(part.roles) & set(roles) for part in self.of_event.get(id(event), ()))
                if event.kind == "debate" and not roles:
                    # Whoever a page names in a debate speaks there.
                    roles = ["speaker"]
                told = roles[:1] if roles and not own else ["participant"]
                span = self._line_of(people[0])
                part = Part(event, people[0], told, attendance, span, "likely", "whose calendar it is")
                if not self._roles_in(event.evidence[0]) and attendance != "represented":
                    part.role_word = self._word_for_calendar(span)
                self._keep(part)

    def _is_of_another(self, event: Occasion, people: list[Name]) -> bool:
        """Return whether an entry of a calendar says at its head whose it is: "Statssekretær A deltar i debatt"."""
        first = self.reading.within(self.reading.names, event.evidence[0])[:1]
        if not first or first[0].kind != "person" or first[0].who in {each.who for each in people}:
            return False
        before = self.reading.text[event.evidence[0][0] : first[0].start]
        return not before.strip() or before.strip().casefold() == first[0].title.casefold()

    def _word_for_calendar(self, span: Span) -> str:
        """Return the word of a line for what it is the head of: "Program", "Kalender"."""
        found = any_of(self.reading.words.programme).search(self.reading.text, *span)
        return found[0] if found else ""

    def _line_of(self, name: Name) -> Span:
        """Return the sentence that names somebody, within its line."""
        line, sentence = self.reading.line(name.start), self.reading.sentence(name.start)
        return max(line.start, sentence[0]), min(line.end, sentence[1])

    def _read_who(self, event: Occasion, people: list[Name]) -> None:
        """Read the last column of a calendar, which says who goes: "Ordfører", "Begge"."""
        row = event.row
        if row is None or not row.cells:
            return
        span = row.cells[-1][1]
        words = self.reading.text[slice(*span)].casefold()
        both = any(word in self.reading.words.both for word in words.split())
        for person in people:
            title = person.title.casefold().split()[-1:] or [""]
            if both or words == title[0]:
                line = (row.line.start, row.line.end)
                own = replace(
                    person, start=span[0], end=span[1], text=self.reading.text[slice(*span)], refers=person.who
                )
                told = attends(event)
                self._keep(Part(event, own, ["participant"], told, line, "likely", "a column of a calendar"))
