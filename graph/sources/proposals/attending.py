"""Who was there, was asked to come, or stayed away, by the words of running sentences for that alone."""

from graph.sources.proposals.clauses import ClauseReader
from graph.sources.proposals.collected import Part, attends
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.name import Name
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

LONGEST_TITLE = 60


class AttendanceReader(ClauseReader):
    """Reads words for attendance: "er invitert", "var på befaring", "representert ved"."""

    def _asks(self, cue: Mention, sentence: Span) -> bool:
        """Return whether a verb of asking invites nobody: "har bedt om innsyn", "har bedt om å få komme"."""
        text, phrases = self.reading.text, self.reading.phrases
        if phrases.asks_for.match(text, cue.end):
            return True
        asks = phrases.asks_to.search(text, max(sentence[0], cue.start - LONGEST_TITLE), cue.end + LONGEST_TITLE)
        return asks is not None and asks.start() <= cue.start < asks.end()

    def _invited(
        self, cue: Mention, clause: Span, names: list[Name], hosts: list[Name], sentence: Span, event: Occasion
    ) -> None:
        """Add whom the subject of a verb invites: right after it, and not after "til" or "for"."""
        text = self.reading.text
        for name in self._run_after(cue.end, clause, names):
            between = text[cue.end : name.start]
            if name in hosts or self.reading.phrases.invited_to.search(between):
                continue
            self._add(event, name, ["participant"], "invited", sentence, "likely", "the object of an invitation")

    def _read_attendance(
        self, cue: Mention, attendance: str, names: list[Name], sentence: Span, event: Occasion
    ) -> None:
        if attendance == "invited" and any(
            "role:organiser" in other.meanings and other.start == cue.start
            for other in self.reading.within(self.reading.context.cues, (cue.start, cue.start + 1))
        ):
            return
        before_cue = self.reading.text[sentence[0] : cue.start].split()[-1:]
        if before_cue and before_cue[0].casefold() in self.reading.pack.elsewhere_words:
            # "snakke om fravær" tells of nobody who is away.
            return
        phrases = self.reading.phrases
        clause = self._clause(cue, sentence)
        before = (
            self._run_before(cue.start, clause, names)
            or self._antecedent(clause, sentence, names)
            or self._subject_above(cue, clause, sentence, names)
        )
        if self._asks(cue, sentence) or (before_cue and before_cue[0].casefold() in self.reading.pack.verbs.unreal):
            # "har bedt om innsyn", "skal kunne inviteres"
            return
        others = (*self.reading.pack.subjects.indefinite, *self.reading.words.quantities)
        if before and self.reading.has_word(others, (before[-1].end, cue.start)):
            # "Noen møttes, andre har invitert": others did.
            return
        text = self.reading.text[max(sentence[0], cue.start - 12) : cue.end].casefold()
        if (
            attendance == "invited"
            and before
            and (self.reading.phrases.perfect.search(text) or self._invites(cue, before, sentence))
        ):
            for name in before:
                self._add(event, name, ["organiser"], None, sentence, "likely", "the subject of an invitation")
            self._invited(cue, clause, names, before, sentence, event)
            return
        listed = phrases.copula_after.match(self.reading.text, cue.end, clause[1])
        those = self._run_after(cue.end, clause, names) if listed or not before else []
        roles = self._roles_asked_for(cue, clause) or ["participant"]
        for name in those or before:
            if name.kind in ("person", "office", "body", "group") and not self._is_place_of(name):
                self._add(event, name, roles, attendance, sentence, "likely", "a word for attendance")

    def _roles_asked_for(self, cue: Mention, clause: Span) -> list[str]:
        """Return the roles of what somebody is asked to do: "er bedt om å innlede", "er invitert til å snakke"."""
        reading = self.reading
        for each in reading.within(reading.context.cues, (cue.end, clause[1])):
            roles = sorted(id.partition(":")[2] for id in each.meanings if id.startswith("role:"))
            if reading.phrases.asked_to.fullmatch(reading.text, cue.end, each.start) and self._is_verb(each):
                return [role for role in roles if role != "organiser"]
        return []

    def _invites(self, cue: Mention, before: list[Name], sentence: Span) -> bool:
        """Return whether a verb in the present invites to an event: "KS inviterer kommuner til seminar"."""
        reading = self.reading
        text = reading.text[cue.start : cue.end].casefold()
        invited = next(iter(reading.within(reading.event_words, (cue.end, sentence[1]))), None)
        near = not reading.phrases.finite.search(reading.text, before[-1].end, cue.start)
        return bool(
            invited
            and near
            and text.split()[0].endswith(reading.words.present_endings)
            and not text.split()[0].endswith(reading.words.present_passives)
            and reading.phrases.invited_to.search(reading.text, cue.end, invited.start)
            and all(each.kind in ("person", "office", "body", "other") for each in before)
        )

    def _represented(self, cue: Mention, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add by whom a body is represented: "KS var representert ved Kari Strand"."""
        reading = self.reading
        for name in self._run_after(cue.end, self._clause(cue, sentence), names):
            if name.kind == "person" and reading.has_word(reading.words.represented_by, (cue.start, name.start)):
                told = attends(event)
                self._add(event, name, ["participant"], told, sentence, "likely", "whoever represents a body")

    def _read_presence(self, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add who was at an event: "Tirsdag var utvalget på befaring sammen med eierne"."""
        reading, text = self.reading, self.reading.text
        for name in names:
            near = min(sentence[1], name.end + LONGEST_TITLE)
            word = next(iter(reading.within(reading.event_words, (name.end, near))), None)
            is_first = word is not None and reading.phrases.is_at.fullmatch(text, name.end, word.start)
            if word is None or not (is_first or reading.phrases.was_at.fullmatch(text, name.end, word.start)):
                continue
            before = text[max(sentence[0], name.start - LONGEST_TITLE) : name.start]
            if not is_first and not reading.phrases.be.search(before):
                continue
            together = reading.phrases.together.search(text, word.end, sentence[1])
            others = self._run_after(together.end(), sentence, names) if together else []
            for each in (name, *others):
                if each.kind not in ("place", "other"):
                    part = Part(event, each, ["participant"], attends(event), sentence, "likely", "who was at an event")
                    part.role_word = word.text
                    self._keep(part)

    def _read_gathering(self, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add the body that gathers: it is its own meeting, "15. mars var kommisjonen samlet"."""
        reading = self.reading
        if not reading.has_word(reading.words.gathering, sentence):
            return
        if not reading.within(reading.times, sentence):
            return
        bodies = [name for name in names if name.kind == "body" and not self._is_affiliation(name, names)]
        if bodies and not any("organiser" in part.roles for part in self.of_event.get(id(event), ())):
            self._add(event, bodies[0], ["organiser"], None, sentence, "likely", "a body that gathers")
            if event.status == "held":
                self._add(event, bodies[0], ["participant"], attends(event), sentence, "likely", "a body that gathers")

    def _attendance_at(self, cue: Mention) -> list[str]:
        return [
            id.partition(":")[2]
            for other in self.reading.within(self.reading.context.cues, (cue.start, cue.end))
            for id in other.meanings
            if id.startswith("attendance:")
        ]
