"""The first ``mapping.yaml`` and ``register.yaml`` of a register: what its table shows, and questions for the rest.

What only a person can say is left open, so that nothing is claimed before somebody answered.
"""

import json
import re
from collections.abc import Iterable, Iterator

from graph.common.text import escape_control, pluralize
from graph.sources.tables.date_shapes import covering, swapped
from graph.sources.tables.form.json_schema import schema_line
from graph.sources.tables.profile import MAX_DISTINCT, MOST, Column, Profile

_PLAIN = re.compile(r"/?[^\W\d_][\w /.()+-]*")
# Words of headings that hint at what a column tells; each is a beginning of a word, in several languages.
_HINTS = {
    "place": (
        "location",
        "place",
        "venue",
        "sted",
        "ort",
        "lieu",
        "lugar",
        "luogo",
        "kraj",
        "plaats",
        "locat",
    ),
    "topic": (
        *("title", "topic", "purpose", "subject", "tema", "emne", "sak", "tittel", "betreff", "thema", "gegenstand"),
        *("objet", "sujet", "asunto", "materia", "onderwerp", "agenda", "assunto", "activi", "aktivi"),
    ),
    "date": ("date", "dato", "datum", "fecha", "data", "day", "when", "tid", "päivä"),
    "id": ("id", "ref", "nr", "no", "number", "nummer", "key", "code", "codigo", "uuid", "guid", "identif"),
}
_NO_MEETING = re.compile(r"(nil|none|no meetings?|notes?|total|ingen|keine|aucun|ninguna)\b", re.IGNORECASE)
_SHOWN = 8


def first_mapping(id: str, file: str, found: Profile, notes: Iterable[str]) -> str:
    """Return the text of a first mapping: columns that are sure are in it, the others are questions (``# ?``)."""
    lines = [
        schema_line("mapping.yaml"),
        f"# What the rows of {file} claim. Questions begin with # ?; answer them, and take away what is not so.",
        f"# Then try it: motegraf preview {id} --rows 1-50. All words are in docs/registers.md.",
        "#",
        *comment(_of_rows(found)),
        *(line for note in notes for line in comment(f"Note: {note}.")),
        "",
        "# ? Which persons may be published: officials (by the register's own column in a public office), all, none.",
        "people:",
        "",
        *_key(found),
        *_rows_apart(found),
        "event:",
        "  # ? What a row tells of: meeting, call, contact, … (ontology/schemes). Only what the register says.",
        "  kind:",
        "  # ? held: the register lists what took place. planned: it is a calendar.",
        "  status:",
        *_when(found),
        *_suggested("place", found),
        *_suggested("topic", found),
        *_parts(found),
        "",
        "# ? Each column is used above, or stands here with the reason why it makes no claim.",
        "unused:",
    ]
    used = {each.place for each in (*_key_columns(found), *_date_columns(found)[:1])}
    for column in found.columns:
        lines += comment(described(column), "  ")
        if column.place not in used:
            lines.append(f"  # {reference(column, found)}: because …")
    if all(column.place in used for column in found.columns):
        lines[lines.index("unused:")] = "unused: {}"
    return "\n".join(lines) + "\n"


def reference(column: Column, found: Profile) -> str:
    """Return how a mapping names a column: by its heading, or by its position where others have the same."""
    same = [each for each in found.columns if " ".join(each.heading.split()) == " ".join(column.heading.split())]
    return quoted(column.heading) if len(same) == 1 else f"{{position: {column.place}}}"


