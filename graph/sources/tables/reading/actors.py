"""Whom a cell names: one, several, or nobody knows how many. What a text names is kept for the next time.

A lookup of the whole cell decides first. Then separators: those that always part do, those that only a lookup parts
make the cell unsplit, in its own words. What is left is one name, with an identifier of the form that the mapping
says.
"""

import re
from typing import NamedTuple

from graph.model.acts import Cell, NamedActor
from graph.sources.tables.form.lookups import ActorEntry, EntryForm, MembersForm
from graph.sources.tables.form.values import ActorForm, IdForm, SplitForm
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.lookups import Lookup, has_letters
from graph.sources.tables.reading.names import begins_like_collective, begins_like_title
from graph.sources.tables.reading.patterns import Expression, expression
from graph.sources.tables.reading.text import fold_blanks, lines_of, text_of
from graph.sources.tables.reading.view import CellError, Problem, View
from graph.sources.tables.reading.words import MOST_KEPT, WordReader


class Named(NamedTuple):
    """Somebody whom a cell names. ``decided``: a lookup says what it is. ``piece`` are the words that name them."""

    actor: NamedActor
    piece: str
    on_behalf_of: NamedActor | None = None
    candidates: tuple[NamedActor, ...] = ()
    open_ended: bool = False
    capacity: str | None = None
    decided: bool = False
    id_cell: bool = False


_KINDS = {"bodies": "body", "people": "person", "groups": "group", "offices": "office"}
# What is left of a name when its identifier was taken out of it.
_EMPTY_BRACKETS = re.compile(r"\(\s*[:;,.-]*\s*\)|\[\s*[:;,.-]*\s*\]")


