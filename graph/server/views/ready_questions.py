"""The ready questions as the front knows them: read once, in their groups, and sent to a worker with their values."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request

from graph.query.questions import TAGS, Question, by_group, read_questions
from graph.server.html.page import Page
from graph.server.negotiation import QUESTIONS
from graph.server.parameters import flatten, pairs
from graph.server.site.ask import NAME, TEXT
from graph.server.views.pages import page_task
from graph.server.views.responses import state_of
from graph.server.workers.ipc import PageTask


class QuestionGroup(NamedTuple):
    """Questions of one group: its tag, its name, and the questions by their names."""

    tag: str
    name: str
    questions: tuple[Question, ...]


@lru_cache(maxsize=1)
def load_questions(folder: Path) -> dict[str, Question]:
    """Return the ready questions by their names; read once."""
    return {question.name: question for question in read_questions(folder)}


def question_groups(questions: Iterable[Question], page: Page) -> tuple[QuestionGroup, ...]:
    """Return questions in their groups, in the order that all lists of questions have."""
    return tuple(QuestionGroup(tag, page.text(TAGS[tag]), tuple(group)) for tag, group in by_group(questions).items())


def question_task(request: Request, question: Question, ending: str | None = None) -> PageTask:
    """Return the task to answer a question with the values of the address; ``ending`` is that of its path.

    Raise NotAcceptableError where the client takes none of its formats.
    """
    task = page_task(request, state_of(request), "ask", QUESTIONS, ending)
    # Of the path, nothing is a value; nor are names that the server gives itself.
    values = [*pairs(task.parameters)][: -len(request.path_params) or None]
    given = [(name, value) for name, value in values if not name.startswith("_")]
    return replace(task, parameters=flatten([(NAME, question.name), (TEXT, question.query), *given]))
