"""Parts that running sentences tell by their verbs: "X åpnet møtet", "ledet av X", "X inviterte Y"."""

import re

from graph.sources.proposals.clauses import ClauseReader
from graph.sources.proposals.collected import PEOPLE, Part, attends
from graph.sources.proposals.events import Occasion, is_notice, sentences_in
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.name import Name
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

_WORDS = re.compile(r"[^\W\d_][\w-]*")
_LONGEST_TITLE = 60
# Kinds of those whom nobody names.
UNNAMED = ("office", "group", "body")


class SentenceReader(ClauseReader):
    """Reads sentences: the names before a verb, else right after it, in the same clause."""

    def read_sentences(self) -> None:
        """Read the parts that the running sentences tell by their verbs."""
        reading = self.reading
        for sentence in reading.page.sentences:
            line = reading.line(sentence[0])
            if self._in_list(sentence[0]) or is_notice(reading, line):
                continue
            for event in self.occasions.at(sentence):
                self._read_sentence(sentence, event)

    def read_sentences_of_items(self) -> None:
        """Read whom nobody names in the running sentences of a programme: "Rådmann og brannsjef forteller."."""
        reading = self.reading
        self.only = UNNAMED
        for line in reading.lines:
            for sentence in sentences_in(reading, line) if line.item and line.kind is not Kind.LABEL else ():
                if not is_notice(reading, line):
                    for event in self.occasions.at(reading.sentence(sentence[0])):
                        self._read_sentence(sentence, event)
        self.only = ()

    def _read_sentence(self, sentence: Span, event: Occasion) -> None:
        reading = self.reading
        cues = [
            cue
            for cue in reading.within(reading.context.cues, sentence)
            if any(id.startswith(("role:", "attendance:")) for id in cue.meanings)
        ]
        names = [each for each in reading.within(reading.names, sentence) if not self._is_denied(each)]
        for cue in cues:
            if (
                self._is_reported(cue, sentence)
                or self._is_denied_cue(cue, sentence)
                or (self.only and not self._is_running(cue))
            ):
                continue
            roles = sorted(id.partition(":")[2] for id in cue.meanings if id.startswith("role:"))
            attendance = sorted(id.partition(":")[2] for id in cue.meanings if id.startswith("attendance:"))
            self._represented(cue, names, sentence, event)
            if roles:
                self._read_cue(cue, roles, attendance, names, cues, sentence, event)
            elif attendance:
                self._read_attendance(cue, attendance[0], names, sentence, event)
        self._read_gathering(names, sentence, event)
        self._read_presence(names, sentence, event)
        is_label = reading.line(sentence[0]).kind is Kind.LABEL
        if (self.occasions.genre == "calendar" and not is_label) or reading.has_word(reading.words.meeting, sentence):
            self._read_meeting(names, sentence, event)

    def _is_denied_cue(self, cue: Mention, sentence: Span) -> bool:
        """Return whether a negation stands beside a word that tells a part: "var ikke invitert", "deltar ikke"."""
        text, phrases = self.reading.text, self.reading.phrases
        if "attendance:absent" in cue.meanings:
            return False
        before = text[max(sentence[0], cue.start - _LONGEST_TITLE) : cue.start]
        return bool(phrases.denied_before.search(before) or phrases.denied_after.match(text, cue.end))

    def _is_running(self, cue: Mention) -> bool:
        """Return whether a word in an item of a programme is a verb, and no noun or "v/" before who has the part."""
        text = self.reading.text[cue.start : cue.end].casefold()
        if self.reading.text[max(0, cue.start - 1) : cue.start] == "(":
            # "Bremanger kommune (innleder ikke avklart)"
            return True
        return self._is_verb(cue) and not text.endswith((*self.reading.words.by, *self.reading.words.bearers_after))

    def _is_reported(self, cue: Mention, sentence: Span) -> bool:
        """Return whether a verb only tells what somebody says or wants: "ba om at A taler", "valgte å møte"."""
        phrases, text = self.reading.phrases, self.reading.text
        if phrases.recorded.search(text, cue.end, min(sentence[1], cue.end + _LONGEST_TITLE)):
            return True
        return bool(
            phrases.reported.search(text, sentence[0], cue.start)
            or (
                phrases.infinitive.search(text, sentence[0], cue.start)
                and not phrases.planned_infinitive.search(text, sentence[0], cue.start)
            )
        )

    def _read_cue(
        self,
        cue: Mention,
        roles: list[str],
        attendance: list[str],
        names: list[Name],
        cues: list[Mention],
        sentence: Span,
        event: Occasion,
    ) -> None:
        if self.main and self.occasions.genre == "minutes" and set(roles) & {"speaker", "introducer"}:
            # Who reports in a meeting does so there, whatever the report is about.
            event = self.main
        phrases = self.reading.phrases
        clause = self._clause(cue, sentence)
        text = self.reading.text[cue.start : cue.end].casefold()
        passive = self._is_passive(cue, text)
        is_noun = self._is_noun(cue)
        before, after = self._sides(cue, is_noun, clause, sentence, names)
        gathers = text in self.reading.words.gathering or text.split()[-1] in self.reading.words.gathering
        if gathers and "participant" in roles and before and all(each.kind == "body" for each in before):
            roles = ["organiser"]
        if "organiser" in roles and "participant" in roles:
            roles = ["organiser"] if before or after else roles
        if roles == ["organiser"]:
            if phrases.asks_for.match(self.reading.text, cue.end) or self._has_talk(cue, sentence):
                return
            chosen = after if passive or text in self.reading.words.organisers_after else before or after
            if chosen and chosen[0].kind in ("person", "body", "office", "other"):
                for name in [*chosen, *self._companions(cue, clause, names, chosen)]:
                    self._add(event, name, roles, None, sentence, "likely", f"the words «{text}»")
            if not passive and "invited" in attendance + self._attendance_at(cue):
                self._invited(cue, clause, names, chosen, sentence, event)
            elif not passive and text in self.reading.words.gathers:
                objects = [each for each in names if cue.end <= each.start < clause[1]]
                for name in objects:
                    between = self.reading.text[cue.end : name.start]
                    if self.reading.phrases.invited_to.search(between):
                        break
                    if name not in chosen and name.kind in ("group", "person", "body"):
                        self._add(
                            event, name, ["participant"], attends(event), sentence, "likely", f"the words «{text}»"
                        )
            return
        comes_after = (
            passive or (is_noun and after) or self._comes_after(cue) or text in self.reading.words.bearers_after
        )
        chosen = after if comes_after else before or after
        if text in self.reading.words.brings:
            chosen = [*before, *after]
        chosen = [*chosen, *self._companions(cue, clause, names, chosen)]
        chosen = [each for each in chosen if each.kind in ("person", "office", "body", "group")]
        if text in self.reading.words.by and not (
            after and self.reading.phrases.by.match(self.reading.text, cue.start, after[0].start)
        ):
            return
        if self._is_of_others(cue) or ("chair" in roles and not is_noun and not self._chairs(cue, clause, sentence)):
            return
        for name in chosen:
            if self._is_place_of(name):
                continue
            if event.kind == "debate" and roles == ["participant"] and name.kind in PEOPLE:
                # Whoever a page names in a debate speaks there.
                self._add(event, name, ["speaker"], attends(event), sentence, "likely", "somebody named in a debate")
                continue
            told = attendance[0] if attendance else attends(event)
            self._add(event, name, roles, told, sentence, "likely", f"the words «{text}»")

    def _companions(self, cue: Mention, clause: Span, names: list[Name], chosen: list[Name]) -> list[Name]:
        """Return whom others do the same with: "A deltok sammen med B"."""
        text, phrases = self.reading.text, self.reading.phrases
        # "Hun tok imot dem sammen med B"
        is_pronoun = phrases.pronoun_before.search(text, max(clause[0], cue.start - _LONGEST_TITLE), cue.start)
        together = phrases.together.search(text, cue.end, clause[1]) if chosen or is_pronoun else None
        if together is None:
            return []
        after = self._run_after(together.end(), clause, names)
        near = after and after[0].start - together.end() < _LONGEST_TITLE
        return [each for each in after if each not in chosen] if near else []

    def _has_talk(self, cue: Mention, sentence: Span) -> bool:
        """Return whether what somebody holds is a talk, and no event: "holdt et kort innlegg om samtalen"."""
        reading = self.reading
        word = next(iter(reading.within(reading.event_words, (cue.end, sentence[1]))), None)
        cues = reading.within(reading.context.cues, (cue.end, word.start if word else sentence[1]))
        talks = [each for each in cues if each.meanings & {"role:speaker", "role:introducer"}]
        return any(self.reading.text[each.start : each.end].casefold().endswith(reading.words.talks) for each in talks)

    def _sides(
        self, cue: Mention, is_noun: bool, clause: Span, sentence: Span, names: list[Name]
    ) -> tuple[list[Name], list[Name]]:
        """Return the names before a word that may be whom it is about, and those after it."""
        text, phrases = self.reading.text, self.reading.phrases
        passive = self._is_passive(cue, text[cue.start : cue.end].casefold())
        if (
            not is_noun
            and not passive
            and phrases.pronoun_before.search(text, max(clause[0], cue.start - _LONGEST_TITLE), cue.start)
        ):
            return [], []
        before = (
            self._run_before(cue.start, clause, names)
            or self._antecedent(clause, sentence, names)
            or self._subject_above(cue, clause, sentence, names)
        )
        after = self._run_after(cue.end, clause, names)
        if is_noun and text[max(0, cue.start - 1) : cue.start] == "(":
            # "A, B og C (referent)": the last of them is.
            before = before[-1:]
        if is_noun and self._is_joint(cue.end, cue.end + 4):
            # "med arrangøren og Bergen brannvesen"
            after = []
        if before and after and not is_noun and self._begins_with(clause, phrases.field_words):
            # "På møtet orienterte A": what stands before the verb is when or where.
            before = []
        if len(after) == 1 and after[0].kind == "group" and text[clause[1] : clause[1] + 1] == ":":
            # "kommer fire statsråder til møtet: A, B, C og D"
            after = self._run_after(clause[1] + 1, (clause[1] + 1, sentence[1]), names) or after
        return before, after

    def _chairs(self, cue: Mention, clause: Span, sentence: Span) -> bool:
        """Return whether a verb of leading is about a meeting or a talk, and not about an office or a delegation."""
        reading = self.reading
        start = sentence[0] if clause[0] == cue.start else clause[0]
        words = _WORDS.findall(reading.text[start : clause[1]].casefold())
        return bool(reading.within(reading.event_words, (start, clause[1]))) or any(
            word.endswith(reading.words.chaired) for word in words
        )

    def _is_passive(self, cue: Mention, text: str) -> bool:
        """Return whether a verb is in the passive, with its agent after it: "ledet av"."""
        phrases = self.reading.phrases
        after = phrases.agent_after.match(self.reading.text, cue.end)
        return bool(phrases.passive.search(text)) or (
            after is not None and text.endswith(self.reading.words.passive_endings)
        )

    def _comes_after(self, cue: Mention) -> bool:
        """Return whether a noun tells after itself whose it is: "deltakelse fra lokalmiljøet"."""
        following = self.reading.text[cue.end : cue.end + 20].split()[:1]
        text = self.reading.text[cue.start : cue.end].casefold()
        is_noun = text.endswith(self.reading.words.attending)
        return is_noun and bool(following) and following[0].casefold() in self.reading.pack.origin_words

    def _is_of_others(self, cue: Mention) -> bool:
        """Return whether the subject of a verb is somebody whom nobody names: "takket alle som bidro"."""
        subjects = self.reading.pack.subjects
        before = self.reading.text[max(0, cue.start - 40) : cue.start].casefold().split()[-2:]
        relative = len(before) == 2 and before[1] in subjects.relative
        return relative and before[0] in (*subjects.indefinite, *subjects.antecedents)

    def _attendance_at(self, cue: Mention) -> list[str]:
        return [
            id.partition(":")[2]
            for other in self.reading.within(self.reading.context.cues, (cue.start, cue.end))
            for id in other.meanings
            if id.startswith("attendance:")
        ]

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
        clause = self._clause(cue, sentence)
        before = self._run_before(cue.start, clause, names) or self._subject_above(cue, clause, sentence, names)
        if self.reading.phrases.asks_for.match(self.reading.text, cue.end):
            # "har bedt om innsyn"
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
        for name in before or self._run_after(cue.end, clause, names):
            if name.kind in ("person", "office", "body", "group") and not self._is_place_of(name):
                self._add(event, name, ["participant"], attendance, sentence, "likely", "a word for attendance")

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

    def _read_meeting(self, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add both sides of a verb of meeting: "statsråden møtte ordføreren"."""
        row = event.row
        if row is not None:
            heads = (*self.reading.words.place_labels, *self.reading.words.time_labels)
            what = next((span for head, span in row.cells[1:] if head not in heads), (0, 0))
            inside = [each for each in names if what[0] <= each.start < what[1]]
            if inside and inside[0].kind == "body" and inside[0].start == what[0]:
                self._add(event, inside[0], ["organiser"], None, sentence, "likely", "a body's own meeting")
                return
            names = inside
        for name in names:
            before = self.reading.text[max(sentence[0], name.start - 25) : name.start]
            away = self.reading.phrases.away.search(before)
            if (event.place_said and name.text in event.place_said) or before.endswith("("):
                continue
            if name.kind in ("place", "other") or (
                away and not before.rstrip().casefold().endswith(self.reading.words.with_words)
            ):
                continue
            told = any(
                part.name.who == name.who and part.evidence == sentence for part in self.of_event.get(id(event), ())
            )
            if name.kind in ("person", "office", "group", "body") and not told:
                self._add(event, name, ["participant"], attends(event), sentence, "weak", "a verb of meeting")

    def _read_presence(self, names: list[Name], sentence: Span, event: Occasion) -> None:
        """Add who was at an event: "Tirsdag var utvalget på befaring sammen med eierne"."""
        reading, text = self.reading, self.reading.text
        for name in names:
            word = next(iter(reading.within(reading.event_words, (name.end, sentence[1]))), None)
            if word is None or not reading.phrases.was_at.fullmatch(text, name.end, word.start):
                continue
            if not reading.phrases.be.search(text[max(sentence[0], name.start - _LONGEST_TITLE) : name.start]):
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