class ActorReader:
    """Reads whom one column names."""

    def __init__(
        self,
        form: ActorForm,
        kind: str,
        index: ColumnIndex,
        lookups: dict[str, Lookup],
        path: Path,
        column: int | None = None,
    ) -> None:
        """Compile the form of an actor; ``column`` is the one to read where the form's reference fits several."""
        columns = None if column is None else (column,)
        self.kind, self.words = kind, WordReader(form, index, lookups, path, columns=columns)
        self.id_column, self.id_pattern, self.labels = self._id(form.id, index, (*path, "id"))
        self.split = form.split
        self.separators = separators_of(form.split) if form.split else None
        # Lines part names only where the mapping says so; everywhere else they are blanks.
        self.by_line = form.split is not None and any("\n" in each for each in form.split.at)
        self._kept: dict[str, tuple[Named, ...] | Problem] = {}

    def forget(self) -> None:
        """Forget what was read, so that lookups are asked again."""
        self._kept.clear()

    def _id(
        self, form: IdForm | None, index: ColumnIndex, path: Path
    ) -> tuple[int | None, Expression | None, tuple[str, ...]]:
        if form is None:
            return None, None, ()
        labels = tuple(map(fold_blanks, form.labels or ()))
        if form.column is not None:
            return index.one(form.column, (*path, "column")), None, labels
        try:
            pattern = expression(form.pattern or "")
        except ValueError as error:
            index.problem((*path, "pattern"), str(error))
            return None, None, labels
        if pattern.fullmatch("") is not None:
            index.problem((*path, "pattern"), f"{form.pattern!r} fits nothing too, and would make an empty identifier")
        return None, pattern, labels

    def read(self, view: View) -> tuple[Named, ...]:
        """Return whom the cell of a row names. Raise CellError where that is not understood."""
        columns = self.words.columns
        if len(columns) == 1 and isinstance(value := view.values[columns[0]], tuple):
            return tuple(named for item in value for named in self.of_text(text_of(item)))
        if len(columns) == 1:
            text = lines_of(view.values[columns[0]]) if self.by_line else view.text(columns[0])
        else:
            text = self.words.form.join.join(filter(None, map(view.text, columns)))
        several = self.of_text(text)
        if self.id_column is None:
            return several
        if not several and (id := view.text(self.id_column)):
            self._check_alone(view)
            return (Named(NamedActor(None, self.kind, id), "", id_cell=True),)
        if len(several) > 1 and self.separators is not None:
            return self._with_ids(several, view)
        return tuple(self._with_id(each, view, len(several)) for each in several)

    def _with_ids(self, several: tuple[Named, ...], view: View) -> tuple[Named, ...]:
        """Return several with the identifiers of a column of its own, where that lists as many in the same way."""
        assert self.id_column is not None
        ids = self._pieces(lines_of(view.values[self.id_column]) if self.by_line else view.text(self.id_column))
        if len(ids) != len(several) or any(each.actor.id or each.actor.unsplit for each in several):
            return several
        return tuple(
            each._replace(actor=each.actor._replace(id=id), id_cell=True) for each, id in zip(several, ids, strict=True)
        )

    def _with_id(self, named: Named, view: View, number: int) -> Named:
        """Return somebody with the identifier that stands in a column of its own, where they alone are named."""
        if self.id_column is None or number > 1 or named.actor.unsplit or named.actor.id:
            return named
        self._check_alone(view)
        id = view.text(self.id_column)
        return named._replace(actor=named.actor._replace(id=id), id_cell=True) if id else named

    def _check_alone(self, view: View) -> None:
        """Raise CellError where the column of the identifier has a list, and nobody knows which is whose."""
        assert self.id_column is not None
        value = view.values[self.id_column]
        if isinstance(value, tuple) and len(value) > 1:
            name = view.table.columns[self.id_column]
            raise CellError(Problem(name, f"has {len(value)} identifiers, and {self.words.name} names one", ""))

    def cells(self, view: View, named: Named) -> tuple[Cell, ...]:
        """Return the cells that name somebody: the one with the name, and the one with the identifier."""
        cells = self.words.cells(view) if named.piece or named.actor.name else ()
        if named.id_cell and self.id_column is not None:
            cells += (view.cell(self.id_column),)
        return cells

    def of_text(self, text: str) -> tuple[Named, ...]:
        """Return whom a text names. Raise CellError where that is not understood."""
        known = self._kept.get(text)
        if known is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            known = self._kept[text] = self._named(text)
        if isinstance(known, Problem):
            raise CellError(known)
        return known

    def _named(self, text: str) -> tuple[Named, ...] | Problem:
        if not text or text in self.words.nothing:
            return ()
        try:
            if self.split is not None and self.split.always:
                return self._parted(text)
            lines, text = text.count("\n") + 1, fold_blanks(text) if self.by_line else text
            name = self.words.transformed(text)
            if isinstance(name, Problem) or not name:
                return name if isinstance(name, Problem) else ()
            if (entry := self._find(name, by_pattern=False)) is not None:
                return _of_piece(self._looked_up(name, entry), text)
            return (self._unsplit(name, text),) if lines > 1 else self._of_cell(name, text)
        except LookupError as error:
            return self.words.problem(str(error.args[0]), text)

    def _parted(self, text: str) -> tuple[Named, ...] | Problem:
        """Return whom a cell names whose separators always part. What is made of words is made of each piece."""
        whole = fold_blanks(text) if self.by_line else text
        if (entry := self._find(whole, by_pattern=False)) is not None:
            return self._looked_up(whole, entry)
        named: list[Named] = []
        for piece in self._pieces(text):
            # A pattern is for names; of a piece that has an identifier too, the name is not told yet.
            if (entry := self._find(piece, by_pattern=self.id_pattern is None)) is not None:
                of_piece = self._looked_up(piece, entry)
            else:
                name = self.words.transformed(piece)
                if not name:
                    continue
                of_piece = name if isinstance(name, Problem) else self._of_piece(name, piece)
            if isinstance(of_piece, Problem):
                return of_piece
            named += of_piece
        return tuple(dict.fromkeys(named))

    def _of_cell(self, whole: str, text: str) -> tuple[Named, ...] | Problem:
        """Return whom a cell names that no lookup parts: one, or nobody knows how many."""
        identified = self._identified(whole)
        if identified is None:
            return (self._unsplit(whole, text),)
        name, id = identified
        pieces = self._pieces(name) if self.separators is not None and name else [name]
        if len(pieces) > 1:
            # A pattern that fits the beginning of a list says nothing of the list: only an exact key parts it.
            entry = self._find(name, by_pattern=False)
            return (self._unsplit(whole, text),) if entry is None else _with_id(self._looked_up(name, entry), id)
        return self._of_name(pieces[0] if pieces else name, id, text)

    def _of_piece(self, name: str, piece: str) -> tuple[Named, ...] | Problem:
        """Return whom a piece of a cell names whose separators always part."""
        identified = self._identified(name)
        return (self._unsplit(name, piece),) if identified is None else self._of_name(*identified, piece)

    def _identified(self, name: str) -> tuple[str, str | None] | None:
        """Return a name without its identifier, and that; None where there are several, or one that others follow."""
        if self.id_pattern is None:
            return name, None
        found = list(self.id_pattern.finditer(name))
        if not found:
            return name, None
        # A number belongs to the name that it follows; what follows it may be another name.
        if len(found) > 1 or _without_brackets(name[found[0].end() :], self.labels):
            return None
        return _without_brackets(name[: found[0].start()], self.labels), found[0].group()

    def _find(self, name: str, by_pattern: bool = True) -> EntryForm | None:
        return self.words.lookup.find(name, by_pattern) if self.words.lookup else None

    def _pieces(self, text: str) -> list[str]:
        assert self.separators is not None
        assert self.split is not None
        return split_outside(text, self.separators, self.split.not_inside)

    def _unsplit(self, name: str, text: str) -> Named:
        return Named(NamedActor(name, "unknown", unsplit=True), text)

    def _of_name(self, name: str, id: str | None, piece: str) -> tuple[Named, ...] | Problem:
        """Return the one whom a name names; ``piece`` are the words that it was made of."""
        if not name:
            return (Named(NamedActor(None, self.kind, id), piece),) if id else ()
        if (entry := self._find(name)) is not None:
            return _of_piece(_with_id(self._looked_up(name, entry), id), piece)
        if self.words.lookup is not None and self.words.otherwise != "as-written":
            judged = self.words.judged(name, None)
            return judged if isinstance(judged, Problem) else ()
        if not has_letters(name):
            return self.words.problem("names nobody: it has no letter; put it under nothing:, or into a lookup", name)
        if self.kind in ("body", "unknown"):
            # It is no body, whatever the column says, but only a lookup says what it is.
            if begins_like_collective(name):
                return (Named(NamedActor(name, "unknown", id, unsplit=True), piece),)
            if begins_like_title(name):
                return (Named(NamedActor(name, "unknown", id), piece),)
        return (Named(NamedActor(name, self.kind, id), piece),)

    def _looked_up(self, name: str, entry: EntryForm) -> tuple[Named, ...] | Problem:
        """Return whom a lookup says that a name names."""
        if entry.review is not None:
            return self.words.problem(entry.review, name, review=True)
        if entry.unsplit:
            return (self._unsplit(name, name)._replace(decided=True),)
        if entry.is_ == "nothing":
            return ()
        if entry.parts:
            return tuple(named for part in entry.parts for named in self._members(name, part, None))
        return self._members(name, entry, entry.is_)

    def _members(self, name: str, form: MembersForm, kind: str | None) -> tuple[Named, ...]:
        entries = [(_KINDS[field], each) for field in _KINDS for each in getattr(form, field) or ()]
        client = _actor(form.on_behalf_of, "unknown") if form.on_behalf_of else None
        candidates = tuple(_actor(each, "unknown") for each in form.candidates or ())
        if not entries:
            # The words of the cell, or candidates alone.
            words = None if candidates and kind is None else name
            entries = [(kind or ("group" if candidates else self.kind), ActorEntry.model_construct(name=words))]
        named = []
        for each, entry in entries:
            actor = _actor(entry, each)
            actor = actor._replace(id=form.id or actor.id, registry_id=form.registry or actor.registry_id)
            open_ended = form.open is not None
            named.append(Named(actor, name, client, candidates, open_ended, form.capacity, decided=True))
        return tuple(named)


