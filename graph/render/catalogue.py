"""List the ready questions, group by group: as text for a terminal, and as a Markdown table for docs/questions.md."""

from collections.abc import Iterator, Sequence

from graph.common.names import fold_name
from graph.model.labels import interface_language
from graph.query.questions import TAGS, Parameter, Question, by_group, descriptions
from graph.render.terminal import display_width, wrap_text

# Up to this many questions are described in full; of more, each has a line or two.
MAX_DESCRIBED = 3


def search_questions(questions: Sequence[Question], words: Sequence[str]) -> list[Question]:
    """Return the questions in whose name, summary, description, tags or parameters all words occur, in any case.

    A word of signs alone occurs in none, unless there are other words.
    """
    folded = [fold_name(word) for word in words]
    if any(folded):
        folded = [word for word in folded if word]
    elif words:
        return []
    return [question for question in questions if all(word in _search_text(question) for word in folded)]


def _search_text(question: Question) -> str:
    labels = [question.summary, *descriptions(question), *(TAGS[tag] for tag in question.tags)]
    labels += [parameter.label for parameter in question.parameters.values()]
    return fold_name(" ".join([question.name, *question.parameters, *(f"{each.nb} {each.en}" for each in labels)]))


def list_questions(questions: Sequence[Question], lang: str, width: int) -> Iterator[str]:
    """Yield the lines of the list: by the first tag, name and summary of each question; of a few, their parameters."""
    lang = interface_language(lang)
    margin = max((display_width(question.name) for question in questions), default=0) + 4
    for tag, group in by_group(questions).items():
        yield getattr(TAGS[tag], lang)
        for question in group:
            if len(questions) <= MAX_DESCRIBED:
                yield from _describe(question, lang, width)
            elif margin > width // 2:
                yield f"  {question.name}"
                yield from (f"    {line}" for line in wrap_text(getattr(question.summary, lang), width - 4))
            else:
                lines = wrap_text(getattr(question.summary, lang), width - margin)
                yield from (
                    f"{f'  {question.name}' if not number else '':<{margin}}{line}" for number, line in enumerate(lines)
                )


def _describe(question: Question, lang: str, width: int) -> Iterator[str]:
    yield f"  {question.name}"
    for text in (question.summary, *descriptions(question)):
        yield from (f"    {line}" for line in wrap_text(getattr(text, lang), width - 4))
    for parameter in question.parameters.values():
        lines = wrap_text(f"-p {parameter.name}={_example(parameter)} – {getattr(parameter.label, lang)}", width - 4)
        yield from (f"    {'' if not number else '  '}{line}" for number, line in enumerate(lines))


def _example(parameter: Parameter) -> str:
    if parameter.kind == "certainty":
        return "all"
    return parameter.example or f"<{parameter.kind}>"


def markdown_table(questions: Sequence[Question]) -> str:
    """Return the questions as a Markdown table, in both languages."""
    rows = ["| file | spørsmål | question | parameters |", "|---|---|---|---|"]
    for tag, group in by_group(questions).items():
        rows.append(f"| | **{TAGS[tag].nb}** | **{TAGS[tag].en}** | |")
        for each in sorted(group, key=lambda question: question.name):
            parameters = ", ".join(f"`{name}`" for name in each.parameters)
            rows.append(
                f"| [{each.name}](../queries/{each.name}.rq) | {each.summary.nb} | {each.summary.en} | {parameters} |"
            )
    return "\n".join(rows)


def markdown_definitions(questions: Sequence[Question]) -> str:
    """Return what the words of questions mean as a Markdown table, in both languages: only those that define one."""
    rows = ["| question | ordet | the word |", "|---|---|---|"]
    defined = [(each, each.definition) for group in by_group(questions).values() for each in group if each.definition]
    rows += [f"| {each.name} | {label.nb} | {label.en} |" for each, label in defined]
    return "\n".join(rows)