def quoted(text: str) -> str:
    """Return a text as it stands in YAML."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)


def described(column: Column) -> str:
    """Return in English what a column looks like."""
    heading = column.heading or f"column {column.place}, without a heading"
    if not column.filled:
        return f"{heading}: blank in all rows."
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in column.kinds.most_common())
    many = f"{column.distinct:,}" if column.distinct < MAX_DISTINCT else f"more than {MAX_DISTINCT:,}"
    parts = [
        f"{heading}: {kinds}",
        f"blank {column.blank:,}" if column.blank else "",
        f"{many} {'value' if many == '1' else 'values'}",
    ]
    parts += [f"as dates: {_forms(column)}" if column.dates and column.forms else ""]
    signs = ", ".join(f"{json.dumps(sign)} in {count:,}" for sign, count in column.separators.most_common(5))
    parts += [f"may name several: {signs}" if signs else ""]
    parts += [f"brackets in {column.brackets:,}" if column.brackets else ""]
    parts += [f"written like persons {column.persons:,}" if column.persons else ""]
    parts += [f"begin like a title {column.titles:,}" if column.titles else ""]
    parts += [f"begin like a collective {column.collectives:,}" if column.collectives else ""]
    parts += [f"longest {column.longest:,} characters" if column.longest > 100 else ""]
    text = "; ".join(filter(None, parts))
    most = column.most_frequent
    if column.distinct == column.filled and column.distinct > _SHOWN:
        return f"{text}; such as {', '.join(quoted(_short(value)) for value, _ in most[:3])}."
    listed = ", ".join(f"{quoted(_short(value))} ({count:,})" for value, count in most[:_SHOWN])
    left = column.distinct - _SHOWN
    return f"{text}; most often {listed}{f' and {left:,} more' if left > 0 else ''}."


def _short(text: str) -> str:
    text = escape_control(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _forms(column: Column) -> str:
    return ", ".join(f"{form} {count:,}" for form, count in column.date_forms[:6])


def comment(text: str, before: str = "") -> list[str]:
    """Return a text as comments of YAML of at most 120 characters a line."""
    lines, line = [], f"{before}#"
    for word in escape_control(text).split(" "):
        if len(line) + len(word) >= 119 and line.strip() != "#":
            lines.append(line)
            line = f"{before}#  "
        line += f" {word}"
    return [*lines, line]


def _of_rows(found: Profile) -> str:
    parts = [pluralize(found.rows, "row") if found.rows < 1_000 else f"{found.rows:,} rows"]
    if found.blank_rows:
        parts.append(f"{found.blank_rows:,} blank")
    if found.problem_count:
        rows = "; ".join(f"row {number}: {problem}" for number, problem in found.problems[:5])
        parts.append(f"{found.problem_count:,} cannot be understood ({rows})")
    if found.repeated:
        parts.append(f"{found.repeated:,} equal to an earlier one")
    if found.repeated_but:
        but = quoted(found.keys[0].heading)
        parts.append(f"{found.repeated_but:,} equal to an earlier one in all columns but {but}")
    return ", ".join(parts) + "."


def _key_columns(found: Profile) -> list[Column]:
    """Return the column that is likely to be the key: one that has a value of its own in each row."""
    keys = [each for each in found.keys if each.longest <= 100 and not _says_when(each)]
    named = [each for each in keys if _hinted(each, "id")]
    # Names and topics differ in each row of a small table too; an identifier is one word.
    words = [each for each in keys if all(any(map(str.isdigit, value)) and " " not in value for value in each.values)]
    return (named or [each for each in words if each.place == 1] or words)[:1]


def _key(found: Profile) -> Iterator[str]:
    yield "# ? What tells events apart: columns of the register that do, or file-and-row where there are none."
    if keys := _key_columns(found):
        yield from comment(f"{quoted(keys[0].heading)} has a value of its own in each of {found.good_rows:,} rows.")
        yield f"key: {reference(keys[0], found)}"
        return
    likely = [each for each in found.columns if _hinted(each, "id") and each.filled == found.good_rows]
    if not likely:
        yield "key: file-and-row"
        return
    for column in likely:
        yield from comment(
            f"{quoted(column.heading)} has {pluralize(column.distinct, 'value')} in {column.filled:,} rows. Where its "
            f"rows tell of one event: key: {reference(column, found)}, repeated: same-event, and must_agree: what is "
            "equal in them."
        )
    yield "key:"


def _rows_apart(found: Profile) -> Iterator[str]:
    """Yield questions about headings of rows, cells to fill down, and rows to skip."""
    skipped = []
    for place, numbers in found.alone.items():
        column = found.columns[place - 1]
        listed = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
        yield from comment(
            f"? Nothing but {quoted(column.heading)} have: row {listed}. If these are headings of the rows below them, "
            "as the name of a minister (if they are notes, see skip):"
        )
        yield "# sections:"
        yield f"#   - {{column: {reference(column, found)}, alone: true, as: minister}}"
        skipped.append(f"#   - {{column: {reference(column, found)}, alone: true, because: a note}}")
    for column in found.columns[:3]:
        blank = column.blank - sum(len(rows) for place, rows in found.alone.items() if place != column.place)
        if not _says_when(column) and 10 * blank >= found.good_rows > blank > 0:
            yield from comment(
                f"? {quoted(column.heading)} is blank in {pluralize(blank, 'row')}. Only if that means the cell above:"
            )
            yield f"# fill_down: {reference(column, found)}"
    for column in found.columns:
        odd = [value for value in column.values if _NO_MEETING.match(value)] if column.kinds["text"] else []
        for value in odd[:5]:
            skipped.append(f"#   - {{column: {reference(column, found)}, is: {quoted(_short(value))}, because: …}}")
    if skipped:
        yield "# ? Rows that claim nothing, and why:"
        yield "# skip:"
        yield from skipped


def _says_when(column: Column) -> bool:
    """Return whether a column tells dates: most of its values do, or some do and its heading says so."""
    share = 0.3 if _hinted(column, "date") else MOST
    return bool(column.filled) and column.dates >= share * column.filled


def _date_columns(found: Profile) -> list[Column]:
    dates = [each for each in found.columns if _says_when(each)]
    return sorted(dates, key=lambda each: -each.filled)


def _when(found: Profile) -> Iterator[str]:
    columns = _date_columns(found)
    if not columns:
        yield "  # ? Which column says when, and in which forms (DD.MM.YYYY, MMM-YYYY, ISO)."
        for each in found.columns:
            if each.dates >= each.filled / 2 > 0:
                yield from comment(f"{quoted(each.heading)}: {_forms(each) or 'dates'}.", "  ")
        yield "  when:"
        return
    first = columns[0]
    if len(columns) > 1:
        others = ", ".join(quoted(each.heading) for each in columns[1:])
        yield from comment(f"? Is it this column? Dates stand in {others} too.", "  ")
    if first.forms:
        left = first.filled - first.dates
        none = f"; in no form {left:,}" if left else ""
        yield from comment(f"Of {first.filled:,} values: {_forms(first)}{none}.", "  ")
    forms = covering(first.values) if first.forms else []
    if first.is_ambiguous:
        other = swapped(first.date_forms[0][0])
        yield from comment(f"? Day or month first: every value fits {other} too. Keep the one that is so.", "  ")
        forms.append(other)
    if any("Y" not in form and form != "ISO" for form in forms):
        yield "  # A month without a year needs period: of the file, in register.yaml."
    formats = f", formats: [{', '.join(map(quoted, forms))}]" if forms else ""
    yield f"  when: {{column: {reference(first, found)}{formats}}}"


def _hinted(column: Column, what: str) -> bool:
    words = re.split(r"[^\w]+|_|(?<=[a-z])(?=[A-Z])", column.heading)
    # A short word is no beginning of others: "no" is none of "note".
    return any(
        word.casefold() == hint or (len(hint) > 3 and word.casefold().startswith(hint))
        for word in words
        for hint in _HINTS[what]
    )


def _suggested(what: str, found: Profile) -> Iterator[str]:
    taken = {each.place for each in (*_key_columns(found), *_date_columns(found))}
    for column in found.columns:
        if column.place not in taken and column.filled and _hinted(column, what):
            yield f"  # ? Is this the {what}?"
            yield f"  # {what}: {reference(column, found)}"


def _parts(found: Profile) -> Iterator[str]:
    yield "  # ? Who took part, by column: person, body, group, office or actor (who they are, it does not say); role:"
    yield "  # official, counterpart, organiser or participant: the side on which the register lists them."
    yield "  parts:"
    for column in found.columns:
        if column.looks_like_people:
            yield f"  # - person: {reference(column, found)}"
            yield "  #   role:"
    for column in found.columns:
        is_name = column.kinds["text"] >= MOST * column.filled > 0 and not column.looks_like_people
        if (
            is_name
            and column.separators
            and not _says_when(column)
            and not _hinted(column, "topic")
            and not _hinted(column, "place")
        ):
            # A line break is a sign; blanks beside words are none.
            signs = [sign.strip(" ") for sign, _ in column.separators.most_common(3) if sign != "/"]
            if signs:
                split = f"split: {{at: [{', '.join(map(quoted, signs))}], only: looked-up}}"
                yield f"  # - body: {{column: {reference(column, found)}, {split}}}"
                yield "  #   role:"