def _with_id(named: tuple[Named, ...] | Problem, id: str | None) -> tuple[Named, ...] | Problem:
    """Return somebody with the identifier that stands in the cell, where a lookup of the name names them alone."""
    if id is None or isinstance(named, Problem) or len(named) != 1 or named[0].actor.id:
        return named
    return (named[0]._replace(actor=named[0].actor._replace(id=id)),)


def _of_piece(named: tuple[Named, ...] | Problem, piece: str) -> tuple[Named, ...] | Problem:
    """Return somebody whom a lookup names alone, with the words of the cell that have their title too."""
    if isinstance(named, Problem) or len(named) != 1:
        return named
    return (named[0]._replace(piece=piece),)


def _actor(entry: ActorEntry, kind: str) -> NamedActor:
    return NamedActor(entry.name and fold_blanks(entry.name), kind, entry.id, entry.registry)


def _without_brackets(text: str, labels: tuple[str, ...]) -> str:
    """Return a name without what announced its identifier, and without the brackets that stood around that."""
    text = fold_blanks(text)
    for label in labels:
        text = re.sub(rf"(?<!\w){re.escape(label.rstrip(': '))}\s*[:.#-]?\s*(?=$|[)\]])", "", text, flags=re.IGNORECASE)
    opened = text.rstrip(" :;,-–/|")
    if opened.endswith(("(", "[")) and opened.count("(") + opened.count("[") > opened.count(")") + opened.count("]"):
        text = opened[:-1]
    text = _EMPTY_BRACKETS.sub("", text)
    text = text.strip(" :;,-–/|").removeprefix(")").removeprefix("]").strip(" :;,-–/|")
    return text if text.strip(".") else ""


