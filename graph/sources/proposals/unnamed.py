"""People and bodies that a page does not name: "ordføreren", "to lærere", "representanter fra …", "kommisjonen"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from graph.sources.pages.context import PageContext
from graph.sources.proposals.name import Kind, Name, folded
from graph.sources.proposals.phrases import Phrases

_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f'’-]*")
# What may stand between two members of a group, beside a joint.
_COMMA = ", "
_MOST_SENSES = 50_000
# A line may begin with a time of day: "13.30 Representant fra …".
_FIRST_WORD = re.compile(r"(?:^|[.!?:]\s|\n)([A-ZÆØÅ][^\W\d_A-ZÆØÅ]{4,}) ((?:[^\W\d_]+ )?)$")
_LONGEST_FIRST = 50
_ACRONYM = re.compile(r"(?<=[^\W\d_]: )[A-ZÆØÅ]{2,6}(?= [^\W\d_A-ZÆØÅ]|[,.]|$)", re.MULTILINE)
_HEAD_OF_LINE = re.compile(r"(?:^|\n|\d )$")
# Shorter words are no heads of bodies of their own: "rådet" is, "råd" is not.
_SHORTEST_BODY = 6
_SHORTEST_PEOPLE = 4


class Sense(NamedTuple):
    """What a word may tell of whom: each is told by how the word ends.

    ``office`` is the indefinite form of a definite word for an office ("statsminister" of "statsministeren").
    """

    office: str | None
    is_title: bool
    is_body: bool
    is_group: bool
    is_people: bool
    is_head: bool


class Word(NamedTuple):
    """A word of a page that tells of somebody, and where it stands."""

    start: int
    end: int
    lower: str
    sense: Sense


class Unnamed:
    """Finds those whom a page does not name."""

    def __init__(self, context: PageContext, named: list[Name], phrases: Phrases) -> None:
        """Take the page, the names on it, and the words of its language."""
        self.text = context.text.original
        self.phrases = phrases
        self.named = named
        self.cues = context.cues
        cues = [*self.cues, *context.statuses]
        self.begins = sorted(each.start for each in cues)
        self.ends = {each.end for each in cues}
        self.cue_starts = {each.start for each in context.cues}
        self.taken = {each.start for each in named if each.kind == "person"}
        self.words = list(_telling_words(self.text, phrases))

    def names(self) -> Iterator[Name]:
        """Yield words for offices, groups and bodies; those that overlap too."""
        titled = {(each.title.casefold(), each.text) for each in self.named if each.title}
        bearers_of: dict[str, set[str]] = {}
        ends = [each.end for each in self.named]
        for word in self.words:
            if word.sense.office is not None and not self._before_person(word.end):
                yield from self._office(word, word.sense.office, titled, bearers_of, ends)
            elif word.sense.is_title and self._stands_bare(word):
                start = self._start_of_bare(word)
                bearers = {full for title, full in titled if title == word.lower}
                refers = next(iter(bearers)) if len(bearers) == 1 and start == word.start else ""
                kind: Kind = "person" if refers else "office"
                yield Name(start, word.end, kind, self._words(start, word.end), refers=refers)
            if word.sense.is_body and not (
                self.text[word.start].islower()
                and (word.lower.endswith(self.phrases.words.buildings) or len(word.lower) < _SHORTEST_BODY)
            ):
                yield self._body(word)
            elif own := self._headed(word):
                yield own
        yield from self._acronyms()
        yield from self._firsts()
        yield from self._groups()
        yield from self._ones()

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    def _before_person(self, end: int) -> bool:
        return self.text[end : end + 1] == " " and any(at in self.taken for at in range(end + 1, end + 4))

    def _office(
        self, word: Word, stem: str, titled: set[tuple[str, str]], bearers_of: dict[str, set[str]], ends: list[int]
    ) -> Iterator[Name]:
        """Yield words for an office that stand without a name, and whom the page names in it."""
        start, end = word.start, word.end
        if before := self.phrases.compound_before.search(self.text, max(0, start - 60), start):
            start = before.start()
        if before := self.phrases.of_country_before.search(self.text, max(0, start - 40), start):
            # "den danske justitsministeren" is not the minister of the page
            yield Name(before.start(), end, "office", self._words(before.start(), end))
            return
        if place := self.phrases.office_place.match(self.text, end, end + 80):
            end = place.end()
        elif (
            matter := self.phrases.for_matter.match(self.text, end, end + 80)
        ) and matter.end() + 1 in self.cue_starts:
            # "Kommunalsjefen for økonomi orienterte"
            end = matter.end()
        at = bisect_left(ends, start)
        if at < len(self.named) and self.named[at].start < end and self.named[at].kind == "person":
            return
        if stem not in bearers_of:
            bearers_of[stem] = {full for title, full in titled if _same_office(title, stem, self.phrases)}
        refers = next(iter(bearers_of[stem])) if len(bearers_of[stem]) == 1 and end == word.end else ""
        yield Name(start, end, "person" if refers else "office", self._words(start, end), refers=refers)

    def _stands_bare(self, word: Word) -> bool:
        """Return whether a title without an article or a name is a subject: "Rådmann og brannsjef fortel"."""
        return not self._before_person(word.end) and self._begins_clause(word.start) and self._is_subject(word.end)

    def _start_of_bare(self, word: Word) -> int:
        """Return where a title of two words begins: "Daglig leder"."""
        before = re.search(r"(?:^|\n|[.!?] )([^\W\d_]\w+ )$", self.text[max(0, word.start - 30) : word.start])
        return word.start - len(before[1]) if before and before[1][0].isupper() else word.start

    def _begins_clause(self, at: int) -> bool:
        """Return whether what stands here begins a sentence or a line, or follows a joint, but for one word."""
        before = self.text[max(0, at - 40) : at]
        return bool(self.phrases.clause_begin_before.search(before)) or (at <= 40 and not before.strip())

    def _is_subject(self, end: int) -> bool:
        """Return whether a verb that tells a part follows, or one after another member of a list."""
        for _ in range(3):
            after = self.text[end : end + 1]
            if after == " " and end + 1 in self.cue_starts:
                return True
            has = self.phrases.finite.match(self.text, end + 1) if after == " " else None
            if has and has.end() + 1 in self.cue_starts:
                # "Naboene hadde innlegg"
                return True
            joint = self.phrases.joint_after.match(self.text, end, end + 60)
            if joint is None:
                return False
            end = joint.end()
        return False

    def _body(self, word: Word) -> Name:
        """Return a body in the definite form without a name of its own: "kommisjonen", "politiet"."""
        place = _of_body(self.text, word.lower, word.end, self.phrases)
        end = place.end() if place else word.end
        # "Justis- og beredskapsdepartementet"
        before = self.phrases.compound_before.search(self.text, max(0, word.start - 60), word.start)
        start = before.start() if before else word.start
        return Name(start, end, "body", self._words(start, end))

    def _headed(self, word: Word) -> Name | None:
        """Return a body by a head that begins a sentence: "Institutt for helse", "Politiets råd- og team"."""
        phrases = self.phrases
        if not word.lower.endswith(phrases.words.bodies) or word.sense.is_title:
            return None
        if self.text[word.start].isupper() and word.lower.startswith(phrases.words.body_begins):
            matter = phrases.for_matter.match(self.text, word.end)
            return Name(word.start, matter.end(), "body", self._words(word.start, matter.end())) if matter else None
        whose = phrases.genitive_before.search(self.text, max(0, word.start - 60), word.start)
        return Name(whose.start(), word.end, "body", self._words(whose.start(), word.end)) if whose else None

    def _acronyms(self) -> Iterator[Name]:
        """Yield what is written in capitals right after a label: "Inviterte: PST"."""
        for each in _ACRONYM.finditer(self.text):
            yield Name(each.start(), each.end(), "body", each[0])

    def _firsts(self) -> Iterator[Name]:
        """Yield what heads a sentence and does what people alone do: "Natteravnene har stand".

        Its capital tells nothing there, so it must be in the definite, and its verb none that things do too.
        """
        words = self.phrases.words
        unsure = (*words.of_things, *words.pronouns)
        for cue in self.cues:
            first = _FIRST_WORD.search(self.text, max(0, cue.start - _LONGEST_FIRST), cue.start)
            own = folded(self.text[cue.start : cue.end])
            if first is None or not any(id.startswith(("role:", "attendance:")) for id in cue.meanings):
                continue
            name, between = first[1], first[2].split()
            is_talk = own.endswith(tuple(f"{talk}{end}" for talk in words.talks for end in ("", *words.definite)))
            if "role:speaker" in cue.meanings and not is_talk:
                continue
            if own in unsure or own.split()[0] in words.copulas or any(each not in words.perfect for each in between):
                continue
            if folded(name) in words.no_people:
                # The press and the public are told of as an audience.
                continue
            if folded(name).endswith(words.definite) and not folded(name).endswith(self.phrases.pack.event_endings):
                yield Name(first.start(1), first.end(1), "body", name)

    def _groups(self) -> Iterator[Name]:
        """Yield words for people in the plural whom nobody names: "ordførere og rådmenn", "to imamer"."""
        run: list[tuple[Word, int, bool]] = []
        for word in self.words:
            if not (word.sense.is_group or word.sense.is_people):
                continue
            start, counted = self._with_quantity(word)
            sure = word.sense.is_group or counted
            if run and self._joins(run[-1][0].end, start):
                run.append((word, start, sure))
                continue
            if run:
                yield from self._group_of(run)
            run = [(word, start, sure)]
        if run:
            yield from self._group_of(run)

    def _group_of(self, run: list[tuple[Word, int, bool]]) -> Iterator[Name]:
        first, last = run[0], run[-1]
        start, end = first[1], last[0].end
        if not any(sure for _, _, sure in run) and not self._is_beside_verb(start, last[0]):
            return
        if self.text[end : end + 1] == ":" or self._before_person(end):
            return
        end += self._tail(end)
        yield Name(start, end, "group", self._words(start, end))

    def _joins(self, end: int, start: int) -> bool:
        between = self.text[end:start]
        return between == _COMMA or between.strip(" ,") in self.phrases.words.joints

    def _with_quantity(self, word: Word) -> tuple[int, bool]:
        """Return where words for people begin with their number, and whether they have one: "Om lag 140 besøkende"."""
        start = word.start
        if before := self.phrases.compound_before.search(self.text, max(0, start - 60), start):
            start = before.start()
        if before := self.phrases.quantity_before.search(self.text, max(0, start - 50), start):
            return before.start(), True
        return start, False

    def _is_beside_verb(self, start: int, last: Word) -> bool:
        """Return whether words for people alone are the subject of a verb: before it, or after it in the definite."""
        if last.start in self.cue_starts:
            return False
        if self.text[last.end : last.end + 1] == " " and last.end + 1 in self.cue_starts:
            return self._begins_clause(start)
        if last.sense.is_people and self._is_subject(last.end) and self._begins_clause(start):
            # "Grunneierne, næringen og KS deltok"
            return True
        if self.phrases.together_before.search(self.text, max(0, start - 20), start):
            return True
        is_definite = last.lower.endswith(self.phrases.words.definite_people)
        return is_definite and start - 1 in self.ends

    def _tail(self, end: int) -> int:
        """Return how long the words are that say where people of a group come from: "fra frivillige organisasjoner"."""
        tail = self.phrases.group_tail.match(self.text, end)
        if tail is None:
            return 0
        # The preposition itself is none of the words that end the tail.
        at = bisect_left(self.begins, end + 2)
        stop = min(tail.end(), self.begins[at] if at < len(self.begins) else tail.end())
        own = self.phrases.tail_end.split(self.text[end:stop], maxsplit=1)[0].rstrip()
        if own.casefold().endswith(self.phrases.words.buildings) and own.split()[0] in self.phrases.words.inside:
            # "seksti frivillige i Sogndal kulturhus"
            return 0
        return len(own) if len(own.split()) > 1 else 0

    def _ones(self) -> Iterator[Name]:
        """Yield one of several whom nobody names: "en representant fra Ungdommens fylkesråd"."""
        for word in self.words:
            if not word.sense.is_title or self._before_person(word.end):
                continue
            article = self.phrases.article_before.search(self.text, max(0, word.start - 30), word.start)
            heads_line = _HEAD_OF_LINE.search(self.text, max(0, word.start - 10), word.start)
            tail = self._tail(word.end) if article or heads_line else 0
            start, end = article.start() if article else word.start, word.end + tail
            joined = article and self.text[max(0, start - 8) : start].endswith(
                tuple(f" {each} " for each in self.phrases.words.joints)
            )
            if self.text[end : end + 1] != ":" and (tail or joined or (article and self._is_subject(word.end))):
                yield Name(start, end, "group" if article else "office", self._words(start, end))


def _telling_words(text: str, phrases: Phrases) -> Iterator[Word]:
    """Yield the words of a text that tell of somebody; what a word tells is found once for all pages."""
    senses = phrases.senses
    if len(senses) > _MOST_SENSES:
        senses.clear()
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in senses:
            senses[word] = _sense_of(folded(word), phrases)
        sense = senses[word]
        if sense is not None:
            yield Word(match.start(), match.end(), folded(word), sense)


def _sense_of(lower: str, phrases: Phrases) -> Sense | None:
    """Return what a word tells, or None where it tells of nobody."""
    words = phrases.words
    is_title = lower.endswith(words.titles) and not lower.endswith(words.bodies)
    is_people = lower.endswith(words.people_endings) and len(lower) >= _SHORTEST_PEOPLE and lower not in words.no_people
    is_body = (
        lower.endswith(words.definite_bodies) and lower.endswith(words.bodies) and not lower.endswith(words.titles)
    )
    is_head = lower.endswith(words.bodies) and len(lower) >= _SHORTEST_BODY
    sense = Sense(_definite_of(lower, phrases), is_title, is_body, lower.endswith(words.groups), is_people, is_head)
    return sense if any(sense) else None


def _definite_of(lower: str, phrases: Phrases) -> str | None:
    """Return the indefinite form of a definite word for an office ("statsministeren"), or None."""
    if lower.endswith(phrases.words.bodies):
        return None
    for ending in phrases.words.definite_offices:
        stem = lower.removesuffix(ending)
        if stem != lower and len(stem) > 4 and stem.endswith(phrases.words.titles):
            return stem
    return None


def _same_office(title: str, stem: str, phrases: Phrases) -> bool:
    """Return whether the words beside a name mean the office: "justis- og beredskapsminister", "statsråd"."""
    own = title.split()
    last = own[-1] if own else ""
    other = phrases.words.offices.get(stem)
    head = max((each for each in phrases.words.titles if last.endswith(each)), key=len, default="")
    halves = [each[:-1] + head for each in own[:-1] if each.endswith("-")]
    return stem in (last, title, *halves) or (other is not None and last.endswith(other))


def _of_body(text: str, word: str, end: int, phrases: Phrases) -> re.Match[str] | None:
    """Return what follows the head of a body's name: its place or its matter."""
    place = phrases.for_place.match(text, end) or phrases.for_compound.match(text, end)
    if place is None and word.startswith(phrases.words.body_begins):
        return phrases.for_matter.match(text, end)
    if place is None and word.endswith(phrases.words.councils):
        matter = phrases.for_matter.match(text, end)
        last = matter[0].split()[-1] if matter else ""
        # "gruppa for oppvekst", and not "takket rådet for innsatsen"
        is_one = len(last) >= _SHORTEST_BODY - 1 and not last.endswith(phrases.words.definite)
        return matter if is_one or last.endswith(phrases.words.abstract) else None
    return place
