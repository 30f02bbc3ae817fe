"""Parts that running sentences tell by their verbs: "X åpnet møtet", "ledet av X", "X inviterte Y"."""

import re

from graph.sources.proposals.attending import LONGEST_TITLE
from graph.sources.proposals.collected import PEOPLE, attends
from graph.sources.proposals.events import Occasion, is_notice, sentences_in
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.name import Name
from graph.sources.proposals.split_verbs import SplitVerbReader
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

_WORDS = re.compile(r"[^\W\d_][\w-]*")
# Kinds of those whom nobody names.
UNNAMED = ("office", "group", "body")


class SentenceReader(SplitVerbReader):
    """Reads sentences: the names before a verb, else right after it, in the same clause."""

    def read_sentences(self) -> None:
        """Read the parts that the running sentences tell by their verbs."""
        reading = self.reading
        for sentence in reading.page.sentences:
            line = reading.line(sentence[0])
            if self._in_list(sentence[0]) or is_notice(reading, line):
                continue
            for event in self.occasions.at(sentence) or self._reported_in(sentence):
                self._read_sentence(sentence, event)

    def _reported_in(self, sentence: Span) -> list[Occasion]:
        """Return the meeting of minutes where somebody reports, though on another time: "A viste tallene for 2020"."""
        roles = self._roles_in(sentence)
        return [self.main] if self.main and self.occasions.genre == "minutes" and "speaker" in roles else []

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
                or self._is_before(cue, event)
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
        self._read_split(names, sentence, event)
        is_label = reading.line(sentence[0]).kind is Kind.LABEL
        if (event.is_entry and not is_label) or reading.has_word(reading.words.meeting, sentence):
            self._read_meeting(names, sentence, event)

    def _is_denied_cue(self, cue: Mention, sentence: Span) -> bool:
        """Return whether a negation stands beside a word that tells a part: "var ikke invitert", "deltar ikke"."""
        text, phrases = self.reading.text, self.reading.phrases
        if "attendance:absent" in cue.meanings:
            return False
        before = text[max(sentence[0], cue.start - LONGEST_TITLE) : cue.start]
        return bool(phrases.denied_before.search(before) or phrases.denied_after.match(text, cue.end))

    def _is_before(self, cue: Mention, event: Occasion) -> bool:
        """Return whether a verb tells what somebody has done, and not what happens at an event to come."""
        reading = self.reading
        if event.status == "held" or not any(id.startswith("role:") for id in cue.meanings):
            return False
        if cue.meanings & {"role:organiser", "role:participant"}:
            return False
        return bool(reading.phrases.perfect.search(reading.text, max(0, cue.start - LONGEST_TITLE), cue.end))

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
        if phrases.recorded.search(text, cue.end, min(sentence[1], cue.end + LONGEST_TITLE)):
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
            event = event if self._is_to_come(cue, event) else self.main
        if self._read_counted(cue, roles, names, sentence, event):
            return
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
            if self._asks(cue, sentence) or self._has_talk(cue, sentence):
                return
            gathers_others = text in self.reading.words.gathers and not passive
            chosen = after if passive or text in self.reading.words.organisers_after else before or after
            agent = [each for each in names if clause[0] <= each.start and each.end <= cue.start][-1:]
            if text in self.reading.words.organisers_after and after and self._is_agent(agent):
                # "Den holdes av A i samarbeid med B"
                chosen = [*agent, *after]
            if gathers_others and self.reading.within(self.reading.event_words, (clause[0], cue.start)):
                # "Konferansen samlet 120 deltakere"
                chosen = []
            if chosen and chosen[0].kind in ("person", "body", "office", "other"):
                for name in [*chosen, *self._companions(cue, clause, names, chosen)]:
                    self._add(event, name, roles, None, sentence, "likely", f"the words «{text}»")
            if not passive and "invited" in attendance + self._attendance_at(cue):
                self._invited(cue, clause, names, chosen, sentence, event)
            elif gathers_others:
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
        preceding = self.reading.text[max(0, cue.start - LONGEST_TITLE) : cue.start].casefold().split()[-1:]
        if "opener" in roles and preceding and preceding[0] in self.reading.words.definite_articles:
            # "Det åpne møtet"
            return
        following = self.reading.text[cue.end : cue.end + LONGEST_TITLE].casefold().split()[:1]
        if "opener" in roles and following and following[0].strip(".,").endswith(self.reading.words.buildings):
            # "som hadde åpnet kirken"
            return
        if self._is_of_others(cue) or ("chair" in roles and not is_noun and not self._chairs(cue, clause, sentence)):
            return
        if roles == ["participant"]:
            roles = self._purpose(cue, (cue.start, sentence[1])) or roles
        for name in chosen:
            if self._is_place_of(name):
                continue
            if (
                event.kind == "debate"
                and roles == ["participant"]
                and name.kind in (*PEOPLE, "group")
                and self.reading.within(self.reading.event_words, sentence)
            ):
                # Whoever a page names in a debate speaks there.
                self._add(event, name, ["speaker"], attends(event), sentence, "likely", "somebody named in a debate")
                continue
            told = attendance[0] if attendance else attends(event)
            self._add(event, name, roles, told, sentence, "likely", f"the words «{text}»")

    def _is_to_come(self, cue: Mention, event: Occasion) -> bool:
        """Return whether a verb in the present tells of an event that is planned: "holder foredraget"."""
        verb = self.reading.text[cue.start : cue.end].casefold().split()[0]
        return event.status == "planned" and verb.endswith(self.reading.words.present_endings)

    def _read_counted(self, cue: Mention, roles: list[str], names: list[Name], sentence: Span, event: Occasion) -> bool:
        """Add people whose number stands before the word for their part: "Konferansen samlet 120 deltakere"."""
        for name in names:
            inside = name.start <= cue.start and cue.end <= name.end
            if inside and name.kind == "group" and roles == ["participant"] and name.text[0].isdigit():
                self._add(event, name, roles, attends(event), sentence, "likely", "people who are counted")
                return True
        return False

    def _purpose(self, cue: Mention, clause: Span) -> list[str]:
        """Return the role of what somebody comes to do: "kommer for å fortelle om"."""
        reading = self.reading
        for each in reading.within(reading.context.cues, (cue.end, clause[1])):
            roles = sorted(id.partition(":")[2] for id in each.meanings if id.startswith("role:"))
            listens = reading.text[each.start : each.end].casefold() in reading.words.bearers_after
            if roles and not listens and reading.phrases.purpose.search(reading.text, cue.end, each.start):
                return [role for role in roles if role in ("speaker", "introducer", "opener", "chair")]
        return []

    def _is_agent(self, names: list[Name]) -> bool:
        """Return whether a word for the agent of a passive stands before the first of some names."""
        before = (
            self.reading.text[max(0, names[0].start - LONGEST_TITLE) : names[0].start].split()[-1:] if names else []
        )
        return bool(before) and before[0] in self.reading.words.agents

    def _companions(self, cue: Mention, clause: Span, names: list[Name], chosen: list[Name]) -> list[Name]:
        """Return whom others do the same with: "A deltok sammen med B"."""
        text, phrases = self.reading.text, self.reading.phrases
        # "Hun tok imot dem sammen med B"
        is_pronoun = phrases.pronoun_before.search(text, max(clause[0], cue.start - LONGEST_TITLE), cue.start)
        together = phrases.together.search(text, cue.end, clause[1]) if chosen or is_pronoun else None
        if together is None:
            return []
        after = self._run_after(together.end(), clause, names)
        near = after and after[0].start - together.end() < LONGEST_TITLE
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
            and phrases.pronoun_before.search(text, max(clause[0], cue.start - LONGEST_TITLE), cue.start)
            and not any(each.text.casefold() in phrases.words.one_person for each in names if each.start == clause[0])
        ):
            return [], []
        before = (
            self._run_before(cue.start, clause, names)
            or self._antecedent(clause, sentence, names)
            or self._subject_above(cue, clause, sentence, names)
        )
        own = text[cue.start : cue.end].casefold()
        after = self._run_after(cue.end, clause, names, own in self.reading.words.organisers_after)
        if is_noun and text[max(0, cue.start - 1) : cue.start] == "(":
            # "A, B og C (referent)": the last of them is.
            before = before[-1:]
        if after and (self._is_joint(cue.end, after[0].start) or self._is_beside_noun(cue, after[0].start)):
            # "med arrangøren og Bergen brannvesen", "Innlegget bygger på en rapport av A"
            after = []
        if before and after and not is_noun and self._begins_with(clause, phrases.field_words):
            # "På møtet orienterte A": what stands before the verb is when or where.
            before = []
        if len(after) == 1 and after[0].kind == "group" and text[clause[1] : clause[1] + 1] == ":":
            # "kommer fire statsråder til møtet: A, B, C og D"
            after = self._run_after(clause[1] + 1, (clause[1] + 1, sentence[1]), names) or after
        return before, after

    def _is_beside_noun(self, cue: Mention, start: int) -> bool:
        """Return whether a noun in the definite tells, by no word after it, whose it is: "Innlegget bygger på …"."""
        text, words = self.reading.text, self.reading.words
        own = text[cue.start : cue.end].casefold()
        if not any(
            own.removesuffix(each) != own and own.removesuffix(each).endswith(words.talks) for each in words.definite
        ):
            return False
        between = text[cue.end : start]
        return self.reading.phrases.by.search(between) is None

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

    def _organising(self, sentence: Span) -> Mention | None:
        """Return the first word of a sentence that tells an organiser, or None."""
        cues = self.reading.within(self.reading.context.cues, sentence)
        return next((cue for cue in cues if "role:organiser" in cue.meanings), None)

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
            if name.kind == "group" and (organising := self._organising(sentence)):
                # "har en rekke kommuner arrangert møter": a group beside such a verb is no participant for that.
                if organising.start == name.end + 1 and not told:
                    why = f"the words «{self.reading.text[organising.start : organising.end]}»"
                    self._add(event, name, ["organiser"], None, sentence, "likely", why)
                continue
            if name.kind in ("person", "office", "group", "body") and not told:
                self._add(event, name, ["participant"], attends(event), sentence, "weak", "a verb of meeting")