def separators_of(split: SplitForm) -> re.Pattern[str]:
    """Return what finds the separators of a rule: signs anywhere, words where words begin and end."""
    parts = []
    for each in split.at:
        words = each.strip()
        if "\n" in each:
            parts.append(rf"\s*{re.escape(words)}\s*\n\s*" if words else r"\s*\n\s*")
            continue
        # A blank beside it is a part of the separator: " - " is none within a word, and " e " none before a point.
        before = r"\s+" if each[:1] == " " else r"(?<!\w)" if words[:1].isalnum() else ""
        after = r"\s+" if each[-1:] == " " else r"(?!\w)" if words[-1:].isalnum() else ""
        escaped = re.escape(words).replace(r"\ ", r"\s+")
        parts.append(f"{before}{escaped}{after}" if words else r"\s+")
    return re.compile("|".join(sorted(parts, key=len, reverse=True)), re.IGNORECASE)


def split_outside(text: str, separators: re.Pattern[str], pairs: str) -> list[str]:
    """Return the pieces of a text between separators that stand in no brackets or quotation marks. None is empty."""
    found = list(separators.finditer(text))
    if not found:
        return [text]
    inside = _inside(text, pairs)
    pieces, start = [], 0
    for match in found:
        if not inside[match.start()]:
            pieces.append(text[start : match.start()].strip())
            start = match.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def _inside(text: str, pairs: str) -> list[bool]:
    """Return for each sign of a text whether it stands between a pair of signs. What is never closed is not open."""
    closing = dict(zip(pairs[::2], pairs[1::2], strict=True))
    last = {sign: text.rfind(closes) for sign, closes in closing.items()}
    inside = [False] * len(text)
    stack: list[tuple[str, int]] = []
    for position, sign in enumerate(text):
        if stack and sign == stack[-1][0]:
            _, start = stack.pop()
            if not stack:
                inside[start : position + 1] = [True] * (position + 1 - start)
        elif sign in closing and last[sign] > position:
            stack.append((closing[sign], position))
    return inside
