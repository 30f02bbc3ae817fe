"""The clauses of sentences: whose subject or object a name is, and which names are joined in a list."""

from collections.abc import Iterable
from dataclasses import replace

from graph.sources.proposals.collected import PartCollector
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.name import Name
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

# So many words may stand between a joint and the verb whose subject stands before the joint.
_MOST_BETWEEN = 2
_LONGEST_TITLE = 60
_LONGEST_WORD = 20


class ClauseReader(PartCollector):
    """Finds the names before and after a word, in its clause."""

    def _clause(self, cue: Mention, sentence: Span) -> Span:
        """Return the clause that a word stands in, between commas before "og", "som" and the like."""
        text = self.reading.text
        start, end = sentence
        inserted = self._inserted(cue, sentence)
        inside = self.reading.within(self.reading.names, sentence)
        for match in self.reading.phrases.clause_end.finditer(text, *sentence):
            if any(first <= match.start() < last for first, last in inserted):
                continue
            if any(each.start < match.start() < each.end for each in inside):
                # "lærere og elever" is one group.
                continue
            if match[0] == ":" and match.start() == cue.end:
                # "Arrangør: A sammen med B"
                continue
            if match[0].startswith(" ") and self._joins_list(start, match.start(), match.end(), sentence):
                continue
            if match.end() <= cue.start:
                start = match.end()
            elif match.start() >= cue.end:
                end = match.start()
                break
        return start, end

    def _inserted(self, cue: Mention, sentence: Span) -> list[Span]:
        """Return the relative clauses between a name and a word that is not in them: "A, som ledet B, orienterte"."""
        return [
            (match.start(), match.end())
            for match in self.reading.phrases.inserted.finditer(self.reading.text, *sentence)
            if match.end() <= cue.start
        ]

    def _antecedent(self, clause: Span, sentence: Span, names: list[Name]) -> list[Name]:
        """Return the names right before a relative clause: "DSB og NTNU, som står bak konferansen"."""
        text = self.reading.text
        begins = text[clause[0] : clause[1]].split(maxsplit=1)[:1]
        if not begins or begins[0].casefold() not in self.reading.pack.subjects.relative:
            return []
        near = [name for name in names if name.end <= clause[0] and not text[name.end : clause[0]].strip(" ,")]
        return self._run_before(clause[0], (sentence[0], clause[0]), names) if near else []

    def _subject_above(self, cue: Mention, clause: Span, sentence: Span, names: list[Name]) -> list[Name]:
        """Return the subject of the clause before, where a joint and a verb follow it: "A åpnet møtet og ledet det"."""
        between = self.reading.text[clause[0] : cue.start].split()
        joints = self.reading.words.clause_joints
        begins = between[:1] if clause[0] < cue.start else []
        joined = self.reading.text[sentence[0] : clause[0]].split()[-1:]
        if clause[0] == sentence[0] or not ({*begins, *joined} & set(joints)) or len(between) > _MOST_BETWEEN:
            return []
        verbs = [
            each
            for each in self.reading.within(self.reading.context.cues, (sentence[0], clause[0]))
            if self._is_verb(each)
        ]
        return self._run_before(verbs[-1].start, (sentence[0], clause[0]), names) if verbs else []

    def _joins_list(self, begin: int, start: int, end: int, sentence: Span) -> bool:
        """Return whether a joint before a title goes on with a list: no verb stands on both sides of it.

        "kom også A og rådgiver B", "der ordføreren, A og to elever deltar"
        """
        reading = self.reading
        name = next(iter(reading.within(reading.names, (end, sentence[1]))), None)
        before = reading.within(reading.names, (sentence[0], start))
        if name is None or not before or name.start - end > _LONGEST_TITLE:
            return False
        if any(self._is_verb(each) for each in reading.within(reading.context.cues, (end, name.start))):
            return False
        if reading.phrases.finite.search(reading.text, end, name.start):
            return False
        after = reading.phrases.clause_end.search(reading.text, name.end, sentence[1])
        last = after.start() if after else sentence[1]
        return not self._has_verb((name.end, last)) or not self._has_verb((begin, start))

    def _has_verb(self, span: Span) -> bool:
        """Return whether a passage has a verb that is known as one."""
        reading = self.reading
        cues = [each for each in reading.within(reading.context.cues, span) if each.end <= span[1]]
        return any(self._is_verb(each) for each in cues) or bool(reading.phrases.finite.search(reading.text, *span))

    def _run_before(self, at: int, clause: Span, names: list[Name]) -> list[Name]:
        """Return the names of the subject before a word: the nearest one that is no body of somebody, and its list."""
        inserted = [
            (m.start(), m.end()) for m in self.reading.phrases.inserted.finditer(self.reading.text, clause[0], at)
        ]
        inside = [each for each in names if clause[0] <= each.start and each.end <= at]
        inside = [each for each in inside if not any(first <= each.start < last for first, last in inserted)]
        inside = [
            own for each in inside if (own := self._as_agent(each, inside)) and not self._is_led_away(own, inside)
        ]
        return self._joined(list(reversed(inside)), backwards=True)

    def _run_after(self, at: int, clause: Span, names: list[Name], are_agents: bool = False) -> list[Name]:
        if self.reading.phrases.pronoun_after.match(self.reading.text, at):
            return []
        subclause = self.reading.phrases.subclause.search(self.reading.text, at, clause[1])
        last = subclause.start() if subclause else clause[1]
        inside = [each for each in names if at <= each.start and each.end <= max(last, at)]
        is_from = self._begins_with(clause, self.reading.pack.origin_words)
        if are_agents and not self._are_one(inside):
            inside = [replace(each, kind="body") if each.kind == "place" else each for each in inside]
        inside = [
            own
            for each in inside
            if (own := self._as_agent(each, inside, is_from))
            and not self._is_affiliation(own, inside)
            and not self._is_beside_object(own, at)
        ]
        return self._joined(inside, backwards=False)

    def _are_one(self, names: list[Name]) -> bool:
        """Return whether a word for several follows one of some towns: "Ulstein, Hareid og Herøy kommunar"."""
        text = self.reading.text
        following = [text[each.end : each.end + _LONGEST_WORD].split(maxsplit=1)[:1] for each in names]
        return any(each and each[0].strip(".,").endswith(self.reading.words.groups) for each in following)

    def _begins_with(self, clause: Span, words: Iterable[str]) -> bool:
        """Return whether the first word of a clause, after a joint, is one of these."""
        own = self.reading.text[clause[0] : clause[1]].split(maxsplit=2)[:2]
        joints = (*self.reading.words.clause_joints, *self.reading.words.joints)
        first = own[1:] if own and own[0].casefold() in joints else own
        return bool(first) and first[0].casefold() in words

    def _as_agent(self, name: Name, names: list[Name], is_agent: bool = True) -> Name | None:
        """Return a name as that of somebody who acts; a town does so where it is the subject: "deltok Oslo og Larvik".

        None is returned for a town that only says where something is.
        """
        if name.kind not in ("place", "other"):
            return name
        text = self.reading.text
        if name.kind == "other" and (
            self.reading.line(name.start).kind is not Kind.PROSE
            or not (name.text in self.proper or self._does_as_people(name))
        ):
            return name
        at = names.index(name)
        first = name
        while at and names[at - 1].kind == name.kind and self._is_joint(names[at - 1].end, first.start):
            at -= 1
            first = names[at]
        before = text[max(0, first.start - _LONGEST_WORD) : first.start]
        is_where = self.reading.phrases.place_before.search(before)
        if not is_agent or is_where or before.endswith(("(", ", ")) or not self._acts(name, names):
            return None
        return replace(name, kind="body")

    def _is_beside_object(self, name: Name, at: int) -> bool:
        """Return whether a group after a verb is no subject of it: "legger fram en rapport om hets mot politikere"."""
        if name.kind != "group":
            return False
        between = self.reading.text[at : name.start]
        away = self.reading.phrases.away.search(between)
        return bool(away and away.start() > 1) and not between.strip().casefold().endswith(self.reading.words.agents)

    def _does_as_people(self, name: Name) -> bool:
        """Return whether a verb follows that people alone do, so that a word at the head of a sentence means some."""
        reading = self.reading
        cue = next(iter(reading.within(reading.context.cues, (name.end + 1, name.end + 2))), None)
        if cue is None or reading.within(reading.event_words, (name.start, name.start + 1)):
            return False
        verb = reading.text[cue.start : cue.end].casefold()
        return self._is_verb(cue) and verb not in reading.words.of_things

    def _acts(self, name: Name, names: list[Name]) -> bool:
        """Return whether a verb follows a name, or others of its list: "Oslo, Larvik og Göteborg hadde takket nei"."""
        text = self.reading.text
        last = name
        for other in names[names.index(name) + 1 :]:
            if not self._is_joint(last.end, other.start):
                break
            last = other
        own = text[last.end : last.end + _LONGEST_WORD]
        following = own.split(maxsplit=1)[:1]
        if last is not name and not following:
            return True
        cues = self.reading.within(self.reading.context.cues, (last.end, last.end + 2))
        is_end = own.strip()[:1] in (".", "")
        is_joint = bool(following) and following[0] in self.reading.words.joints
        return bool(cues) or is_end or is_joint or bool(self.reading.phrases.finite.match(text, last.end + 1))

    def _is_joint(self, end: int, start: int) -> bool:
        return self.reading.text[end:start].strip() in (",", *self.reading.words.joints)

    def _is_led_away(self, name: Name, names: list[Name]) -> bool:
        """Return whether a preposition leads a name away from the verb after it: "etter ønske fra naboene kom A"."""
        if name.kind in ("group", "office"):
            before = self.reading.text[max(0, name.start - 25) : name.start]
            return bool(self.reading.phrases.away.search(before))
        return self._is_affiliation(name, names)

    def _joined(self, names: list[Name], backwards: bool) -> list[Name]:
        """Return the first of some names and those that commas and "og" join to it."""
        text = self.reading.text
        chosen: list[Name] = []
        for name in names:
            if chosen:
                last = chosen[-1]
                if not backwards and self._is_beside_person(name, last):
                    continue
                between = text[name.end : last.start] if backwards else text[last.end : name.start]
                span = (name.end, last.start) if backwards else (last.end, name.start)
                if not self.reading.phrases.joint.fullmatch(between) or any(
                    self._is_verb(cue) for cue in self.reading.within(self.reading.context.cues, span)
                ):
                    break
                if self.reading.phrases.finite.search(self.reading.text, *span):
                    break
                # After a word for an event stand its places and guests: "holder møter i A, B og C".
                if not backwards and self.reading.within(self.reading.event_words, span):
                    break
            chosen.append(name)
        return list(reversed(chosen)) if backwards else chosen

    def _is_beside_person(self, name: Name, person: Name) -> bool:
        """Return whether a body between commas says where the person before comes from: "A, Kriminalvården, B"."""
        text = self.reading.text
        between = text[person.end : name.start]
        return (
            name.kind == "body" and person.kind == "person" and between == ", " and text[name.end : name.end + 1] == ","
        )

    def _is_verb(self, cue: Mention) -> bool:
        return not self._is_noun(cue)

    def _is_noun(self, cue: Mention) -> bool:
        """Return whether a cue is a noun, whose bearer follows it: "Innledning ved …", "Møteleder er …"."""
        text = self.reading.text[cue.start : cue.end]
        return text.casefold().endswith(self.reading.words.bearers)

    def _is_affiliation(self, name: Name, names: list[Name]) -> bool:
        """Return whether a body only says where the person before it comes from: "Henrik Dahl fra HL-senteret"."""
        text = self.reading.text
        if name.kind not in ("body", "place", "other"):
            before = text[max(0, name.start - 40) : name.start].casefold()
            # "journalist i Hardanger Folkeblad" names no person.
            is_inside = name.kind == "person" and self.reading.phrases.inside.search(before)
            return bool(is_inside or self.reading.phrases.behalf.search(before))
        before = text[max(0, name.start - 25) : name.start]
        if self.reading.phrases.away.search(before):
            return True
        opened = text[max(0, name.start - 40) : name.start]
        return opened.rfind("(") > opened.rfind(")")

    def _is_place_of(self, name: Name) -> bool:
        before = self.reading.text[max(0, name.start - 6) : name.start]
        return name.kind in ("body", "other") and bool(self.reading.phrases.inside.search(before))
