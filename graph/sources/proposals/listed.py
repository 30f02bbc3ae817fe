"""Parts in lists, tables and lines: "Til stede: …", a cross in a column, the items of a programme, "A og/eller B"."""

import re
from dataclasses import replace

from graph.sources.proposals.collected import Part, PartCollector, attends
from graph.sources.proposals.events import Occasion, is_notice
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.name import Name
from graph.sources.proposals.tables import Row, is_crossed, tables_of
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

# So many lines below a heading are looked at, and so long is a name of a body that stands alone in a line.
_MOST_MEMBERS = 40
_LONGEST_BODY = 60
_NEAR_NAME = 20
_NEAR_MEMBERS = 4


class ListReader(PartCollector):
    """Reads lists, tables, choices, labels and the items of a programme."""

    def read_choices(self) -> None:
        """Read "A og/eller B" as one part of candidates, and nobody's part in it as certain."""
        for choice in self.reading.context.alternatives:
            span = choice.span
            names = [each for each in self.reading.within(self.reading.names, span) if each.kind != "place"]
            sentence = self.reading.sentence(span[0])
            events = self.occasions.at(sentence)
            self.choices.append(span)
            if not events or len(names) < 2:
                continue
            text = " ".join(self.reading.text[slice(*span)].split())
            whole = replace(names[0], start=span[0], end=span[1], text=text, kind="group", refers="")
            roles = [role for role in self._roles_in(sentence) if role != "organiser"] or ["participant"]
            for event in events:
                part = Part(event, whole, roles[:1], attends(event), sentence, "likely", "a choice between names")
                part.candidates = tuple(names)
                self._keep(part)

    def read_tables(self) -> None:
        """Read tables of who came: a cross in a column "Møtt" or "Ikke møtt" beside a name."""
        reading = self.reading
        for head, rows in tables_of(reading.text, reading.lines):
            attendances = reading.context.background.vocabulary["attendance"]
            of_column = {
                cue: name for name, concept in attendances.items() for cue in concept.cues(reading.language.code)
            }
            of_column = {column: of_column[column] for column, _ in rows[0].cells if column in of_column}
            if not of_column or self.main is None:
                continue
            self.in_lists.append((head.start, rows[-1].line.end))
            for row in rows:
                self._read_row(row, of_column)

    def _read_row(self, row: Row, of_column: dict[str, str]) -> None:
        reading = self.reading
        name = next(iter(reading.within(reading.names, (row.line.start, row.line.end))), None)
        if name is None or self.main is None or name.kind not in ("person", "body", "office"):
            return
        crossed = [
            of_column[head] for head, span in row.cells if head in of_column and is_crossed(reading.text[slice(*span)])
        ]
        if crossed:
            cues = reading.within(reading.context.cues, (row.line.start, row.line.end))
            own = [
                id.partition(":")[2] for cue in cues for id in cue.meanings if id in ("role:secretary", "role:chair")
            ]
            self._add(
                self.main,
                name,
                own or ["participant"],
                crossed[0],
                (row.line.start, row.line.end),
                "sure",
                "a cross in a table",
            )

    def read_lists(self) -> None:
        """Read the lists of names under a heading: "Til stede: …", "Forfall: …", and lines such as "Møteleder: …"."""
        reading = self.reading
        for listed in reading.language.lists(reading.page):
            event = self._event_at(listed.heading.start)
            if event is None:
                continue
            self.in_lists.append((listed.heading.start, listed.end))
            roles = [id.partition(":")[2] for id in sorted(listed.heading.meanings) if id.startswith("role:")]
            attendance = [
                id.partition(":")[2] for id in sorted(listed.heading.meanings) if id.startswith("attendance:")
            ]
            told = attendance[0] if attendance else None
            if roles == ["participant"] and self._is_panel(listed.heading.start):
                roles = ["speaker"]
            self._read_list(event, (listed.start, listed.end), roles, told, listed.heading)
            if roles == ["organiser"]:
                self._read_bodies_of_label(event, reading.line(listed.heading.start))

    def _is_panel(self, position: int) -> bool:
        """Return whether a list stands in an item of a programme that is a panel or a debate."""
        reading = self.reading
        item = reading.line(position).item
        head = next((line for line in reading.lines if line.item == item), None) if item else None
        if head is None:
            return False
        words = reading.within(reading.event_words, (head.start, head.end))
        return "speaker" in self._roles_in((head.start, head.end)) or any(word.kind == "debate" for word in words)

    def read_addressees(self) -> None:
        """Read the lines below a heading that no list has: "Faste medlemmer som ikke møtte:", "Til:"."""
        reading = self.reading
        for at, line in enumerate(reading.lines):
            if self._in_list(line.start) or not (line.kind is Kind.LABEL and line.body >= line.end):
                self._read_bare_heading(at, line)
                continue
            cues = [
                id
                for cue in reading.within(reading.context.cues, (line.start, line.end))
                for id in sorted(cue.meanings)
            ]
            told = [id.partition(":")[2] for id in cues if id.startswith("attendance:")]
            is_addressed = line.label in reading.words.addressees
            event = self._event_at(line.start)
            if event is None and is_addressed and len(self.occasions.events) == 1:
                # A letter names those invited before it says to what.
                event = self.occasions.events[0]
            if event is None or not (cues or is_addressed):
                continue
            below = reading.lines[at + 1 :]
            own = [each for each in below if each.block == line.block]
            if not own:
                continue
            span = (line.end, own[-1].end)
            absent = reading.has_word(reading.pack.verbs.negations, (line.start, line.end))
            attendance = "absent" if absent else "invited" if is_addressed else told[0] if told else None
            roles = [id.partition(":")[2] for id in cues if id.startswith("role:")]
            self._read_list(event, span, list(dict.fromkeys(roles)), attendance)
            if is_addressed:
                self._read_unknown(event, own, attendance)
            self.in_lists.append((line.start, span[1]))

    def _read_bare_heading(self, at: int, line: Line) -> None:
        """Read the lines below a heading without a colon that names a part, each with a person: "Kommentarer"."""
        reading = self.reading
        roles = self._roles_in((line.start, line.end), nouns=True)
        if line.kind is not Kind.HEADING or not roles or reading.within(reading.names, (line.start, line.end)):
            return
        event = self._event_at(line.start)
        below = []
        for each in reading.lines[at + 1 : at + _MOST_MEMBERS]:
            people = [name for name in self._members((each.start, each.end)) if name.kind == "person"]
            if each.block != line.block or each.kind not in (Kind.ITEM, Kind.HEADING) or len(people) != 1:
                break
            below.append((each, people[0]))
        if event is None or len(below) < 2:
            return
        for each, name in below:
            self._add(
                event, name, roles[:1], attends(event), (each.start, each.end), "likely", "a list under a heading"
            )
        self.in_lists.append((line.start, below[-1][0].end))

    def _read_list(
        self, event: Occasion, span: Span, roles: list[str], attendance: str | None, heading: Mention | None = None
    ) -> None:
        for name in self._members(span):
            line = self.reading.line(name.start)
            above = (heading.start, heading.end) if heading and heading.end <= line.start else None
            own = self._role_beside(name, span)
            told = own or roles or ["participant"]
            if set(told) & {"organiser"} and attendance is None:
                self._add(event, name, told, None, (line.start, line.end), "sure", "a list under a heading", above)
            else:
                self._add(
                    event,
                    name,
                    told,
                    attendance or attends(event),
                    (line.start, line.end),
                    "sure",
                    "a list under a heading",
                    above,
                )

    def _read_unknown(self, event: Occasion, lines: list[Line], attendance: str | None) -> None:
        """Read the lines of a list of addresses that hold no name known as one: each is a body."""
        reading = self.reading
        for line in lines:
            words = reading.text[line.start : line.end]
            span = (line.start, line.end)
            is_name = line.kind is Kind.HEADING and words[:1].isupper() and len(words) < _LONGEST_BODY
            if is_name and not reading.within(reading.names, span):
                name = Name(*span, "body", words)
                self._add(event, name, ["participant"], attendance, span, "likely", "a line of an address list")

    def _role_beside(self, name: Name, span: Span) -> list[str]:
        """Return the role in brackets or after a comma beside a name of a list: "Berit Sundal (sekretær)"."""
        text = self.reading.text
        following = next(iter(self.reading.within(self.reading.names, (name.end, span[1]))), None)
        line = self.reading.line(name.start).end
        is_inside = text[name.end : name.end + 2].strip().startswith("(")
        end = min(span[1], name.end + 60, line, following.start if following and not is_inside else line)
        after = re.match(r"\s*(?:\([^)\n]*|,[^);\n]*)", text[name.end : end])
        if not after:
            return []
        cues = self.reading.within(self.reading.context.cues, (name.end, name.end + after.end()))
        return [
            id.partition(":")[2]
            for cue in cues
            for id in cue.meanings
            if id in ("role:secretary", "role:chair", "role:opener", "role:introducer")
        ]

    def read_lines(self) -> None:
        """Read labels ("Ordstyrer: …") and the items of a programme: whoever stands in one speaks there."""
        reading = self.reading
        items: dict[int, list[Line]] = {}
        for line in reading.lines:
            if line.item and self.occasions.genre != "calendar":
                items.setdefault(line.item, []).append(line)
            elif line.kind is Kind.LABEL and not is_notice(reading, line):
                self._read_label(line)
        for lines in items.values():
            self._read_item(lines)

    def _read_label(self, line: Line) -> None:
        event = self._event_at(line.start)
        roles = self._roles_in((line.start, line.body), nouns=True)
        if not roles and self.occasions.genre == "minutes" and line.label.endswith(self.reading.words.bodies):
            roles = ["organiser"]
        if event is None or not roles or self._in_list(line.start):
            return
        for name in self._members((line.body, line.end)):
            attendance = None if roles == ["organiser"] else attends(event)
            if attendance and self.reading.has_word(self.reading.pack.verbs.negations, (line.start, line.body)):
                attendance = "absent"
            self._add(
                event, name, roles, attendance, (line.start, line.end), "sure", "a line with a role before a colon"
            )
        if roles == ["organiser"]:
            self._read_bodies_of_label(event, line)
        self.in_lists.append((line.start, line.end))

    def _read_bodies_of_label(self, event: Occasion, line: Line) -> None:
        """Read the members of a list of organisers that no name is known of: each is a body."""
        reading = self.reading
        at = line.body
        for piece in reading.phrases.members.split(reading.text[line.body : line.end]):
            start = reading.text.find(piece, at, line.end)
            words = piece.strip(" .")
            at = start + len(piece)
            if words and len(words) < _LONGEST_BODY and not reading.within(reading.names, (start, start + len(piece))):
                name = Name(start, start + len(words), "body", words)
                self._add(event, name, ["organiser"], None, (line.start, line.end), "likely", "a list of organisers")
            for name in reading.within(reading.names, (start, start + len(piece))):
                if name.kind == "other" and name.text == words:
                    own = replace(name, kind="body")
                    self._add(event, own, ["organiser"], None, (line.start, line.end), "likely", "a list of organisers")

    def _read_item(self, lines: list[Line]) -> None:
        reading = self.reading
        event = self._event_at(lines[0].start)
        if event is None:
            return
        whole = (lines[0].start, lines[-1].end)
        for line in lines:
            if is_notice(reading, line) or self._in_list(line.start):
                continue
            span = (line.body, line.end)
            chairs = line.label and self._roles_in((line.start, line.body), nouns=True)
            before: Name | None = None
            for name in reading.within(reading.names, span):
                between = reading.text[before.end : name.start] if before else reading.text[span[0] : name.start]
                if before and before.kind == "person" and between.strip() == "(":
                    # "Rikke Lund (Redd Barna)"
                    continue
                if name.kind == "person" and not name.refers and not self._is_denied(name) and not self._may_not(name):
                    roles = chairs or self._roles_of_item(name, line, lines[0].body)
                    self._add(
                        event, name, roles, attends(event), (line.start, line.end), "likely", "an item of a programme"
                    )
                    if before and before.kind == "body" and self.reading.phrases.stands_for.fullmatch(between):
                        self._add(event, before, roles, "represented", (line.start, line.end), "likely", "BODY v/ NAME")
                elif (name.kind in ("office", "group", "body") and self._stands_alone(name, line, before)) or (
                    name.kind in ("office", "group") and self._is_among(name, span)
                ):
                    roles = chairs or self._roles_of_item(name, line, lines[0].body)
                    self._add(
                        event, name, roles, attends(event), (line.start, line.end), "likely", "an item of a programme"
                    )
                before = name
            self._read_chair_of_item(event, line)
        self.in_lists.append(whole)

    def _read_chair_of_item(self, event: Occasion, line: Line) -> None:
        """Read who leads, told right after a name: "A leder samtalen", "A, som også leder dagen"."""
        reading = self.reading
        for cue in reading.within(reading.context.cues, (line.body, line.end)):
            names = reading.within(reading.names, (line.body, cue.start))
            if "role:chair" not in cue.meanings or not names or names[-1].kind != "person":
                continue
            between = reading.text[names[-1].end : cue.start]
            if len(between) < _NEAR_NAME and not between.strip(" ,").count(" "):
                span = (line.start, line.end)
                for part in self.of_event.get(id(event), [])[-_MOST_MEMBERS:]:
                    if part.name == names[-1] and part.because == "an item of a programme" and "," not in between:
                        # "A leder samtalen", and not "A, som også leder dagen"
                        part.roles = ["chair"]
                self._add(event, names[-1], ["chair"], attends(event), span, "likely", "who leads, after their name")

    def _stands_alone(self, name: Name, line: Line, person: Name | None) -> bool:
        """Return whether words for somebody stand after "ved" or "v/" and end their sentence, and no person follows."""
        if person is not None and person.kind == "person":
            return False
        text = self.reading.text
        before = text[max(line.start, name.start - 12) : name.start].rstrip().casefold()
        after = text[name.end : line.end].strip()
        is_whole = name.kind != "body" and name.start == line.body
        return (is_whole or before.endswith(self.reading.words.by)) and after[:1] in ("", ".", "(")

    def _is_among(self, name: Name, span: Span) -> bool:
        """Return whether words for somebody stand in a list with people who are named: "A, B og to elever"."""
        text, reading = self.reading.text, self.reading
        names = reading.within(reading.names, span)
        at = names.index(name)
        # "Åse Fjell fra KS og en representant fra …"
        before = [
            each for each in names[max(0, at - _NEAR_MEMBERS) : at] if each.kind not in ("body", "place", "other")
        ]
        beside = [(each, name) for each in before[-1:]]
        beside += [(name, each) for each in names[at + 1 : at + 2]]
        return not self._may_not(name) and any(
            reading.phrases.joint.fullmatch(text, first.end, second.start)
            and "person" in (first.kind, second.kind)
            and not self._roles_in((first.end, second.start))
            for first, second in beside
        )

    def _may_not(self, name: Name) -> bool:
        """Return whether a sentence leaves open that somebody comes: "Ved forfall stiller …", "dersom hun kan"."""
        sentence = self.reading.sentence(name.start)
        words = (*self.reading.pack.choice_words, *self.reading.words.reserve)
        return self.reading.has_word(words, sentence)

    def _roles_of_item(self, name: Name, line: Line, start: int) -> list[str]:
        """Return the roles of somebody in an item: those of the words of its line, else of the item, else a talk."""
        sentence = self.reading.sentence(name.start)
        span = (max(line.start, sentence[0]), min(line.end, sentence[1]))
        own = self._roles_in(span, nouns=True)
        if "chair" in own:
            near = [
                cue
                for cue in self.reading.within(self.reading.context.cues, span)
                if "role:chair" in cue.meanings
                and cue.start < name.start
                and not self._names_between(cue.end, name.start)
            ]
            own = ["chair"] if near else [role for role in own if role != "chair"]
        of_item = [role for role in self._roles_in((start, line.end), nouns=True) if role != "chair"]
        for roles in (own, of_item):
            if special := [role for role in roles if role in ("opener", "introducer", "chair", "host")]:
                return special
        return ["speaker"]
